import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { Access, CurrentActor } from './access.js';
import type { Actor } from './actor.js';
import {
  DelegatedActPage,
  DelegationPage,
  DelegationsQuery,
  DelegationView,
  PutDelegation,
} from './delegation.schema.js';
import { Delegations } from './delegations.service.js';

@Controller('v1/delegations')
@ApiTags('delegation')
export class DelegationController {
  constructor(private readonly delegations: Delegations) {}

  @Put(':id')
  @Access('memberships:write')
  @Returns(200, DelegationView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutDelegation }) body: PutDelegation,
  ): Promise<DelegationView> {
    return this.delegations.put(actor, id, body);
  }

  @Delete(':id')
  @Access('memberships:write')
  @Returns(200, DelegationView)
  revoke(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<DelegationView> {
    return this.delegations.revoke(actor, id);
  }

  @Get()
  @Access('profile:write')
  @Returns(200, DelegationPage)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: DelegationsQuery }) { organisationId }: { organisationId: string },
  ): Promise<DelegationPage> {
    return this.delegations.list(actor, organisationId);
  }

  /** What was done on behalf of the organisation, newest first. */
  @Get(':id/acts')
  @Access('profile:write')
  @Returns(200, DelegatedActPage)
  acts(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<DelegatedActPage> {
    return this.delegations.acts(actor, id);
  }
}
