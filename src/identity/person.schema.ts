import { z } from 'zod';
import { wireId, wireLanguage } from '../kernel/wire.js';

const NAME_LENGTH_MAX = 100;
const EMAIL_LENGTH_MAX = 254;
const PASSWORD_LENGTH_MIN = 12;
export const PASSWORD_LENGTH_MAX = 200;
const SECRET_LENGTH_MAX = 100;
const CODE_LENGTH_MIN = 6;
const CODE_LENGTH_MAX = 40;

export const wireName = z
  .string()
  .trim()
  .min(1)
  .max(NAME_LENGTH_MAX)
  .regex(/^\P{Cc}+$/u, 'has no line breaks');
export const wireEmail = z.email().max(EMAIL_LENGTH_MAX).toLowerCase();
export const wirePassword = z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX);
/** Six digits of an authenticator app, or a recovery code. */
export const wireCode = z.string().trim().min(CODE_LENGTH_MIN).max(CODE_LENGTH_MAX);
export const wireSecret = z.string().min(1).max(SECRET_LENGTH_MAX);

export const PutPerson = z
  .strictObject({ email: wireEmail, name: wireName, language: wireLanguage, password: wirePassword })
  .meta({ id: 'PutPerson' });
export type PutPerson = z.output<typeof PutPerson>;

export const PutProfile = z
  .strictObject({ name: wireName, language: wireLanguage })
  .meta({ id: 'PutProfile' });
export type PutProfile = z.output<typeof PutProfile>;

export const PutEmailConfirmation = z
  .strictObject({ token: wireSecret })
  .meta({ id: 'PutEmailConfirmation' });
export type PutEmailConfirmation = z.output<typeof PutEmailConfirmation>;

export const PostPasswordReset = z.strictObject({ email: wireEmail }).meta({ id: 'PostPasswordReset' });
export type PostPasswordReset = z.output<typeof PostPasswordReset>;

export const PutPasswordReset = z
  .strictObject({ token: wireSecret, password: wirePassword })
  .meta({ id: 'PutPasswordReset' });
export type PutPasswordReset = z.output<typeof PutPasswordReset>;

export const PersonView = z
  .strictObject({ id: wireId, email: z.string(), name: z.string(), language: wireLanguage })
  .meta({ id: 'Person' });
export type PersonView = z.infer<typeof PersonView>;

/** Says only that the request was taken: whether the address is known stays between us and its owner. */
export const AcceptedView = z.strictObject({ accepted: z.literal(true) }).meta({ id: 'Accepted' });
export type AcceptedView = z.infer<typeof AcceptedView>;
