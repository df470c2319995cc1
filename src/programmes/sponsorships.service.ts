import { Injectable } from '@nestjs/common';
import type { Space } from '../directory/index.js';
import type { Unit } from '../kernel/money.js';
import type { PlainDate } from '../kernel/time.js';
import { isByTime, type ResourceKind, type VoucherRefusal } from '../kernel/words.js';
import { Clock } from '../platform/clock.js';
import { sql, violates, type Reader, type Tx } from '../platform/db.js';
import { addEntry, type BudgetEntry } from './budget.writes.js';
import { VoucherProblems } from './programme.problems.js';
import { voucherRefusal } from './programme.rules.js';
import { hasMissionOrder, heldProgrammes, placesOf, type HeldProgramme } from './sponsorship.queries.js';
import { sponsorRefusal, type Alternative } from './voucher-refusals.js';

export type SponsoredWish = {
  readonly personId: string;
  readonly space: Pick<Space, 'id' | 'country' | 'lat' | 'lon'>;
  readonly resourceKind: ResourceKind;
  readonly day: PlainDate;
  readonly halfDays: number;
  /** What the host asks for a day of anybody else; null when nothing in money. */
  readonly hostDay: { readonly unit: Unit; readonly minor: bigint } | null;
  /** Half-days that are about to be taken at the same place, or with less than none, given back. */
  readonly foreseen?: { readonly halfDays: number } | undefined;
};

/** Whether a programme pays for a visit, and why not. */
export type Sponsorship = {
  readonly programmeId: string;
  /** It owes the host, and asks the sponsor for the money. */
  readonly networkId: string;
  readonly unit: Unit;
  readonly dayPriceMinor: bigint;
  readonly because: VoucherRefusal | null;
  readonly leftHalfDays: number;
  readonly alternatives: readonly Alternative[];
};

/** What a booking takes of a programme. */
export type SponsoredBooking = {
  readonly id: string;
  readonly programmeId: string;
  readonly personId: string;
  readonly space: SponsoredWish['space'];
  readonly resourceKind: ResourceKind;
  readonly day: PlainDate;
  readonly halfDays: number;
};

const VOUCHER_HALF_DAYS = 2;
const ALTERNATIVES_MAX = 3;

type Voucher = {
  id: string;
  programmeId: string;
  networkId: string;
  unit: Unit;
  dayPriceMinor: string;
  spaceId: string;
  halfDays: number;
  invoiceId: string | null;
};
const RETURNED = `id, programme_id AS "programmeId", network_id AS "networkId", unit,
  day_price_minor AS "dayPriceMinor", space_id AS "spaceId", half_days::int AS "halfDays", invoice_id AS "invoiceId"`;

/** What bookings ask of programmes, each within their own transaction, whose scope reaches the guest. */
@Injectable()
export class Sponsorships {
  constructor(private readonly clock: Clock) {}

  /** The first programme that pays; else the first that is concerned, with its reason; null without a voucher. */
  async of(on: Reader, wish: SponsoredWish): Promise<Sponsorship | null> {
    const now = this.clock.now();
    const held = await heldProgrammes(on, { personId: wish.personId, day: wish.day, now });
    const isGivenBack = (wish.foreseen?.halfDays ?? 0) < 0;
    let first: Sponsorship | null = null;
    for (const programme of held.filter(({ vouchersLeft }) => vouchersLeft > 0 || isGivenBack)) {
      const sponsorship = await this.judged(on, programme, wish);
      if (sponsorship.because === null) return sponsorship;
      first ??= sponsorship;
    }
    return first;
  }

  /**
   * Takes a voucher for the booking. One person's bookings wait for each other, so their own limits are counted; the
   * place's limit is kept by its row. `evenReleased`: what was lost by not coming may be used after all.
   */
  async reserve(
    tx: Tx,
    booking: SponsoredBooking,
    { evenReleased = false }: { evenReleased?: boolean } = {},
  ): Promise<void> {
    const { programmeId, personId } = booking;
    const now = this.clock.now();
    const held = await heldProgrammes(tx, { personId, day: booking.day, now });
    const programme = held.find(({ id }) => id === programmeId);
    const open = programme && (evenReleased ? reopened(programme) : programme);
    if (!open) throw sponsorRefusal('NO_VOUCHER_LEFT', []);
    const { because, alternatives } = await this.judged(tx, open, { ...booking, hostDay: null });
    if (because) throw sponsorRefusal(because, alternatives);
    await this.usePlace(tx, booking, alternatives);
    const [taken] = await sql<Voucher & { wasReleased: boolean }>(
      tx,
      `UPDATE programmes.vouchers voucher SET state = 'RESERVED', state_at = $3, state_by = 'booking', booking_id = $4,
         space_id = $5, day = $6, half_days = $7
       FROM (SELECT id AS found, state = 'RELEASED' AS "wasReleased" FROM programmes.vouchers
             WHERE person_id = $1 AND programme_id = $2
               AND ((state = 'ACCEPTED' AND expires_at > $3) OR ($8 AND state = 'RELEASED' AND state_by = 'missed'))
             ORDER BY state, expires_at, id LIMIT 1 FOR UPDATE) AS first
       WHERE voucher.id = first.found RETURNING ${RETURNED}, "wasReleased"`,
      [
        personId,
        programmeId,
        now.toString(),
        booking.id,
        booking.space.id,
        booking.day.toString(),
        booking.halfDays,
        evenReleased,
      ],
    );
    if (!taken) throw sponsorRefusal('NO_VOUCHER_LEFT', []);
    if (taken.wasReleased)
      await this.enter(tx, taken, 'COMMITTED', { committed: BigInt(taken.dayPriceMinor) });
  }

  /** The agent came: the service is delivered. What half a day does not use goes back to the pot. */
  async deliver(tx: Tx, bookingId: string): Promise<void> {
    const voucher = await this.end(tx, bookingId, { from: 'RESERVED', into: 'CONSUMED', by: 'visit' });
    if (!voucher) return;
    const { price, rest } = priceOf(voucher);
    await this.enter(tx, voucher, 'DELIVERED', { delivered: price, committed: -rest });
  }

  /** Left in time: the voucher is the agent's again. */
  async release(tx: Tx, bookingId: string): Promise<void> {
    const voucher = await this.free(tx, bookingId, 'RESERVED');
    if (voucher) await this.leave(tx, voucher, 'ACCEPTED', 'booking');
  }

  /** Left too late, or nobody came: nothing was delivered, and the day goes back to the pot. */
  async forfeit(tx: Tx, bookingId: string): Promise<void> {
    const voucher = await this.free(tx, bookingId, 'RESERVED');
    if (!voucher) return;
    await this.leave(tx, voucher, 'RELEASED', 'missed');
    await this.enter(tx, voucher, 'RELEASED', { committed: -BigInt(voucher.dayPriceMinor) });
  }

  /** The space has found that the agent was there: the voucher that was lost by not coming is theirs again. */
  async returnMissed(
    tx: Tx,
    missed: { readonly personId: string; readonly programmeId: string },
  ): Promise<void> {
    const [voucher] = await sql<Voucher>(
      tx,
      `UPDATE programmes.vouchers SET state = 'ACCEPTED', state_at = $3, state_by = 'booking'
       WHERE id = (SELECT id FROM programmes.vouchers WHERE person_id = $1 AND programme_id = $2
           AND state = 'RELEASED' AND state_by = 'missed' ORDER BY state_at DESC, id LIMIT 1 FOR UPDATE)
       RETURNING ${RETURNED}`,
      [missed.personId, missed.programmeId, this.clock.now().toString()],
    );
    if (voucher) await this.enter(tx, voucher, 'COMMITTED', { committed: BigInt(voucher.dayPriceMinor) });
  }

  /** There was no visit after all. What the sponsor was asked for already stays. */
  async undo(tx: Tx, bookingId: string): Promise<void> {
    const voucher = await this.free(tx, bookingId, 'CONSUMED');
    if (!voucher) return;
    if (voucher.invoiceId)
      throw VoucherProblems.invoiced(
        'The sponsor was asked to pay for this day. It can no longer be undone.',
      );
    const { price, rest } = priceOf(voucher);
    await this.leave(tx, voucher, 'ACCEPTED', 'booking');
    await this.enter(tx, voucher, 'UNDONE', { delivered: -price, committed: rest });
  }

  private async judged(on: Reader, programme: HeldProgramme, wish: SponsoredWish): Promise<Sponsorship> {
    const { space, day, halfDays, hostDay, personId, foreseen } = wish;
    const soon = foreseen?.halfDays ?? 0;
    const places = await placesOf(on, programme.id);
    const here = places.find(({ spaceId }) => spaceId === space.id);
    const others = places.filter((place) => place !== here);
    const { rules, agent, networkId, unit, dayPriceMinor } = programme;
    const totalHalfDays = Number((programme.votedMinor * BigInt(VOUCHER_HALF_DAYS)) / dayPriceMinor);
    const vouchersLeft = programme.vouchersLeft - Math.sign(soon);
    const because = voucherRefusal({
      day,
      halfDays,
      isDesk: !isByTime(wish.resourceKind),
      country: space.country,
      hostDayMinor: hostDay?.unit === unit ? hostDay.minor : null,
      programme: rules,
      place: here ? { ...here, usedHalfDays: Math.max(0, here.usedHalfDays + soon) } : null,
      others,
      totalHalfDays,
      agent,
      vouchersLeft,
      usedThisWeek: programme.usedThisWeek + Math.min(0, soon),
      usedInAll: programme.usedInAll + Math.min(0, soon),
      hasMissionOrder:
        !rules.needsMissionOrder || (await hasMissionOrder(on, { personId, country: space.country, day })),
    });
    const alternatives = others
      .filter(
        ({ capHalfDays, usedHalfDays }) => capHalfDays === null || usedHalfDays + halfDays <= capHalfDays,
      )
      .toSorted((a, b) => away(a, space) - away(b, space))
      .slice(0, ALTERNATIVES_MAX)
      .map(({ spaceId, name, city }) => ({ spaceId, name, city }));
    const leftHalfDays = Math.max(0, vouchersLeft) * VOUCHER_HALF_DAYS;
    return { programmeId: programme.id, networkId, unit, dayPriceMinor, because, leftHalfDays, alternatives };
  }

  private async usePlace(
    tx: Tx,
    { programmeId, space, halfDays }: SponsoredBooking,
    alternatives: readonly Alternative[],
  ): Promise<void> {
    try {
      await sql(
        tx,
        `UPDATE programmes.programme_spaces SET used_half_days = used_half_days + $3
         WHERE programme_id = $1 AND space_id = $2`,
        [programmeId, space.id, halfDays],
      );
    } catch (error) {
      if (!violates(error, 'never_above_cap')) throw error;
      throw sponsorRefusal('SPACE_CAP_REACHED', alternatives);
    }
  }

  private async end(
    tx: Tx,
    bookingId: string,
    { from, into, by }: { from: string; into: string; by: string },
  ): Promise<Voucher | null> {
    const [voucher] = await sql<Voucher>(
      tx,
      `UPDATE programmes.vouchers SET state = $3, state_at = $4, state_by = $5
       WHERE booking_id = $1 AND state = $2 RETURNING ${RETURNED}`,
      [bookingId, from, into, this.clock.now().toString(), by],
    );
    return voucher ?? null;
  }

  /** The voucher of a booking, locked, and its place given back. */
  private async free(tx: Tx, bookingId: string, state: 'RESERVED' | 'CONSUMED'): Promise<Voucher | null> {
    const [voucher] = await sql<Voucher>(
      tx,
      `SELECT ${RETURNED} FROM programmes.vouchers WHERE booking_id = $1 AND state = $2 FOR UPDATE`,
      [bookingId, state],
    );
    if (!voucher) return null;
    await sql(
      tx,
      `UPDATE programmes.programme_spaces SET used_half_days = used_half_days - $3
       WHERE programme_id = $1 AND space_id = $2`,
      [voucher.programmeId, voucher.spaceId, voucher.halfDays],
    );
    return voucher;
  }

  private async leave(tx: Tx, { id }: Voucher, into: string, by: string): Promise<void> {
    await sql(
      tx,
      `UPDATE programmes.vouchers SET state = $2, state_at = $3, state_by = $4, booking_id = NULL, space_id = NULL,
         day = NULL, half_days = NULL WHERE id = $1`,
      [id, into, this.clock.now().toString(), by],
    );
  }

  private enter(
    tx: Tx,
    { id, programmeId, networkId, unit }: Voucher,
    kind: BudgetEntry['kind'],
    moved: Pick<BudgetEntry, 'committed' | 'delivered'>,
  ): Promise<void> {
    const entry = { programmeId, networkId, unit, kind, ...moved, reason: `voucher ${id}`, by: 'system' };
    return addEntry(tx, { ...entry, at: this.clock.now() });
  }
}

/** What the visit costs, and what of the voucher it leaves. */
function priceOf({ dayPriceMinor, halfDays }: Voucher): { price: bigint; rest: bigint } {
  const day = BigInt(dayPriceMinor);
  const price = (day * BigInt(halfDays)) / BigInt(VOUCHER_HALF_DAYS);
  return { price, rest: day - price };
}

/** For a guest who was there: the voucher they lost counts as left. */
function reopened(programme: HeldProgramme): HeldProgramme {
  return { ...programme, vouchersLeft: Math.max(1, programme.vouchersLeft) };
}

type Point = { readonly lat: number; readonly lon: number };

/** For sorting alone: near enough at the latitudes of the Mediterranean. */
function away(a: Point, b: Point): number {
  const LONGITUDE_SHRINK = 0.766; // cos 40°
  return Math.hypot(a.lat - b.lat, (a.lon - b.lon) * LONGITUDE_SHRINK);
}
