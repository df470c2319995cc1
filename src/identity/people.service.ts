import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db, sql } from '../platform/db.js';
import { demandPerson, denied } from './access.js';
import type { Actor } from './actor.js';
import { PersonProblems } from './identity.problems.js';
import { Memberships } from './memberships.service.js';
import { personById, type Person } from './people.queries.js';
import type { PutProfile } from './person.schema.js';
import { Sessions } from './sessions.service.js';

@Injectable()
export class People {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly sessions: Sessions,
    private readonly memberships: Memberships,
  ) {}

  async putProfile(actor: Actor, id: string, { name, language }: PutProfile): Promise<Person> {
    if (demandPerson(actor) !== id) throw PersonProblems.notFound(`There is no person ${id} in your reach.`);
    return this.db.tx(actor.scope, async (tx) => {
      await sql(tx, 'UPDATE identity.people SET name = $2, language = $3 WHERE id = $1', [
        id,
        name,
        language,
      ]);
      return personById(tx, id);
    });
  }

  /** Ends every session and every membership; the row stays, because visits name it. */
  async switchOff(actor: Actor, id: string): Promise<void> {
    const isPlatform = actor.grants.some((grant) => grant.role === 'platform_admin');
    if (demandPerson(actor) !== id && !isPlatform) throw denied();
    await this.db.tx({ ...actor.scope, name: 'identity' }, async (tx) => {
      await personById(tx, id);
      await this.memberships.endAll(tx, id);
      await this.sessions.endAll(tx, id);
      await sql(
        tx,
        'UPDATE identity.people SET switched_off_at = $2 WHERE id = $1 AND switched_off_at IS NULL',
        [id, this.clock.now().toString()],
      );
    });
  }
}
