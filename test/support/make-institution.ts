import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import OpenIdProvider from 'oidc-provider';
import request from 'supertest';

const CLIENT = 'escale';
const SECRET = 'a secret of the institution and ours';

type Claims = { readonly sub: string; readonly [claim: string]: unknown };

/** An institution's own sign-in: a real OpenID provider on this machine, at which whoever is named is signed in at once. */
export async function startInstitution(callback: string) {
  let who: Claims = { sub: 'nobody' };
  const server = await listening();
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new OpenIdProvider(issuer, {
    clients: [{ client_id: CLIENT, client_secret: SECRET, redirect_uris: [callback] }],
    cookies: { keys: ['of this test alone'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, accountId) => ({
      accountId,
      claims: () => Promise.resolve({ ...who, sub: accountId }),
    }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client!.clientId,
        accountId: oidc.session!.accountId!,
      });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on('request', (incoming, outgoing) => {
    if (!incoming.url?.startsWith('/interaction/')) return void answer(incoming, outgoing);
    void provider.interactionFinished(incoming, outgoing, { login: { accountId: who.sub } });
  });
  return {
    issuer,
    client: CLIENT,
    secret: SECRET,
    /** Signs somebody in there, and gives the address that the browser is sent back to. */
    async visit(url: string, claims: Claims): Promise<URL> {
      who = claims;
      const browser = request.agent(issuer);
      let at = new URL(url);
      while (at.origin === issuer) {
        const response = await browser.get(`${at.pathname}${at.search}`);
        if (!response.headers['location']) throw new Error(`${response.status} ${response.text}`);
        at = new URL(response.headers['location'], issuer);
      }
      return at;
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
export type Institution = Awaited<ReturnType<typeof startInstitution>>;

function listening(): Promise<Server> {
  const server = createServer();
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
