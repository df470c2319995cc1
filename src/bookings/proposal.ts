import type { Amount } from '../kernel/money.js';
import type { Instant } from '../kernel/time.js';
import type { Offer } from './offers.js';

/** Why a host cannot have a guest: it closes, its hours changed, it is full at the door; or it did not say yes to a request. */
export const PROPOSAL_CAUSES = ['CLOSURE', 'HOURS', 'FULL', 'DECLINED', 'EXPIRED'] as const;
export type ProposalCause = (typeof PROPOSAL_CAUSES)[number];

/** SOUGHT: an alternative is being looked for. UNIT_BACK: none was found. WITHDRAWN: the host can serve after all, or the guest left. */
export const PROPOSAL_STATES = [
  'SOUGHT',
  'OPEN',
  'ACCEPTED',
  'DECLINED',
  'LAPSED',
  'UNIT_BACK',
  'WITHDRAWN',
] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** A seat elsewhere that is never worse for the guest. */
export type Alternative = {
  readonly offer: Offer;
  readonly metres: number;
  /** What it costs more than the booking did: borne by the network of the host that cannot serve. */
  readonly cost: Amount;
};

/** What a guest whose host cannot have them is offered instead. */
export type Proposal = {
  readonly id: string;
  readonly bookingId: string;
  readonly personId: string;
  readonly hostNetworkId: string;
  readonly cause: ProposalCause;
  readonly closureId: string | null;
  readonly state: ProposalState;
  readonly stateAt: Instant;
  readonly stateBy: string;
  readonly answerBy: Instant | null;
  readonly alternative: Alternative | null;
  readonly newBookingId: string | null;
  readonly createdAt: Instant;
};
