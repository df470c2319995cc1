import { z } from 'zod';
import { inputDay, wireDay, wireId, wireLanguage, wirePage, wirePart } from '../kernel/wire.js';
import { wireEmail, wireName } from './issuing.schema.js';
import { PutCredential } from './pass.schema.js';

const SECRET_LENGTH_MAX = 100;
const wireGuestState = z.enum(['SENT', 'CONFIRMED', 'USED', 'WITHDRAWN', 'LAPSED']);

export const PutGuestPass = z
  .strictObject({
    passId: wireId,
    name: wireName,
    email: wireEmail,
    /** The mail's language. */
    language: wireLanguage,
    spaceId: wireId,
    day: inputDay,
    part: wirePart,
  })
  .meta({ id: 'PutGuestPass' });
export type PutGuestPass = z.output<typeof PutGuestPass>;

/** As whoever invited sees it. */
export const GuestPassView = z
  .strictObject({
    id: wireId,
    passId: wireId,
    guestName: z.string(),
    guestEmail: z.string(),
    spaceId: wireId,
    day: wireDay,
    part: wirePart,
    halfDays: z.int(),
    state: wireGuestState,
  })
  .meta({ id: 'GuestPass' });
export type GuestPassView = z.infer<typeof GuestPassView>;

export const GuestPassPage = wirePage(GuestPassView).meta({ id: 'GuestPassPage' });
export type GuestPassPage = z.infer<typeof GuestPassPage>;

export const GuestPassesQuery = z.strictObject({ passId: wireId });
export type GuestPassesQuery = z.output<typeof GuestPassesQuery>;

const token = z.string().min(1).max(SECRET_LENGTH_MAX);

/** The secret of the mail's link. */
export const PutGuestToken = z.strictObject({ token }).meta({ id: 'PutGuestToken' });
export type PutGuestToken = z.output<typeof PutGuestToken>;

/** As the guest sees it, who has nothing but the link. */
export const GuestInvitationView = z
  .strictObject({
    id: wireId,
    guestName: z.string(),
    inviterFirstName: z.string(),
    spaceId: wireId,
    spaceName: z.string(),
    city: z.string(),
    day: wireDay,
    part: wirePart,
    state: wireGuestState,
  })
  .meta({ id: 'GuestInvitation' });
export type GuestInvitationView = z.infer<typeof GuestInvitationView>;

export const PutGuestCredential = z
  .strictObject({ token, holderKey: PutCredential.shape.holderKey })
  .meta({ id: 'PutGuestCredential' });
export type PutGuestCredential = z.output<typeof PutGuestCredential>;
