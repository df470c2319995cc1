import { z } from 'zod';
import { inputAmount, inputDay, wireAmount, wireDay, wireId, wireInstant, wirePage } from '../kernel/wire.js';
import { wireText, wireTitle } from './encounter.schema.js';

/** What a space shares beside its desks. Machines and rooms are booked like desks; the others are agreed on. */
export const CROSS_SERVICE_KINDS = [
  'machine_time',
  'meeting_room',
  'mentoring',
  'studio',
  'event_seat',
  'business_address',
] as const;
const QUANTITY_MAX = 1000;
const money = inputAmount.refine(
  ({ unit, minor }) => unit !== 'HALF_DAY' && minor >= 0n,
  'An amount of money, nought or more',
);

export const PutCrossService = z
  .strictObject({
    spaceId: wireId,
    kind: z.enum(CROSS_SERVICE_KINDS),
    title: wireTitle,
    per: z.enum(['HOUR', 'DAY', 'SEAT', 'MONTH']),
    /** Among spaces, for one of them. */
    price: money,
    /** false: from that day on it is not offered any more. */
    isOffered: z.boolean().default(true),
    validFrom: inputDay,
  })
  .meta({ id: 'PutCrossService' });
export type PutCrossService = z.output<typeof PutCrossService>;

const space = z.strictObject({ id: wireId, name: z.string(), city: z.string(), country: z.string() });
export const CrossServiceView = z
  .strictObject({
    id: wireId,
    space,
    kind: z.enum(CROSS_SERVICE_KINDS),
    title: z.string(),
    per: z.enum(['HOUR', 'DAY', 'SEAT', 'MONTH']),
    price: wireAmount,
    validFrom: wireDay,
    /** Booked like a desk, and settled as a line of its kind. */
    isBookable: z.boolean(),
  })
  .meta({ id: 'CrossService' });
export type CrossServiceView = z.infer<typeof CrossServiceView>;
export const CrossServicePage = wirePage(CrossServiceView).meta({ id: 'CrossServicePage' });
export type CrossServicePage = z.infer<typeof CrossServicePage>;

/** The host says what a guest of another space had; the price is that of the day. */
export const PutServiceUse = z
  .strictObject({
    hostSpaceId: wireId,
    homeSpaceId: wireId,
    kind: z.enum(CROSS_SERVICE_KINDS),
    day: inputDay,
    quantity: z.int().min(1).max(QUANTITY_MAX),
  })
  .meta({ id: 'PutServiceUse' });
export type PutServiceUse = z.output<typeof PutServiceUse>;

export const ServiceUseView = z
  .strictObject({
    id: wireId,
    kind: z.enum(CROSS_SERVICE_KINDS),
    host: space,
    home: space,
    day: wireDay,
    quantity: z.int(),
    amount: wireAmount,
    state: z.enum(['STATED', 'CONFIRMED']),
  })
  .meta({ id: 'ServiceUse' });
export type ServiceUseView = z.infer<typeof ServiceUseView>;
export const ServiceUsePage = wirePage(ServiceUseView).meta({ id: 'ServiceUsePage' });
export type ServiceUsePage = z.infer<typeof ServiceUsePage>;
export const ServiceUsesQuery = z.strictObject({ spaceId: wireId }).meta({ id: 'ServiceUsesQuery' });
export type ServiceUsesQuery = z.output<typeof ServiceUsesQuery>;

export const PutInitiative = z
  .strictObject({
    networkId: wireId,
    title: wireTitle,
    summary: wireText,
    fromDay: inputDay,
    untilDay: inputDay,
    budget: money,
  })
  .refine(({ fromDay, untilDay }) => fromDay.toString() <= untilDay.toString(), {
    message: 'It ends after it began.',
    path: ['untilDay'],
  })
  .meta({ id: 'PutInitiative' });
export type PutInitiative = z.output<typeof PutInitiative>;
export const PutInitiativePartner = z
  .strictObject({ bringsMinor: z.int().min(0) })
  .meta({ id: 'PutInitiativePartner' });
export type PutInitiativePartner = z.output<typeof PutInitiativePartner>;

export const InitiativeView = z
  .strictObject({
    id: wireId,
    networkId: wireId,
    title: z.string(),
    summary: z.string(),
    fromDay: wireDay,
    untilDay: wireDay,
    budget: wireAmount,
    state: z.enum(['PREPARED', 'PUBLISHED']),
    publishedAt: wireInstant.nullable(),
    partners: z.array(z.strictObject({ space, bringsMinor: z.int() })),
    encounters: z.int(),
  })
  .meta({ id: 'Initiative' });
export type InitiativeView = z.infer<typeof InitiativeView>;
export const InitiativePage = wirePage(InitiativeView).meta({ id: 'InitiativePage' });
export type InitiativePage = z.infer<typeof InitiativePage>;

/** A network below another, and by which rule its spaces receive: its own, or the one it inherits. */
export const ChapterView = z
  .strictObject({
    id: wireId,
    name: z.string(),
    country: z.string(),
    parentId: wireId.nullable(),
    spaces: z.int(),
    rule: z
      .strictObject({
        agreementId: wireId,
        agreement: z.string(),
        mode: z.string(),
        freeHalfDays: z.int(),
        isInherited: z.boolean(),
      })
      .nullable(),
  })
  .meta({ id: 'Chapter' });
export type ChapterView = z.infer<typeof ChapterView>;
export const ChapterPage = wirePage(ChapterView).meta({ id: 'ChapterPage' });
export type ChapterPage = z.infer<typeof ChapterPage>;
export const ChaptersQuery = z.strictObject({ networkId: wireId }).meta({ id: 'ChaptersQuery' });
export type ChaptersQuery = z.output<typeof ChaptersQuery>;
