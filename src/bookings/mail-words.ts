import type { PlainDate } from '../kernel/time.js';
import type { Language } from '../kernel/wire.js';

/** What a mail about a booking tells. Times are those of the space. */
export type Told = {
  readonly name: string;
  readonly seat: SeatName;
  readonly space: string;
  readonly city: string;
  /** As a person says it, and as a computer sorts it. */
  readonly day: string;
  readonly isoDay: string;
  readonly from: string;
  readonly until: string;
  /** Whom to ask for, and how to get in: as the space tells it. */
  readonly askFor: string | null;
  readonly gettingIn: string;
  readonly cancelUntil: string;
  readonly answerBy: string;
  /** What came back, or did not. */
  readonly back: Back;
  readonly link: string;
  readonly other: {
    readonly space: string;
    readonly city: string;
    readonly km: string;
    readonly from: string;
    readonly until: string;
  } | null;
};
/** What was booked, as one calls it. */
export type SeatName = 'DESK' | 'ROOM' | 'MACHINE';
export type Back = 'SPONSOR_VOUCHER' | 'VISA_QUOTA' | 'PASS_UNITS' | 'PAY_AS_YOU_GO' | 'USED' | 'NOTHING';

export const MAILS = [
  'reserved',
  'requested',
  'canceled',
  'replaced',
  'rejected',
  'expired',
  'missed',
  'contested',
  'credited',
  'upheld',
  'proposed',
  'asked',
  'message',
] as const;
export type MailKind = (typeof MAILS)[number];

export type Text = { readonly subject: string; readonly text: string };
export type Words = {
  readonly hello: (name: string) => string;
  /** Beginnings of subjects; the space and the day follow. */
  readonly subject: Readonly<Record<MailKind, string>>;
  readonly says: Readonly<Record<MailKind, (told: Told) => string>>;
  readonly facts: Readonly<
    Record<
      'place' | 'day' | 'time' | 'askFor' | 'gettingIn' | 'cancelUntil' | 'answerBy' | 'other' | 'km',
      string
    >
  >;
  readonly local: string;
  readonly back: Readonly<Record<Back, string>>;
  readonly contest: string;
  readonly bye: string;
};

const LOCALES: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  fr: 'fr-FR',
  es: 'es-ES',
  it: 'it-IT',
  ar: 'ar-u-ca-gregory-nu-latn',
};

export function dayWords(day: PlainDate, language: Language): string {
  const format = new Intl.DateTimeFormat(LOCALES[language], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return format.format(day.toZonedDateTime('UTC').epochMilliseconds);
}

const FACTS: Readonly<Record<MailKind, readonly ('when' | 'door' | 'cancel' | 'answer' | 'other')[]>> = {
  reserved: ['when', 'door', 'cancel'],
  requested: ['when', 'answer'],
  canceled: ['when'],
  replaced: ['when'],
  rejected: ['when'],
  expired: ['when'],
  missed: ['when'],
  contested: ['when'],
  credited: ['when'],
  upheld: ['when'],
  proposed: ['when', 'other', 'answer'],
  asked: ['when', 'answer'],
  message: ['when'],
};

/** One mail in one language: greeting, what happened, the facts, what came back, the link. */
export function mailText(words: Words, kind: MailKind, told: Told): Text {
  const { space, isoDay } = told;
  const comma = words.hello('').endsWith('،') ? '،' : ',';
  const paragraphs = [
    words.hello(told.name),
    words.says[kind](told),
    FACTS[kind].flatMap((fact) => factLines(words, fact, told)).join('\n'),
    told.back === 'NOTHING' ? '' : words.back[told.back],
    kind === 'missed' && told.back === 'USED' ? words.contest : '',
    told.link,
    words.bye,
  ];
  return {
    subject: `${words.subject[kind]}${space}${comma} ${isoDay}`,
    text: `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`,
  };
}

function factLines(
  { facts, local }: Words,
  fact: 'when' | 'door' | 'cancel' | 'answer' | 'other',
  told: Told,
): string[] {
  const { space, city, day, from, until, askFor, gettingIn, cancelUntil, answerBy, other } = told;
  const line = (label: keyof Words['facts'], value: string) => (value ? [`– ${facts[label]}: ${value}`] : []);
  switch (fact) {
    case 'when':
      return [
        ...line('place', `${space}, ${city}`),
        ...line('day', day),
        ...line('time', `${from}–${until} (${local})`),
      ];
    case 'door':
      return [...line('askFor', askFor ?? ''), ...line('gettingIn', gettingIn)];
    case 'cancel':
      return line('cancelUntil', cancelUntil);
    case 'answer':
      return line('answerBy', answerBy);
    case 'other':
      return other
        ? line(
            'other',
            `${other.space}, ${other.city} (${other.km} ${facts.km}), ${other.from}–${other.until}`,
          )
        : [];
  }
}
