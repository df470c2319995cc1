import { Injectable } from '@nestjs/common';
import { Problem } from '../kernel/problem.js';
import { Temporal, type Instant } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db.js';
import { Outbox, type EventType } from '../platform/outbox/outbox.js';
import { Offers, type Offer } from './offers.js';
import { releaseSeat } from './seats.js';
import { SeatOffered, WaitPassedOver } from './wait.events.js';
import { WaitProblems } from './wait.problems.js';
import { lockWait, refuseBooked, turnWait } from './wait.queries.js';
import { isKept, type Wait, type WaitState } from './wait.js';
import { waitTerms } from './wait-terms.js';

/** What happens to those in line, each act within the caller's transaction: first the wait, last the seat. */
@Injectable()
export class WaitActs {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly offers: Offers,
  ) {}

  /** What falls due, by the clock. Needs the scope of the guest and both networks. */
  async settle(tx: Tx, id: string): Promise<void> {
    const wait = await lockWait(tx, id);
    const now = this.clock.now();
    const isOver = !isBefore(now, wait.endsAt);
    if (isOver && (isKept(wait) || wait.state === 'WAITING')) return this.end(tx, wait, 'OVER');
    if (wait.state === 'KEPT') return this.offer(tx, wait, now);
    if (wait.state !== 'OFFERED' || isBefore(now, wait.answerBy!)) return;
    await this.end(tx, wait, 'LAPSED');
    await this.announce(tx, WaitPassedOver, wait);
  }

  /** Of a locked wait: the seat, if one is kept, goes to the next in line, or to everybody. */
  async end(tx: Tx, wait: Wait, into: WaitState, skippedBecause?: string): Promise<void> {
    const because = skippedBecause === undefined ? {} : { skippedBecause };
    await turnWait(tx, wait.id, { from: [wait.state], into, at: this.clock.now(), ...because });
    if (isKept(wait)) await releaseSeat(tx, wait.kept!);
  }

  /** Of a locked wait whose seat is offered. */
  async become(tx: Tx, { id }: Wait, bookingId: string): Promise<void> {
    await turnWait(tx, id, { from: ['OFFERED'], into: 'ACCEPTED', at: this.clock.now(), bookingId });
  }

  /** What the kept seat would cost its guest now. */
  async offerOf(tx: Tx, { kept, day, part, personId, spaceId }: Wait): Promise<Offer> {
    await refuseBooked(tx, { personId, spaceId, day });
    return this.offers.within(tx, { poolId: kept!.poolId, day, part, personId, evenIfFull: true });
  }

  /** Of a locked wait. */
  demandOffered({ state, answerBy }: Wait): void {
    if (state === 'OFFERED' && answerBy !== null && isBefore(this.clock.now(), answerBy)) return;
    throw WaitProblems.settled(
      'No seat is kept for you: you answered, or your time to answer is over. You can join the line again.',
      { state },
    );
  }

  private async offer(tx: Tx, wait: Wait, now: Instant): Promise<void> {
    try {
      await this.offerOf(tx, wait);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await this.end(tx, wait, 'SKIPPED', error.code);
      return this.announce(tx, WaitPassedOver, wait);
    }
    const { answerMinutes } = await waitTerms(tx, wait.spaceId);
    const due = now.add({ minutes: answerMinutes });
    const answerBy = isBefore(due, wait.endsAt) ? due : wait.endsAt;
    await turnWait(tx, wait.id, { from: ['KEPT'], into: 'OFFERED', at: now, answerBy });
    await this.announce(tx, SeatOffered, wait);
  }

  private announce(tx: Tx, event: EventType, { id, hostNetworkId }: Wait): Promise<void> {
    return this.outbox.add(tx, event, { waitId: id }, { actor: 'system', networkIds: [hostNetworkId] });
  }
}

function isBefore(a: Instant, b: Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0;
}
