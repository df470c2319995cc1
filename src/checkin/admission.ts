import { Injectable } from '@nestjs/common';
import { Bookings, stayOf, thaw, type Booking } from '../bookings/index.js';
import { Directory, type Space } from '../directory/index.js';
import { Identity } from '../identity/index.js';
import { closesAt, refuseHours } from '../kernel/opening.js';
import { judge, type Door, type Evidence, type Proof, type Refusal } from '../kernel/pass-code/esc1.js';
import { spaceTag } from '../kernel/pass-code/space-tag.js';
import { verifyWithWebCrypto } from '../kernel/pass-code/web-crypto.js';
import { invariant } from '../kernel/problem.js';
import { priceOf } from '../kernel/tariff.js';
import { Temporal } from '../kernel/time.js';
import type { Language } from '../kernel/wire.js';
import { Passes, type KnownCredential, type PassState } from '../passes/index.js';
import type { Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { arrival, sealsAt, walkInPart } from './checkin.rules.js';
import { REASON_OF_REFUSAL, type DoorReason } from './door-reasons.schema.js';
import { insertScan, useShownCode, type NewScan, type Scan } from './scan.queries.js';
import { completeDue, enterAgain, insertVisit, insideVisits, leaveRoom } from './visit.queries.js';
import type { Part } from '../kernel/words.js';

const MS_PER_SECOND = 1000;

/** Thrown to undo the admission. The scan that tells of it is written afterwards. */
export class DoorRefused extends Error {
  override readonly name = 'DoorRefused';

  constructor(
    readonly reason: DoorReason,
    readonly refusal: Refusal | null = null,
  ) {
    super(reason);
  }
}

/** Whose code it claims to be: a credential we issued, and the networks that a visit of its holder concerns. */
export type Carried = {
  readonly credential: KnownCredential;
  readonly homeNetworkId: string;
  readonly networks: readonly string[];
  readonly cti: Uint8Array;
  readonly proof: Proof | null;
  /** Read out and typed: proven already, by a key we share with the phone, without its signature. */
  readonly isTyped: boolean;
};

/** Somebody at the door. */
export type Arrival = {
  readonly reading: Omit<
    Scan,
    | 'state'
    | 'reason'
    | 'refusal'
    | 'evidence'
    | 'visitId'
    | 'credentialId'
    | 'personId'
    | 'homeNetworkId'
    | 'kind'
    | 'guestLanguage'
  > &
    Partial<Pick<Scan, 'kind'>>;
  readonly code: string;
  readonly space: Space;
  readonly carried: Carried | null;
  /** What a guest without a booking asks for. */
  readonly part: Part | undefined;
};

/** Whose visit it is, whatever told us so: a code, a list, a poster. */
export type Entrant = {
  readonly personId: string;
  /** The pass that was shown: tried before their others. */
  readonly passId?: string;
  readonly evidence: Evidence;
  /** Somebody with the right to do so lets them in outside the hours, or early. */
  readonly isOverride?: boolean;
};
type Place = Pick<Arrival, 'reading' | 'space' | 'part'>;

/** A pass that is not withdrawn may still not open a door. A used-up one may: a visa quota can pay. */
const REASON_OF_PASS: Partial<Record<PassState, DoorReason>> = {
  PAUSED: 'blocked_member',
  EXPIRED: 'pass_expired',
};
const WITHDRAWN: readonly PassState[] = ['REVOKED', 'REFUNDED'];

/** Lets a guest in, or says why not: the pass code first, then the hours, then the entitlement. */
@Injectable()
export class Admission {
  constructor(
    private readonly identity: Identity,
    private readonly directory: Directory,
    private readonly passes: Passes,
    private readonly bookings: Bookings,
  ) {}

  async admit(tx: Tx, guest: Arrival): Promise<void> {
    const { reading, carried } = guest;
    const evidence = await this.judgeCode(tx, guest);
    // A code of ours with a good signature that we do not know: its credential was removed by hand.
    if (!carried) throw new DoorRefused('unknown_token');
    const { credential, homeNetworkId } = carried;
    const reason = REASON_OF_PASS[credential.passState];
    if (reason) throw new DoorRefused(reason);
    const { personId, passId } = credential;
    const visitId = await this.enter(tx, guest, { personId, passId, evidence });
    const scan: NewScan = {
      ...reading,
      state: 'ACCEPTED',
      reason: null,
      refusal: null,
      evidence,
      visitId,
      credentialId: credential.id,
      personId: credential.personId,
      homeNetworkId,
      guestLanguage: await this.languageOf(tx, personId),
    };
    if (!(await insertScan(tx, scan)))
      throw RequestProblems.idReused('This id stands for another scan. Make a new id for each scan.');
  }

  /** What the guest reads the door's answer in. */
  async languageOf(tx: Tx, personId: string): Promise<Language> {
    return (await this.identity.person(tx, personId)).language;
  }

  /** Checks 1 to 13. The code is taken out of use first, so that of two doors the second one sees it used. */
  private async judgeCode(tx: Tx, { reading, code, space, carried }: Arrival): Promise<Evidence> {
    const personId = carried?.credential.personId;
    if (personId) await completeDue(tx, reading.decidedAt, personId);
    const wasShown = carried !== null && !(await this.useCode(tx, carried, reading));
    const inside = personId !== undefined && (await this.isInside(tx, { personId, space, reading }));
    if (carried?.isTyped) return judgeTyped(carried, { wasShown, inside });
    const door: Door = {
      now: Math.floor(reading.decidedAt.epochMilliseconds / MS_PER_SECOND),
      online: true,
      packageAgeSeconds: 0,
      spaceTag: await spaceTag(space.id),
      issuers: await this.passes.issuers(tx),
      isRevoked: () => carried !== null && isWithdrawn(carried.credential),
      hasBooking: () => false, // asked by doors that are offline
      wasShown: () => wasShown,
      isInside: () => inside,
      verify: verifyWithWebCrypto as Door['verify'],
    };
    const verdict = await judge(code, door);
    if (verdict.ok) return verdict.evidence;
    throw new DoorRefused(REASON_OF_REFUSAL[verdict.refusal], verdict.refusal);
  }

  /** Whoever sits at a desk of the house may still enter its room, and the other way round, when it is theirs now. */
  async isInside(
    on: Tx,
    { personId, space, reading }: { personId: string } & Pick<Arrival, 'space' | 'reading'>,
  ): Promise<boolean> {
    const inside = await insideVisits(on, personId);
    if (inside.length === 0) return false;
    const at = reading.decidedAt;
    const booked = await this.bookings.arriving(on, { personId, spaceId: space.id, day: reading.day, at });
    const isDue = booked !== null && arrival(booked, at) === 'due';
    const isBeside = inside.every(({ spaceId, part }) => {
      const isHandOver = part === 'HOURS' && booked?.part === 'HOURS';
      return spaceId === space.id && ((part === 'HOURS') !== (booked?.part === 'HOURS') || isHandOver);
    });
    return !(isDue && isBeside);
  }

  /** A card shows the same text always, so there is nothing to use up. */
  private async useCode(tx: Tx, { cti, proof }: Carried, reading: Arrival['reading']): Promise<boolean> {
    if (!proof) return true;
    const shownAt = Temporal.Instant.fromEpochMilliseconds(proof.shownAt * MS_PER_SECOND);
    return useShownCode(tx, { cti, shownAt, spaceTag: proof.space }, reading);
  }

  /** Check 14: the booking of now, else the visit of earlier today, else a booking made at the door. */
  async enter(tx: Tx, guest: Place, who: Entrant): Promise<string> {
    const { reading, space } = guest;
    const { personId, evidence, isOverride = false } = who;
    const here = { personId, spaceId: space.id, day: reading.day };
    const local = reading.decidedAt.toZonedDateTimeISO(space.timeZone).toPlainTime();
    const { intervals } = await this.directory.openDay(tx, space, reading.day);
    await this.bookings.refuseBlocked(tx, here);
    const closed = refuseHours(intervals, local);
    if (closed && !isOverride) throw new DoorRefused(closed);
    const until = closesAt(closed ? [] : intervals, reading.day, space.timeZone);

    const booked = await this.bookings.arriving(tx, { ...here, at: reading.decidedAt });
    const coming = booked && arrival(booked, reading.decidedAt);
    if (booked && (coming === 'due' || isOverride))
      return this.start(tx, booked, { reading, evidence, closesAt: until });
    const again = await enterAgain(tx, { ...here, closesAt: until, at: reading.decidedAt });
    if (again) return again;
    if (coming === 'early') throw new DoorRefused('too_early');
    const walkIn = await this.walkIn(tx, guest, who);
    return this.start(tx, walkIn, { reading, evidence, closesAt: until });
  }

  private async walkIn(tx: Tx, { reading, space, part: asked }: Place, who: Entrant): Promise<Booking> {
    const { personId, passId } = who;
    const local = reading.decidedAt.toZonedDateTimeISO(space.timeZone).toPlainTime();
    const part = walkInPart({
      isAfternoon: Temporal.PlainTime.compare(local, space.halfDayBoundary) >= 0,
      halfDaysUsed: await this.bookings.halfDaysUsed(tx, personId, reading.day),
      asked,
    });
    if (part === 'already_used_today' || part === 'too_early') throw new DoorRefused(part);
    return this.bookings.walkIn(tx, {
      id: derivedId(reading.id, 'booking'),
      personId,
      space,
      resourceKind: 'hot_desk',
      day: reading.day,
      part,
      preferPassId: passId,
    });
  }

  private async start(
    tx: Tx,
    booked: Booking,
    at: { reading: Arrival['reading']; evidence: Evidence; closesAt: Temporal.Instant },
  ): Promise<string> {
    const booking = await this.bookings.fulfil(tx, booked.id);
    const price = priceOf(thaw(booking.terms), stayOf(booking));
    invariant(
      price.unit === booking.price.unit && price.minor === booking.price.minor,
      'a visit costs what its terms say',
    );
    const { name } = await this.identity.person(tx, booking.personId);
    const id = derivedId(at.reading.id, 'visit');
    // From one room into the next: the first one is left, and not late.
    if (booking.part === 'HOURS') await leaveRoom(tx, booking.personId, at.reading.decidedAt);
    await insertVisit(tx, {
      id,
      booking,
      guestFirstName: name.trim().split(/\s+/)[0]!,
      evidence: at.evidence,
      startedAt: at.reading.decidedAt,
      closesAt: at.closesAt,
      sealsAt: sealsAt(booking.day, booking.timeZone),
    });
    return id;
  }
}

/** A person looked at the guest, as with a card. */
function judgeTyped({ credential }: Carried, seen: { wasShown: boolean; inside: boolean }): Evidence {
  if (isWithdrawn(credential)) throw new DoorRefused('revoked', 'revoked');
  if (seen.wasShown) throw new DoorRefused('replayed_code', 'replayed');
  if (seen.inside) throw new DoorRefused('already_in', 'already_in');
  return 'C';
}

function isWithdrawn({ revokedAt, passState }: KnownCredential): boolean {
  return revokedAt !== null || WITHDRAWN.includes(passState);
}
