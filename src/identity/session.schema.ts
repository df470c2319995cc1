import { z } from 'zod';
import { wireId, wireInstant } from '../kernel/wire.js';
import { PASSWORD_LENGTH_MAX, PersonView, wireCode, wireEmail } from './person.schema.js';

export const PostSession = z
  .strictObject({
    email: wireEmail,
    password: z.string().max(PASSWORD_LENGTH_MAX),
    code: wireCode.optional(),
  })
  .meta({ id: 'PostSession' });
export type PostSession = z.output<typeof PostSession>;

export const SessionView = z
  .strictObject({
    person: PersonView,
    grants: z.array(
      z.strictObject({
        role: z.string(),
        organisationId: wireId,
        organisationKind: z.enum(['operator', 'network', 'institution']),
        networkIds: z.array(wireId),
        /** Lent by the organisation for a time, and for some tasks only. */
        delegationId: wireId.optional(),
      }),
    ),
    /** Their roles ask for a passkey or an authenticator app, and they have none yet. */
    isFactorWanted: z.literal(true).optional(),
    /** An operator looks with this person's eyes, and changes nothing. */
    seenBy: z.strictObject({ reason: z.string(), endsAt: wireInstant }).optional(),
  })
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof SessionView>;

export const SessionEndView = z.strictObject({ ended: z.literal(true) }).meta({ id: 'SessionEnd' });
export type SessionEndView = z.infer<typeof SessionEndView>;
