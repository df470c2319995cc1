import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demandPerson, Identity, type Actor } from '../identity/index.js';
import { dayAt } from '../kernel/time.js';
import type { Language } from '../kernel/wire.js';
import { Clock } from '../platform/clock.js';
import { Db } from '../platform/db.js';
import { Pdf } from '../platform/pdf/pdf.js';
import { bookingOf, notFound } from './booking.queries.js';
import { LetterProblems } from './call.problems.js';
import { LETTER_SOURCE, letterLanguages, letterPart } from './invitation-letter.js';
import { dayWords } from './mail-words.js';

/** Letters of invitation, made when they are asked for and kept nowhere. */
@Injectable()
export class InvitationLetters {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly identity: Identity,
    private readonly pdf: Pdf,
  ) {}

  async print(actor: Actor, bookingId: string): Promise<Buffer> {
    return this.pdf.print(LETTER_SOURCE, await this.letter(actor, bookingId));
  }

  /** What the letter says, in the host's language and in English. For the guest alone. */
  letter(actor: Actor, bookingId: string) {
    const personId = demandPerson(actor);
    return this.db.read(actor.scope, async (on) => {
      const booking = await bookingOf(on, bookingId);
      if (booking.personId !== personId) throw notFound(bookingId);
      if (booking.state !== 'RESERVED' && booking.state !== 'FULFILLED')
        throw LetterProblems.notBooked(
          'A letter confirms a booking that stands. Book first, or wait for the host.',
        );
      const space = await this.directory.space(on, booking.spaceId);
      const { name: guest } = await this.identity.person(on, personId);
      const operator = await this.identity.organisation(on, space.operatorId);
      const clock = (at: typeof booking.startsAt) =>
        at.toZonedDateTimeISO(booking.timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
      const part = (language: Language) =>
        letterPart(language, {
          guest,
          space: space.name,
          place: `${space.city}, ${regionName(space.country, language)}`,
          operator: operator.name,
          day: dayWords(booking.day, language),
          time: `${clock(booking.startsAt)}–${clock(booking.endsAt)}`,
          reference: booking.id,
          issued: dayWords(dayAt(this.clock.now(), booking.timeZone), language),
        });
      return { parts: letterLanguages(space.country).map(part) };
    });
  }
}

function regionName(country: string, language: Language): string {
  return new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country;
}
