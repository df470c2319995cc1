import { z } from 'zod';
import { wireAmount, wireDay, wireId, wireInstant, wirePage } from '../kernel/wire.js';
import { wireScope, wireTerms } from './terms.schema.js';

const wirePassState = z.enum(['ISSUED', 'ACTIVE', 'PAUSED', 'EXHAUSTED', 'EXPIRED', 'REVOKED', 'REFUNDED']);

export const PassView = z
  .strictObject({
    id: wireId,
    networkId: wireId,
    productId: wireId,
    productName: z.string(),
    personId: wireId,
    /** Somebody's own, a team's (which opens no door), a member's of a team, or a guest's for one day. */
    role: z.enum(['PERSONAL', 'TEAM', 'MEMBER', 'GUEST']),
    teamName: z.string().nullable(),
    state: wirePassState,
    validFrom: wireDay,
    /** Moves on with every day of a pause, when its rule says so. */
    validUntil: wireDay,
    ...wireTerms,
    /** The first day booked, of a pass that waits for it. */
    startedOn: wireDay.nullable(),
    /** The present one of a pass with periods. */
    period: z.strictObject({ number: z.int(), of: z.int(), from: wireDay, until: wireDay }).nullable(),
    /** In all, or in the present period; null when nothing is counted down. */
    leftHalfDays: z.int().nullable(),
    usedHalfDays: z.int(),
    /** Set aside for bookings that have not happened yet. */
    heldHalfDays: z.int(),
    /** What a member of a team may take in all. */
    limitHalfDays: z.int().nullable(),
    pause: z.strictObject({
      /** Days that its holder may still pause it this year. */
      leftDays: z.int(),
      pausedOn: wireDay.nullable(),
      pausedBy: z.enum(['HOLDER', 'NETWORK']).nullable(),
      /** When it ends by itself. */
      endsOn: wireDay.nullable(),
    }),
    price: wireAmount,
    scope: wireScope,
    /** What happens to the half-days that nobody has taken by then. */
    unused: z.strictObject({
      outcome: z.enum(['LAPSE', 'ROLL_OVER', 'RETURN', 'NOTHING']),
      after: wireDay,
      sentence: z.string(),
    }),
  })
  .meta({ id: 'Pass' });
export type PassView = z.infer<typeof PassView>;

export const PassPage = wirePage(PassView).meta({ id: 'PassPage' });
export type PassPage = z.infer<typeof PassPage>;

const KEY_LENGTH_MAX = 100;
const LABEL_LENGTH_MAX = 60;

export const PutCredential = z
  .strictObject({
    passId: wireId,
    /** The public half: 32 bytes of Ed25519, or the uncompressed P-256 point of 65. */
    holderKey: z.strictObject({
      alg: z.enum(['EdDSA', 'ES256']),
      raw: z.base64url().max(KEY_LENGTH_MAX),
    }),
    /** What to call the phone in the list of one's own. */
    label: z.string().trim().min(1).max(LABEL_LENGTH_MAX).optional(),
  })
  .meta({ id: 'PutCredential' });
export type PutCredential = z.output<typeof PutCredential>;

export const CredentialView = z
  .strictObject({
    id: wireId,
    passId: wireId,
    /** The id that the code carries, new at every renewal. */
    credentialId: z.base64url(),
    credential: z.base64url(),
    /** Shared with the phone for the code that is read out; null on credentials that have none. */
    typedKey: z.base64url().nullable(),
    issuedAt: wireInstant,
    expiresAt: wireInstant,
    revokedAt: wireInstant.nullable(),
  })
  .meta({ id: 'Credential' });
export type CredentialView = z.infer<typeof CredentialView>;

export const PutCard = z.strictObject({ passId: wireId }).meta({ id: 'PutCard' });
export type PutCard = z.output<typeof PutCard>;

export const CardView = z
  .strictObject({
    id: wireId,
    passId: wireId,
    issuedAt: wireInstant,
    expiresAt: wireInstant,
    revokedAt: wireInstant.nullable(),
    images: z.strictObject({ png: z.string(), svg: z.string() }),
  })
  .meta({ id: 'Card' });
export type CardView = z.infer<typeof CardView>;

/** `<id>.png` or `<id>.svg`. */
export const cardFile = z.string().transform((name, context) => {
  const [, id, format] = /^(.+)\.(png|svg)$/.exec(name) ?? [];
  if (wireId.safeParse(id).success) return { id: id!, format: format as 'png' | 'svg' };
  context.addIssue({ code: 'custom', message: "Ask for the card's id followed by .png or .svg." });
  return z.NEVER;
});
export type CardFile = z.output<typeof cardFile>;
