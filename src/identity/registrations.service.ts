import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import { PersonProblems } from './identity.problems.js';
import { Letters } from './letters.js';
import { Limits } from './limits.js';
import { linkSpent, newLink, takeLink } from './links.js';
import { Passwords } from './passwords.js';
import { isEmailTaken, personById, type Person } from './people.queries.js';
import type { PutPerson } from './person.schema.js';

const IDENTITY = namedScope('identity');

@Injectable()
export class Registrations {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly passwords: Passwords,
    private readonly letters: Letters,
    private readonly limits: Limits,
  ) {}

  /**
   * Answers the same whether the address has an account or not: only a mail to that address tells. Nobody
   * can sign in before confirming, and the first who confirms an address has it.
   */
  async register(id: string, body: PutPerson, ip: string): Promise<Person> {
    this.limits.registrationFrom.count(ip);
    const { password, ...person } = body;
    const passwordHash = await this.passwords.hash(password);
    const stored = await this.db.tx(IDENTITY, async (tx) => {
      const hash = requestHash(person); // without the password: a plain hash would give it away
      if (await this.insert(tx, { id, ...person }, { passwordHash, requestHash: hash })) {
        await this.welcome(tx, { id, ...person });
        return null;
      }
      const [row] = await sql<{ passwordHash: string; isSame: boolean }>(
        tx,
        `SELECT password_hash AS "passwordHash", request_hash = $2 AS "isSame"
         FROM identity.people WHERE id = $1`,
        [id, hash],
      );
      return row;
    });
    if (stored && !(stored.isSame && (await this.passwords.matches(stored.passwordHash, password)))) {
      throw RequestProblems.idReused('Use a new id to register somebody else.');
    }
    return { id, ...person };
  }

  async confirmEmail(id: string, token: string, ip: string): Promise<Person> {
    this.limits.linkFrom.count(ip);
    return this.db.tx(IDENTITY, async (tx) => {
      const link = await takeLink(tx, 'EMAIL_CONFIRMATION', token);
      if (link.personId !== id) throw linkSpent();
      if (link.isFirst) await this.markConfirmed(tx, id);
      return personById(tx, id);
    });
  }

  private async insert(
    tx: Tx,
    { id, email, name, language }: Person,
    hashes: { passwordHash: string; requestHash: string },
  ): Promise<boolean> {
    const inserted = await sql(
      tx,
      `INSERT INTO identity.people (id, email, name, language, password_hash, request_hash, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [id, email, name, language, hashes.passwordHash, hashes.requestHash, this.clock.now().toString()],
    );
    return inserted.length === 1;
  }

  private async welcome(tx: Tx, person: Person): Promise<void> {
    if (await isEmailTaken(tx, person.email)) return this.letters.known(tx, person);
    const { token } = await newLink(tx, 'EMAIL_CONFIRMATION', person.id);
    await this.letters.confirm(tx, person, token);
  }

  private async markConfirmed(tx: Tx, id: string): Promise<void> {
    try {
      await sql(
        tx,
        'UPDATE identity.people SET email_confirmed_at = $2 WHERE id = $1 AND email_confirmed_at IS NULL',
        [id, this.clock.now().toString()],
      );
    } catch (error) {
      if (!violates(error, 'people_email')) throw error;
      throw PersonProblems.emailTaken(
        'Sign in with the account that has this address, or reset its password.',
      );
    }
  }
}
