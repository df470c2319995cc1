import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BookingProblems, LateArrivals, type Booking } from '../bookings/index.js';
import { Directory, type Space } from '../directory/index.js';
import type { Actor } from '../identity/index.js';
import { instantFromDate, Temporal, type Instant } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { withNetworks } from '../platform/scope.js';
import { demandAtSpace } from './at-space.js';
import { VisitProblems } from './checkin.problems.js';
import { sealsAt } from './checkin.rules.js';
import type { VisitView } from './checkin.schema.js';
import { visitView } from './checkin.views.js';
import type { PutPresence } from './desk.schema.js';
import { PresenceWords } from './presence-words.js';
import { lockGuest } from './offline-scan.queries.js';
import { insertScan } from './scan.queries.js';
import { findVisit, insertVisit } from './visit.queries.js';

type Missed = {
  readonly personId: string;
  readonly spaceId: string;
  readonly day: string;
  readonly startsAt: Instant;
};

/** A no-show who was there after all: the door had failed, or nobody looked. */
@Injectable()
export class Presences {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly late: LateArrivals,
    private readonly told: PresenceWords,
  ) {}

  /** By a manager, as long as a visit of that day could be corrected; the guest is told. Twice is once. */
  async put(actor: Actor, bookingId: string, { reason }: PutPresence): Promise<VisitView> {
    const { missed, space } = await this.find(actor, bookingId);
    const scope = { ...withNetworks(actor.scope, space.networkId), person: missed.personId };
    const visitId = derivedId(bookingId, 'presence');
    const firstName = await this.told.firstName(missed.personId);
    await this.db.tx(scope, async (tx) => {
      await lockGuest(tx, missed.personId);
      if (await findVisit(tx, visitId)) return;
      const day = Temporal.PlainDate.from(missed.day);
      const found = await this.late.expected(tx, { ...missed, day, at: missed.startsAt });
      if (found?.id !== bookingId || found.state !== 'NO_SHOW')
        throw BookingProblems.settled(
          'The guest is not missed on this booking, so nothing is to be put right.',
        );
      if (Temporal.Instant.compare(this.clock.now(), sealsAt(day, space.timeZone)) >= 0)
        throw VisitProblems.sealed('The day is sealed. Ask your network for a credit record to the guest.');
      await this.attest(tx, await this.late.fulfil(tx, found), { visitId, firstName, actor, reason });
    });
    return this.db.read(scope, async (on) => visitView((await findVisit(on, visitId))!, 'host'));
  }

  /** Evidence class C, as by hand: the manager's word, from the first to the last moment that was booked. */
  private async attest(
    tx: Tx,
    booking: Booking,
    by: { visitId: string; firstName: string; actor: Actor; reason: string },
  ): Promise<void> {
    const { visitId, firstName, actor, reason } = by;
    const { startsAt, endsAt, day, timeZone } = booking;
    await insertVisit(tx, {
      id: visitId,
      booking,
      guestFirstName: firstName,
      evidence: 'C',
      startedAt: startsAt,
      closesAt: endsAt,
      sealsAt: sealsAt(day, timeZone),
      completedAt: endsAt,
    });
    const id = derivedId(booking.id, 'presence/scan');
    const hash = createHash('sha256').update(`presence/${booking.id}`).digest('hex'); // there is no code
    const now = this.clock.now();
    await insertScan(tx, {
      id,
      requestHash: hash,
      codeHash: hash,
      spaceId: booking.spaceId,
      hostNetworkId: booking.hostNetworkId,
      homeNetworkId: booking.homeNetworkId,
      personId: booking.personId,
      credentialId: null,
      visitId,
      state: 'ACCEPTED',
      reason: null,
      refusal: null,
      evidence: 'C',
      day,
      scannedAt: startsAt,
      decidedAt: now,
      scannedBy: actor.name,
      kind: 'HAND',
    });
    await this.told.tell(tx, visitId, { id, by: { name: actor.name, at: now }, reason });
  }

  private find(actor: Actor, bookingId: string): Promise<{ missed: Missed; space: Space }> {
    return this.db.read(actor.scope, async (on) => {
      const missed = await missedOf(on, bookingId);
      const space = await this.directory.space(on, missed.spaceId);
      demandAtSpace(actor, 'spaces:write', space);
      return { missed, space };
    });
  }
}

async function missedOf(on: Reader, bookingId: string): Promise<Missed> {
  const [missed] = await sql<Omit<Missed, 'startsAt'> & { startsAt: Parameters<typeof instantFromDate>[0] }>(
    on,
    `SELECT person_id AS "personId", space_id AS "spaceId", day::text AS day, starts_at AS "startsAt"
       FROM bookings.pub_bookings WHERE id = $1`,
    [bookingId],
  );
  if (missed) return { ...missed, startsAt: instantFromDate(missed.startsAt) };
  throw BookingProblems.notFound(`There is no booking ${bookingId} at your space.`);
}
