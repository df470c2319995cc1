import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

const closure = z.strictObject({ closureId: wireId });

/** A space says that it closes: its guests are offered other seats. */
export const ClosureAnnounced = eventType('bookings.closure_announced.v1', closure);
/** It opens after all. What guests accepted meanwhile stays theirs. */
export const ClosureWithdrawn = eventType('bookings.closure_withdrawn.v1', closure);
/** A guest has a seat elsewhere to accept or decline. */
export const ProposalMade = eventType('bookings.proposal_made.v1', z.strictObject({ proposalId: wireId }));
