import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { Identity } from '../identity/index.js';
import type { Instant } from '../kernel/time.js';
import type { Tx } from '../platform/db.js';
import { Mails } from '../platform/mail/mails.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { bookingOf } from './booking.queries.js';
import { BookingCanceled, BookingReserved } from './bookings.events.js';
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
  }

  private async write(tx: Tx, bookingId: string, what: 'reserved' | 'canceled'): Promise<void> {
    const booking = await bookingOf(tx, bookingId);
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
