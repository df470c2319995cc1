import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { Identity } from '../identity/index.js';
import type { Tx } from '../platform/db.js';
import { Mails } from '../platform/mail/mails.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { momentWords } from './booking-letters.js';
import { CalendarEntries } from './calendar-entries.js';
import { dayWords } from './mail-words.js';
import { SeatOffered, WaitPassedOver } from './wait.events.js';
import { becauseOf, WAIT_TEXTS, type WaitMail } from './wait-mail-texts.js';
import { waitOf } from './wait.queries.js';

/** What those in line are told. No seat is theirs yet, so nothing goes into a calendar. */
@Injectable()
export class WaitMails implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly directory: Directory,
    private readonly identity: Identity,
    private readonly entries: CalendarEntries,
    private readonly mails: Mails,
  ) {}

  onModuleInit(): void {
    const offered = (tx: Tx, { payload }: { payload: { waitId: string } }) =>
      this.tell(tx, payload.waitId, 'offered');
    this.consumers.on('bookings.mail-seat-offered', SeatOffered, offered, 'identity');
    this.consumers.on(
      'bookings.mail-passed-over',
      WaitPassedOver,
      async (tx, { payload }) => {
        const { skippedBecause } = await waitOf(tx, payload.waitId);
        await this.tell(tx, payload.waitId, skippedBecause === null ? 'lapsed' : 'skipped');
      },
      'identity',
    );
  }

  private async tell(tx: Tx, waitId: string, kind: WaitMail): Promise<void> {
    const wait = await waitOf(tx, waitId);
    const { email, name, language } = await this.identity.person(tx, wait.personId);
    const space = await this.directory.space(tx, wait.spaceId);
    const { answerBy } = wait;
    const text = WAIT_TEXTS[language][kind]({
      name,
      space: space.name,
      day: dayWords(wait.day, language),
      isoDay: wait.day.toString(),
      answerBy: answerBy ? momentWords(answerBy, space.timeZone, language, space.city) : '',
      because: becauseOf(wait.skippedBecause),
      link: this.entries.address('me/bookings'),
    });
    await this.mails.send(tx, { to: email, language, personId: wait.personId, ...text });
  }
}
