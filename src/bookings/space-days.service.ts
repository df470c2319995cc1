import { Injectable } from '@nestjs/common';
import { Directory, Spaces } from '../directory/index.js';
import type { Actor } from '../identity/index.js';
import type { PlainDate } from '../kernel/time.js';
import { Db } from '../platform/db.js';
import { PUBLIC_SCOPE } from '../platform/scope.js';
import { clockOf } from './day-parts.js';
import { demandStaff } from './known-bookings.js';
import { groupedBy } from './pool-days.js';
import { Seats } from './seats.service.js';
import type {
  FreeDayPage,
  HalfHoursPage,
  HalfHoursQuery,
  OccupancyPage,
  SpaceDaysQuery,
} from './space-days.schema.js';
import { bookedDays, freeSlots, seatDays } from './space-days.queries.js';

/** One space, day by day: what is free for anybody, what is taken for those who work there. */
@Injectable()
export class SpaceDays {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
    private readonly spaces: Spaces,
    private readonly seats: Seats,
  ) {}

  /** Of all pools together. Nothing is free on a day that is over or too far ahead. */
  async free(visitor: Actor | null, spaceId: string, query: SpaceDaysQuery): Promise<FreeDayPage> {
    const space = await this.db.read(PUBLIC_SCOPE, (on) => this.spaces.visible(on, visitor, spaceId));
    const days = daysOf(query);
    const bookable = days.filter((day) => this.seats.canBeBooked(space, day));
    const wanted = { days: bookable, resourceKind: query.resourceKind };
    const found = (await this.seats.shownTo(visitor, [space], wanted)).get(spaceId) ?? [];
    const byDay = groupedBy(found, ({ day }) => day.toString());
    const items = days.map((day) => {
      const free = { DAY: 0, MORNING: 0, AFTERNOON: 0 };
      for (const pool of byDay.get(day.toString()) ?? []) {
        const seats = this.seats.free(space, pool);
        free.DAY += seats.DAY;
        free.MORNING += seats.MORNING;
        free.AFTERNOON += seats.AFTERNOON;
      }
      return { day: day.toString(), free };
    });
    return { items, next: null };
  }

  /** What of each room or machine is free on a day, for a picker of half-hours. Nothing is free of what is over. */
  async halfHours(visitor: Actor | null, spaceId: string, query: HalfHoursQuery): Promise<HalfHoursPage> {
    const { day, resourceKind } = query;
    const space = await this.db.read(PUBLIC_SCOPE, (on) => this.spaces.visible(on, visitor, spaceId));
    if (!this.seats.canBeBooked(space, day)) return { items: [], next: null };
    await this.seats.ofSpaces([space], { days: [day], resourceKind });
    const slots = await this.db.read(PUBLIC_SCOPE, (on) => freeSlots(on, { spaceId, resourceKind, day }));
    const items = [...groupedBy(slots, ({ poolId }) => poolId).values()].map((own) => ({
      poolId: own[0]!.poolId,
      name: own[0]!.name,
      halfHours: own.map(({ slot, free }) => ({
        from: clockOf(slot),
        until: clockOf(slot + 1),
        free: this.seats.isOver(space, day, slot + 1) ? 0 : free,
      })),
    }));
    return { items, next: null };
  }

  occupancy(actor: Actor, spaceId: string, query: SpaceDaysQuery): Promise<OccupancyPage> {
    return this.db.read(actor.scope, async (on) => {
      const space = await this.spaces.visible(on, actor, spaceId);
      demandStaff(actor, space);
      const days = daysOf(query);
      const asked = { spaceId, resourceKind: query.resourceKind, days };
      const seats = await seatDays(on, asked);
      const booked = await bookedDays(on, asked);
      const open = await this.directory.openDays(on, space, query.from, query.days);
      const pools = await this.directory.poolsOf(on, spaceId);
      const usual = pools
        .filter(({ resourceKind }) => resourceKind === query.resourceKind)
        .reduce((sum, { capacity }) => sum + capacity, 0);
      const items = days.map((date, index) => {
        const day = date.toString();
        const whenUnasked = open[index]!.slots.some(Boolean) ? usual : 0;
        const known = seats.get(day) ?? { capacity: whenUnasked, taken: 0 };
        return { day, ...known, booked: booked.get(day) ?? 0 };
      });
      return { items, next: null };
    });
  }
}

function daysOf({ from, days }: SpaceDaysQuery): PlainDate[] {
  return Array.from({ length: days }, (_, index) => from.add({ days: index }));
}
