import { Alternatives } from './alternatives.service.js';
import { Closures } from './closures.service.js';
import { Displacements } from './displacements.js';
import { ProposalActs } from './proposal-acts.js';
import { ProposalSweeps } from './proposal-sweeps.js';
import { ProposalsController } from './proposals.controller.js';
import { Proposals } from './proposals.service.js';

/** What a guest and a host tell each other after a booking is made. */
export const callControllers = [ProposalsController];
export const callProviders = [Alternatives, Closures, Displacements, ProposalActs, ProposalSweeps, Proposals];
