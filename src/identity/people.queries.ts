import { sql, type Reader } from '../platform/db.js';
import { PersonProblems } from './identity.problems.js';
import type { Language } from './person.schema.js';

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
