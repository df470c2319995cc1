import { Body, Controller, Delete, Get, Ip, Param, Put, Query } from '@nestjs/common';
import { wireId, wireNewId, wirePage } from '../kernel/wire.js';
import { Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { Access, CurrentActor } from './access.js';
import type { Actor } from './actor.js';
import { Invitations } from './invitations.service.js';
import { Memberships } from './memberships.service.js';
import {
  InvitationView,
  MembersQuery,
  MembershipView,
  MemberView,
  OrganisationView,
  PutInvitation,
  PutInvitationAcceptance,
  PutMembership,
  PutOrganisation,
} from './organisation.schema.js';
import { organisationView, Organisations } from './organisations.service.js';

const InvitationsView = wirePage(InvitationView).meta({ id: 'Invitations' });
const MembersView = wirePage(MemberView).meta({ id: 'Members' });

@Controller('v1/organisations')
export class OrganisationController {
  constructor(
    private readonly organisations: Organisations,
    private readonly memberships: Memberships,
    private readonly invitations: Invitations,
  ) {}

  @Put(':id')
  @Access('organisations:write')
  @Returns(200, OrganisationView)
  async put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutOrganisation }) body: PutOrganisation,
  ): Promise<OrganisationView> {
    return organisationView(await this.organisations.put(actor, id, body));
  }

  @Get(':id')
  @Public()
  @Returns(200, OrganisationView)
  async get(@Param('id', { schema: wireId }) id: string): Promise<OrganisationView> {
    return organisationView(await this.organisations.get(id));
  }

  @Get(':id/memberships')
  @Access('memberships:write')
  @Returns(200, MembersView)
  members(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Query({ schema: MembersQuery }) { after }: MembersQuery,
  ): Promise<{ items: MemberView[]; next: string | null }> {
    return this.memberships.list(actor, id, after);
  }

  @Get(':id/invitations')
  @Access('memberships:write')
  @Returns(200, InvitationsView)
  invited(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<{ items: InvitationView[]; next: null }> {
    return this.invitations.waiting(actor, id);
  }
}

@Controller('v1/memberships')
export class MembershipController {
  constructor(private readonly memberships: Memberships) {}

  @Put(':id')
  @Access('memberships:write')
  @Returns(200, MembershipView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutMembership }) body: PutMembership,
  ): Promise<MembershipView> {
    return this.memberships.put(actor, id, body);
  }

  /** Everybody may leave, so the route asks for no more than being a person. */
  @Delete(':id')
  @Access('profile:write')
  @Returns(200, MembershipView)
  end(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<MembershipView> {
    return this.memberships.end(actor, id);
  }
}

@Controller('v1/invitations')
export class InvitationController {
  constructor(private readonly invitations: Invitations) {}

  @Put(':id')
  @Access('memberships:write')
  @Returns(200, InvitationView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutInvitation }) body: PutInvitation,
  ): Promise<InvitationView> {
    return this.invitations.put(actor, id, body);
  }

  @Delete(':id')
  @Access('memberships:write')
  @Returns(200, InvitationView)
  withdraw(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<InvitationView> {
    return this.invitations.withdraw(actor, id);
  }

  @Put(':id/acceptance')
  @Access('profile:write')
  @Returns(200, MembershipView)
  accept(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutInvitationAcceptance }) { token }: PutInvitationAcceptance,
    @Ip() ip: string,
  ): Promise<MembershipView> {
    return this.invitations.accept(actor, id, token, ip);
  }
}
