import { Injectable } from '@nestjs/common';
import { Directory, type Space } from '../directory/index.js';
import type { Actor } from '../identity/index.js';
import { dayAt, Temporal, type PlainDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db } from '../platform/db.js';
import { ReservedPools } from '../programmes/index.js';
import { PUBLIC_SCOPE, withNetworks } from '../platform/scope.js';
import { isTooFarAhead } from './booking.rules.js';
import { rangeOf, slotStart } from './day-parts.js';
import { groupedBy, PoolDays, type SpaceSeats } from './pool-days.js';
import type { ResourceKind, Part } from '../kernel/words.js';

type Wanted = { readonly days: readonly PlainDate[]; readonly resourceKind: ResourceKind };

/** Free seats for everybody to see, read from the very rows that a booking takes its seat from. */
@Injectable()
export class Seats {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly poolDays: PoolDays,
    private readonly reserved: ReservedPools,
  ) {}

  canBeBooked({ timeZone }: Space, day: PlainDate): boolean {
    const now = this.clock.now();
    const isPast = Temporal.PlainDate.compare(day, dayAt(now, timeZone)) < 0;
    return !isPast && !isTooFarAhead(day, now, timeZone);
  }

  /** By space. Days that nobody asked for before are made first, so that what is told is exact. */
  async ofSpaces(
    spaces: readonly Space[],
    { days, resourceKind }: Wanted,
  ): Promise<ReadonlyMap<string, readonly SpaceSeats[]>> {
    const wanted = { spaceIds: spaces.map((space) => space.id), resourceKind, days };
    const unmade = await this.db.read(PUBLIC_SCOPE, (on) => this.poolDays.unmade(on, wanted));
    const toMake = spaces.filter((space) => unmade.has(space.id)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    if (toMake.length > 0) {
      await this.db.tx(withNetworks(PUBLIC_SCOPE, ...toMake.map((space) => space.networkId)), async (tx) => {
        for (const space of toMake) {
          const pools = await this.directory.poolsOf(tx, space.id);
          await this.poolDays.make(tx, space, pools, unmade.get(space.id) ?? []);
        }
      });
    }
    return this.db.read(PUBLIC_SCOPE, (on) => this.poolDays.ofSpaces(on, wanted));
  }

  /** As ofSpaces, without the desks that are kept from whoever looks. */
  async shownTo(
    visitor: Actor | null,
    spaces: readonly Space[],
    wanted: Wanted,
  ): Promise<ReadonlyMap<string, readonly SpaceSeats[]>> {
    const found = await this.ofSpaces(spaces, wanted);
    const zones = new Map(spaces.map(({ id, timeZone }) => [id, timeZone]));
    const desks = [...found].flatMap(([spaceId, seats]) =>
      seats.map((seat) => ({ ...seat, spaceId, timeZone: zones.get(spaceId)! })),
    );
    const open = await this.db.read(visitor?.scope ?? PUBLIC_SCOPE, (on) =>
      this.reserved.open(on, visitor?.personId ?? null, desks),
    );
    return groupedBy(open, ({ spaceId }) => spaceId);
  }

  /** Has the half-hour before this one ended? */
  isOver({ timeZone }: Space, day: PlainDate, slot: number): boolean {
    return Temporal.Instant.compare(slotStart(day, slot, timeZone), this.clock.now()) <= 0;
  }

  free({ timeZone }: Space, { day, poolDay }: SpaceSeats): Record<Part, number> {
    const now = this.clock.now();
    const freeAt = (part: Part): number => {
      const range = rangeOf(part, poolDay.parts);
      const isOver = !range || Temporal.Instant.compare(slotStart(day, range.to, timeZone), now) <= 0;
      return isOver ? 0 : poolDay.free[part]; // nothing is free of a part that is over
    };
    return { DAY: freeAt('DAY'), MORNING: freeAt('MORNING'), AFTERNOON: freeAt('AFTERNOON') };
  }
}
