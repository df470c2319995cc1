import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { Clock } from '../platform/clock.js';
import type { Reader, Tx } from '../platform/db.js';
import { Outbox } from '../platform/outbox/outbox.js';
import type { Scope } from '../platform/scope.js';
import { Alternatives } from './alternatives.service.js';
import { BookingActs } from './booking-acts.js';
import { bookingOf, lockBooking } from './booking.queries.js';
import type { Booking } from './booking.js';
import { Offers } from './offers.js';
import { ProposalMade } from './proposal.events.js';
import { ProposalProblems } from './proposal.problems.js';
import { endProposal, lockProposal, openProposal, proposalOf } from './proposal.queries.js';
import { kinder, owesSeat } from './proposal.rules.js';
import type { Alternative, Proposal } from './proposal.js';
import { answerBy } from './space-terms.js';

/** How long a guest may think. */
const PROPOSAL_HOURS = 72;

export type Told = { readonly proposal: Proposal; readonly booking: Booking };

/** What happens to a proposal, each act within the caller's transaction: first the booking's row, then the proposal's. */
@Injectable()
export class ProposalActs {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly acts: BookingActs,
    private readonly offers: Offers,
    private readonly alternatives: Alternatives,
  ) {}

  /**
   * Opens the proposal with the nearest alternative there is now, or gives the unit back when there is none. Needs
   * the scope of `scopeOfGuest`.
   */
  async seek(tx: Tx, id: string): Promise<void> {
    const { bookingId } = await proposalOf(tx, id);
    const booking = await lockBooking(tx, bookingId);
    const proposal = (await lockProposal(tx, id, 'SOUGHT')) ?? (await lockProposal(tx, id, 'OPEN'));
    if (!proposal) return;
    const at = this.clock.now();
    if (owesSeat(proposal.cause) && !isLive(booking))
      return endProposal(tx, id, { state: 'WITHDRAWN', by: 'system', at });
    const alternative = await this.alternatives.find(tx, proposal, booking);
    if (alternative) return this.propose(tx, proposal, booking, alternative);
    await endProposal(tx, id, { state: 'UNIT_BACK', by: 'system', at });
    await this.giveBack(tx, proposal, booking, 'system');
  }

  /** Nobody answered in time: the unit comes back. */
  async lapse(tx: Tx, id: string): Promise<void> {
    const { bookingId } = await proposalOf(tx, id);
    const booking = await lockBooking(tx, bookingId);
    const proposal = await lockProposal(tx, id, 'OPEN');
    if (!proposal) return;
    const isLeft = owesSeat(proposal.cause) && !isLive(booking);
    await endProposal(tx, id, {
      state: isLeft ? 'WITHDRAWN' : 'LAPSED',
      by: 'system',
      at: this.clock.now(),
    });
    await this.giveBack(tx, proposal, booking, 'system');
  }

  /** One booking ends as the other begins, or neither. */
  async accept(tx: Tx, { id, bookingId }: Proposal, by: string): Promise<Told> {
    const booking = await lockBooking(tx, bookingId);
    const { alternative, cause } = await this.lockOpen(tx, id);
    if (owesSeat(cause)) await this.acts.replace(tx, booking, by);
    const renewed = this.offers.renewed(alternative!.offer);
    const { options: _explained, ...offer } = renewed;
    const taken = await this.acts.take(tx, {
      ...offer,
      terms: kinder(booking.terms, renewed.terms),
      id: newId(),
      requestHash: '',
      quoteId: null,
      hold: false,
      stateBy: by,
      announce: true,
      changes: booking,
    });
    const at = this.clock.now();
    await endProposal(tx, id, { state: 'ACCEPTED', by, at, newBookingId: taken.id });
    return toldOf(tx, id);
  }

  async decline(tx: Tx, { id, bookingId }: Proposal, by: string): Promise<Told> {
    const booking = await lockBooking(tx, bookingId);
    const open = await this.lockOpen(tx, id);
    await endProposal(tx, id, { state: 'DECLINED', by, at: this.clock.now() });
    await this.giveBack(tx, open, booking, by);
    return toldOf(tx, id);
  }

  private async propose(tx: Tx, proposal: Proposal, booking: Booking, found: Alternative): Promise<void> {
    const at = this.clock.now();
    const until = proposal.answerBy ?? answerBy(booking, PROPOSAL_HOURS, at);
    await openProposal(tx, proposal.id, found, { answerBy: until, at });
    const cause = { actor: 'system', networkIds: [booking.hostNetworkId] };
    await this.outbox.add(tx, ProposalMade, { proposalId: proposal.id }, cause);
  }

  /** What never was promised has nothing set aside any more. */
  private async giveBack(tx: Tx, { cause }: Proposal, booking: Booking, by: string): Promise<void> {
    if (!owesSeat(cause) || !isLive(booking)) return;
    await this.acts.cancel(tx, booking, { name: by, isHost: true }, REASONS[cause]);
  }

  private async lockOpen(tx: Tx, id: string): Promise<Proposal> {
    const proposal = await lockProposal(tx, id, 'OPEN');
    const now = this.clock.now().epochMilliseconds;
    if (!proposal?.answerBy || now > proposal.answerBy.epochMilliseconds) throw settled();
    return proposal;
  }
}

const REASONS = {
  CLOSURE: 'The space is closed then',
  HOURS: 'The space has other hours then',
  FULL: 'The space was full',
  DECLINED: 'The space declined',
  EXPIRED: 'The space did not answer',
} as const;

export async function toldOf(on: Reader, id: string): Promise<Told> {
  const proposal = await proposalOf(on, id);
  return { proposal, booking: await bookingOf(on, proposal.bookingId) };
}

export function isLive({ state }: Booking): boolean {
  return state === 'PENDING' || state === 'RESERVED';
}

export function settled() {
  return ProposalProblems.settled(
    'It was answered, its time is over, or the booking waits for nobody any more.',
  );
}

/** Looking for another seat needs what pays for the guest, and may make the days of any space. */
export function scopeOfGuest(guest: Pick<Booking, 'homeNetworkId' | 'hostNetworkId' | 'personId'>): Scope {
  return {
    networks: [...new Set([guest.homeNetworkId, guest.hostNetworkId])],
    person: guest.personId,
    name: 'sweep',
  };
}
