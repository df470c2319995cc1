import { Injectable } from '@nestjs/common';
import { Db, sql } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { Letters } from './letters.js';
import { Limits } from './limits.js';
import { burnLinks, linkSpent, newLink, takeLink } from './links.js';
import { Passwords } from './passwords.js';
import { personByEmail } from './people.queries.js';
import type { PutPasswordReset } from './person.schema.js';
import { Sessions, type Browser } from './sessions.service.js';
import { noteSignInAct } from './sign-in-acts.js';

const IDENTITY = namedScope('identity');

@Injectable()
export class PasswordResets {
  constructor(
    private readonly db: Db,
    private readonly passwords: Passwords,
    private readonly letters: Letters,
    private readonly limits: Limits,
    private readonly sessions: Sessions,
  ) {}

  /** Tells nobody but the address's owner whether it has an account. */
  async ask(email: string, ip: string): Promise<void> {
    this.limits.resetFrom.count(ip);
    this.limits.resetOf.count(email);
    await this.db.tx(IDENTITY, async (tx) => {
      const person = await personByEmail(tx, email);
      if (person) await this.letters.reset(tx, person, await newLink(tx, 'PASSWORD_RESET', person.id));
    });
  }

  /** Whoever held a session before may be who the password is changed for: all of them end. */
  async put(
    id: string,
    { token, password }: PutPasswordReset,
    { ip, device }: Omit<Browser, 'token'>,
  ): Promise<void> {
    this.limits.linkFrom.count(ip);
    const passwordHash = await this.passwords.hash(password);
    const earlierHash = await this.db.tx(IDENTITY, async (tx) => {
      const link = await takeLink(tx, 'PASSWORD_RESET', token);
      if (link.id !== id) throw linkSpent();
      if (!link.isFirst) return { hash: await passwordHashOf(tx, link.personId) };
      await sql(tx, 'UPDATE identity.people SET password_hash = $2 WHERE id = $1', [
        link.personId,
        passwordHash,
      ]);
      await burnLinks(tx, 'PASSWORD_RESET', link.personId);
      await this.sessions.endAll(tx, link.personId);
      const by = { name: `person:${link.personId}`, device };
      await noteSignInAct(tx, by, link.personId, 'PASSWORD_CHANGED');
      return null;
    });
    const isRepeat = earlierHash === null || (await this.passwords.matches(earlierHash.hash, password));
    if (!isRepeat) throw linkSpent();
  }
}

async function passwordHashOf(on: Parameters<typeof sql>[0], personId: string): Promise<string | null> {
  const [person] = await sql<{ hash: string | null }>(
    on,
    'SELECT password_hash AS hash FROM identity.people WHERE id = $1',
    [personId],
  );
  return person?.hash ?? null;
}
