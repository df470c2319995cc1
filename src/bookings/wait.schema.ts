import { z } from 'zod';
import {
  inputDay,
  wireDay,
  wireId,
  wireInstant,
  wireNewId,
  wirePage,
  wirePart,
  wireResourceKind,
} from '../kernel/wire.js';

const DAYS = 31;
const DAYS_MAX = 62;

const when = { day: inputDay, part: wirePart };

/** One pool, or any of a kind at a space. */
export const PutWait = z
  .union([
    z.strictObject({ poolId: wireId, ...when }),
    z.strictObject({ spaceId: wireId, resourceKind: wireResourceKind, ...when }),
  ])
  .meta({ id: 'PutWait' });
export type PutWait = z.output<typeof PutWait>;

export const WaitView = z
  .strictObject({
    id: wireId,
    spaceId: wireId,
    spaceName: z.string(),
    timeZone: z.string(),
    resourceKind: wireResourceKind,
    /** null: any pool of the kind. */
    poolId: wireId.nullable(),
    day: wireDay,
    part: wirePart,
    state: z.enum([
      'WAITING',
      'KEPT',
      'OFFERED',
      'ACCEPTED',
      'DECLINED',
      'LAPSED',
      'SKIPPED',
      'LEFT',
      'OVER',
    ]),
    stateAt: wireInstant,
    /** 1 for the next to be asked; null once a seat was kept. */
    position: z.int().nullable(),
    /** Until when the seat is kept for an answer. */
    answerBy: wireInstant.nullable(),
    /** The problem a booking would have met. */
    skippedBecause: z.string().nullable(),
    bookingId: wireId.nullable(),
    createdAt: wireInstant,
  })
  .meta({ id: 'Wait' });
export type WaitView = z.infer<typeof WaitView>;
export const WaitPage = wirePage(WaitView).meta({ id: 'WaitPage' });
export type WaitPage = z.infer<typeof WaitPage>;

/** The quote tells the terms; the booking is made on those. */
export const PutWaitAcceptance = z
  .strictObject({ quoteId: wireNewId, bookingId: wireNewId })
  .meta({ id: 'PutWaitAcceptance' });
export type PutWaitAcceptance = z.output<typeof PutWaitAcceptance>;

export const LineQuery = z.strictObject({
  from: inputDay,
  days: z.coerce.number().int().min(1).max(DAYS_MAX).default(DAYS),
});
export type LineQuery = z.output<typeof LineQuery>;

/** How many wait, for those who run the space; who they are is not told. */
export const LinePage = wirePage(
  z.strictObject({
    day: wireDay,
    resourceKind: wireResourceKind,
    poolId: wireId.nullable(),
    part: wirePart,
    waiting: z.int(),
    offered: z.int(),
  }),
).meta({ id: 'LinePage' });
export type LinePage = z.infer<typeof LinePage>;

export const WaitTermsView = z
  .strictObject({ answerMinutes: z.int().min(10).max(1440) })
  .meta({ id: 'WaitTerms' });
export type WaitTerms = z.infer<typeof WaitTermsView>;
export const PutWaitTerms = WaitTermsView.meta({ id: 'PutWaitTerms' });
