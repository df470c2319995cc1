import { z } from 'zod';
import { wireId, wireInstant, wirePage } from '../kernel/wire.js';

export const CONSENT_PURPOSES = ['NEWSLETTER', 'WHO_IS_COMING', 'STORY', 'RESEARCH'] as const;

/** The latest of a purpose counts; all are kept. */
export const PutConsent = z
  .strictObject({
    purpose: z.enum(CONSENT_PURPOSES),
    /** Of the words that were agreed to. */
    version: z.string().trim().min(1).max(20),
    given: z.boolean(),
  })
  .meta({ id: 'PutConsent' });
export type PutConsent = z.output<typeof PutConsent>;
export const ConsentView = z
  .strictObject({
    id: wireId,
    purpose: z.enum(CONSENT_PURPOSES),
    version: z.string(),
    given: z.boolean(),
    createdAt: wireInstant,
  })
  .meta({ id: 'Consent' });
export type ConsentView = z.infer<typeof ConsentView>;
export const ConsentPage = wirePage(ConsentView).meta({ id: 'ConsentPage' });
export type ConsentPage = z.infer<typeof ConsentPage>;

export const DataExportView = z
  .strictObject({
    id: wireId,
    state: z.enum(['QUEUED', 'DONE', 'EXPIRED']),
    createdAt: wireInstant,
    expiresAt: wireInstant.nullable(),
  })
  .meta({ id: 'DataExport' });
export type DataExportView = z.infer<typeof DataExportView>;

/** Their own address, typed once more. */
export const PutErasure = z.strictObject({ email: z.email().toLowerCase() }).meta({ id: 'PutErasure' });
export type PutErasure = z.output<typeof PutErasure>;
export const ErasureView = z.strictObject({ id: wireId, erasedAt: wireInstant }).meta({ id: 'Erasure' });
export type ErasureView = z.infer<typeof ErasureView>;
