import type { Actor } from '../identity/index.js';
import { demand, may } from '../identity/index.js';
import type { Scope } from '../platform/scope.js';

type Run = { readonly sponsorId: string; readonly networkId: string };

/** The sponsor itself, or whoever settles for the network that runs the programme. */
export function demandProgramme(actor: Actor, { sponsorId, networkId }: Run): void {
  if (may(actor, 'programmes:write', { organisationId: networkId, networkId })) return;
  demand(actor, 'programmes:write', { organisationId: sponsorId });
}

/** Only the employer itself: neither its sponsor nor its network. */
export function demandEmployer(actor: Actor, employerId: string): void {
  demand(actor, 'agents:write', { organisationId: employerId });
}

/** Rows of several networks, for somebody who was asked before what they may see. */
export function wide(actor: Actor): Scope {
  return { ...actor.scope, name: 'clearing' };
}
