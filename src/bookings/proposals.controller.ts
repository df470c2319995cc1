import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { ClosurePage, ClosureView, ProposalPage, ProposalView, PutClosure } from './closure.schema.js';
import { Closures } from './closures.service.js';
import { Guests } from './guests.service.js';
import { closureView, proposalView } from './proposal.views.js';
import { Proposals } from './proposals.service.js';

const PAGE_LIMIT = 100;
const AfterQuery = z.strictObject({ after: wireId.optional() });

@Controller('v1')
export class ProposalsController {
  constructor(
    private readonly closures: Closures,
    private readonly proposals: Proposals,
    private readonly guests: Guests,
  ) {}

  @Put('closures/:id')
  @Access('spaces:write')
  @Returns(200, ClosureView)
  async putClosure(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutClosure }) body: PutClosure,
  ): Promise<ClosureView> {
    return closureView(await this.closures.put(actor, id, body));
  }

  @Put('closures/:id/withdrawal')
  @Access('spaces:write')
  @Returns(200, ClosureView)
  async withdraw(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<ClosureView> {
    return closureView(await this.closures.withdraw(actor, id));
  }

  @Get('closures/:id')
  @Access('bookings:read')
  @Returns(200, ClosureView)
  async closure(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<ClosureView> {
    return closureView(await this.closures.get(actor, id));
  }

  @Get('closures/:id/proposals')
  @Access('bookings:read')
  @Returns(200, ProposalPage)
  async ofClosure(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Query({ schema: AfterQuery }) { after }: z.output<typeof AfterQuery>,
  ): Promise<ProposalPage> {
    const told = await this.closures.proposals(actor, id, after ?? null);
    const guests = await this.guests.of(told.map(({ booking }) => booking));
    const items = told.map((one) => proposalView(one, actor, guests.get(one.booking.id)));
    return { items, next: items.length === PAGE_LIMIT ? (items.at(-1)?.id ?? null) : null };
  }

  @Get('spaces/:id/closures')
  @Access('bookings:read')
  @Returns(200, ClosurePage)
  async ofSpace(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<ClosurePage> {
    return { items: (await this.closures.list(actor, id)).map(closureView), next: null };
  }

  @Get('proposals')
  @Access('bookings:read')
  @Returns(200, ProposalPage)
  async open(@CurrentActor() actor: Actor): Promise<ProposalPage> {
    const told = await this.proposals.open(actor);
    return { items: told.map((one) => proposalView(one, actor)), next: null };
  }

  @Get('proposals/:id')
  @Access('bookings:read')
  @Returns(200, ProposalView)
  async get(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<ProposalView> {
    return proposalView(await this.proposals.get(actor, id), actor);
  }

  @Get('bookings/:id/proposals')
  @Access('bookings:read')
  @Returns(200, ProposalPage)
  async ofBooking(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<ProposalPage> {
    const told = await this.proposals.ofBooking(actor, id);
    return { items: told.map((one) => proposalView(one, actor)), next: null };
  }

  /** The guest is at the door and no seat is left. */
  @Put('bookings/:id/proposal')
  @Access('bookings:write')
  @Returns(200, ProposalView)
  async turnAway(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<ProposalView> {
    return proposalView(await this.proposals.turnAway(actor, id), actor);
  }

  @Put('proposals/:id/acceptance')
  @Access('bookings:write')
  @Returns(200, ProposalView)
  async accept(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<ProposalView> {
    return proposalView(await this.proposals.accept(actor, id), actor);
  }

  @Put('proposals/:id/decline')
  @Access('bookings:write')
  @Returns(200, ProposalView)
  async decline(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<ProposalView> {
    return proposalView(await this.proposals.decline(actor, id), actor);
  }
}
