import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/db.js';
import type { Provider } from './identity-providers.service.js';
import { IdentityProviderProblems } from './identity.problems.js';
import { givenName, givenRole, type Claims } from './institution-account.rules.js';
import { Memberships } from './memberships.service.js';
import { Organisations } from './organisations.service.js';

/** Whose account an institution's word opens: one that is there, or a new one, with the role of its mapping. */
@Injectable()
export class InstitutionAccounts {
  constructor(
    private readonly clock: Clock,
    private readonly memberships: Memberships,
    private readonly organisations: Organisations,
  ) {}

  async open(
    tx: Tx,
    provider: Provider,
    { claims, email }: { readonly claims: Claims; readonly email: string },
  ): Promise<string> {
    const personId = await this.personOf(tx, provider, { claims, email });
    const organisation = await this.organisations.find(tx, provider.organisationId);
    const membership = {
      id: newId(),
      personId,
      organisationId: organisation.id,
      role: givenRole(claims, provider),
    };
    await this.memberships.insert(tx, membership, organisation);
    return personId;
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
}
