import { Injectable } from '@nestjs/common';
import { Temporal, type PlainDate } from '../kernel/time.js';
import type { Reader } from '../platform/db.js';
import { NetworkProblems, PartyProblems, PoolProblems, SpaceProblems } from './directory.problems.js';
import {
  findExceptions,
  findHome,
  findNetworkChain,
  findParty,
  findPeriods,
  findPool,
  findPools,
  findSpace,
  findSpacesNear,
  type Near,
} from './directory.queries.js';
import { isPublicHoliday } from './holidays.js';
import { openDay, type DayHours, type OpenDay } from './opening-hours.rules.js';
import type { Home, Party, Pool, Space } from './space.js';

/** What other modules ask about networks, spaces and their days. */
@Injectable()
export class Directory {
  async space(on: Reader, id: string): Promise<Space> {
    const space = await findSpace(on, id);
    if (!space) throw SpaceProblems.notFound(`There is no space ${id}. Look it up in GET /v1/spaces.`);
    return space;
  }

  async pool(on: Reader, id: string): Promise<Pool> {
    const pool = await findPool(on, id);
    if (!pool) throw PoolProblems.notFound(`There is no desk pool ${id}. A space lists its own.`);
    return pool;
  }

  poolsOf(on: Reader, spaceId: string): Promise<Pool[]> {
    return findPools(on, spaceId);
  }

  async party(on: Reader, id: string): Promise<Party> {
    const party = await findParty(on, id);
    if (!party) throw PartyProblems.notFound(`Neither a space nor a network has the id ${id}.`);
    return party;
  }

  /** The network itself, then its ancestors to the root. */
  async networkChain(on: Reader, networkId: string): Promise<string[]> {
    const chain = await findNetworkChain(on, networkId);
    if (chain.length === 0) throw NetworkProblems.notFound(`There is no network ${networkId}.`);
    return chain;
  }

  homeOf(on: Reader, personId: string, day: PlainDate): Promise<Home | null> {
    return findHome(on, personId, day);
  }

  /** Those that take new bookings. */
  spacesNear(on: Reader, near: Near): Promise<(Space & { metres: number })[]> {
    return findSpacesNear(on, near);
  }

  /** Those that take none, and say why. */
  stoppedNear(on: Reader, near: Near): Promise<(Space & { metres: number })[]> {
    return findSpacesNear(on, near, 'STOPPED');
  }

  /** When the space is open on its local day: weekly hours, public holidays, exceptions. */
  async openDay(on: Reader, space: Space, day: PlainDate): Promise<OpenDay> {
    const [open] = await this.openDays(on, space, day, 1);
    return open!;
  }

  /** `planned`: as if that had been decided already. */
  async openDays(
    on: Reader,
    space: Space,
    from: PlainDate,
    days: number,
    planned: PlannedHours = {},
  ): Promise<OpenDay[]> {
    const wanted = Array.from({ length: days }, (_, index) => ({ space, day: from.add({ days: index }) }));
    return this.openDayOfEach(on, wanted, planned);
  }

  /** The same for many spaces at once, in their order. */
  async openDayOfEach(
    on: Reader,
    wanted: readonly { readonly space: Space; readonly day: PlainDate }[],
    planned: PlannedHours = {},
  ): Promise<OpenDay[]> {
    const days = wanted.map(({ day }) => day).toSorted((a, b) => Temporal.PlainDate.compare(a, b));
    const [first, last] = [days[0], days.at(-1)];
    if (!first || !last) return [];
    const spaceIds = [...new Set(wanted.map(({ space }) => space.id))];
    const rows = await findExceptions(on, spaceIds, first.subtract({ days: 1 }), last);
    const periods = await findPeriods(on, spaceIds, first.subtract({ days: 1 }), last);
    const exceptions = new Map(rows.map((row) => [`${row.spaceId} ${row.day}`, row.openingHours]));
    const hoursOf = (space: Space, date: PlainDate): DayHours => {
      const day = date.toString();
      const season = planned.period && isWithin(planned.period, day) ? planned.period : null;
      const stored = periods.find((period) => period.spaceId === space.id && isWithin(period, day));
      const isPlanned = planned.exception?.day === day;
      return {
        weekly: (season ?? stored)?.openingHours ?? space.openingHours,
        holiday: space.closesOnHolidays && isPublicHoliday(space.country, space.territoryCode, date),
        exception: isPlanned ? planned.exception?.openingHours : exceptions.get(`${space.id} ${day}`),
      };
    };
    return wanted.map(({ space, day }) =>
      openDay(day, space.timeZone, hoursOf(space, day.subtract({ days: 1 })), hoursOf(space, day)),
    );
  }
}

/** Hours that somebody thinks about: one day, or a season. An exception without hours is the usual day. */
export type PlannedHours = {
  readonly exception?: { readonly day: string; readonly openingHours: string | null | undefined };
  readonly period?: { readonly fromDay: string; readonly untilDay: string; readonly openingHours: string };
};

function isWithin({ fromDay, untilDay }: { fromDay: string; untilDay: string }, day: string): boolean {
  return fromDay <= day && day <= untilDay; // ISO days sort as text
}
