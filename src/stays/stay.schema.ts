import { z } from 'zod';
import { wireAmount, wireDay, wireId, wireInstant, wireLanguage, wirePage } from '../kernel/wire.js';
import {
  ACTS,
  DIRECTIONS,
  DOCUMENT_KINDS,
  INSTALMENT_KINDS,
  LEGAL_BASES,
  SIDES,
  SIGNING_SIDES,
  STATUSES,
  STAY_STATES,
} from './stay.words.schema.js';

const NAME_LENGTH_MAX = 160;
const TEXT_LENGTH_MAX = 4_000;
const ALTERNATIVES_MAX = 3;
const DAYS_MAX = 200;
const TRAVEL_DAYS_MAX = 6;
const name = z.string().trim().min(1).max(NAME_LENGTH_MAX);
const text = z.string().trim().min(1).max(TEXT_LENGTH_MAX);
const note = z.string().trim().max(TEXT_LENGTH_MAX).default('');
const dates = z
  .strictObject({ fromDay: wireDay, untilDay: wireDay })
  .refine(({ fromDay, untilDay }) => fromDay <= untilDay, {
    path: ['untilDay'],
    error: 'The last day comes after the first one.',
  });

/** An application: a draft that its author may change until it is handed in. */
export const PutStay = z
  .strictObject({
    callId: wireId,
    legalBasis: z.enum(LEGAL_BASES),
    employerId: wireId,
    status: z.enum(STATUSES),
    motivation: text,
    questions: text,
    languages: z.array(wireLanguage).min(1),
    fromDay: wireDay,
    untilDay: wireDay,
    days: z.int().min(1).max(DAYS_MAX),
    alternatives: z.array(dates).max(ALTERNATIVES_MAX).default([]),
    originSpaceId: wireId,
    travelDays: z.int().min(0).max(TRAVEL_DAYS_MAX).default(0),
    isGreen: z.boolean().default(false),
    isEarlyAgreed: z.boolean().default(false),
    earlierDays: z.int().min(0).max(DAYS_MAX).default(0),
  })
  .refine(({ fromDay, untilDay }) => fromDay <= untilDay, {
    path: ['untilDay'],
    error: 'The last day comes after the first one.',
  })
  .meta({ id: 'PutStay' });
export type PutStay = z.output<typeof PutStay>;

export const PutStayDecision = z
  .strictObject({ decision: z.enum(['AGREED', 'REFUSED', 'DEFERRED']), reasons: note })
  .meta({ id: 'PutStayDecision' });
export type PutStayDecision = z.output<typeof PutStayDecision>;

export const PutStayMatch = z
  .strictObject({
    stayPlaceId: wireId,
    legalHostId: wireId,
    tutorName: name,
    fromDay: wireDay,
    untilDay: wireDay,
  })
  .meta({ id: 'PutStayMatch' });
export type PutStayMatch = z.output<typeof PutStayMatch>;

export const PutStayAnswer = z
  .strictObject({ answer: z.enum(['ACCEPTED', 'DECLINED']), reasons: note })
  .meta({ id: 'PutStayAnswer' });
export type PutStayAnswer = z.output<typeof PutStayAnswer>;

/** What the template of the legal basis leaves open. */
export const PutStayAgreement = z
  .strictObject({
    functionsObserved: text,
    insurance: text,
    confidentiality: text,
    intellectualProperty: text,
    dataProtection: text,
    expenses: text,
  })
  .meta({ id: 'PutStayAgreement' });
export type PutStayAgreement = z.output<typeof PutStayAgreement>;

export const PutStaySignature = z
  .strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/), side: z.enum(SIGNING_SIDES) })
  .meta({ id: 'PutStaySignature' });
export type PutStaySignature = z.output<typeof PutStaySignature>;

export const PutStayDocument = z
  .union([
    z.strictObject({ reference: name, issuer: name, validFrom: wireDay, validUntil: wireDay }),
    z.strictObject({ waiver: text }),
  ])
  .meta({ id: 'PutStayDocument' });
export type PutStayDocument = z.output<typeof PutStayDocument>;

export const PutStayInterruption = z
  .strictObject({ reasons: text, isForceMajeure: z.boolean() })
  .meta({ id: 'PutStayInterruption' });
export type PutStayInterruption = z.output<typeof PutStayInterruption>;

export const PutStayStatement = z
  .strictObject({ learnt: text, changes: note, side: z.enum(['PARTICIPANT', 'HOST']) })
  .meta({ id: 'PutStayStatement' });
export type PutStayStatement = z.output<typeof PutStayStatement>;

export const PutStayCancellation = z.strictObject({ reasons: text }).meta({ id: 'PutStayCancellation' });
export type PutStayCancellation = z.output<typeof PutStayCancellation>;

export const PutStayPayment = z.strictObject({ paidOn: wireDay }).meta({ id: 'PutStayPayment' });
export type PutStayPayment = z.output<typeof PutStayPayment>;

/** The participant's own words, under the name they choose; told only with consent. */
export const PutStayStory = z
  .strictObject({
    language: wireLanguage,
    title: name,
    text,
    signedAs: name,
    hasConsented: z.boolean(),
  })
  .meta({ id: 'PutStayStory' });
export type PutStayStory = z.output<typeof PutStayStory>;

const organisation = z.strictObject({ id: wireId, name: z.string(), country: z.string() });
const place = z.strictObject({ id: wireId, name: z.string(), city: z.string(), country: z.string() });
const side = z.enum(SIDES);

const summary = {
  id: wireId,
  call: z.strictObject({ id: wireId, title: z.string(), programme: z.string() }),
  network: z.strictObject({ id: wireId, name: z.string() }),
  direction: z.enum(DIRECTIONS),
  legalBasis: z.enum(LEGAL_BASES),
  participant: z.string(),
  employer: organisation,
  fromDay: wireDay,
  untilDay: wireDay,
  days: z.int(),
  state: z.enum(STAY_STATES),
  /** What comes next, whose turn it is, and until when. */
  nextAct: z.enum(ACTS).nullable(),
  nextBy: z.array(side),
  dueAt: wireInstant.nullable(),
  isOverdue: z.boolean(),
  stayPlace: place.nullable(),
};
export const StayRow = z
  .strictObject({ ...summary, attestedDays: z.int(), mySides: z.array(side) })
  .meta({ id: 'StayRow' });
export type StayRow = z.infer<typeof StayRow>;
export const StayPage = wirePage(StayRow).meta({ id: 'StayPage' });
export type StayPage = z.infer<typeof StayPage>;
export const StaysQuery = z.strictObject({ organisationId: wireId.optional() }).meta({ id: 'StaysQuery' });
export type StaysQuery = z.output<typeof StaysQuery>;

const AgreementView = z.strictObject({
  number: z.int(),
  hash: z.string(),
  functionsObserved: z.string(),
  insurance: z.string(),
  confidentiality: z.string(),
  intellectualProperty: z.string(),
  dataProtection: z.string(),
  expenses: z.string(),
  signatures: z.array(
    z.strictObject({ side: z.enum(SIGNING_SIDES), name: z.string(), signedAt: wireInstant.nullable() }),
  ),
});
const DocumentView = z.strictObject({
  kind: z.enum(DOCUMENT_KINDS),
  ground: z.string(),
  reference: z.string().nullable(),
  issuer: z.string().nullable(),
  validFrom: wireDay.nullable(),
  validUntil: wireDay.nullable(),
  waiver: z.string().nullable(),
  isSettled: z.boolean(),
});
const InstalmentView = z.strictObject({
  id: wireId,
  kind: z.enum(INSTALMENT_KINDS),
  amount: wireAmount,
  reference: z.string(),
  isOrdered: z.boolean(),
  paidOn: wireDay.nullable(),
});
const GrantView = z.strictObject({
  source: z.string(),
  grantBody: organisation,
  kilometres: z.int(),
  planned: wireAmount.nullable(),
  final: wireAmount.nullable(),
  hostEvent: wireAmount,
  instalments: z.array(InstalmentView),
});
const MoveView = z.strictObject({
  act: z.string(),
  side: z.string(),
  toState: z.enum(STAY_STATES),
  reason: z.string(),
  at: wireInstant,
});

export const StayView = z
  .strictObject({
    ...summary,
    status: z.enum(STATUSES),
    motivation: z.string(),
    questions: z.string(),
    languages: z.array(wireLanguage),
    alternatives: z.array(z.strictObject({ fromDay: wireDay, untilDay: wireDay })),
    originSpaceId: wireId,
    travelDays: z.int(),
    isGreen: z.boolean(),
    isEarlyAgreed: z.boolean(),
    earlierDays: z.int(),
    mySides: z.array(side),
    legalHost: organisation.nullable(),
    tutorName: z.string().nullable(),
    personAccepted: z.boolean(),
    hostAccepted: z.boolean(),
    agreement: AgreementView.nullable(),
    documents: z.array(DocumentView),
    attestedDays: z.array(wireDay),
    isInterrupted: z.boolean(),
    statements: z.array(
      z.strictObject({
        side: z.enum(['PARTICIPANT', 'HOST']),
        learnt: z.string(),
        changes: z.string(),
        filedAt: wireInstant,
      }),
    ),
    grant: GrantView,
    story: z
      .strictObject({
        title: z.string(),
        text: z.string(),
        signedAs: z.string(),
        state: z.enum(['TOLD', 'PUBLISHED', 'WITHDRAWN']),
      })
      .nullable(),
    moves: z.array(MoveView),
  })
  .meta({ id: 'Stay' });
export type StayView = z.infer<typeof StayView>;
