import { Injectable } from '@nestjs/common';
import { demandPerson, type Actor } from '../identity/index.js';
import { instantFromDate, Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import { QuoteProblems } from './booking.problems.js';
import type { PutQuote } from './booking.schema.js';
import { offerFrom, storedOffer, type StoredOffer } from './frozen-offer.js';
import { Offers, type Offer, type Wish } from './offers.js';
import type { Quote } from './quote.js';
import { BookingChanges, type Foreseen } from './booking-changes.service.js';
import { feeView, nextDayView } from './booking.views.js';
import { Foresight } from './foresight.service.js';

/** How long a quote can be booked. It holds no seat. */
const QUOTE_MINUTES = 15;

type Told = Pick<Quote, 'offer' | 'next' | 'change'>;
type Row = {
  requestHash: string;
  expiresAt: Parameters<typeof instantFromDate>[0];
  offer: StoredOffer & Partial<Pick<Quote, 'next' | 'change'>>;
};

@Injectable()
export class Quotes {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly offers: Offers,
    private readonly foresight: Foresight,
    private readonly changes: BookingChanges,
  ) {}

  async put(actor: Actor, id: string, body: PutQuote): Promise<Quote> {
    const request = { id, personId: demandPerson(actor), hash: requestHash(body) };
    const { changes, ...wish } = body;
    if (changes !== undefined) return this.putChange(actor, request, { ...wish, changes });
    const answer = await this.offers.ask(actor, wish, (on) => quotedBefore(on, request));
    if ('known' in answer) return answer.known;
    const { offer } = answer;
    return this.db.tx(withNetworks(actor.scope, offer.hostNetworkId), (tx) =>
      this.keepOffer(tx, request, offer),
    );
  }

  /** An offer that was found otherwise. */
  async keepOffer(tx: Tx, request: Request, offer: Offer): Promise<Quote> {
    const next = await this.foresight.afterOffer(tx, offer);
    return this.keep(tx, request, { offer, next: next && nextDayView(next), change: null });
  }

  private async putChange(
    actor: Actor,
    request: Request,
    { changes, ...wish }: Wish & { readonly changes: string },
  ): Promise<Quote> {
    const before = await this.db.read(actor.scope, (on) => quotedBefore(on, request));
    if (before) return before;
    const scope = await this.changes.reach(actor, changes, wish);
    return this.db.tx(scope, async (tx) => {
      const told = await this.changes.foresee(tx, changes, wish, (foreseen) => this.tellChange(tx, foreseen));
      return this.keep(tx, request, told);
    });
  }

  private async tellChange(tx: Tx, { offer, fee, old }: Foreseen): Promise<Told> {
    const next = await this.foresight.afterOffer(tx, offer);
    const backHalfDays = old.funding === 'PAY_AS_YOU_GO' ? 0 : old.halfDays - fee.halfDays;
    const change = { bookingId: old.id, fee: feeView(fee), backHalfDays };
    return { offer, next: next && nextDayView(next), change };
  }

  private async keep(tx: Tx, { id, personId, hash }: Request, told: Told): Promise<Quote> {
    const { offer, ...said } = told;
    const now = this.clock.now();
    const stored = JSON.stringify({ ...storedOffer(offer), ...said });
    await sql(
      tx,
      `INSERT INTO bookings.quotes (id, person_id, pool_id, host_network_id, request_hash, offer, expires_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8) ON CONFLICT (id) DO NOTHING`,
      [
        id,
        personId,
        offer.poolId,
        offer.hostNetworkId,
        hash,
        stored,
        now.add({ minutes: QUOTE_MINUTES }).toString(),
        now.toString(),
      ],
    );
    const quote = await quotedBefore(tx, { id, personId, hash });
    if (!quote) throw idReused();
    return quote;
  }

  /** The offer of a quote of this person that is still valid. */
  async accept(on: Reader, personId: string, id: string): Promise<Offer> {
    const row = await findQuote(on, personId, id);
    if (!row) throw QuoteProblems.notFound(`There is no quote ${id} of yours. Ask for one, or book without.`);
    if (Temporal.Instant.compare(instantFromDate(row.expiresAt), this.clock.now()) <= 0)
      throw QuoteProblems.expired(`A quote is valid for ${QUOTE_MINUTES} minutes. Ask for a new one.`);
    const { next: _next, change: _change, ...offer } = row.offer;
    await this.offers.refuseStoppedAt(on, offer.spaceId);
    return this.offers.renewed(offerFrom(offer));
  }
}

async function findQuote(on: Reader, personId: string, id: string): Promise<Row | undefined> {
  const [row] = await sql<Row>(
    on,
    `SELECT request_hash AS "requestHash", expires_at AS "expiresAt", offer FROM bookings.quotes
      WHERE id = $1 AND person_id = $2`,
    [id, personId],
  );
  return row;
}

export type Request = { readonly id: string; readonly personId: string; readonly hash: string };

async function quotedBefore(on: Reader, { id, personId, hash }: Request): Promise<Quote | null> {
  const row = await findQuote(on, personId, id);
  if (!row) return null;
  if (row.requestHash !== hash) throw idReused();
  const { next = null, change = null, ...offer } = row.offer;
  return { id, expiresAt: instantFromDate(row.expiresAt), offer: offerFrom(offer), next, change };
}

function idReused() {
  return RequestProblems.idReused('This id already stands for another quote. Make a new id for a new one.');
}
