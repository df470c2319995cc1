import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { AccessProblems, demand, demandPerson, type Actor } from '../identity/index.js';
import { instantFromDate } from '../kernel/time.js';
import { amountToWire } from '../kernel/wire.js';
import { Db, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { bookingOf, lockBooking } from './booking.queries.js';
import { bookingView } from './booking.views.js';
import type { Booking } from './booking.js';
import { inReachOf } from './bookings.service.js';
import { ContestActs, contestAnswered } from './contest-acts.js';
import { answerOf, contestOf, openContests } from './contest.queries.js';
import { contestUntil } from './contest.rules.js';
import type { ContestView, OpenContestPage, PutContest, PutContestAnswer } from './contest.schema.js';
import { Guests } from './guests.service.js';
import { demandStaff, KnownBookings } from './known-bookings.js';

/** What a guest says against a no-show, and what the space answers: both are written beside it, never over it. */
@Injectable()
export class Contests {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
    private readonly guests: Guests,
    private readonly known: KnownBookings,
    private readonly acts: ContestActs,
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
      if (!known) await this.acts.contest(tx, booking, reason, actor);
      return contestView(tx, booking);
    });
  }

  /** By a manager: to a contest, or of their own accord. What was consumed goes back by a transfer of its own. */
  async answer(actor: Actor, bookingId: string, body: PutContestAnswer): Promise<ContestView> {
    const found = await this.asManager(actor, bookingId);
    return this.db.tx(inReachOf(actor, found), async (tx) => {
      const booking = await lockBooking(tx, bookingId);
      const known = await answerOf(tx, bookingId);
      if (known && (known.outcome !== body.outcome || known.reason !== body.reason)) throw contestAnswered();
      if (!known) await this.acts.decide(tx, booking, body, actor);
      return contestView(tx, booking);
    });
  }

  async open(actor: Actor, spaceId: string): Promise<OpenContestPage> {
    const rows = await this.db.read(actor.scope, async (on) => {
      demandStaff(actor, await this.directory.space(on, spaceId));
      const found = [];
      for (const contest of await openContests(on, spaceId))
        found.push({ contest, booking: await bookingOf(on, contest.bookingId) });
      return found;
    });
    const guests = await this.guests.of(rows.map(({ booking }) => booking));
    const items = rows.map(({ contest, booking }) => ({
      booking: bookingView(booking, guests.get(booking.id)),
      reason: contest.reason,
      contestedAt: instantFromDate(contest.createdAt).toString(),
    }));
    return { items, next: null };
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
