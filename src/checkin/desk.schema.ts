/** What staff do at the counter besides scanning, and the poster that guests scan themselves. */
import { z } from 'zod';
import { wireId, wireInstant, wirePage, wirePart } from '../kernel/wire.js';
import { DOOR_REASONS } from './checkin.schema.js';

const TEXT_LENGTH_MAX = 500;
const POSTER_LENGTH_MAX = 1024;
const CODE_LENGTH_MAX = 4096;
const EMAIL_LENGTH_MAX = 254;
const reason = z.string().trim().min(1).max(TEXT_LENGTH_MAX);

export const PutUndo = z.strictObject({ reason }).meta({ id: 'PutUndo' });
export type PutUndo = z.output<typeof PutUndo>;

/** The part of the day the guest was really there for, or that it was no visit at all. */
export const PutCorrection = z
  .strictObject({ to: z.union([wirePart, z.literal('INVALID')]), reason })
  .meta({ id: 'PutCorrection' });
export type PutCorrection = z.output<typeof PutCorrection>;

/** A guest counted as missing was there: how the host knows. */
export const PutPresence = z.strictObject({ reason }).meta({ id: 'PutPresence' });
export type PutPresence = z.output<typeof PutPresence>;

/** Who stands there: somebody from today's list, or whoever has this address or this card. */
const guest = z.union([
  z.strictObject({ bookingId: wireId }),
  z.strictObject({ email: z.email().max(EMAIL_LENGTH_MAX) }),
  z.strictObject({ card: z.string().min(1).max(CODE_LENGTH_MAX) }),
]);
export type GuestAtDesk = z.output<typeof guest>;

export const PutHandCheckIn = z
  .strictObject({ spaceId: wireId, guest, part: wirePart.optional() })
  .meta({ id: 'PutHandCheckIn' });
export type PutHandCheckIn = z.output<typeof PutHandCheckIn>;

export const PostGuestSearch = z.strictObject({ spaceId: wireId, guest }).meta({ id: 'PostGuestSearch' });
export type PostGuestSearch = z.output<typeof PostGuestSearch>;

/** As much as a host needs to see that the right person stands there. */
export const FoundGuestView = z
  .strictObject({ firstName: z.string(), homeSpaceName: z.string().nullable(), isInside: z.boolean() })
  .meta({ id: 'FoundGuest' });
export type FoundGuestView = z.infer<typeof FoundGuestView>;

export const PutOverride = z.strictObject({ scanId: wireId, reason }).meta({ id: 'PutOverride' });
export type PutOverride = z.output<typeof PutOverride>;

export const OfSpace = z.strictObject({ spaceId: wireId, after: wireId.optional() }).meta({ id: 'OfSpace' });
export type OfSpace = z.output<typeof OfSpace>;

const OverrideView = z.strictObject({
  id: wireId,
  refusedScanId: wireId,
  visitId: wireId,
  firstName: z.string(),
  refusedBecause: z.enum(DOOR_REASONS),
  reason: z.string(),
  madeBy: z.string(),
  createdAt: wireInstant,
});
export const OverridePage = wirePage(OverrideView).meta({ id: 'OverridePage' });
export type OverridePage = z.infer<typeof OverridePage>;

export const PutPoster = z.strictObject({ spaceId: wireId }).meta({ id: 'PutPoster' });
export type PutPoster = z.output<typeof PutPoster>;

export const PosterView = z
  .strictObject({ id: wireId, spaceId: wireId, code: z.string(), createdAt: wireInstant })
  .meta({ id: 'Poster' });
export type PosterView = z.infer<typeof PosterView>;

/** For phones, to tell a poster of ours from any other code before anything is sent. */
export const PosterKeyView = z
  .strictObject({ alg: z.literal('EdDSA'), raw: z.string() })
  .meta({ id: 'PosterKey' });
export type PosterKeyView = z.infer<typeof PosterKeyView>;

/** `code` is the pass code the phone makes for that space; without one nobody but the session vouches for the visit. */
export const PutSelfCheckIn = z
  .strictObject({
    poster: z.string().min(1).max(POSTER_LENGTH_MAX),
    code: z.string().min(1).max(CODE_LENGTH_MAX).optional(),
    scannedAt: wireInstant,
    part: wirePart.optional(),
  })
  .meta({ id: 'PutSelfCheckIn' });
export type PutSelfCheckIn = z.output<typeof PutSelfCheckIn>;
