import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { Db } from '../platform/db.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import { BookingActs } from './booking-acts.js';
import { QuoteProblems } from './booking.problems.js';
import type { Quote } from './quote.js';
import { Quotes } from './quotes.service.js';
import { moveSeat } from './seats.js';
import { WaitActs } from './wait-acts.js';
import { lockWait, waitOf } from './wait.queries.js';
import type { PutWaitAcceptance } from './wait.schema.js';
import { isKept } from './wait.js';
import { Waits, type InLine } from './waits.service.js';

/** What somebody in line says when a seat is kept for them, or before. */
@Injectable()
export class WaitAnswers {
  constructor(
    private readonly db: Db,
    private readonly waits: Waits,
    private readonly quotes: Quotes,
    private readonly bookings: BookingActs,
    private readonly acts: WaitActs,
  ) {}

  /** The terms on which the kept seat can be booked, before it is. */
  async quote(actor: Actor, id: string, quoteId: string): Promise<Quote> {
    const { hostNetworkId, personId } = await this.waits.own(actor, id);
    const request = { id: quoteId, personId, hash: requestHash({ waitId: id }) };
    return this.db.tx(withNetworks(actor.scope, hostNetworkId), async (tx) => {
      const wait = await waitOf(tx, id);
      this.acts.demandOffered(wait);
      return this.quotes.keepOffer(tx, request, await this.acts.offerOf(tx, wait));
    });
  }

  /** The kept seat becomes a booking on the terms of the quote. */
  async accept(actor: Actor, id: string, { quoteId, bookingId }: PutWaitAcceptance): Promise<InLine> {
    const { hostNetworkId, personId } = await this.waits.own(actor, id);
    await this.db.tx(withNetworks(actor.scope, hostNetworkId), async (tx) => {
      const wait = await lockWait(tx, id);
      if (wait.state === 'ACCEPTED' && wait.bookingId === bookingId) return;
      this.acts.demandOffered(wait);
      const { options: _explained, ...offer } = await this.quotes.accept(tx, personId, quoteId);
      const { poolId, fromSlot, toSlot } = wait.kept!;
      const isTime = offer.fromSlot === fromSlot && offer.toSlot === toSlot;
      const isOfWait = offer.poolId === poolId && offer.day.equals(wait.day) && isTime;
      if (!isOfWait) throw QuoteProblems.notFound('That quote is of another seat. Ask for one of this wait.');
      const request = { id: bookingId, personId, requestHash: requestHash({ waitId: id, quoteId }), quoteId };
      const order = { ...offer, ...request, hold: false, announce: true, stateBy: actor.name };
      const booking = (await this.bookings.enter(tx, order)) ?? (await this.bookings.before(tx, order));
      await this.acts.become(tx, wait, bookingId);
      await moveSeat(tx, wait.kept!, booking);
    });
    return this.waits.get(actor, id);
  }

  /** The kept seat goes to the next; the line there is left with it. */
  async decline(actor: Actor, id: string): Promise<InLine> {
    const { hostNetworkId, state } = await this.waits.own(actor, id);
    if (state === 'DECLINED') return this.waits.get(actor, id);
    await this.db.tx(withNetworks(actor.scope, hostNetworkId), async (tx) => {
      const wait = await lockWait(tx, id);
      this.acts.demandOffered(wait);
      await this.acts.end(tx, wait, 'DECLINED');
    });
    return this.waits.get(actor, id);
  }

  /** Leaving what is over changes nothing. */
  async leave(actor: Actor, id: string): Promise<InLine> {
    const { hostNetworkId } = await this.waits.own(actor, id);
    await this.db.tx(withNetworks(actor.scope, hostNetworkId), async (tx) => {
      const wait = await lockWait(tx, id);
      if (wait.state === 'WAITING' || isKept(wait)) await this.acts.end(tx, wait, 'LEFT');
    });
    return this.waits.get(actor, id);
  }
}
