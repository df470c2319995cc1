import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { PUBLIC_SCOPE } from '../platform/scope.js';
import { HourPeriodProblems } from './directory.problems.js';
import type { SpaceView } from './directory.schema.js';
import { publicHolidays } from './holidays.js';
import type {
  HolidayPage,
  HolidaysQuery,
  HourPeriodPage,
  HourPeriodView,
  PutHourPeriod,
  PutHours,
} from './hours.schema.js';
import { refuseHours, Spaces } from './spaces.service.js';

/** When a space is open: its week, its seasons with other hours, and the holidays of where it is. */
@Injectable()
export class SpaceHours {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly spaces: Spaces,
  ) {}

  /** The week alone: whatever else was said about the space stays. */
  put(actor: Actor, spaceId: string, body: PutHours): Promise<SpaceView> {
    refuseHours(body.openingHours);
    return this.db.tx(actor.scope, async (tx) => {
      const space = await this.spaces.writable(tx, actor, spaceId);
      const changed = await sql(
        tx,
        `UPDATE directory.spaces SET opening_hours = $2, closes_on_holidays = $3, half_day_boundary = $4
          WHERE id = $1 AND (opening_hours, closes_on_holidays, half_day_boundary)
            IS DISTINCT FROM ($2, $3::boolean, $4::time) RETURNING id`,
        [spaceId, body.openingHours, body.closesOnHolidays, body.halfDayBoundary],
      );
      if (changed.length > 0) await this.spaces.announceHours(tx, actor, space);
      return this.spaces.view(tx, await this.spaces.writable(tx, actor, spaceId));
    });
  }

  async putPeriod(actor: Actor, id: string, body: PutHourPeriod): Promise<HourPeriodView> {
    refuseHours(body.openingHours);
    const [fromDay, untilDay] = [body.fromDay.toString(), body.untilDay.toString()];
    if (fromDay > untilDay)
      throw RequestProblems.invalid('A period ends on its first day or later.', {
        errors: [{ pointer: '/untilDay', detail: 'Not before fromDay.' }],
      });
    return this.db.tx(actor.scope, async (tx) => {
      const space = await this.spaces.writable(tx, actor, body.spaceId);
      const stored = await sql(
        tx,
        `INSERT INTO directory.hour_periods (id, space_id, network_id, from_day, until_day, opening_hours, reason,
           written_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (id) DO UPDATE SET from_day = $4, until_day = $5, opening_hours = $6, reason = $7, written_by = $8
           WHERE hour_periods.space_id = $2 RETURNING id`,
        [
          id,
          space.id,
          space.networkId,
          fromDay,
          untilDay,
          body.openingHours,
          body.reason,
          actor.name,
          this.clock.now().toString(),
        ],
      ).catch((error: unknown) => {
        if (!violates(error, 'one_period_at_a_time')) throw error;
        throw HourPeriodProblems.overlap('End the other period first, or choose days outside of it.');
      });
      if (stored.length === 0) throw RequestProblems.idReused('A period keeps its space. Make a new id.');
      await this.spaces.announceHours(tx, actor, space);
      return { id, ...body, fromDay, untilDay };
    });
  }

  /** Removing what is not there is done already. */
  deletePeriod(actor: Actor, id: string): Promise<void> {
    return this.db.tx(actor.scope, async (tx) => {
      const [row] = await sql<{ spaceId: string }>(
        tx,
        'SELECT space_id AS "spaceId" FROM directory.hour_periods WHERE id = $1',
        [id],
      );
      if (!row) return;
      const space = await this.spaces.writable(tx, actor, row.spaceId);
      await sql(tx, 'DELETE FROM directory.hour_periods WHERE id = $1', [id]);
      await this.spaces.announceHours(tx, actor, space);
    });
  }

  periods(visitor: Actor | null, spaceId: string): Promise<HourPeriodPage> {
    return this.db.read(PUBLIC_SCOPE, async (on) => {
      const space = await this.spaces.visible(on, visitor, spaceId);
      const items = await sql<HourPeriodView>(
        on,
        `SELECT id, space_id AS "spaceId", from_day::text AS "fromDay", until_day::text AS "untilDay",
                opening_hours AS "openingHours", reason
           FROM directory.hour_periods WHERE space_id = $1 ORDER BY from_day`,
        [space.id],
      );
      return { items, next: null };
    });
  }

  holidays(visitor: Actor | null, spaceId: string, { year, language }: HolidaysQuery): Promise<HolidayPage> {
    return this.db.read(PUBLIC_SCOPE, async (on) => {
      const space = await this.spaces.visible(on, visitor, spaceId);
      return { items: publicHolidays(space, year, language), next: null };
    });
  }
}
