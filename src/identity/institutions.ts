import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { CONFIG, type Config } from '../platform/config.js';
import { guardedFetch } from '../platform/http/guarded-fetch.js';
import { Sealing } from '../platform/sealing.js';
import { CALLBACK, type Provider } from './identity-providers.service.js';
import { IdentityProviderProblems } from './identity.problems.js';
import type { Claims } from './institution-account.rules.js';

/** What is kept of a way there until it comes back. */
export type Departure = { readonly state: string; readonly nonce: string; readonly sealedVerifier: Buffer };

/**
 * Speaks with institutions (OpenID Connect Core 1.0, code flow with PKCE): only at the address that the operator of the
 * platform has given, judged each time, and never within a transaction.
 */
@Injectable()
export class Institutions {
  constructor(
    private readonly sealing: Sealing,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The address to send the browser to. */
  async wayTo(
    provider: Provider,
    { origin, email, state }: { readonly origin: string; readonly email: string; readonly state: string },
  ): Promise<Departure & { readonly url: string }> {
    const there = await this.reach(provider);
    const verifier = oidc.randomPKCECodeVerifier();
    const nonce = oidc.randomNonce();
    const url = oidc.buildAuthorizationUrl(there, {
      redirect_uri: `${origin}${CALLBACK}`,
      scope: 'openid email profile',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      login_hint: email,
    });
    return { url: url.href, state, nonce, sealedVerifier: this.sealing.seal(Buffer.from(verifier)) };
  }

  /** What it says of who came back. */
  async claims(
    provider: Provider,
    { state, nonce, sealedVerifier }: Departure,
    cameBackBy: URL,
  ): Promise<Claims> {
    const there = await this.reach(provider);
    try {
      const tokens = await oidc.authorizationCodeGrant(there, cameBackBy, {
        pkceCodeVerifier: this.sealing.open(sealedVerifier).toString(),
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const told = tokens.claims()!;
      if (told['email'] !== undefined || !there.serverMetadata().userinfo_endpoint) return { ...told };
      return { ...told, ...(await oidc.fetchUserInfo(there, tokens.access_token, told.sub)) };
    } catch {
      throw IdentityProviderProblems.refused('Begin once more at the sign-in page.');
    }
  }

  private async reach({ issuer, client, sealedSecret }: Provider): Promise<oidc.Configuration> {
    const isPrivateAllowed = this.config.ISSUERS_TO_PRIVATE;
    try {
      return await oidc.discovery(
        new URL(issuer),
        client,
        this.sealing.open(sealedSecret).toString(),
        undefined,
        {
          [oidc.customFetch]: (url, { method, headers, body }) =>
            guardedFetch(url, { method, headers, body: textOf(body) }, isPrivateAllowed),
          execute: isPrivateAllowed ? [oidc.allowInsecureRequests] : [],
        },
      );
    } catch {
      throw IdentityProviderProblems.unreachable('The institution does not answer. Try again in a moment.');
    }
  }
}

function textOf(body: unknown): string | undefined {
  if (typeof body === 'string') return body;
  return body instanceof URLSearchParams ? body.toString() : undefined;
}
