import { z } from 'zod';
import { wireId, wireInstant, wirePage } from '../kernel/wire.js';

export const CORRECTION_FIELDS = [
  'name',
  'kind',
  'address',
  'postcode',
  'city',
  'website',
  'hoursInWords',
  'existence',
] as const;
export const CORRECTION_STATES = ['REQUESTED', 'CORRECTED', 'WITHDRAWN', 'REFUSED'] as const;

const TEXT_LENGTH_MAX = 300;
const NOTE_LENGTH_MAX = 500;
/** Plain words, and nobody's address. */
const plain = (lengthMax: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(lengthMax)
    .regex(/^[^<>\p{Cc}]*$/u, 'Plain text, without markup and control characters')
    .refine((text) => !/\S+@\S+\.\S+/.test(text), 'Leave e-mail addresses out: all of this may be published');

/** `existence`: it is not there, or not any more. Every other field comes with what it should say. */
export const PutCorrection = z
  .strictObject({
    entryId: wireId,
    field: z.enum(CORRECTION_FIELDS),
    proposed: plain(TEXT_LENGTH_MAX).nullable(),
    /** How one knows. */
    note: plain(NOTE_LENGTH_MAX),
  })
  .refine(({ field, proposed }) => (field === 'existence') === (proposed === null), {
    message: 'Say what the field should say; of the existence, nothing.',
    path: ['proposed'],
  })
  .refine(({ field, proposed }) => field !== 'website' || /^https?:\/\/\S+$/.test(proposed ?? ''), {
    message: 'A web address begins with https://',
    path: ['proposed'],
  })
  .meta({ id: 'PutCorrection' });
export type PutCorrection = z.output<typeof PutCorrection>;

export const PutCorrectionDecision = z
  .strictObject({
    outcome: z.enum(['CORRECTED', 'WITHDRAWN', 'REFUSED']),
    reason: plain(NOTE_LENGTH_MAX),
  })
  .meta({ id: 'PutCorrectionDecision' });
export type PutCorrectionDecision = z.output<typeof PutCorrectionDecision>;

export const CorrectionsQuery = z
  .strictObject({
    state: z.enum(CORRECTION_STATES).optional(),
    entryId: wireId.optional(),
    after: wireId.optional(),
  })
  .meta({ id: 'CorrectionsQuery' });
export type CorrectionsQuery = z.output<typeof CorrectionsQuery>;

export const CorrectionView = z
  .strictObject({
    id: wireId,
    entryId: wireId,
    name: z.string(),
    field: z.enum(CORRECTION_FIELDS),
    state: z.enum(CORRECTION_STATES),
    /** What anybody wrote is shown to those who decide; to everybody once it was found true. */
    proposed: z.string().nullable(),
    note: z.string().nullable(),
    requestedAt: wireInstant,
    decidedAt: wireInstant.nullable(),
    reason: z.string().nullable(),
    /** May whoever asks decide it? */
    mayDecide: z.boolean(),
  })
  .meta({ id: 'Correction' });
export type CorrectionView = z.infer<typeof CorrectionView>;
export const CorrectionPage = wirePage(CorrectionView).meta({ id: 'CorrectionPage' });
export type CorrectionPage = z.infer<typeof CorrectionPage>;
