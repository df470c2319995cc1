import { Injectable } from '@nestjs/common';
import { demandPerson, type Actor } from '../identity/index.js';
import { newId } from '../kernel/ids.js';
import { Problem } from '../kernel/problem.js';
import { Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import { BookingActs } from './booking-acts.js';
import { ItineraryProblems, QuoteProblems } from './booking.problems.js';
import type { Booking } from './booking.js';
import type { Time } from './day-parts.js';
import { dryRun } from './dry-run.js';
import { offerFrom, storedOffer, type StoredOffer } from './frozen-offer.js';
import {
  bookingsOfItinerary,
  findQuote,
  idReused,
  insertItinerary,
  insertQuote,
  insertRefusals,
  isItinerary,
  lockItinerary,
  ownItinerary,
  refusalsOf,
  type Refused,
  type Request,
} from './itinerary.queries.js';
import { inOrder } from './itinerary.rules.js';
import type { PutItinerary, PutItineraryCancellation, PutItineraryQuote } from './itinerary.schema.js';
import { Offers, type Offer, type Wish } from './offers.js';

/** How long an itinerary's quote can be booked. It holds no seat. */
const QUOTE_MINUTES = 15;

export type Itinerary = {
  readonly id: string;
  readonly bookings: readonly Booking[];
  readonly refused: readonly Refused[];
};
export type QuotedLine = {
  readonly wish: Wish;
  readonly offer: Offer | null;
  readonly refusal: { readonly code: string; readonly detail: string } | null;
};
export type ItineraryQuote = {
  readonly id: string;
  readonly expiresAt: Temporal.Instant;
  readonly lines: readonly QuotedLine[];
};
export type CanceledLine = {
  readonly booking: Booking;
  readonly canceledNow: boolean;
  readonly backHalfDays: number;
};

/** `offer`: what was quoted; without one, what is offered now. */
type Line = Wish & { readonly id: string; readonly offer?: Offer };
type StoredLine = {
  readonly wish: Time & { readonly poolId: string; readonly day: string };
  readonly offer: StoredOffer | null;
  readonly refusal: QuotedLine['refusal'];
};

/** Several days, spaces and cities booked as one. */
@Injectable()
export class Itineraries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly offers: Offers,
    private readonly acts: BookingActs,
  ) {}

  async put(actor: Actor, id: string, body: PutItinerary): Promise<Itinerary> {
    const request = { id, personId: demandPerson(actor), hash: requestHash(body) };
    const known = await this.db.read(actor.scope, async (on) =>
      (await isItinerary(on, request)) ? load(on, id) : null,
    );
    if (known) return known;
    const skipConflicts = 'bookings' in body && body.skipConflicts;
    const lines = inOrder(
      'bookings' in body ? body.bookings : await this.quotedLines(actor, request.personId, body),
    );
    const networks = await this.prepare(lines);
    return this.db.tx(withNetworks(actor.scope, ...networks), async (tx) => {
      if (!(await insertItinerary(tx, request, { skipConflicts, now: this.clock.now() }))) {
        if (!(await isItinerary(tx, request))) throw idReused(); // somebody else's
        return load(tx, id);
      }
      const refused = await this.takeAll(tx, request, lines, actor.name);
      if (refused.length > 0 && (!skipConflicts || refused.length === lines.length)) throw notAll(refused);
      await insertRefusals(tx, request, refused, this.clock.now());
      return load(tx, id);
    });
  }

  get(actor: Actor, id: string): Promise<Itinerary> {
    return this.db.read(actor.scope, async (on) => {
      if (!(await ownItinerary(on, id, demandPerson(actor)))) throw notFound(id);
      return load(on, id);
    });
  }

  /** Everything that can still be left, each line by its own terms. */
  async cancel(actor: Actor, id: string, { reason }: PutItineraryCancellation): Promise<CanceledLine[]> {
    const { bookings } = await this.get(actor, id);
    const networks = bookings.map(({ hostNetworkId }) => hostNetworkId);
    return this.db.tx(withNetworks(actor.scope, ...networks), async (tx) => {
      const lines: CanceledLine[] = [];
      for (const booking of await lockItinerary(tx, id))
        lines.push(await this.cancelLine(tx, booking, { actor, reason }));
      return lines;
    });
  }

  /** Booked in a dry run, line after line, so that what an earlier one uses is used for the next. */
  async quote(actor: Actor, id: string, { lines }: PutItineraryQuote): Promise<ItineraryQuote> {
    const request = { id, personId: demandPerson(actor), hash: requestHash({ lines }) };
    const known = await this.db.read(actor.scope, (on) => findQuote<StoredLine>(on, request));
    if (known) return { id, expiresAt: known.expiresAt, lines: known.lines.map(lineFrom) };
    const networks = await this.prepare(lines);
    return this.db.tx(withNetworks(actor.scope, ...networks), async (tx) => {
      const quoted = await dryRun(tx, () => this.foresee(tx, request, inOrder(lines)));
      const now = this.clock.now();
      const expiresAt = now.add({ minutes: QUOTE_MINUTES });
      await insertQuote(tx, request, quoted.map(storedLine), { now, expiresAt });
      const kept = await findQuote<StoredLine>(tx, request);
      if (!kept) throw idReused();
      return { id, expiresAt: kept.expiresAt, lines: kept.lines.map(lineFrom) };
    });
  }

  private async foresee(tx: Tx, { personId }: Request, wishes: readonly Wish[]): Promise<QuotedLine[]> {
    const quoted: QuotedLine[] = [];
    for (const wish of wishes) {
      const line = { ...wish, id: newId(this.clock.now().epochMilliseconds) };
      const taken = await attempt(tx, async () => {
        const offer = await this.offers.within(tx, { ...wish, personId });
        await this.acts.enter(tx, this.order(line, offer, { personId, stateBy: 'dry run', announce: false }));
        return offer;
      });
      const isRefused = taken instanceof Problem;
      const refusal = isRefused ? { code: taken.code, detail: taken.detail } : null;
      quoted.push({ wish, offer: isRefused ? null : taken, refusal });
    }
    return quoted;
  }

  private async takeAll(
    tx: Tx,
    { id, personId }: Request,
    lines: readonly Line[],
    stateBy: string,
  ): Promise<Refused[]> {
    const refused: Refused[] = [];
    for (const [index, line] of lines.entries()) {
      const taken = await attempt(tx, async () => {
        const offer = line.offer
          ? this.offers.renewed(line.offer)
          : await this.offers.within(tx, { ...wishOf(line), personId });
        const by = { personId, stateBy, announce: true };
        return this.acts.take(tx, { ...this.order(line, offer, by), itineraryId: id });
      });
      if (!(taken instanceof Problem)) continue;
      const { code, detail } = taken;
      const wish = { ...wishOf(line), id: line.id, day: line.day.toString() };
      refused.push({ line: index, wish, code, detail });
    }
    return refused;
  }

  private order(line: Line, offer: Offer, by: { personId: string; stateBy: string; announce: boolean }) {
    const { options: _explained, ...visit } = offer;
    return { ...visit, ...by, id: line.id, requestHash: requestHash(wishOf(line)), hold: false };
  }

  private async cancelLine(
    tx: Tx,
    booking: Booking,
    { actor, reason }: { actor: Actor; reason: string },
  ): Promise<CanceledLine> {
    if (booking.state !== 'PENDING' && booking.state !== 'RESERVED')
      return { booking, canceledNow: false, backHalfDays: 0 };
    const canceled = await this.acts.cancel(tx, booking, { name: actor.name, isHost: false }, reason);
    const held = booking.funding === 'PAY_AS_YOU_GO' ? 0 : booking.halfDays;
    return { booking: canceled, canceledNow: true, backHalfDays: held - (canceled.fee?.halfDays ?? 0) };
  }

  private async quotedLines(
    actor: Actor,
    personId: string,
    { quoteId, bookingIds }: { quoteId: string; bookingIds: readonly string[] },
  ): Promise<Line[]> {
    const quote = await this.db.read(actor.scope, (on) =>
      findQuote<StoredLine>(on, { id: quoteId, personId }),
    );
    if (!quote) throw QuoteProblems.notFound(`There is no quote ${quoteId} of yours. Ask for one.`);
    if (Temporal.Instant.compare(quote.expiresAt, this.clock.now()) <= 0)
      throw QuoteProblems.expired(`A quote is valid for ${QUOTE_MINUTES} minutes. Ask for a new one.`);
    const lines = quote.lines.map(lineFrom);
    const offers = lines.flatMap(({ offer }) => offer ?? []);
    if (offers.length !== lines.length || bookingIds.length !== lines.length)
      throw ItineraryProblems.quoteIncomplete(
        'Give one id for each line of a quote in which nothing was refused; else send the bookings themselves.',
      );
    return lines.map(({ wish, offer }, index) => ({ ...wish, id: bookingIds[index]!, offer: offer! }));
  }

  /** The networks of the hosts. What cannot be prepared is refused when its line is booked. */
  private async prepare(lines: readonly Wish[]): Promise<string[]> {
    const networks: string[] = [];
    for (const line of lines) {
      try {
        networks.push((await this.offers.prepare(line)).networkId);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
      }
    }
    return networks;
  }
}

/** Its result, or the refusal after which nothing of it is left. */
async function attempt<Result>(tx: Tx, work: () => Promise<Result>): Promise<Result | Problem> {
  await sql(tx, 'SAVEPOINT line');
  try {
    const result = await work();
    await sql(tx, 'RELEASE SAVEPOINT line');
    return result;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await sql(tx, 'ROLLBACK TO SAVEPOINT line');
    return error;
  }
}

async function load(on: Reader, id: string): Promise<Itinerary> {
  return { id, bookings: await bookingsOfItinerary(on, id), refused: await refusalsOf(on, id) };
}

function wishOf({ poolId, day, part, from, until }: Wish): Wish {
  return { poolId, day, part, from, until };
}

function storedLine({ wish, offer, refusal }: QuotedLine): StoredLine {
  return { wish: { ...wish, day: wish.day.toString() }, offer: offer && storedOffer(offer), refusal };
}

function lineFrom({ wish, offer, refusal }: StoredLine): QuotedLine {
  const day = Temporal.PlainDate.from(wish.day);
  return { wish: { ...wish, day }, offer: offer && offerFrom(offer), refusal };
}

function notAll(refused: readonly Refused[]) {
  const lines = refused.map(({ wish, code, detail }) => ({ ...wish, code, detail }));
  return ItineraryProblems.refused(
    'Nothing was booked, because not all of it can be: see lines. Leave those out, or skip conflicts.',
    { lines },
  );
}

function notFound(id: string) {
  return ItineraryProblems.notFound(`There is no itinerary ${id} of yours.`);
}
