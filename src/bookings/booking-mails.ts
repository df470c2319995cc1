import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../platform/db.js';
import { Consumers } from '../platform/outbox/consumers.js';
import type { EventType } from '../platform/outbox/outbox.js';
import { BookingLetters } from './booking-letters.js';
import { bookingOf } from './booking.queries.js';
import {
  BookingCanceled,
  BookingExpired,
  BookingMissed,
  BookingRejected,
  BookingReplaced,
  BookingRequested,
  BookingReserved,
} from './bookings.events.js';
import { ContestAnswered, NoShowContested } from './contest.events.js';
import { isCredited } from './contest.queries.js';
import { MessageWritten } from './call.events.js';
import type { MailKind } from './mail-words.js';
import { ProposalMade } from './proposal.events.js';
import { proposalOf } from './proposal.queries.js';

const TOLD: readonly [string, EventType, MailKind][] = [
  ['bookings.mail-reserved', BookingReserved, 'reserved'],
  ['bookings.mail-canceled', BookingCanceled, 'canceled'],
  ['bookings.mail-replaced', BookingReplaced, 'replaced'],
  ['bookings.mail-rejected', BookingRejected, 'rejected'],
  ['bookings.mail-expired', BookingExpired, 'expired'],
  ['bookings.mail-missed', BookingMissed, 'missed'],
  ['bookings.mail-requested', BookingRequested, 'requested'],
];

/** Who is told what, and when. The scope `identity` is for addresses, which no event carries. */
@Injectable()
export class BookingMails implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly letters: BookingLetters,
  ) {}

  onModuleInit(): void {
    for (const [consumer, event, kind] of TOLD) {
      const handle = (tx: Tx, { payload }: { payload: unknown }) =>
        this.tellGuest(tx, (payload as { bookingId: string }).bookingId, kind);
      this.consumers.on(consumer, event, handle, 'identity');
    }
    this.consumers.on(
      'bookings.mail-asked',
      BookingRequested,
      async (tx, { payload }) => this.letters.toHost(tx, await bookingOf(tx, payload.bookingId), 'asked'),
      'identity',
    );
    this.consumers.on(
      'bookings.mail-proposed',
      ProposalMade,
      async (tx, { payload }) => {
        const proposal = await proposalOf(tx, payload.proposalId);
        const booking = await bookingOf(tx, proposal.bookingId);
        await this.letters.toGuest(tx, booking, 'proposed', proposal);
      },
      'identity',
    );
    this.consumers.on(
      'bookings.mail-contested',
      NoShowContested,
      async (tx, { payload }) => this.letters.toHost(tx, await bookingOf(tx, payload.bookingId), 'contested'),
      'identity',
    );
    this.consumers.on(
      'bookings.mail-contest-answered',
      ContestAnswered,
      async (tx, { payload: { bookingId } }) =>
        this.tellGuest(tx, bookingId, (await isCredited(tx, bookingId)) ? 'credited' : 'upheld'),
      'identity',
    );
    this.consumers.on(
      'bookings.mail-message',
      MessageWritten,
      async (tx, { payload }) => {
        const booking = await bookingOf(tx, payload.bookingId);
        if (payload.side === 'HOST') await this.letters.toGuest(tx, booking, 'message');
        else await this.letters.toHost(tx, booking, 'message');
      },
      'identity',
    );
  }

  private async tellGuest(tx: Tx, bookingId: string, kind: MailKind): Promise<void> {
    const booking = await bookingOf(tx, bookingId);
    // a guest who let a held seat go needs no mail about it
    if (kind === 'expired' && booking.terms.bookingMode !== 'ON_REQUEST') return;
    await this.letters.toGuest(tx, booking, kind);
  }
}
