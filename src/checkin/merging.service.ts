import { Injectable } from '@nestjs/common';
import { BookingCorrections, LateArrivals, type Booking } from '../bookings/index.js';
import { Directory, type Space } from '../directory/index.js';
import { Identity } from '../identity/index.js';
import { closesAt, refuseHours } from '../kernel/opening.js';
import { Temporal, type Instant } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { DoorRefused } from './admission.js';
import { arrival, sealsAt, walkInPart } from './checkin.rules.js';
import { inOrder, refuseMoment, UPLOAD_HOURS_MAX } from './merge.rules.js';
import {
  admittedOf,
  lockGuest,
  wasTakenOnline,
  writeOutcome,
  type Admitted,
} from './offline-scan.queries.js';
import { refusalOf } from './refused.js';
import type { Visit } from './visit.js';
import { completeDue, completeVisit, findVisit, insertVisit, invalidateVisit } from './visit.queries.js';
import { beganBy, insideNow, visitHere, visitUnderWay } from './merge.queries.js';

const NOT_DECIDED = { outcome: null, visitId: null, conflict: null } as const;

type At = { readonly space: Space; readonly closesAt: Instant };

/**
 * What tablets decided alone, brought together: all scans of one guest in the order they were made, whoever
 * uploads first. The first one wins the entitlement; a later one that it leaves nothing for is a conflict.
 */
@Injectable()
export class Merging {
  constructor(
    private readonly clock: Clock,
    private readonly identity: Identity,
    private readonly directory: Directory,
    private readonly late: LateArrivals,
    private readonly corrections: BookingCorrections,
  ) {}

  /** Whatever came later than the first scan that is new is decided again. */
  async merge(tx: Tx, personId: string): Promise<void> {
    await lockGuest(tx, personId);
    const now = this.clock.now();
    await completeDue(tx, now, personId);
    const since = now.subtract({ hours: 2 * UPLOAD_HOURS_MAX });
    const scans = inOrder(await admittedOf(tx, personId, since));
    const first = scans.findIndex(({ outcome }) => outcome === null);
    if (first < 0) return;
    const open: Admitted[] = [scans[first]!];
    for (const later of scans.slice(first + 1).toReversed()) {
      const taken = await this.takeBack(tx, later);
      if (taken) open.push(taken);
    }
    for (const scan of inOrder(open)) await this.settle(tx, scan, scans);
  }

  /** null for a visit on a booking made before: it holds its entitlement, so no other scan can change it. */
  private async takeBack(tx: Tx, scan: Admitted): Promise<Admitted | null> {
    const visit = scan.visitId ? await findVisit(tx, scan.visitId) : null;
    const isOwn = visit !== null && visit.id === visitIdOf(scan);
    if (isOwn && visit.bookingId !== bookingIdOf(scan)) return null;
    if (isOwn) {
      const reason = 'An earlier visit of the same guest was told of later, by another door.';
      await invalidateVisit(tx, visit.id, { at: this.clock.now(), name: 'system', reason });
      await this.corrections.takeBack(tx, visit.bookingId, { name: 'system', reason });
    }
    if (scan.outcome !== null) await writeOutcome(tx, scan.id, NOT_DECIDED);
    const attempts = scan.outcome === null ? scan.attempts : scan.attempts + 1;
    return { ...scan, ...NOT_DECIDED, attempts };
  }

  private async settle(tx: Tx, scan: Admitted, all: readonly Admitted[]): Promise<void> {
    try {
      const visitId = await attempt(tx, () => this.place(tx, scan, all));
      await writeOutcome(tx, scan.id, { outcome: 'CONFIRMED', visitId, conflict: null });
    } catch (error) {
      const { reason } = refusalOf(error);
      await writeOutcome(tx, scan.id, { outcome: 'CONFLICT', visitId: null, conflict: reason });
    }
  }

  /** As at a door that asks, at the moment of the scan. */
  private async place(tx: Tx, scan: Admitted, all: readonly Admitted[]): Promise<string> {
    const { personId, spaceId, day, scannedAt } = scan;
    const refused = refuseMoment(scannedAt, scan.decidedAt);
    if (refused) throw new DoorRefused(refused);
    if (isRepeat(scan, all) || (await wasTakenOnline(tx, scan))) throw new DoorRefused('replayed_code');
    const space = await this.directory.space(tx, spaceId);
    const { intervals } = await this.directory.openDay(tx, space, day);
    const local = scannedAt.toZonedDateTimeISO(space.timeZone).toPlainTime();
    const closed = refuseHours(intervals, local);
    if (closed) throw new DoorRefused(closed);
    const at = { space, closesAt: closesAt(intervals, day, space.timeZone) };

    const then = { personId, spaceId, day, at: scannedAt };
    const booked = await this.late.expected(tx, then);
    const coming = booked && arrival(booked, scannedAt);
    const here = await visitHere(tx, then);
    const isRoomDue = coming === 'due' && booked?.part === 'HOURS'; // beside whatever else they have there
    if (here && !isRoomDue) return this.comeAgain(tx, here, scan);
    if (booked && coming === 'due') return this.open(tx, await this.late.fulfil(tx, booked), scan, at);
    if (coming === 'early') throw new DoorRefused('too_early');
    if (await visitUnderWay(tx, { personId, spaceId, at: scannedAt })) throw new DoorRefused('already_in');
    return this.open(tx, await this.walkIn(tx, scan, space), scan, at);
  }

  private async walkIn(tx: Tx, scan: Admitted, space: Space): Promise<Booking> {
    const { personId, passId, day, scannedAt } = scan;
    const local = scannedAt.toZonedDateTimeISO(space.timeZone).toPlainTime();
    const part = walkInPart({
      isAfternoon: Temporal.PlainTime.compare(local, space.halfDayBoundary) >= 0,
      halfDaysUsed: await this.late.halfDaysUsed(tx, personId, day),
      asked: undefined,
    });
    if (part === 'already_used_today' || part === 'too_early') throw new DoorRefused(part);
    const wish = { personId, space, resourceKind: 'hot_desk' as const, day, part, preferPassId: passId };
    const booking = await this.late.walkIn(tx, { ...wish, id: bookingIdOf(scan), since: scannedAt });
    return this.late.fulfil(tx, booking);
  }

  /** Of two visits the later one is under way; the earlier one ended with its part of the day. */
  private async open(tx: Tx, booking: Booking, scan: Admitted, at: At): Promise<string> {
    const now = this.clock.now();
    const inside = await insideNow(tx, booking);
    const isLater = inside !== null && Temporal.Instant.compare(inside.startedAt, scan.scannedAt) < 0;
    if (isLater) await completeVisit(tx, inside.id, { at: inside.partEndsAt, name: 'system' });
    const isOver = Temporal.Instant.compare(now, at.closesAt) >= 0 || (inside !== null && !isLater);
    const { name } = await this.identity.person(tx, scan.personId);
    const id = visitIdOf(scan);
    await insertVisit(tx, {
      id,
      booking,
      guestFirstName: name.trim().split(/\s+/)[0]!,
      evidence: scan.evidence,
      startedAt: scan.scannedAt,
      closesAt: at.closesAt,
      sealsAt: sealsAt(booking.day, booking.timeZone),
      ...(isOver && { completedAt: earlier(booking.endsAt, at.closesAt) }),
    });
    return id;
  }

  /** Coming back to the same space on the same day is free: the visit began with the first time. */
  private async comeAgain(tx: Tx, visit: Visit, scan: Admitted): Promise<string> {
    await beganBy(tx, visit.id, scan.scannedAt);
    return visit.id;
  }
}

/** The same code, read earlier by another tablet that could not ask either. */
function isRepeat(scan: Admitted, all: readonly Admitted[]): boolean {
  const first = all.find(({ codeHash }) => codeHash === scan.codeHash);
  return first !== undefined && first.id !== scan.id;
}

function visitIdOf({ id, attempts }: Admitted): string {
  return derivedId(id, attempts === 0 ? 'visit' : `visit/${attempts}`);
}

function bookingIdOf({ id, attempts }: Admitted): string {
  return derivedId(id, attempts === 0 ? 'booking' : `booking/${attempts}`);
}

function earlier(a: Instant, b: Instant): Instant {
  return Temporal.Instant.compare(a, b) <= 0 ? a : b;
}

/** A refusal undoes what was tried, and nothing else of the transaction. */
async function attempt<Result>(tx: Tx, work: () => Promise<Result>): Promise<Result> {
  await sql(tx, 'SAVEPOINT attempt');
  try {
    const result = await work();
    await sql(tx, 'RELEASE SAVEPOINT attempt');
    return result;
  } catch (error) {
    await sql(tx, 'ROLLBACK TO SAVEPOINT attempt');
    throw error;
  }
}
