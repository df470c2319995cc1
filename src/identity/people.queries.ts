import type { Language } from '../kernel/wire.js';
import { sql, type Reader } from '../platform/db.js';
import { PersonProblems } from './identity.problems.js';

export type Person = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly language: Language;
};

/** Within the scope of the person, `identity` or `operator`: nobody else finds a person. */
export async function personById(on: Reader, id: string): Promise<Person> {
  const [person] = await sql<Person>(
    on,
    'SELECT id, email, name, language FROM identity.people WHERE id = $1',
    [id],
  );
  if (!person) throw PersonProblems.notFound(`There is no person ${id} in your reach.`);
  return person;
}

/** Whoever confirmed an address first has it, for as long as they are not switched off. */
export async function personByEmail(on: Reader, email: string): Promise<Person | null> {
  const [person] = await sql<Person>(
    on,
    `SELECT id, email, name, language FROM identity.people
     WHERE email = $1 AND email_confirmed_at IS NOT NULL AND switched_off_at IS NULL`,
    [email],
  );
  return person ?? null;
}

export async function isEmailTaken(on: Reader, email: string): Promise<boolean> {
  const rows = await sql(
    on,
    'SELECT FROM identity.people WHERE email = $1 AND email_confirmed_at IS NOT NULL',
    [email],
  );
  return rows.length > 0;
}
