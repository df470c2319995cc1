import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { Identity, type Person } from '../identity/index.js';
import { Temporal, type Instant } from '../kernel/time.js';
import type { Language } from '../kernel/wire.js';
import { isByTime } from '../kernel/words.js';
import type { Reader, Tx } from '../platform/db.js';
import { Mails, type Attachment } from '../platform/mail/mails.js';
import type { Booking } from './booking.js';
import { CalendarEntries } from './calendar-entries.js';
import { dayWords, mailText, type Back, type MailKind, type SeatName, type Told } from './mail-words.js';
import { WORDS } from './mail-words.all.js';
import type { Proposal } from './proposal.js';

const METRES_PER_KILOMETRE = 1000;
/** Mails after which a calendar has something to learn. */
const WITH_CALENDAR = new Set<MailKind>([
  'reserved',
  'requested',
  'canceled',
  'replaced',
  'rejected',
  'expired',
]);

/** Writes a mail about a booking in its reader's language, with the booking as a calendar file. */
@Injectable()
export class BookingLetters {
  constructor(
    private readonly directory: Directory,
    private readonly identity: Identity,
    private readonly entries: CalendarEntries,
    private readonly mails: Mails,
  ) {}

  async toGuest(tx: Tx, booking: Booking, kind: MailKind, proposal?: Proposal): Promise<void> {
    const person = await this.identity.person(tx, booking.personId);
    const link = this.entries.address(`me/bookings/${booking.id}`);
    const told = await this.told(tx, booking, { person, kind, link, proposal });
    const attachments = WITH_CALENDAR.has(kind) ? [await this.calendar(tx, booking)] : [];
    await this.send(tx, person, mailText(WORDS[person.language], kind, told), attachments);
  }

  /** To everybody who runs the space for its operator. */
  async toHost(tx: Tx, booking: Booking, kind: 'asked' | 'message' | 'contested'): Promise<void> {
    const { operatorId } = await this.directory.space(tx, booking.spaceId);
    const link = this.entries.address('space');
    for (const person of await this.identity.staffOf(tx, operatorId)) {
      const told = await this.told(tx, booking, { person, kind, link });
      await this.send(tx, person, mailText(WORDS[person.language], kind, told), []);
    }
  }

  private async send(
    tx: Tx,
    { id, email, language }: Person,
    text: { readonly subject: string; readonly text: string },
    attachments: readonly Attachment[],
  ): Promise<void> {
    await this.mails.send(tx, { to: email, language, personId: id, ...text, attachments });
  }

  private async calendar(on: Reader, booking: Booking): Promise<Attachment> {
    const text = await this.entries.ofGuest(on, [booking]);
    return { name: 'escale.ics', mediaType: 'text/calendar', bytes: Buffer.from(text) };
  }

  private async told(
    on: Reader,
    booking: Booking,
    {
      person,
      kind,
      link,
      proposal,
    }: { person: Person; kind: MailKind; link: string; proposal?: Proposal | undefined },
  ): Promise<Told> {
    const { language, name } = person;
    const { space, city, askFor, lines } = await this.entries.arrival(on, booking.spaceId);
    const due = proposal?.answerBy ?? booking.heldUntil;
    const moment = (at: Instant) => momentWords(at, booking.timeZone, language, city);
    return {
      name,
      seat: seatName(booking.resourceKind),
      space,
      city,
      day: dayWords(booking.day, language),
      isoDay: booking.day.toString(),
      from: clock(booking.startsAt, booking.timeZone),
      until: clock(booking.endsAt, booking.timeZone),
      askFor,
      gettingIn: lines.join(' · '),
      cancelUntil: moment(Temporal.Instant.from(booking.terms.cancelUntil)),
      answerBy: due ? moment(due) : '',
      back: backOf(booking, kind),
      link,
      other: proposal?.alternative ? await this.other(on, proposal.alternative) : null,
    };
  }

  private async other(
    on: Reader,
    { offer, metres }: NonNullable<Proposal['alternative']>,
  ): Promise<Told['other']> {
    const { name, city } = await this.directory.space(on, offer.spaceId);
    return {
      space: name,
      city,
      km: (metres / METRES_PER_KILOMETRE).toFixed(1),
      from: clock(offer.startsAt, offer.timeZone),
      until: clock(offer.endsAt, offer.timeZone),
    };
  }
}

function seatName(kind: Booking['resourceKind']): SeatName {
  if (!isByTime(kind)) return 'DESK';
  return kind === 'meeting_room' ? 'ROOM' : 'MACHINE';
}

function backOf({ fee, funding }: Booking, kind: MailKind): Back {
  if (kind === 'replaced') return funding;
  if (kind === 'credited') return funding;
  if (kind !== 'canceled' && kind !== 'missed') return 'NOTHING';
  const isUsed = fee !== null && (fee.halfDays > 0 || fee.amount.minor > 0n);
  return isUsed ? 'USED' : funding;
}

function clock(at: Instant, timeZone: string): string {
  return at.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** A moment at a place: its day and its clock, with our name of the city. */
export function momentWords(at: Instant, timeZone: string, language: Language, city: string): string {
  const day = dayWords(at.toZonedDateTimeISO(timeZone).toPlainDate(), language);
  return `${day}, ${clock(at, timeZone)} (${city})`;
}
