import { z } from 'zod';
import { wireId, wireInstant } from '../kernel/wire.js';
import { wireName } from './person.schema.js';

const REASON_LENGTH_MAX = 300;

export const PutImpersonation = z
  .strictObject({
    personId: wireId,
    /** Shown to the person as it is written. */
    reason: z.string().trim().min(10).max(REASON_LENGTH_MAX),
  })
  .meta({ id: 'PutImpersonation' });
export type PutImpersonation = z.output<typeof PutImpersonation>;

export const ImpersonationView = z
  .strictObject({ id: wireId, personId: wireId, reason: z.string(), endsAt: wireInstant })
  .meta({ id: 'Impersonation' });
export type ImpersonationView = z.infer<typeof ImpersonationView>;

export const PostPeopleSearch = z.strictObject({ text: wireName.min(2) }).meta({ id: 'PostPeopleSearch' });
export type PostPeopleSearch = z.output<typeof PostPeopleSearch>;

/** Somebody as the operator finds them. */
export const FoundPersonView = z
  .strictObject({
    id: wireId,
    name: z.string(),
    email: z.string(),
    createdAt: wireInstant,
    switchedOffAt: wireInstant.nullable(),
    hasFactor: z.boolean(),
    memberships: z.array(
      z.strictObject({ id: wireId, role: z.string(), organisationId: wireId, organisationName: z.string() }),
    ),
  })
  .meta({ id: 'FoundPerson' });
export type FoundPersonView = z.infer<typeof FoundPersonView>;
export const FoundPeopleView = z
  .strictObject({ items: z.array(FoundPersonView), next: z.null() })
  .meta({ id: 'FoundPeople' });
export type FoundPeopleView = z.infer<typeof FoundPeopleView>;

/** Every organisation, for whoever runs the platform. */
export const OrganisationRowsView = z
  .strictObject({
    items: z.array(
      z
        .strictObject({
          id: wireId,
          kind: z.enum(['operator', 'network', 'institution']),
          name: z.string(),
          country: z.string(),
          parentId: wireId.nullable(),
          members: z.int(),
          devices: z.int(),
        })
        .meta({ id: 'OrganisationRow' }),
    ),
    next: z.null(),
  })
  .meta({ id: 'OrganisationRows' });
export type OrganisationRowsView = z.infer<typeof OrganisationRowsView>;
