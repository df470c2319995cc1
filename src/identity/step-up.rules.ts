/** When a session is proven enough for what cannot be undone, as a pure decision. */
import type { OwnSession, ProofKind } from './actor.js';
import type { Role } from './permissions.js';

const MINUTE_SECONDS = 60;

/**
 * What asks for a proof, and how old that may be (ASVS 5, 7.5.3). MONEY: bank accounts and what is paid to them. OWN:
 * the ways somebody signs in by; they cannot ask for what they add. PLATFORM: the operator's rooms, which are looked
 * through for longer than one act takes.
 */
export const STEP_UPS = {
  MONEY: { seconds: 5 * MINUTE_SECONDS, asksFactor: true },
  OWN: { seconds: 5 * MINUTE_SECONDS, asksFactor: false },
  PLATFORM: { seconds: 30 * MINUTE_SECONDS, asksFactor: true },
} as const;
export type StepUpFor = keyof typeof STEP_UPS;

/** Who moves other people's money, or everybody's rights, needs more than a password. */
const FACTOR_ROLES: readonly Role[] = ['network_treasurer', 'platform_admin'];
const STRONG: readonly ProofKind[] = ['PASSKEY', 'AUTHENTICATOR', 'RECOVERY_CODE'];

export function needsFactor(roles: readonly Role[]): boolean {
  return roles.some((role) => FACTOR_ROLES.includes(role));
}

export type Standing = {
  readonly proof: OwnSession['proof'];
  /** Has a passkey or an authenticator app. */
  readonly hasFactor: boolean;
  readonly needsFactor: boolean;
};

/** A password proves nothing of somebody who has something better. */
export function stepUpVerdict(
  { proof, hasFactor, needsFactor: needs }: Standing,
  what: StepUpFor,
): 'PROVEN' | 'PROVE' | 'ADD_FACTOR' {
  const { seconds, asksFactor } = STEP_UPS[what];
  if (asksFactor && needs && !hasFactor) return 'ADD_FACTOR';
  const isRecent = proof !== null && proof.ageSeconds < seconds;
  return isRecent && (!hasFactor || STRONG.includes(proof.by)) ? 'PROVEN' : 'PROVE';
}
