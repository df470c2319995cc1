import { z } from 'zod';
import {
  inputDay,
  wireAmount,
  wireDay,
  wireFunding,
  wireId,
  wireInstant,
  wirePage,
  wireBookedPart,
} from '../kernel/wire.js';

const REASON_LENGTH_MAX = 500;

/** `untilDay` is the last closed day; null: for good. */
export const PutClosure = z
  .strictObject({
    spaceId: wireId,
    fromDay: inputDay,
    untilDay: inputDay.nullable(),
    reason: z.string().trim().min(1).max(REASON_LENGTH_MAX),
  })
  .refine(({ fromDay, untilDay }) => untilDay === null || untilDay.since(fromDay).days >= 0, {
    message: 'untilDay is not before fromDay.',
    path: ['untilDay'],
  })
  .meta({ id: 'PutClosure' });
export type PutClosure = z.output<typeof PutClosure>;

const count = z.int().min(0);

export const ClosureView = z
  .strictObject({
    id: wireId,
    spaceId: wireId,
    fromDay: wireDay,
    untilDay: wireDay.nullable(),
    reason: z.string(),
    announcedAt: wireInstant,
    withdrawnAt: wireInstant.nullable(),
    /** How many guests it concerns, and how far they are. Answered: all but those sought for or open. */
    progress: z.strictObject({
      affected: count,
      sought: count,
      open: count,
      accepted: count,
      declined: count,
      lapsed: count,
      unitBack: count,
      withdrawn: count,
    }),
  })
  .meta({ id: 'Closure' });
export type ClosureView = z.infer<typeof ClosureView>;

export const ClosurePage = wirePage(ClosureView).meta({ id: 'ClosurePage' });
export type ClosurePage = z.infer<typeof ClosurePage>;

export const ProposalView = z
  .strictObject({
    id: wireId,
    bookingId: wireId,
    cause: z.enum(['CLOSURE', 'HOURS', 'FULL', 'DECLINED', 'EXPIRED']),
    state: z.enum(['SOUGHT', 'OPEN', 'ACCEPTED', 'DECLINED', 'LAPSED', 'UNIT_BACK', 'WITHDRAWN']),
    stateAt: wireInstant,
    /** After it, an open proposal lapses and the unit comes back. */
    answerBy: wireInstant.nullable(),
    /** The booking it is about. */
    day: wireDay,
    spaceId: wireId,
    alternative: z
      .strictObject({
        spaceId: wireId,
        poolId: wireId,
        metres: z.int(),
        part: wireBookedPart,
        startsAt: wireInstant,
        endsAt: wireInstant,
        timeZone: z.string(),
        funding: wireFunding,
        guestPrice: wireAmount,
        cancelUntil: wireInstant,
      })
      .nullable(),
    /** What it costs the network of the host that cannot serve; for the host alone. */
    cost: wireAmount.nullable(),
    newBookingId: wireId.nullable(),
    guestFirstName: z.string().nullable(),
    createdAt: wireInstant,
  })
  .meta({ id: 'Proposal' });
export type ProposalView = z.infer<typeof ProposalView>;

export const ProposalPage = wirePage(ProposalView).meta({ id: 'ProposalPage' });
export type ProposalPage = z.infer<typeof ProposalPage>;
