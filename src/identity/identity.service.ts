import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { Clock } from '../platform/clock.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import type { Role } from './permissions.js';
import { actorOf, type Actor } from './actor.js';
import { grantsOfPerson } from './grants.queries.js';
import { Memberships } from './memberships.service.js';
import { Organisations, type NewOrganisation, type Organisation } from './organisations.service.js';
import { Passwords } from './passwords.js';
import { personById, type Person } from './people.queries.js';
import { Sessions } from './sessions.service.js';

/** What other modules, the command line and the demo ask of identity. */
@Injectable()
export class Identity {
  constructor(
    private readonly clock: Clock,
    private readonly organisations: Organisations,
    private readonly memberships: Memberships,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
  ) {}

  person(on: Reader, id: string): Promise<Person> {
    return personById(on, id);
  }

  /** Scope `identity` or `operator`: how people may be greeted, by their ids. */
  async firstNames(on: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const names = await this.names(on, ids);
    return new Map([...names].map(([id, name]) => [id, name.trim().split(/\s+/)[0]!]));
  }

  /** Scope `identity`: who colleagues are, by their ids. */
  async names(on: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const query = 'SELECT id, name FROM identity.people WHERE id = ANY ($1)';
    const people = await sql<{ id: string; name: string }>(on, query, [ids]);
    return new Map(people.map(({ id, name }) => [id, name]));
  }

  /** Scope `identity`: those who run the spaces of an operator. */
  async staffOf(on: Reader, organisationId: string): Promise<Person[]> {
    return sql<Person>(
      on,
      `SELECT id, email, name, language FROM identity.people
        WHERE switched_off_at IS NULL AND id IN (SELECT person_id FROM identity.memberships
          WHERE organisation_id = $1 AND role IN ('space_staff', 'space_manager') AND ended_at IS NULL)
        ORDER BY id LIMIT 50`,
      [organisationId],
    );
  }

  /** Scope `identity`: those who sign for an operator or an institution. */
  async signatoriesOf(on: Reader, organisationId: string): Promise<Person[]> {
    return sql<Person>(
      on,
      `SELECT id, email, name, language FROM identity.people
        WHERE switched_off_at IS NULL AND id IN (SELECT person_id FROM identity.memberships
          WHERE organisation_id = $1 AND role IN ('space_manager', 'public_sponsor') AND ended_at IS NULL)
        ORDER BY id LIMIT 50`,
      [organisationId],
    );
  }

  /** Scope `identity`: those who answer for the money of an operator or a network. */
  async treasurersOf(on: Reader, organisationId: string): Promise<Person[]> {
    return sql<Person>(
      on,
      `SELECT id, email, name, language FROM identity.people
        WHERE switched_off_at IS NULL AND id IN (SELECT person_id FROM identity.memberships
          WHERE organisation_id = $1 AND role IN ('space_manager', 'network_treasurer') AND ended_at IS NULL)
        ORDER BY id LIMIT 50`,
      [organisationId],
    );
  }

  /** Scope `identity` or `operator`. Only a confirmed address is anybody's. */
  async personIdByEmail(on: Reader, email: string): Promise<string | null> {
    const [person] = await sql<{ id: string }>(
      on,
      'SELECT id FROM identity.people WHERE email = $1 AND email_confirmed_at IS NOT NULL',
      [email.toLowerCase()],
    );
    return person?.id ?? null;
  }

  organisation(on: Reader, id: string): Promise<Organisation> {
    return this.organisations.find(on, id);
  }

  /** Scope `operator`: seeds and the command line. Does nothing when the id is there. */
  async registerOrganisation(tx: Tx, organisation: NewOrganisation): Promise<void> {
    await this.organisations.insert(tx, organisation);
  }

  /**
   * Scope `operator`: a person whose address needs no confirming. Without a password they sign in after a
   * reset. Does nothing when the id is there.
   */
  async registerPerson(tx: Tx, person: Person & { readonly password?: string }): Promise<void> {
    const passwordHash = person.password ? await this.passwords.hash(person.password) : null;
    await sql(
      tx,
      `INSERT INTO identity.people (id, email, name, language, password_hash, request_hash, email_confirmed_at, created_at)
       VALUES ($1, $2, $3, $4, $5, '', $6, $6) ON CONFLICT (id) DO NOTHING`,
      [
        person.id,
        person.email.toLowerCase(),
        person.name,
        person.language,
        passwordHash,
        this.clock.now().toString(),
      ],
    );
  }

  /** Scope `operator`. Does nothing when the person has the role already. */
  async grant(
    tx: Tx,
    grant: { readonly id?: string; personId: string; organisationId: string; role: Role },
  ): Promise<void> {
    const organisation = await this.organisations.find(tx, grant.organisationId);
    await this.memberships.insert(tx, { id: grant.id ?? newId(), ...grant }, organisation);
  }

  /** Scope `identity` or `operator`. Returns the token that the cookie `escale_session` carries. */
  createSession(tx: Tx, personId: string): Promise<string> {
    return this.sessions.open(tx, personId, { device: '', token: null }, 'PASSWORD');
  }

  /** Scope `identity` or `operator`: the person as an actor, for seeds that go through use cases. */
  async actor(on: Reader, personId: string): Promise<Actor> {
    return actorOf({
      kind: 'person',
      id: personId,
      grants: await grantsOfPerson(on, personId, this.clock.now()),
    });
  }
}
