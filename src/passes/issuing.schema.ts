import { z } from 'zod';
import { wireId, wirePage } from '../kernel/wire.js';
import { PassView } from './pass.schema.js';

const EMAIL_LENGTH_MAX = 254;
const PERSON_NAME_LENGTH_MAX = 100;
const REASON_LENGTH_MAX = 300;

export const wireEmail = z.email().max(EMAIL_LENGTH_MAX).toLowerCase();
export const wireName = z
  .string()
  .trim()
  .min(1)
  .max(PERSON_NAME_LENGTH_MAX)
  .regex(/^\P{Cc}+$/u, 'has no line breaks');

/** To a person by id or by confirmed address; a team's pass to whoever manages the team. */
export const PutPass = z
  .strictObject({
    productId: wireId,
    personId: wireId.optional(),
    email: wireEmail.optional(),
    teamName: wireName.optional(),
  })
  .refine(({ personId, email }) => (personId === undefined) !== (email === undefined), {
    path: ['email'],
    message: 'Name the person, by id or by address.',
  })
  .meta({ id: 'PutPass' });
export type PutPass = z.output<typeof PutPass>;

export const PutRevocation = z
  .strictObject({ reason: z.string().trim().min(1).max(REASON_LENGTH_MAX) })
  .meta({ id: 'PutRevocation' });
export type PutRevocation = z.output<typeof PutRevocation>;

/** As whoever issues sees it: with the first name of its holder. */
export const IssuedPassView = PassView.extend({ holderFirstName: z.string() }).meta({ id: 'IssuedPass' });
export type IssuedPassView = z.infer<typeof IssuedPassView>;

export const IssuedPassPage = wirePage(IssuedPassView).meta({ id: 'IssuedPassPage' });
export type IssuedPassPage = z.infer<typeof IssuedPassPage>;

export const IssuedPassesQuery = z.strictObject({ networkId: wireId, after: wireId.optional() });
export type IssuedPassesQuery = z.output<typeof IssuedPassesQuery>;
