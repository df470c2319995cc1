import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import type { Actor } from './actor.js';
import { demandPerson } from './access.js';
import { personById } from './people.queries.js';
import { SessionProblems } from './identity.problems.js';
import { Limits } from './limits.js';
import { Passwords } from './passwords.js';
import { hashSecret, newSecret } from './secrets.js';
import type { PostSession, SessionView } from './session.schema.js';

const IDENTITY = namedScope('identity');

/** Where a sign-in comes from, and the session that browser held until now. */
type Browser = { readonly ip: string; readonly token: string | null };

@Injectable()
export class Sessions {
  constructor(
    private readonly db: Db,
    private readonly passwords: Passwords,
    private readonly limits: Limits,
  ) {}

  /**
   * Always a new token, and the one the browser held until now ends: nobody can sign a visitor in with a
   * session they know. An unknown address, an unconfirmed one and a wrong password answer alike.
   */
  async signIn({ email, password }: PostSession, from: Browser): Promise<string> {
    this.limits.signInFrom.count(from.ip);
    this.limits.signInAs.count(email);
    const [person] = await this.db.read(IDENTITY, (on) =>
      sql<{ id: string; passwordHash: string | null }>(
        on,
        `SELECT id, password_hash AS "passwordHash" FROM identity.people
         WHERE email = $1 AND email_confirmed_at IS NOT NULL AND switched_off_at IS NULL`,
        [email],
      ),
    );
    const matches = await this.passwords.matches(person?.passwordHash ?? null, password);
    if (!person || !matches) {
      throw SessionProblems.refused(
        'The address or the password is wrong, or the address is not confirmed yet. Check them, or reset the password.',
      );
    }
    this.limits.signInAs.clear(email);
    return this.db.tx(IDENTITY, async (tx) => {
      if (from.token) await this.end(tx, from.token);
      return this.create(tx, person.id);
    });
  }

  /** Returns the token: only its hash is stored. */
  async create(tx: Tx, personId: string): Promise<string> {
    const token = newSecret();
    await sql(tx, 'INSERT INTO identity.sessions (id, person_id, token_hash) VALUES ($1, $2, $3)', [
      newId(),
      personId,
      hashSecret(token),
    ]);
    return token;
  }

  current(actor: Actor): Promise<SessionView> {
    const personId = demandPerson(actor);
    return this.db.read(actor.scope, async (on) => ({
      person: await personById(on, personId),
      grants: actor.grants.map(({ delegation, ...grant }) => ({
        ...grant,
        networkIds: [...grant.networkIds],
        ...(delegation && { delegationId: delegation.id }),
      })),
    }));
  }

  async signOut(token: string): Promise<void> {
    await this.db.tx(IDENTITY, (tx) => this.end(tx, token));
  }

  async endAll(tx: Tx, personId: string): Promise<void> {
    await sql(tx, 'UPDATE identity.sessions SET ended_at = now() WHERE person_id = $1 AND ended_at IS NULL', [
      personId,
    ]);
  }

  private async end(tx: Tx, token: string): Promise<void> {
    await sql(
      tx,
      'UPDATE identity.sessions SET ended_at = now() WHERE token_hash = $1 AND ended_at IS NULL',
      [hashSecret(token)],
    );
  }
}
