import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Directory, type Space } from '../directory/index.js';
import type { Actor } from '../identity/index.js';
import { dayAt, Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { wireId } from '../kernel/wire.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { PUBLIC_SCOPE, withNetworks } from '../platform/scope.js';
import { SearchProblems } from './booking.problems.js';
import { isTooFarAhead } from './booking.rules.js';
import { rangeOf, slotStart } from './day-parts.js';
import { groupedBy, PoolDays, type PoolDay, type SpaceSeats } from './pool-days.js';
import type { PostSearch, SearchPage } from './search.schema.js';
import type { Part } from '../kernel/words.js';

/** Spaces looked at together, nearest first: enough for a page when most of them have a desk. */
const CANDIDATES = 50;
/** A search that finds too little after so many goes on with the next page. */
const CANDIDATES_MAX = 500;

type Candidate = Space & { readonly metres: number };
type Hit = SearchPage['items'][number];
type Cursor = { readonly metres: number; readonly id: string };

/** Free desks near a point, read from the very rows that a booking takes its seat from. */
@Injectable()
export class Search {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly poolDays: PoolDays,
  ) {}

  /** Spaces with a pool that has a seat on every day asked for, nearest first. */
  async find(actor: Actor, search: PostSearch): Promise<SearchPage> {
    const point =
      search.near ?? (await this.db.read(actor.scope, (on) => pointOf(on, search.spaceName ?? '')));
    const items: Hit[] = [];
    let after = search.after === undefined ? undefined : cursorFrom(search.after);
    for (let looked = 0; looked < CANDIDATES_MAX; looked += CANDIDATES) {
      const near = { ...point, limit: CANDIDATES, ...(after ? { after } : {}) };
      const candidates = await this.db.read(actor.scope, (on) => this.directory.spacesNear(on, near));
      const seats = await this.seatsOf(actor, candidates, search);
      for (const space of candidates) {
        after = { metres: space.metres, id: space.id };
        const pools = this.poolsWithSeats(space, seats.get(space.id) ?? [], search);
        if (pools.length > 0) items.push({ ...placeOf(space), pools });
        if (items.length === search.limit) return { items, next: cursorText(after) };
      }
      if (candidates.length < CANDIDATES) return { items, next: null };
    }
    return { items, next: after ? cursorText(after) : null };
  }

  /** Days that nobody asked for before are made first, so that what is told is exact. */
  private async seatsOf(
    actor: Actor,
    candidates: readonly Candidate[],
    { days, resourceKind }: PostSearch,
  ): Promise<ReadonlyMap<string, readonly SpaceSeats[]>> {
    const bookable = candidates.filter((space) => days.every((day) => this.canBeBooked(space, day)));
    const wanted = { spaceIds: bookable.map((space) => space.id), resourceKind, days };
    const unmade = await this.db.read(actor.scope, (on) => this.poolDays.unmade(on, wanted));
    const toMake = bookable
      .filter((space) => unmade.has(space.id))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    if (toMake.length > 0) {
      await this.db.tx(withNetworks(PUBLIC_SCOPE, ...toMake.map((space) => space.networkId)), async (tx) => {
        for (const space of toMake) {
          const pools = await this.directory.poolsOf(tx, space.id);
          await this.poolDays.make(tx, space, pools, unmade.get(space.id) ?? []);
        }
      });
    }
    return this.db.read(actor.scope, (on) => this.poolDays.ofSpaces(on, wanted));
  }

  private canBeBooked({ timeZone }: Space, day: PlainDate): boolean {
    const now = this.clock.now();
    const isPast = Temporal.PlainDate.compare(day, dayAt(now, timeZone)) < 0;
    return !isPast && !isTooFarAhead(day, now, timeZone);
  }

  private poolsWithSeats(space: Space, seats: readonly SpaceSeats[], search: PostSearch): Hit['pools'] {
    const now = this.clock.now();
    return [...groupedBy(seats, ({ poolId }) => poolId).values()].flatMap((days) => {
      const first = days[0];
      const free = days.map(({ day, poolDay }) => ({
        day: day.toString(),
        free: {
          DAY: freeAt('DAY', space, day, poolDay, now),
          MORNING: freeAt('MORNING', space, day, poolDay, now),
          AFTERNOON: freeAt('AFTERNOON', space, day, poolDay, now),
        },
      }));
      const fits = free.length === search.days.length && free.every((day) => day.free[search.part] > 0);
      return first && fits ? [{ poolId: first.poolId, name: first.poolName, days: free }] : [];
    });
  }
}

function placeOf(space: Candidate): Omit<Hit, 'pools'> {
  const { id, networkId, name, city, country, timeZone, lat, lon, metres } = space;
  return { spaceId: id, networkId, name, city, country, timeZone, lat, lon, metres: Math.round(metres) };
}

/** Nothing is free of a part that is over. */
function freeAt(
  part: Part,
  { timeZone }: Space,
  day: PlainDate,
  { parts, free }: PoolDay,
  now: Instant,
): number {
  const range = rangeOf(part, parts);
  if (!range || Temporal.Instant.compare(slotStart(day, range.to, timeZone), now) <= 0) return 0;
  return free[part];
}

async function pointOf(on: Reader, name: string): Promise<{ lat: number; lon: number }> {
  const [space] = await sql<{ lat: number; lon: number }>(
    on,
    `SELECT lat, lon FROM directory.pub_spaces WHERE lower(name) = lower($1) AND visibility = 'public'
      ORDER BY id LIMIT 1`,
    [name],
  );
  if (!space)
    throw SearchProblems.spaceUnknown(`No space is called "${name}". Give its whole name, or a point.`);
  return space;
}

const wireCursor = z.tuple([z.number().min(0), wireId]);

function cursorText({ metres, id }: Cursor): string {
  return Buffer.from(JSON.stringify([metres, id])).toString('base64url');
}

function cursorFrom(text: string): Cursor {
  try {
    const [metres, id] = wireCursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { metres, id };
  } catch {
    throw RequestProblems.invalid('The field after is the next of another page: send it as it came.');
  }
}
