import { z } from 'zod';
import { wireId, wireInstant, wirePage } from '../kernel/wire.js';
import { wireEmail } from './person.schema.js';

const URL_LENGTH_MAX = 500;
const WORD_LENGTH_MAX = 200;
const DOMAINS_MAX = 20;
const MAPPINGS_MAX = 50;

const word = z.string().min(1).max(WORD_LENGTH_MAX);
const wireDomain = z
  .string()
  .max(WORD_LENGTH_MAX)
  .toLowerCase()
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'is a domain such as example.org');
/** What people of an institution can be in it. */
const wireGivenRole = z.enum(['nomad', 'public_sponsor', 'researcher']);

const shape = {
  organisationId: wireId,
  /** Its address, as its own discovery document has it. */
  issuer: z.url({ protocol: /^https?$/ }).max(URL_LENGTH_MAX),
  client: word,
  domains: z.array(wireDomain).min(1).max(DOMAINS_MAX),
  /** For everybody who comes, unless the mapping says more. */
  role: wireGivenRole,
  /** The first whose claim has that value, or contains it, decides. */
  mapping: z.array(z.strictObject({ claim: word, value: word, role: wireGivenRole })).max(MAPPINGS_MAX),
};

export const PutIdentityProvider = z
  .strictObject({ ...shape, secret: word })
  .meta({ id: 'PutIdentityProvider' });
export type PutIdentityProvider = z.output<typeof PutIdentityProvider>;

export const IdentityProviderView = z
  .strictObject({
    id: wireId,
    ...shape,
    /** What the institution has to know of us. */
    callback: z.string(),
    endedAt: wireInstant.nullable(),
  })
  .meta({ id: 'IdentityProvider' });
export type IdentityProviderView = z.infer<typeof IdentityProviderView>;
export const IdentityProviderPage = wirePage(IdentityProviderView).meta({ id: 'IdentityProviderPage' });
export type IdentityProviderPage = z.infer<typeof IdentityProviderPage>;

export const PostInstitutionSignIn = z
  .strictObject({
    email: wireEmail,
    /** Where in our pages to go then: "//elsewhere" would leave. */
    next: z
      .string()
      .max(URL_LENGTH_MAX)
      .regex(/^\/(?![/\\])/)
      .default('/'),
  })
  .meta({ id: 'PostInstitutionSignIn' });
export type PostInstitutionSignIn = z.output<typeof PostInstitutionSignIn>;

export const InstitutionSignInView = z
  .strictObject({ institution: z.string(), url: z.string() })
  .meta({ id: 'InstitutionSignIn' });
export type InstitutionSignInView = z.infer<typeof InstitutionSignInView>;

/** What comes back in the address: a code, or why there is none (OpenID Connect Core 1.0, 3.1.2.5). */
export const InstitutionAnswer = z
  .object({
    state: z.string().max(WORD_LENGTH_MAX).optional(),
    code: z.string().optional(),
    iss: z.string().optional(),
    error: z.string().optional(),
  })
  .meta({ id: 'InstitutionAnswer' });
export type InstitutionAnswer = z.output<typeof InstitutionAnswer>;
