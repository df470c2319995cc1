import { z } from 'zod';
import { wireDay, wireId, wireInstant, wireBookedPart } from '../kernel/wire.js';

/** The type in the header of the signed text: it cannot pass for another token of the same key. */
export const DAY_PACKAGE_TYPE = 'escale-day+jwt';
export const DAY_PACKAGE_VERSION = 1;

export const DayPackageQuery = z.strictObject({ day: wireDay.optional() }).meta({ id: 'DayPackageQuery' });
export type DayPackageQuery = z.output<typeof DayPackageQuery>;

/** A compact JWS by a key of the space's network over a `DayPackage`. */
export const DayPackageView = z
  .strictObject({ id: z.string(), issuedAt: wireInstant, signed: z.string() })
  .meta({ id: 'DayPackage' });
export type DayPackageView = z.infer<typeof DayPackageView>;

/** `until` is null at midnight. */
const Hours = z.strictObject({ from: z.iso.time(), until: z.iso.time().nullable() });

const Issuer = z.strictObject({
  issuer: z.string(),
  keys: z.array(
    z.strictObject({ kid: z.base64url(), raw: z.base64url(), useFrom: z.int(), useUntil: z.int() }),
  ),
  /** A bit per status index, deflated: set for what must not open a door. */
  withdrawn: z.base64url(),
});

/** What is signed: all that a door needs to judge alone for one day. Guests are hashes of what they show. */
export const DayPackage = z.strictObject({
  v: z.literal(DAY_PACKAGE_VERSION),
  /** Of everything below but the moments: equal contents have equal ids. */
  id: z.string(),
  issuedAt: wireInstant,
  /** From here on only booked guests are let in by the tablet alone … */
  bookedOnlyFrom: wireInstant,
  /** … and from here on nobody. */
  uselessFrom: wireInstant,
  spaceId: wireId,
  networkId: wireId,
  day: wireDay,
  timeZone: z.string(),
  halfDayBoundary: z.iso.time(),
  hours: z.array(Hours),
  closedBecause: z.enum(['weekly', 'holiday', 'exception']).nullable(),
  /** How long before a booking starts its guest may come in. */
  earlyMinutes: z.int(),
  issuers: z.array(Issuer),
  bookings: z.array(
    z.strictObject({
      bearers: z.array(z.string()),
      part: wireBookedPart,
      startsAt: wireInstant,
      endsAt: wireInstant,
      /** To check what they read out: keys for this door alone, each with whom it stands for. */
      typed: z
        .array(
          z.strictObject({
            handle: z.string(),
            key: z.base64url(),
            until: wireInstant,
            bearer: z.string(),
          }),
        )
        .optional(),
    }),
  ),
  /** Who is inside now. */
  inside: z.array(z.string()),
});
export type DayPackage = z.infer<typeof DayPackage>;
