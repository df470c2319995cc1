import { Injectable } from '@nestjs/common';
import { demand, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, sqlState, violates } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { withNetworks } from '../platform/scope.js';
import { HomeProblems } from './directory.problems.js';
import type { HomeView, PutHome } from './directory.schema.js';
import { Directory } from './directory.service.js';

/** Which space a person belongs to, from which day on. The network says so, not the person. */
@Injectable()
export class Homes {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
  ) {}

  /** Only the last day of a home may change: what else it said may have priced a visit. */
  async put(actor: Actor, id: string, body: PutHome): Promise<HomeView> {
    const space = await this.db.read(actor.scope, (on) => this.directory.space(on, body.spaceId));
    demand(actor, 'homes:write', { organisationId: space.operatorId, networkId: space.networkId });
    const fromDay = body.fromDay.toString();
    const untilDay = body.untilDay?.toString() ?? null;
    return this.db.tx(withNetworks(actor.scope, space.networkId), async (tx) => {
      const stored = await sql(
        tx,
        `INSERT INTO directory.homes (id, person_id, space_id, network_id, from_day, until_day, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE SET until_day = $6
           WHERE (homes.person_id, homes.space_id, homes.from_day) = ($2, $3, $5)
         RETURNING id`,
        [id, body.personId, space.id, space.networkId, fromDay, untilDay, this.clock.now().toString()],
      ).catch((error: unknown) => {
        throw refusal(error, fromDay);
      });
      if (stored.length === 0)
        throw RequestProblems.idReused('Only the last day of a home can change. Make a new id.');
      return { id, personId: body.personId, spaceId: space.id, fromDay, untilDay };
    });
  }
}

const FOREIGN_KEY_VIOLATION = '23503';
const CHECK_VIOLATION = '23514';

function refusal(error: unknown, fromDay: string): unknown {
  if (violates(error, 'homes_first_day'))
    return HomeProblems.dayTaken(`This person has a home that begins on ${fromDay} already.`);
  if (sqlState(error) === FOREIGN_KEY_VIOLATION)
    return HomeProblems.personUnknown('There is no such person. They register first.');
  if (sqlState(error) === CHECK_VIOLATION)
    return RequestProblems.invalid('A home cannot end before it begins.', {
      errors: [{ pointer: '/untilDay', detail: 'Not before fromDay' }],
    });
  return error;
}
