import { REFUSALS, type Refusal } from '../kernel/pass-code/esc1.js';
import { Problem } from '../kernel/problem.js';
import { violates } from '../platform/db.js';
import { DoorRefused } from './admission.js';
import { reasonOfProblem } from './door-reasons.js';
import type { DoorReason } from './door-reasons.schema.js';

export type Refused = { readonly reason: DoorReason; readonly refusal: Refusal | null };

/** Why the guest is not let in. What is not about the guest is thrown on. */
export function refusalOf(error: unknown): Refused {
  if (error instanceof DoorRefused) return error;
  if (violates(error, 'visits_one_inside')) return { reason: 'already_in', refusal: 'already_in' };
  const reason = error instanceof Problem ? reasonOfProblem(error) : null;
  if (!reason) throw error;
  return { reason, refusal: null };
}

/** From the issuer's signature on, the code says truly whose it is; before, anybody could have written it. */
export function isBelieved(refusal: Refusal | null): boolean {
  return refusal === null || REFUSALS.indexOf(refusal) > REFUSALS.indexOf('issuer_signature');
}
