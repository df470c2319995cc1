import { t } from '@lingui/core/macro';
import { queryOptions, useMutation } from '@tanstack/react-query';
import {
  startAuthentication,
  startRegistration,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import {
  OwnSessionsView,
  PasskeyOptionsView,
  PasskeyView,
  SignInActPage,
  SignInWaysView,
  type PostProof,
} from '@wire/identity/factor.schema.js';
import { InstitutionSignInView } from '@wire/identity/identity-provider.schema.js';
import { AcceptedView } from '@wire/identity/person.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { queries } from '../../app/queries';
import { call } from '../../api/call';
import { freshSession } from '../../api/session';
import { signInProblemText } from './problem-words';

const KEY = 'security';

export const waysQuery = queryOptions({
  queryKey: [KEY, 'ways'],
  queryFn: ({ signal }) => call('/v1/sign-in-ways', { returns: SignInWaysView, signal }),
});
export const ownSessionsQuery = queryOptions({
  queryKey: [KEY, 'sessions'],
  queryFn: ({ signal }) => call('/v1/sessions', { returns: OwnSessionsView, signal }),
});
export const signInActsQuery = queryOptions({
  queryKey: [KEY, 'acts'],
  queryFn: ({ signal }) => call('/v1/sign-in-acts', { returns: SignInActPage, signal }),
});

/** Something about one's own sign-in; what the page shows is asked for again. */
export function useSecurityAct<Given = void, Out = unknown>(run: (given: Given) => Promise<Out>) {
  return useMutation({
    mutationFn: run,
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: [KEY] });
      await freshSession();
    },
  });
}

/** Browsers bind a passkey to a name: at a bare address, as on a developer's computer, there is none. */
export function canUsePasskeys(): boolean {
  return 'PublicKeyCredential' in window && !/^[\d.]+$|^\[/.test(location.hostname);
}

export async function addPasskey(name: string): Promise<PasskeyView> {
  const challengeId = newId();
  const { options } = await call(`/v1/passkey-challenges/${challengeId}`, {
    method: 'PUT',
    returns: PasskeyOptionsView,
  });
  const registration = await startRegistration({
    optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON,
  });
  return call(`/v1/passkeys/${newId()}`, {
    method: 'PUT',
    body: { challengeId, name, registration },
    returns: PasskeyView,
  });
}

async function signedChallenge() {
  const challengeId = newId();
  const { options } = await call(`/v1/sign-in-challenges/${challengeId}`, {
    method: 'PUT',
    returns: PasskeyOptionsView,
  });
  const assertion = await startAuthentication({
    optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON,
  });
  return { challengeId, assertion };
}

export async function signInByPasskey() {
  await call('/v1/sessions/passkey', {
    method: 'POST',
    body: await signedChallenge(),
    returns: AcceptedView,
  });
  return freshSession();
}

/** Where the institution of that address lets its people in. */
export const beginAtInstitution = (email: string, next?: string) =>
  call('/v1/institution-sign-ins', {
    method: 'POST',
    body: { email, ...(next && { next }) },
    returns: InstitutionSignInView,
  });

export const prove = (proof: PostProof) =>
  call('/v1/sessions/current/proof', { method: 'POST', body: proof, returns: AcceptedView });

export async function proveByPasskey() {
  await call('/v1/sessions/current/proof', {
    method: 'POST',
    body: { passkey: await signedChallenge() },
    returns: AcceptedView,
  });
}

/** A browser speaks of passkeys in English, and of somebody who changed their mind as of a fault. */
export function passkeyFaultText(error: unknown): string {
  if (!(error instanceof Error)) return signInProblemText(error);
  if (['NotAllowedError', 'AbortError'].includes(error.name))
    return t`Nothing was changed: the device did not confirm it.`;
  if (error.name === 'InvalidStateError') return t`This device has a passkey for you already.`;
  return signInProblemText(error);
}
