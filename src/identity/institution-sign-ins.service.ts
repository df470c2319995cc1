import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { Db, sql } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import type {
  InstitutionAnswer,
  InstitutionSignInView,
  PostInstitutionSignIn,
} from './identity-provider.schema.js';
import { providerById, providerOfDomain } from './identity-providers.service.js';
import { IdentityProviderProblems } from './identity.problems.js';
import { domainOf, vouchedEmail } from './institution-account.rules.js';
import { InstitutionAccounts } from './institution-accounts.js';
import { Institutions } from './institutions.js';
import { Limits } from './limits.js';
import { hashSecret, newSecret } from './secrets.js';
import { Sessions, type Browser } from './sessions.service.js';

const TRIP_MINUTES = 10;
const IDENTITY = namedScope('identity');

type Trip = { providerId: string; nonce: string; sealedVerifier: Buffer; next: string; browserHash: Buffer };

/** Signing in by an institution's own account: there, and back in the same browser. */
@Injectable()
export class InstitutionSignIns {
  constructor(
    private readonly db: Db,
    private readonly limits: Limits,
    private readonly sessions: Sessions,
    private readonly institutions: Institutions,
    private readonly accounts: InstitutionAccounts,
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
    const browser = newSecret();
    const way = await this.institutions.wayTo(provider, { origin, email, state: newSecret() });
    await this.db.tx(IDENTITY, (tx) =>
      sql(
        tx,
        `INSERT INTO identity.provider_trips (id, provider_id, state_hash, browser_hash, nonce, sealed_verifier, next,
           expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(mins => ${TRIP_MINUTES}))`,
        [
          newId(),
          provider.id,
          hashSecret(way.state),
          hashSecret(browser),
          way.nonce,
          way.sealedVerifier,
          next,
        ],
      ),
    );
    return { institution: provider.name, url: way.url, browser };
  }

  /** What the institution says of who came back decides; what the address says is only how to ask it. */
  async finish(
    { state = '' }: InstitutionAnswer,
    at: { readonly url: URL; readonly browser: string | null },
    from: Browser,
  ): Promise<{ readonly token: string; readonly next: string }> {
    this.limits.signInFrom.count(from.ip);
    const trip = await this.tripOf(state, at.browser ?? '');
    const provider = trip && (await this.db.read(IDENTITY, (on) => providerById(on, trip.providerId)));
    if (!trip || !provider || provider.endedAt)
      throw IdentityProviderProblems.refused('Begin once more at the sign-in page, in the same browser.');
    const claims = await this.institutions.claims(provider, { ...trip, state }, at.url);
    const email = vouchedEmail(claims, provider.domains);
    if (email === null)
      throw IdentityProviderProblems.notVouched(
        'Your institution has not confirmed an address of its own for you. Ask whoever runs its accounts.',
      );
    const token = await this.db.tx(IDENTITY, async (tx) => {
      const personId = await this.accounts.open(tx, provider, { claims, email });
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
}
