import { Injectable } from '@nestjs/common';
import { demandPerson, type Actor } from '../identity/index.js';
import { instantFromDate, Temporal, type Instant } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import { QuoteProblems } from './booking.problems.js';
import type { PutQuote } from './booking.schema.js';
import { offerFromJson, offerToJson, Offers, type Offer } from './offers.js';

/** How long a quote can be booked. It holds no seat. */
const QUOTE_MINUTES = 15;

export type Quote = { readonly id: string; readonly expiresAt: Instant; readonly offer: Offer };

type Row = {
  requestHash: string;
  expiresAt: Parameters<typeof instantFromDate>[0];
  offer: Parameters<typeof offerFromJson>[0];
};

@Injectable()
export class Quotes {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly offers: Offers,
  ) {}

  async put(actor: Actor, id: string, body: PutQuote): Promise<Quote> {
    const personId = demandPerson(actor);
    const hash = requestHash(body);
    const answer = await this.offers.ask(actor, body, (on) => quotedBefore(on, { id, personId, hash }));
    if ('known' in answer) return answer.known;
    const { offer } = answer;
    const now = this.clock.now();
    const expiresAt = now.add({ minutes: QUOTE_MINUTES });
    return this.db.tx(withNetworks(actor.scope, offer.hostNetworkId), async (tx) => {
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
          offerToJson(offer),
          expiresAt.toString(),
          now.toString(),
        ],
      );
      const quote = await quotedBefore(tx, { id, personId, hash });
      if (!quote) throw idReused();
      return quote;
    });
  }

  /** The offer of a quote of this person that is still valid. */
  async accept(on: Reader, personId: string, id: string): Promise<Offer> {
    const row = await findQuote(on, personId, id);
    if (!row) throw QuoteProblems.notFound(`There is no quote ${id} of yours. Ask for one, or book without.`);
    if (Temporal.Instant.compare(instantFromDate(row.expiresAt), this.clock.now()) <= 0)
      throw QuoteProblems.expired(`A quote is valid for ${QUOTE_MINUTES} minutes. Ask for a new one.`);
    return this.offers.renewed(offerFromJson(row.offer));
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

async function quotedBefore(
  on: Reader,
  { id, personId, hash }: { id: string; personId: string; hash: string },
): Promise<Quote | null> {
  const row = await findQuote(on, personId, id);
  if (!row) return null;
  if (row.requestHash !== hash) throw idReused();
  return { id, expiresAt: instantFromDate(row.expiresAt), offer: offerFromJson(row.offer) };
}

function idReused() {
  return RequestProblems.idReused('This id already stands for another quote. Make a new id for a new one.');
}
