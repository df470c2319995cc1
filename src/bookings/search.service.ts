import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Directory, type Space } from '../directory/index.js';
import type { Actor } from '../identity/index.js';
import { wireId } from '../kernel/wire.js';
import type { PlainDate } from '../kernel/time.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { PUBLIC_SCOPE } from '../platform/scope.js';
import { SearchProblems } from './booking.problems.js';
import { groupedBy, type SpaceSeats } from './pool-days.js';
import type { PostSearch, SearchPage } from './search.schema.js';
import { Seats } from './seats.service.js';

/** Spaces looked at together, nearest first: enough for a page when most of them have a desk. */
const CANDIDATES = 50;
/** A search that finds too little after so many goes on with the next page. */
const CANDIDATES_MAX = 500;

/** Of those that take no bookings, the nearest are told. */
const NEAR_KILOMETRES = 50;
const NOT_HOSTING_MAX = 5;

type Candidate = Space & { readonly metres: number };
type Hit = SearchPage['items'][number];
type Cursor = { readonly metres: number; readonly id: string };

/** Free desks near a point. */
@Injectable()
export class Search {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
    private readonly seats: Seats,
  ) {}

  /**
   * Public spaces with a pool that has a seat on every day asked for, or on some of them, nearest first. Desks kept for
   * public agents are there for them alone.
   */
  async find(visitor: Actor | null, search: PostSearch): Promise<SearchPage> {
    const point =
      search.near ?? (await this.db.read(PUBLIC_SCOPE, (on) => pointOf(on, search.spaceName ?? '')));
    const items: Hit[] = [];
    let after = search.after === undefined ? undefined : cursorFrom(search.after);
    for (let looked = 0; looked < CANDIDATES_MAX; looked += CANDIDATES) {
      const near = { ...point, limit: CANDIDATES, ...(after ? { after } : {}) };
      const candidates = await this.db.readBehind(PUBLIC_SCOPE, (on) => this.directory.spacesNear(on, near));
      const bookable = candidates.filter((space) => {
        const can = (day: PlainDate) => this.seats.canBeBooked(space, day);
        return search.fits === 'SOME' ? search.days.some(can) : search.days.every(can);
      });
      const days = search.days.filter((day) => bookable.some((space) => this.seats.canBeBooked(space, day)));
      const seats = await this.seats.shownTo(visitor, bookable, { ...search, days });
      for (const space of candidates) {
        after = { metres: space.metres, id: space.id };
        const pools = this.poolsWithSeats(space, seats.get(space.id) ?? [], search);
        if (pools.length > 0) items.push({ ...placeOf(space), pools });
        if (items.length === search.limit)
          return { items, next: cursorText(after), notHosting: await this.notHosting(point, search) };
      }
      if (candidates.length < CANDIDATES)
        return { items, next: null, notHosting: await this.notHosting(point, search) };
    }
    return {
      items,
      next: after ? cursorText(after) : null,
      notHosting: await this.notHosting(point, search),
    };
  }

  /** What somebody may miss in the list, with the reason why it is not there. */
  private async notHosting(
    point: { readonly lat: number; readonly lon: number },
    { after }: PostSearch,
  ): Promise<SearchPage['notHosting']> {
    if (after !== undefined) return [];
    const near = { ...point, kilometresMax: NEAR_KILOMETRES, limit: NOT_HOSTING_MAX };
    const stopped = await this.db.read(PUBLIC_SCOPE, (on) => this.directory.stoppedNear(on, near));
    return stopped.map(({ id, name, city, metres, hostingStop }) => ({
      spaceId: id,
      name,
      city,
      metres: Math.round(metres),
      hostingStop: hostingStop!,
    }));
  }

  private poolsWithSeats(space: Space, seats: readonly SpaceSeats[], search: PostSearch): Hit['pools'] {
    return [...groupedBy(seats, ({ poolId }) => poolId).values()].flatMap((days) => {
      const first = days[0];
      const free = days.map((day) => ({ day: day.day.toString(), free: this.seats.free(space, day) }));
      const hasSeat = (day: (typeof free)[number]) => day.free[search.part] > 0;
      const isEvery = free.length === search.days.length && free.every(hasSeat);
      return first && (search.fits === 'SOME' ? free.some(hasSeat) : isEvery)
        ? [{ poolId: first.poolId, name: first.poolName, days: free }]
        : [];
    });
  }
}

function placeOf(space: Candidate): Omit<Hit, 'pools'> {
  const { id, networkId, name, city, country, timeZone, lat, lon, metres } = space;
  return { spaceId: id, networkId, name, city, country, timeZone, lat, lon, metres: Math.round(metres) };
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
