import { Injectable } from '@nestjs/common';
import { Directory, openDayView, refuseHours, type PlannedHours, type Space } from '../directory/index.js';
import type { Actor } from '../identity/index.js';
import { dayAt, Temporal, type PlainDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { demandStaff } from './known-bookings.js';
import type { HoursPreviewQuery, HoursPreviewView } from './office.schema.js';

const DAYS = 14;

type Booked = {
  readonly day: string;
  readonly fromSlot: number;
  readonly toSlot: number;
  readonly count: number;
};

/** What other hours would mean, told before anybody decides. */
@Injectable()
export class HoursPreview {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
  ) {}

  of(actor: Actor, spaceId: string, query: HoursPreviewQuery): Promise<HoursPreviewView> {
    for (const text of [query.openingHours, hoursOfDay(query), query.periodHours])
      if (text) refuseHours(text);
    return this.db.read(actor.scope, async (on) => {
      const space = await this.directory.space(on, spaceId);
      demandStaff(actor, space);
      const changed: Space = {
        ...space,
        openingHours: query.openingHours ?? space.openingHours,
        closesOnHolidays: query.closesOnHolidays ? query.closesOnHolidays === 'true' : space.closesOnHolidays,
      };
      const today = dayAt(this.clock.now(), space.timeZone);
      const planned = plannedHours(query);
      const days = await this.directory.openDays(on, changed, today, DAYS, planned);
      const hit = await this.hit(on, { space, changed, planned }, today);
      return { days: days.map(openDayView), hit };
    });
  }

  /** Bookings are counted by the half-hours they need: opening longer hits nobody. */
  private async hit(
    on: Reader,
    { space, changed, planned }: { space: Space; changed: Space; planned: PlannedHours },
    today: PlainDate,
  ): Promise<HoursPreviewView['hit']> {
    const booked = await sql<Booked>(
      on,
      `SELECT day::text AS day, from_slot AS "fromSlot", to_slot AS "toSlot", count(*)::int AS count
         FROM bookings.bookings WHERE space_id = $1 AND day >= $2 AND state IN ('PENDING', 'RESERVED')
        GROUP BY day, from_slot, to_slot ORDER BY day`,
      [space.id, today.toString()],
    );
    const dates = [...new Set(booked.map(({ day }) => day))].map((day) => Temporal.PlainDate.from(day));
    const daysOf = (of: Space) => dates.map((day) => ({ space: of, day }));
    const now = await this.directory.openDayOfEach(on, daysOf(space));
    const then = await this.directory.openDayOfEach(on, daysOf(changed), planned);
    const lost = new Map(
      now.map(({ day, slots }, index) => [
        day.toString(),
        slots.map((isOpen, slot) => isOpen && !then[index]!.slots[slot]),
      ]),
    );
    const counts = new Map<string, number>();
    for (const { day, fromSlot, toSlot, count } of booked) {
      if (!lost.get(day)!.slice(fromSlot, toSlot).includes(true)) continue;
      counts.set(day, (counts.get(day) ?? 0) + count);
    }
    return [...counts].map(([day, bookings]) => ({ day, bookings }));
  }
}

/** null: closed; undefined: as usual. */
function hoursOfDay({ dayHours }: HoursPreviewQuery): string | null | undefined {
  if (dayHours === 'usual') return undefined;
  return dayHours === 'closed' ? null : dayHours;
}

function plannedHours(query: HoursPreviewQuery): PlannedHours {
  const { day, fromDay, untilDay, periodHours } = query;
  return {
    ...(day && { exception: { day: day.toString(), openingHours: hoursOfDay(query) } }),
    ...(fromDay &&
      untilDay &&
      periodHours && {
        period: { fromDay: fromDay.toString(), untilDay: untilDay.toString(), openingHours: periodHours },
      }),
  };
}
