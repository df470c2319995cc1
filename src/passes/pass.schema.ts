import { z } from 'zod';
import {
  inputAmount,
  wireAmount,
  wireDay,
  wireId,
  wireInstant,
  wirePage,
  wireResourceKind,
} from '../kernel/wire.js';

const NAME_LENGTH_MAX = 120;
const HALF_DAYS_MAX = 1000;
const VALID_DAYS_MAX = 731;
const SCOPE_PLACES_MAX = 200;
const PRODUCT_CLASS_MAX = 255;

const wireOffline = z.enum(['never', 'booked_only', 'allowed']);
const wirePassState = z.enum(['ISSUED', 'ACTIVE', 'PAUSED', 'EXHAUSTED', 'EXPIRED', 'REVOKED', 'REFUNDED']);

const wireScope = z.strictObject({
  /** Everywhere in these networks and in those below them … */
  networkIds: z.array(wireId).max(SCOPE_PLACES_MAX),
  /** … and in these spaces, */
  spaceIds: z.array(wireId).max(SCOPE_PLACES_MAX),
  /** for these kinds of resource. */
  resourceKinds: z.array(wireResourceKind).min(1),
});

export const PutProduct = z
  .strictObject({
    networkId: wireId,
    name: z.string().trim().min(1).max(NAME_LENGTH_MAX),
    halfDays: z.int().min(1).max(HALF_DAYS_MAX),
    validDays: z.int().min(1).max(VALID_DAYS_MAX),
    price: inputAmount.refine(({ unit, minor }) => unit !== 'HALF_DAY' && minor >= 0n, {
      message: 'A price is an amount of money, 0 or more.',
    }),
    scope: wireScope.refine(({ networkIds, spaceIds }) => networkIds.length + spaceIds.length > 0, {
      message: 'Name at least one network or space.',
    }),
    /** What a code says about the product: a small number, shared by so many passes that it tells nobody apart. */
    productClass: z.int().min(0).max(PRODUCT_CLASS_MAX).default(1),
    offline: wireOffline.default('booked_only'),
  })
  .meta({ id: 'PutProduct' });
export type PutProduct = z.output<typeof PutProduct>;

export const ProductView = z
  .strictObject({
    id: wireId,
    networkId: wireId,
    name: z.string(),
    halfDays: z.int(),
    validDays: z.int(),
    price: wireAmount,
    scope: wireScope,
    productClass: z.int(),
    offline: wireOffline,
  })
  .meta({ id: 'Product' });
export type ProductView = z.infer<typeof ProductView>;

export const PutPass = z.strictObject({ productId: wireId, personId: wireId }).meta({ id: 'PutPass' });
export type PutPass = z.output<typeof PutPass>;

export const PassView = z
  .strictObject({
    id: wireId,
    networkId: wireId,
    productId: wireId,
    productName: z.string(),
    personId: wireId,
    state: wirePassState,
    validFrom: wireDay,
    validUntil: wireDay,
    halfDays: z.int(),
    leftHalfDays: z.int(),
    /** Set aside for bookings that have not happened yet. */
    heldHalfDays: z.int(),
    price: wireAmount,
    scope: wireScope,
    /** What happens to the half-days that nobody has taken by then. */
    unused: z.strictObject({ outcome: z.literal('LAPSE'), after: wireDay, sentence: z.string() }),
  })
  .meta({ id: 'Pass' });
export type PassView = z.infer<typeof PassView>;

export const PassPage = wirePage(PassView).meta({ id: 'PassPage' });
export type PassPage = z.infer<typeof PassPage>;

const KEY_LENGTH_MAX = 100;

export const PutCredential = z
  .strictObject({
    passId: wireId,
    /** The public half: 32 bytes of Ed25519, or the uncompressed P-256 point of 65. */
    holderKey: z.strictObject({
      alg: z.enum(['EdDSA', 'ES256']),
      raw: z.base64url().max(KEY_LENGTH_MAX),
    }),
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
