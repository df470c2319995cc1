import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { amount } from '../kernel/money.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { Entitlements } from './entitlements.js';
import type { Booking } from './booking.js';
import { ContestAnswered, NoShowContested } from './contest.events.js';
import { ContestProblems } from './contest.problems.js';
import { answerOf, contestOf, insertAnswer, insertContest } from './contest.queries.js';
import { CONTEST_DAYS, obstacleTo, type Obstacle } from './contest.rules.js';
import type { PutContestAnswer } from './contest.schema.js';

/** Against a no-show and in answer to it, each within the caller's transaction and on a locked booking. */
@Injectable()
export class ContestActs {
  constructor(
    private readonly clock: Clock,
    private readonly entitlements: Entitlements,
    private readonly outbox: Outbox,
  ) {}

  async contest(tx: Tx, booking: Booking, reason: string, actor: Actor): Promise<void> {
    if (await answerOf(tx, booking.id)) throw contestAnswered();
    const now = this.clock.now();
    refuse(obstacleTo(booking, now));
    await insertContest(tx, booking, { reason, at: now.toString() });
    await this.announce(tx, NoShowContested, booking, actor);
  }

  async decide(tx: Tx, booking: Booking, body: PutContestAnswer, actor: Actor): Promise<void> {
    const now = this.clock.now();
    const isContested = (await contestOf(tx, booking.id)) !== null;
    refuse(obstacleTo(booking, now, isContested));
    if (body.outcome === 'UPHELD' && !isContested)
      throw ContestProblems.notContested('The no-show stands already. Answer once its guest contests it.');
    const fee = booking.fee!; // a no-show has one
    const back = body.outcome === 'CREDITED' ? fee : { halfDays: 0, amount: amount(fee.amount.unit, 0) };
    if (back.halfDays > 0) await this.entitlements.giveBack(tx, booking, 'no-show credited');
    await insertAnswer(tx, booking, { ...body, back, by: actor.name, at: now.toString() });
    await this.announce(tx, ContestAnswered, booking, actor);
  }

  private announce(
    tx: Tx,
    event: typeof NoShowContested,
    { id, hostNetworkId }: Booking,
    { name }: Actor,
  ): Promise<void> {
    return this.outbox.add(tx, event, { bookingId: id }, { actor: name, networkIds: [hostNetworkId] });
  }
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

export function contestAnswered() {
  return ContestProblems.answered('The answer of the space stays. Write to it, or ask your network.');
}
