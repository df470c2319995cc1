import { z } from 'zod';
import { wireId, wireInstant, wirePage } from '../kernel/wire.js';

export const PhonesQuery = z.strictObject({ passId: wireId });
export type PhonesQuery = z.output<typeof PhonesQuery>;

/** Where a pass is, or was: a phone by the latest credential of its key, or a card. */
export const PhoneView = z
  .strictObject({
    /** Of the latest credential. */
    id: wireId,
    passId: wireId,
    kind: z.enum(['rotating', 'card']),
    label: z.string().nullable(),
    /** The public key, so that a phone knows itself. */
    holderKey: z.string().nullable(),
    since: wireInstant,
    renewedAt: wireInstant,
    expiresAt: wireInstant,
    revokedAt: wireInstant.nullable(),
    endedBy: z.enum(['MOVED', 'KILLED']).nullable(),
  })
  .meta({ id: 'Phone' });
export type PhoneView = z.infer<typeof PhoneView>;

export const PhonePage = wirePage(PhoneView).meta({ id: 'PhonePage' });
export type PhonePage = z.infer<typeof PhonePage>;
