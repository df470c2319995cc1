import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, demandPerson, type Actor } from '../identity/index.js';
import { newId } from '../kernel/ids.js';
import { Problem } from '../kernel/problem.js';
import { Clock } from '../platform/clock.js';
import { Db } from '../platform/db.js';
import { withNetworks } from '../platform/scope.js';
import { bookingOf } from './booking.queries.js';
import { KnownBookings } from './known-bookings.js';
import { isLive, ProposalActs, scopeOfGuest, settled, toldOf, type Told } from './proposal-acts.js';
import { ProposalProblems } from './proposal.problems.js';
import {
  insertProposal,
  openProposalsOfPerson,
  proposalNotFound,
  proposalOf,
  proposalsOfBooking,
} from './proposal.queries.js';

/** What was proposed is no longer to be had: the next alternative is looked for. */
const GONE = new Set([
  'booking.full',
  'booking.closed',
  'booking.overlap',
  'booking.same_place',
  'pass.exhausted',
  'quota.exhausted',
]);

/** What guests whose host cannot have them are offered, and their answers. */
@Injectable()
export class Proposals {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly known: KnownBookings,
    private readonly acts: ProposalActs,
  ) {}

  get(actor: Actor, id: string): Promise<Told> {
    return this.db.read(actor.scope, async (on) => {
      const proposal = await proposalOf(on, id);
      return { proposal, booking: await this.known.find(on, actor, 'bookings:read', proposal.bookingId) };
    });
  }

  /** Newest first. */
  ofBooking(actor: Actor, bookingId: string): Promise<Told[]> {
    return this.db.read(actor.scope, async (on) => {
      const booking = await this.known.find(on, actor, 'bookings:read', bookingId);
      const proposals = await proposalsOfBooking(on, bookingId);
      return proposals.map((proposal) => ({ proposal, booking }));
    });
  }

  /** Those that wait for this person's answer, the most urgent first. */
  open(actor: Actor): Promise<Told[]> {
    const personId = demandPerson(actor);
    return this.db.read(actor.scope, async (on) => {
      const told: Told[] = [];
      for (const proposal of await openProposalsOfPerson(on, personId))
        told.push({ proposal, booking: await bookingOf(on, proposal.bookingId) });
      return told;
    });
  }

  async accept(actor: Actor, id: string): Promise<Told> {
    const told = await this.own(actor, id);
    const { proposal, booking } = told;
    if (proposal.state === 'ACCEPTED') return told;
    const { hostNetworkId } = booking;
    const elsewhere = proposal.alternative?.offer.hostNetworkId ?? hostNetworkId;
    try {
      return await this.db.tx(withNetworks(actor.scope, hostNetworkId, elsewhere), (tx) =>
        this.acts.accept(tx, proposal, actor.name),
      );
    } catch (error) {
      if (!(error instanceof Problem) || !GONE.has(error.code)) throw error;
      await this.db.tx(scopeOfGuest(booking), (tx) => this.acts.seek(tx, id));
      throw ProposalProblems.gone('Somebody else was faster. Look again: the next nearest seat is proposed.');
    }
  }

  /** The guest would rather not: what was set aside comes back, at no cost. */
  async decline(actor: Actor, id: string): Promise<Told> {
    const told = await this.own(actor, id);
    if (told.proposal.state === 'DECLINED') return told;
    return this.db.tx(withNetworks(actor.scope, told.booking.hostNetworkId), (tx) =>
      this.acts.decline(tx, told.proposal, actor.name),
    );
  }

  /** By the host's staff, of a guest who is at the door and finds no seat. */
  async turnAway(actor: Actor, bookingId: string): Promise<Told> {
    const booking = await this.db.read(actor.scope, async (on) => {
      const found = await this.known.find(on, actor, 'bookings:write', bookingId);
      const { operatorId, networkId } = await this.directory.space(on, found.spaceId);
      demand(actor, 'bookings:write', { organisationId: operatorId, networkId });
      return found;
    });
    if (!isLive(booking)) throw settled();
    const scope = scopeOfGuest(booking);
    const mark = { id: newId(), cause: 'FULL', closureId: null, stateBy: actor.name, booking } as const;
    await this.db.tx(scope, (tx) => insertProposal(tx, mark, this.clock.now()));
    const [made] = await this.db.read(scope, (on) => proposalsOfBooking(on, bookingId));
    if (made?.state === 'SOUGHT') await this.db.tx(scope, (tx) => this.acts.seek(tx, made.id));
    return this.db.read(scope, (on) => toldOf(on, made!.id));
  }

  private async own(actor: Actor, id: string): Promise<Told> {
    const told = await this.get(actor, id);
    if (told.proposal.personId !== actor.personId) throw proposalNotFound(id);
    return told;
  }
}
