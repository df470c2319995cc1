import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { Identity } from '../identity/index.js';
import type { Instant } from '../kernel/time.js';
import type { Tx } from '../platform/db.js';
import { Mails } from '../platform/mail/mails.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { bookingOf } from './booking.queries.js';
import { BookingCanceled, BookingExpired, BookingRejected, BookingReserved } from './bookings.events.js';
import { MAIL_TEXTS } from './mail-texts.js';

/** Tells guests in their own language. The scope `identity` is for their address, which no event carries. */
@Injectable()
export class BookingMails implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly directory: Directory,
    private readonly identity: Identity,
    private readonly mails: Mails,
  ) {}

  onModuleInit(): void {
    const reserved = 'bookings.mail-reserved';
    const canceled = 'bookings.mail-canceled';
    const rejected = 'bookings.mail-rejected';
    const expired = 'bookings.mail-expired';
    this.consumers.on(
      reserved,
      BookingReserved,
      (tx, { payload }) => this.write(tx, payload.bookingId, 'reserved'),
      'identity',
    );
    this.consumers.on(
      canceled,
      BookingCanceled,
      (tx, { payload }) => this.write(tx, payload.bookingId, 'canceled'),
      'identity',
    );
    this.consumers.on(
      rejected,
      BookingRejected,
      (tx, { payload }) => this.write(tx, payload.bookingId, 'rejected'),
      'identity',
    );
    this.consumers.on(
      expired,
      BookingExpired,
      (tx, { payload }) => this.write(tx, payload.bookingId, 'expired'),
      'identity',
    );
  }

  private async write(tx: Tx, bookingId: string, what: What): Promise<void> {
    const booking = await bookingOf(tx, bookingId);
    // a guest who let a held seat go needs no mail about it
    if (what === 'expired' && booking.terms.bookingMode !== 'ON_REQUEST') return;
    const { email, name, language } = await this.identity.person(tx, booking.personId);
    const space = await this.directory.space(tx, booking.spaceId);
    const wallTime = (moment: Instant) =>
      moment.toZonedDateTimeISO(booking.timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
    const told = {
      name,
      space: space.name,
      day: booking.day.toString(),
      from: wallTime(booking.startsAt),
      until: wallTime(booking.endsAt),
    };
    const text = MAIL_TEXTS[language][what](told);
    await this.mails.send(tx, { to: email, language, personId: booking.personId, ...text });
  }
}

type What = keyof (typeof MAIL_TEXTS)['en'];
