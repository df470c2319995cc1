import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { AccessProblems, demand, demandPerson, type Actor } from '../identity/index.js';
import { Ledger } from '../ledger/index.js';
import { amount } from '../kernel/money.js';
import { instantFromDate } from '../kernel/time.js';
import { amountToWire } from '../kernel/wire.js';
import { Passes } from '../passes/index.js';
import { Clock } from '../platform/clock.js';
import { Db, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { holdOf } from './booking-acts.js';
import { bookingOf, lockBooking } from './booking.queries.js';
import { bookingView } from './booking.views.js';
import type { Booking } from './booking.js';
import { inReachOf } from './bookings.service.js';
import { ContestAnswered, NoShowContested } from './contest.events.js';
import { ContestProblems } from './contest.problems.js';
import { answerOf, contestOf, insertAnswer, insertContest, openContests } from './contest.queries.js';
import { CONTEST_DAYS, contestUntil, obstacleTo, type Obstacle } from './contest.rules.js';
import type { ContestView, OpenContestPage, PutContest, PutContestAnswer } from './contest.schema.js';
import { Guests } from './guests.service.js';
import { demandStaff, KnownBookings } from './known-bookings.js';

/** What a guest says against a no-show, and what the space answers: both are written beside it, never over it. */
@Injectable()
export class Contests {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
    private readonly passes: Passes,
    private readonly outbox: Outbox,
    private readonly directory: Directory,
    private readonly guests: Guests,
    private readonly known: KnownBookings,
  ) {}

  async get(actor: Actor, bookingId: string): Promise<ContestView> {
    const booking = await this.known.get(actor, bookingId);
    return this.db.read(inReachOf(actor, booking), (on) => contestView(on, booking));
  }

  /** By the guest alone, once. */
  async put(actor: Actor, bookingId: string, { reason }: PutContest): Promise<ContestView> {
    const personId = demandPerson(actor);
    const found = await this.known.get(actor, bookingId);
    if (found.personId !== personId)
      throw AccessProblems.denied('Its guest contests a no-show, and nobody for them.');
    return this.db.tx(inReachOf(actor, found), async (tx) => {
      const booking = await lockBooking(tx, bookingId);
      const known = await contestOf(tx, bookingId);
      if (known && known.reason !== reason)
        throw RequestProblems.idReused('It is contested for another reason, which stays.');
      if (!known) await this.contest(tx, booking, reason, actor);
      return contestView(tx, booking);
    });
  }

  /** By a manager: to a contest, or of their own accord. What was consumed goes back by a transfer of its own. */
  async answer(actor: Actor, bookingId: string, body: PutContestAnswer): Promise<ContestView> {
    const found = await this.asManager(actor, bookingId);
    return this.db.tx(inReachOf(actor, found), async (tx) => {
      const booking = await lockBooking(tx, bookingId);
      const known = await answerOf(tx, bookingId);
      if (known && (known.outcome !== body.outcome || known.reason !== body.reason)) throw answered();
      if (!known) await this.decide(tx, booking, body, actor);
      return contestView(tx, booking);
    });
  }

  async open(actor: Actor, spaceId: string): Promise<OpenContestPage> {
    const rows = await this.db.read(actor.scope, async (on) => {
      demandStaff(actor, await this.directory.space(on, spaceId));
      const contests = await openContests(on, spaceId);
      return Promise.all(
        contests.map(async (contest) => ({ contest, booking: await bookingOf(on, contest.bookingId) })),
      );
    });
    const guests = await this.guests.of(rows.map(({ booking }) => booking));
    const items = rows.map(({ contest, booking }) => ({
      booking: bookingView(booking, guests.get(booking.id)),
      reason: contest.reason,
      contestedAt: instantFromDate(contest.createdAt).toString(),
    }));
    return { items, next: null };
  }

  private async contest(tx: Tx, booking: Booking, reason: string, actor: Actor): Promise<void> {
    if (await answerOf(tx, booking.id)) throw answered();
    const now = this.clock.now();
    refuse(obstacleTo(booking, now));
    await insertContest(tx, booking, { reason, at: now.toString() });
    await this.announce(tx, NoShowContested, booking, actor);
  }

  private async decide(tx: Tx, booking: Booking, body: PutContestAnswer, actor: Actor): Promise<void> {
    const now = this.clock.now();
    const isContested = (await contestOf(tx, booking.id)) !== null;
    refuse(obstacleTo(booking, now, isContested));
    if (body.outcome === 'UPHELD' && !isContested)
      throw ContestProblems.notContested('The no-show stands already. Answer once its guest contests it.');
    const fee = booking.fee!; // a no-show has one
    const back =
      body.outcome === 'CREDITED' ? fee : { halfDays: 0, amount: amount(fee.amount.unit, 0) };
    if (back.halfDays > 0) {
      await this.ledger.reverse(tx, holdOf(booking), `no-show credited: booking ${booking.id}`);
      if (booking.passId) await this.passes.refill(tx, booking.passId);
    }
    await insertAnswer(tx, booking, { ...body, back, by: actor.name, at: now.toString() });
    await this.announce(tx, ContestAnswered, booking, actor);
  }

  private announce(
    tx: Tx,
    event: typeof NoShowContested | typeof ContestAnswered,
    { id, hostNetworkId }: Booking,
    { name }: Actor,
  ): Promise<void> {
    return this.outbox.add(tx, event, { bookingId: id }, { actor: name, networkIds: [hostNetworkId] });
  }

  private asManager(actor: Actor, id: string): Promise<Booking> {
    return this.db.read(actor.scope, async (on) => {
      const booking = await this.known.find(on, actor, 'bookings:write', id);
      const { operatorId, networkId } = await this.directory.space(on, booking.spaceId);
      demand(actor, 'spaces:write', { organisationId: operatorId, networkId });
      return booking;
    });
  }
}

async function contestView(on: Reader, booking: Booking): Promise<ContestView> {
  const contest = await contestOf(on, booking.id);
  const answer = await answerOf(on, booking.id);
  return {
    bookingId: booking.id,
    until: contestUntil(booking).toString(),
    reason: contest?.reason ?? null,
    contestedAt: contest && instantFromDate(contest.createdAt).toString(),
    answer: answer && {
      outcome: answer.outcome,
      reason: answer.reason,
      halfDays: answer.halfDays,
      amount: amountToWire({ unit: answer.unit, minor: BigInt(answer.minor) }),
      answeredAt: instantFromDate(answer.createdAt).toString(),
    },
  };
}

function refuse(obstacle: Obstacle | null): void {
  switch (obstacle) {
    case null:
      return;
    case 'notMissed':
      throw ContestProblems.notMissed('Only a booking whose guest was counted as missing can be contested.');
    case 'nothingLost':
      throw ContestProblems.nothingLost('Everything came back already, so there is nothing to give back.');
    case 'tooLate':
      throw ContestProblems.tooLate(`A no-show can be contested for ${CONTEST_DAYS} days.`);
  }
}

function answered() {
  return ContestProblems.answered('The answer of the space stays. Write to it, or ask your network.');
}
