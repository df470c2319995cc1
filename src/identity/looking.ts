import { SetMetadata } from '@nestjs/common';
import type { Actor } from './actor.js';
import { AccessProblems } from './identity.problems.js';

export const LOOKING_MARK = 'escale:while-looking';
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whoever looks with somebody's eyes may do this one thing: stop. */
export function WhileLooking(): MethodDecorator {
  return SetMetadata(LOOKING_MARK, true);
}

type Wanted = { readonly method: string; readonly isAllowed: boolean; readonly isStepUp: boolean };

/** Nothing is changed, and nothing is opened that its owner would have to prove themselves for. */
export function demandReadOnly({ seenBy }: Actor, { method, isAllowed, isStepUp }: Wanted): void {
  if (!seenBy || isAllowed || (READS.has(method) && !isStepUp)) return;
  throw AccessProblems.readOnly(
    'You look with somebody else’s eyes, and change nothing. Stop looking first.',
  );
}
