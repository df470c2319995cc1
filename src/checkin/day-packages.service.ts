import { Injectable } from '@nestjs/common';
import { Directory, type Space } from '../directory/index.js';
import type { Actor } from '../identity/index.js';
import { EARLY_MINUTES } from '../kernel/opening.js';
import { bearerHash } from '../kernel/pass-code/bearer.js';
import { PACKAGE_BOOKED_ONLY_SECONDS, PACKAGE_USELESS_SECONDS } from '../kernel/pass-code/esc1.js';
import { dayAt, Temporal, type PlainDate } from '../kernel/time.js';
import { DoorLists, TypedCodes } from '../passes/index.js';
import { Clock } from '../platform/clock.js';
import { Db } from '../platform/db.js';
import { requestHash } from '../platform/http/same-request.js';
import { PUBLIC_SCOPE, withNetworks } from '../platform/scope.js';
import { demandAtSpace } from './at-space.js';
import { DayPackageProblems } from './checkin.problems.js';
import { expectedAt, insideAt, type Expected } from './day-package.queries.js';
import {
  DAY_PACKAGE_TYPE,
  DAY_PACKAGE_VERSION,
  type DayPackage,
  type DayPackageQuery,
  type DayPackageView,
} from './day-package.schema.js';

const ID_LENGTH = 32;

type Typed = NonNullable<DayPackage['bookings'][number]['typed']>[number];
type Moments = 'id' | 'issuedAt' | 'bookedOnlyFrom' | 'uselessFrom';

/** What a tablet takes with it into a day without a network: small, signed, without a name in it. */
@Injectable()
export class DayPackages {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly lists: DoorLists,
    private readonly typed: TypedCodes,
  ) {}

  async make(actor: Actor, spaceId: string, { day }: DayPackageQuery): Promise<DayPackageView> {
    const space = await this.db.read(actor.scope, (on) => this.directory.space(on, spaceId));
    demandAtSpace(actor, 'scans:write', space);
    const now = this.clock.now();
    const content = await this.content(actor, space, this.dayOf(space, day));
    const id = requestHash(content).slice(0, ID_LENGTH);
    const made: DayPackage = {
      ...content,
      id,
      issuedAt: now.toString(),
      bookedOnlyFrom: now.add({ seconds: PACKAGE_BOOKED_ONLY_SECONDS }).toString(),
      uselessFrom: now.add({ seconds: PACKAGE_USELESS_SECONDS }).toString(),
    };
    const signed = await this.db.tx(withNetworks(PUBLIC_SCOPE, space.networkId), (tx) =>
      this.lists.sign(tx, space.networkId, DAY_PACKAGE_TYPE, made),
    );
    return { id, issuedAt: made.issuedAt, signed };
  }

  /** Today, or tomorrow for a door that opens before the network is there. */
  private dayOf(space: Space, asked: string | undefined): PlainDate {
    const today = dayAt(this.clock.now(), space.timeZone);
    const day = asked === undefined ? today : Temporal.PlainDate.from(asked);
    const ahead = today.until(day).days;
    if (ahead === 0 || ahead === 1) return day;
    throw DayPackageProblems.dayOutOfReach('A door is prepared for today or tomorrow, by its own calendar.');
  }

  private async content(actor: Actor, space: Space, day: PlainDate): Promise<Omit<DayPackage, Moments>> {
    const { hours, expected, inside } = await this.db.read(
      withNetworks(actor.scope, space.networkId),
      async (on) => ({
        hours: await this.directory.openDay(on, space, day),
        expected: await expectedAt(on, { spaceId: space.id, day }),
        inside: await insideAt(on, space.id),
      }),
    );
    const people = [...new Set([...expected.map(({ personId }) => personId), ...inside])];
    const at = { spaceId: space.id, day: day.toString() };
    const hashes = await this.hashes(people, at);
    const typed = await this.typedAt(people, at);
    return {
      v: DAY_PACKAGE_VERSION,
      spaceId: space.id,
      networkId: space.networkId,
      day: day.toString(),
      timeZone: space.timeZone,
      halfDayBoundary: space.halfDayBoundary.toString(),
      hours: hours.intervals.map(({ from, until }) => ({
        from: from.toString(),
        until: until?.toString() ?? null,
      })),
      closedBecause: hours.closedBecause,
      earlyMinutes: EARLY_MINUTES,
      issuers: [...(await this.lists.known())].map((issuer) => ({ ...issuer, keys: [...issuer.keys] })),
      bookings: expected.map((booking) => ({
        ...viewBooking(booking, hashes),
        typed: typed.get(booking.personId) ?? [],
      })),
      inside: inside.flatMap((personId) => hashes.get(personId) ?? []).toSorted(),
    };
  }

  private async typedAt(
    personIds: readonly string[],
    at: { spaceId: string; day: string },
  ): Promise<ReadonlyMap<string, Typed[]>> {
    const own = await this.typed.atDoor(personIds, at.spaceId);
    const entries = [...own].map(async ([personId, typed]) => {
      const shown = typed.map(async ({ handle, key, until, holderKey }) => ({
        handle,
        key: Buffer.from(key).toString('base64url'),
        until: until.toString(),
        bearer: await bearerHash(at, holderKey),
      }));
      return [personId, await Promise.all(shown)] as const;
    });
    return new Map(await Promise.all(entries));
  }

  private async hashes(
    personIds: readonly string[],
    at: { spaceId: string; day: string },
  ): Promise<ReadonlyMap<string, string[]>> {
    const bearers = await this.lists.bearers(personIds);
    const hashed = [...bearers].map(
      async ([personId, own]) =>
        [personId, await Promise.all(own.map((bearer) => bearerHash(at, bearer)))] as const,
    );
    return new Map(await Promise.all(hashed));
  }
}

function viewBooking({ personId, part, startsAt, endsAt }: Expected, hashes: ReadonlyMap<string, string[]>) {
  const bearers = hashes.get(personId) ?? [];
  return { bearers, part, startsAt: startsAt.toString(), endsAt: endsAt.toString() };
}
