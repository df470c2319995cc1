import { z } from 'zod';
import { wireId, wireInstant, wireNewId, wirePage } from '../kernel/wire.js';
import { PASSWORD_LENGTH_MAX, wireCode, wireName } from './person.schema.js';

const PART_LENGTH_MAX = 20_000;

const part = z.string().max(PART_LENGTH_MAX);
const whatever = z.record(z.string(), z.unknown());
/** What a browser makes of a passkey, as WebAuthn writes it in JSON (W3C, RegistrationResponseJSON). */
const wireRegistration = z.strictObject({
  id: part,
  rawId: part,
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().optional(),
  clientExtensionResults: whatever,
  response: z.strictObject({
    clientDataJSON: part,
    attestationObject: part,
    authenticatorData: part.optional(),
    transports: z.array(z.string().max(40)).max(10).optional(),
    publicKeyAlgorithm: z.number().optional(),
    publicKey: part.optional(),
  }),
});
/** The same for a signature (AuthenticationResponseJSON). */
const wireAssertion = z.strictObject({
  id: part,
  rawId: part,
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().optional(),
  clientExtensionResults: whatever,
  response: z.strictObject({
    clientDataJSON: part,
    authenticatorData: part,
    signature: part,
    userHandle: part.optional(),
  }),
});

/** The server's part of a ceremony, for `navigator.credentials`. */
export const PasskeyOptionsView = z
  .strictObject({ id: wireId, options: whatever })
  .meta({ id: 'PasskeyOptions' });
export type PasskeyOptionsView = z.infer<typeof PasskeyOptionsView>;

export const PutPasskey = z
  .strictObject({ challengeId: wireNewId, name: wireName, registration: wireRegistration })
  .meta({ id: 'PutPasskey' });
export type PutPasskey = z.output<typeof PutPasskey>;

export const SignedChallenge = z
  .strictObject({ challengeId: wireNewId, assertion: wireAssertion })
  .meta({ id: 'SignedChallenge' });
export type SignedChallenge = z.output<typeof SignedChallenge>;

export const PasskeyView = z
  .strictObject({
    id: wireId,
    name: z.string(),
    /** Also on the person's other devices, by their maker's account. */
    isSynced: z.boolean(),
    createdAt: wireInstant,
    usedAt: wireInstant.nullable(),
  })
  .meta({ id: 'Passkey' });
export type PasskeyView = z.infer<typeof PasskeyView>;

export const AuthenticatorView = z
  .strictObject({
    id: wireId,
    isConfirmed: z.boolean(),
    /** Until it is confirmed. */
    secret: z.string().nullable(),
    uri: z.string().nullable(),
  })
  .meta({ id: 'Authenticator' });
export type AuthenticatorView = z.infer<typeof AuthenticatorView>;

export const PutAuthenticatorConfirmation = z
  .strictObject({ code: z.string().regex(/^\d{6}$/) })
  .meta({ id: 'PutAuthenticatorConfirmation' });
export type PutAuthenticatorConfirmation = z.output<typeof PutAuthenticatorConfirmation>;

export const RecoveryCodesView = z
  .strictObject({ id: wireId, codes: z.array(z.string()).nullable() })
  .meta({ id: 'RecoveryCodes' });
export type RecoveryCodesView = z.infer<typeof RecoveryCodesView>;

/** All that somebody can sign in by. */
export const SignInWaysView = z
  .strictObject({
    hasPassword: z.boolean(),
    passkeys: z.array(PasskeyView),
    authenticator: z.strictObject({ id: wireId }).nullable(),
    recoveryCodesLeft: z.int(),
  })
  .meta({ id: 'SignInWays' });
export type SignInWaysView = z.infer<typeof SignInWaysView>;

export const SignInActPage = wirePage(
  z
    .strictObject({
      id: wireId,
      kind: z.string(),
      device: z.string(),
      /** Why the operator looked. */
      reason: z.string().nullable(),
      at: wireInstant,
    })
    .meta({ id: 'SignInAct' }),
).meta({ id: 'SignInActPage' });
export type SignInActPage = z.infer<typeof SignInActPage>;

/** A password counts for whoever has nothing better. */
export const PostProof = z
  .union([
    z.strictObject({ password: z.string().max(PASSWORD_LENGTH_MAX) }),
    z.strictObject({ code: wireCode }),
    z.strictObject({ passkey: SignedChallenge }),
  ])
  .meta({ id: 'PostProof' });
export type PostProof = z.output<typeof PostProof>;

/** Somewhere one is signed in. */
export const OwnSessionsView = wirePage(
  z
    .strictObject({
      id: wireId,
      /** Such as "Firefox, Android". */
      device: z.string(),
      createdAt: wireInstant,
      lastSeenAt: wireInstant,
      isCurrent: z.boolean(),
    })
    .meta({ id: 'OwnSession' }),
).meta({ id: 'OwnSessions' });
export type OwnSessionsView = z.infer<typeof OwnSessionsView>;
