import { z } from 'zod';
import { wireId, wireInstant, wireLanguage } from '../kernel/wire.js';
import { ORGANISATION_KINDS, PERMISSIONS, ROLES } from './permission.schema.js';
import { wireEmail, wireName, wireSecret } from './person.schema.js';

const CODE_LENGTH_MAX = 20;

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** ISO 3166-1 alpha-2, and only codes that stand for a country. */
export const wireCountry = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .refine((code) => regionNames.of(code) !== undefined, 'is not the code of a country');

export const PutOrganisation = z
  .strictObject({
    kind: z.enum(ORGANISATION_KINDS),
    name: wireName,
    country: wireCountry,
    parentId: wireId.nullable(),
  })
  .refine(({ kind, parentId }) => kind !== 'operator' || parentId !== null, {
    path: ['parentId'],
    message: 'an operator belongs to a network',
  })
  .meta({ id: 'PutOrganisation' });
export type PutOrganisation = z.output<typeof PutOrganisation>;

export const OrganisationView = z
  .strictObject({
    id: wireId,
    kind: z.enum(ORGANISATION_KINDS),
    name: z.string(),
    country: z.string(),
    parentId: wireId.nullable(),
  })
  .meta({ id: 'Organisation' });
export type OrganisationView = z.infer<typeof OrganisationView>;

export const PutMembership = z
  .strictObject({ personId: wireId, organisationId: wireId, role: z.enum(ROLES) })
  .meta({ id: 'PutMembership' });
export type PutMembership = z.output<typeof PutMembership>;

export const MembershipView = z
  .strictObject({
    id: wireId,
    personId: wireId,
    organisationId: wireId,
    role: z.enum(ROLES),
    createdAt: wireInstant,
    endedAt: wireInstant.nullable(),
  })
  .meta({ id: 'Membership' });
export type MembershipView = z.infer<typeof MembershipView>;

export const MemberView = MembershipView.extend({ name: z.string(), email: z.string() }).meta({
  id: 'Member',
});
export type MemberView = z.infer<typeof MemberView>;

export const PutInvitation = z
  .strictObject({ organisationId: wireId, email: wireEmail, role: z.enum(ROLES), language: wireLanguage })
  .meta({ id: 'PutInvitation' });
export type PutInvitation = z.output<typeof PutInvitation>;

export const InvitationView = z
  .strictObject({
    id: wireId,
    organisationId: wireId,
    email: z.string(),
    role: z.enum(ROLES),
    language: wireLanguage,
    expiresAt: wireInstant,
    acceptedAt: wireInstant.nullable(),
    withdrawnAt: wireInstant.nullable(),
  })
  .meta({ id: 'Invitation' });
export type InvitationView = z.infer<typeof InvitationView>;

export const PutInvitationAcceptance = z
  .strictObject({ token: wireSecret })
  .meta({ id: 'PutInvitationAcceptance' });
export type PutInvitationAcceptance = z.output<typeof PutInvitationAcceptance>;

export const PutApiKey = z
  .strictObject({
    organisationId: wireId,
    name: wireName,
    permissions: z.array(z.enum(PERMISSIONS)).min(1).max(PERMISSIONS.length),
  })
  .meta({ id: 'PutApiKey' });
export type PutApiKey = z.output<typeof PutApiKey>;

/** `key` is the secret itself, in the first answer only: we keep a hash and cannot show it again. */
export const ApiKeyView = z
  .strictObject({
    id: wireId,
    organisationId: wireId,
    name: z.string(),
    prefix: z.string(),
    permissions: z.array(z.enum(PERMISSIONS)),
    createdAt: wireInstant,
    revokedAt: wireInstant.nullable(),
    key: z.string().nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKeyView = z.infer<typeof ApiKeyView>;

export const PutDevice = z
  .strictObject({ organisationId: wireId, spaceId: wireId, name: wireName })
  .meta({ id: 'PutDevice' });
export type PutDevice = z.output<typeof PutDevice>;

/** `enrolmentCode` is a fresh one with each PUT, until the device is enrolled. */
export const DeviceView = z
  .strictObject({
    id: wireId,
    organisationId: wireId,
    spaceId: wireId,
    name: z.string(),
    createdAt: wireInstant,
    enrolledAt: wireInstant.nullable(),
    /** To the minute. */
    lastSeenAt: wireInstant.nullable(),
    revokedAt: wireInstant.nullable(),
    enrolmentCode: z.string().nullable(),
  })
  .meta({ id: 'Device' });
export type DeviceView = z.infer<typeof DeviceView>;

export const PutEnrolment = z
  .strictObject({ code: z.string().min(1).max(CODE_LENGTH_MAX) })
  .meta({ id: 'PutEnrolment' });
export type PutEnrolment = z.output<typeof PutEnrolment>;

export const EnrolmentView = z
  .strictObject({ token: z.string(), deviceId: wireId, spaceId: wireId })
  .meta({ id: 'Enrolment' });
export type EnrolmentView = z.infer<typeof EnrolmentView>;

export const MembersQuery = z.strictObject({ after: wireId.optional() });
export type MembersQuery = z.output<typeof MembersQuery>;
