import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { newId } from '../kernel/ids.js';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { guardedFetch } from '../platform/http/guarded-fetch.js';
import { namedScope } from '../platform/scope.js';
import { Sealing } from '../platform/sealing.js';
import type {
  InstitutionAnswer,
  InstitutionSignInView,
  PostInstitutionSignIn,
} from './identity-provider.schema.js';
import { CALLBACK, providerById, providerOfDomain, type Provider } from './identity-providers.service.js';
import { IdentityProviderProblems } from './identity.problems.js';
import { domainOf, givenName, givenRole, vouchedEmail, type Claims } from './institution-account.rules.js';
import { Limits } from './limits.js';
import { Memberships } from './memberships.service.js';
import { Organisations } from './organisations.service.js';
import { hashSecret, newSecret } from './secrets.js';
import { Sessions, type Browser } from './sessions.service.js';

const TRIP_MINUTES = 10;
const IDENTITY = namedScope('identity');

type Trip = { providerId: string; nonce: string; sealedVerifier: Buffer; next: string; browserHash: Buffer };

/**
 * Signing in by an institution's own account (OpenID Connect Core 1.0, code flow with PKCE). The institution is asked
 * outside of every transaction, and only at the address the operator has given.
 */
@Injectable()
export class InstitutionSignIns {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly sealing: Sealing,
    private readonly limits: Limits,
    private readonly sessions: Sessions,
    private readonly memberships: Memberships,
    private readonly organisations: Organisations,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Where to send the browser, and the secret by which it is known again when it comes back. */
  async begin(
    { email, next }: PostInstitutionSignIn,
    origin: string,
    ip: string,
  ): Promise<InstitutionSignInView & { readonly browser: string }> {
    this.limits.signInFrom.count(ip);
    const provider = await this.db.read(IDENTITY, (on) => providerOfDomain(on, domainOf(email)));
    if (!provider)
      throw IdentityProviderProblems.unknown('No institution signs in here with addresses of that domain.');
    const there = await this.reach(provider);
    const [state, browser, verifier, nonce] = [newSecret(), newSecret(), oidc.randomPKCECodeVerifier(), oidc.randomNonce()];
    const url = oidc.buildAuthorizationUrl(there, {
      redirect_uri: `${origin}${CALLBACK}`,
      scope: 'openid email profile',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      login_hint: email,
    });
    await this.db.tx(IDENTITY, (tx) =>
      sql(
        tx,
        `INSERT INTO identity.provider_trips (id, provider_id, state_hash, browser_hash, nonce, sealed_verifier, next,
           expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(mins => ${TRIP_MINUTES}))`,
        [
          newId(),
          provider.id,
          hashSecret(state),
          hashSecret(browser),
          nonce,
          this.sealing.seal(Buffer.from(verifier)),
          next,
        ],
      ),
    );
    return { institution: provider.name, url: url.href, browser };
  }

  /** What the institution says of who came back decides; what the address says is only how to ask it. */
  async finish(
    answer: InstitutionAnswer,
    at: { readonly url: URL; readonly browser: string | null },
    from: Browser,
  ): Promise<{ readonly token: string; readonly next: string }> {
    this.limits.signInFrom.count(from.ip);
    const trip = await this.tripOf(answer.state ?? '', at.browser ?? '');
    const provider = trip && (await this.db.read(IDENTITY, (on) => providerById(on, trip.providerId)));
    if (!trip || !provider || provider.endedAt)
      throw IdentityProviderProblems.refused('Begin once more at the sign-in page, in the same browser.');
    const claims = await this.claims(provider, trip, { url: at.url, state: answer.state! });
    const email = vouchedEmail(claims, provider.domains);
    if (email === null)
      throw IdentityProviderProblems.notVouched(
        'Your institution has not confirmed an address of its own for you. Ask whoever runs its accounts.',
      );
    const token = await this.db.tx(IDENTITY, async (tx) => {
      const personId = await this.personOf(tx, provider, { claims, email });
      await this.giveRole(tx, provider, personId, claims);
      return this.sessions.open(tx, personId, from, 'INSTITUTION');
    });
    return { token, next: trip.next };
  }

  /** Used up, whatever comes of it. */
  private async tripOf(state: string, browser: string): Promise<Trip | null> {
    const [trip] = await this.db.tx(IDENTITY, (tx) =>
      sql<Trip>(
        tx,
        `DELETE FROM identity.provider_trips WHERE state_hash = $1 AND expires_at > now()
         RETURNING provider_id AS "providerId", nonce, sealed_verifier AS "sealedVerifier", next,
           browser_hash AS "browserHash"`,
        [hashSecret(state)],
      ),
    );
    return trip?.browserHash.equals(hashSecret(browser)) ? trip : null;
  }

  private async claims(
    provider: Provider,
    trip: Trip,
    { url, state }: { readonly url: URL; readonly state: string },
  ): Promise<Claims> {
    const there = await this.reach(provider);
    try {
      const tokens = await oidc.authorizationCodeGrant(there, url, {
        pkceCodeVerifier: this.sealing.open(trip.sealedVerifier).toString(),
        expectedState: state,
        expectedNonce: trip.nonce,
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
      return await oidc.discovery(new URL(issuer), client, this.sealing.open(sealedSecret).toString(), undefined, {
        [oidc.customFetch]: (url, { method, headers, body }) =>
          guardedFetch(url, { method, headers, body: textOf(body) }, isPrivateAllowed),
        execute: isPrivateAllowed ? [oidc.allowInsecureRequests] : [],
      });
    } catch {
      throw IdentityProviderProblems.unreachable('The institution does not answer. Try again in a moment.');
    }
  }

  /** Known by the institution's own name for them; else by the address it vouches for; else new. */
  private async personOf(
    tx: Tx,
    provider: Provider,
    { claims, email }: { readonly claims: Claims; readonly email: string },
  ): Promise<string> {
    const subject = String(claims['sub']);
    const [known] = await sql<{ personId: string; isOff: boolean }>(
      tx,
      `SELECT account.person_id AS "personId", person.switched_off_at IS NOT NULL AS "isOff"
       FROM identity.provider_accounts account JOIN identity.people person ON person.id = account.person_id
       WHERE account.provider_id = $1 AND account.subject = $2`,
      [provider.id, subject],
    );
    if (known && !known.isOff) return known.personId;
    const personId = await this.personWith(tx, email, givenName(claims, email));
    await sql(
      tx,
      `INSERT INTO identity.provider_accounts (provider_id, subject, person_id) VALUES ($1, $2, $3)
       ON CONFLICT (provider_id, subject) DO UPDATE SET person_id = excluded.person_id`,
      [provider.id, subject, personId],
    );
    return personId;
  }

  private async personWith(tx: Tx, email: string, name: string): Promise<string> {
    await sql(
      tx,
      `INSERT INTO identity.people (id, email, name, language, password_hash, request_hash, email_confirmed_at, created_at)
       VALUES ($1, $2, $3, 'en', NULL, '', $4, $4)
       ON CONFLICT (email) WHERE email_confirmed_at IS NOT NULL DO NOTHING`,
      [newId(), email, name, this.clock.now().toString()],
    );
    const [person] = await sql<{ id: string; isOff: boolean }>(
      tx,
      `SELECT id, switched_off_at IS NOT NULL AS "isOff" FROM identity.people
       WHERE email = $1 AND email_confirmed_at IS NOT NULL`,
      [email],
    );
    if (person!.isOff) throw IdentityProviderProblems.refused('This account was switched off.');
    return person!.id;
  }

  private async giveRole(tx: Tx, provider: Provider, personId: string, claims: Claims): Promise<void> {
    const organisation = await this.organisations.find(tx, provider.organisationId);
    const role = givenRole(claims, provider);
    await this.memberships.insert(tx, { id: newId(), personId, organisationId: organisation.id, role }, organisation);
  }
}

function textOf(body: unknown): string | undefined {
  return body === null || body === undefined ? undefined : String(body as URLSearchParams | string);
}
