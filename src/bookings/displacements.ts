import { Injectable, type OnModuleInit } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { bookingOf } from './booking.queries.js';
import { BookingExpired, BookingRejected } from './bookings.events.js';
import { closureOf } from './closure.queries.js';
import { ClosureAnnounced, ClosureWithdrawn } from './proposal.events.js';
import { displacedAt, insertProposal, withdrawServable } from './proposal.queries.js';
import { SpaceChanges } from './space-changes.js';

/** Notices whom a host can no longer have, and marks each for a seat elsewhere; a sweep then looks for it. */
@Injectable()
export class Displacements implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly consumers: Consumers,
    private readonly changes: SpaceChanges,
  ) {}

  onModuleInit(): void {
    const closure = async (tx: Tx, { payload }: { payload: { closureId: string } }) => {
      const { spaceId } = await closureOf(tx, payload.closureId);
      await this.changes.remake(tx, spaceId);
    };
    this.consumers.on('bookings.close', ClosureAnnounced, closure, 'sweep');
    this.consumers.on('bookings.close', ClosureWithdrawn, closure, 'sweep');
    this.changes.afterwards((tx, spaceId) => this.mark(tx, spaceId));
    this.consumers.on(
      'bookings.propose-instead',
      BookingRejected,
      (tx, { payload }) => this.instead(tx, payload.bookingId, 'DECLINED'),
      'sweep',
    );
    this.consumers.on(
      'bookings.propose-instead',
      BookingExpired,
      (tx, { payload }) => this.instead(tx, payload.bookingId, 'EXPIRED'),
      'sweep',
    );
  }

  /** Whoever is marked already stays so, and whoever can be served again is left in peace. */
  private async mark(tx: Tx, spaceId: string): Promise<void> {
    const now = this.clock.now();
    await withdrawServable(tx, spaceId, now);
    for (const { bookingId, closureId } of await displacedAt(tx, spaceId, now)) {
      const booking = await bookingOf(tx, bookingId);
      const cause = closureId ? ('CLOSURE' as const) : ('HOURS' as const);
      await insertProposal(tx, { id: newId(), booking, cause, closureId, stateBy: 'system' }, now);
    }
  }

  private async instead(tx: Tx, bookingId: string, cause: 'DECLINED' | 'EXPIRED'): Promise<void> {
    const booking = await bookingOf(tx, bookingId);
    // a guest who let a held seat go asked no host
    if (booking.terms.bookingMode !== 'ON_REQUEST') return;
    const mark = { id: newId(), booking, cause, closureId: null, stateBy: 'system' };
    await insertProposal(tx, mark, this.clock.now());
  }
}
