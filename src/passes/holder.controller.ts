import { Body, Controller, Get, Header, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { GuestPasses } from './guest-passes.service.js';
import { GuestPassesQuery, GuestPassPage, GuestPassView, PutGuestPass } from './guest.schema.js';
import { MovementPage } from './movement.schema.js';
import { Movements } from './movements.service.js';
import { PutTeamMember, TeamMemberPage, TeamMemberView } from './team.schema.js';
import { Teams } from './teams.service.js';

/** What holders do with their passes: guests, teams, and looking back. */
@Controller('v1')
export class HolderController {
  constructor(
    private readonly guestPasses: GuestPasses,
    private readonly teams: Teams,
    private readonly movements: Movements,
  ) {}

  @Put('guest-passes/:id')
  @Access('credentials:write')
  @Returns(200, GuestPassView)
  invite(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutGuestPass }) body: PutGuestPass,
  ): Promise<GuestPassView> {
    return this.guestPasses.put(actor, id, body);
  }

  @Get('guest-passes')
  @Access('passes:read')
  @Returns(200, GuestPassPage)
  listGuests(
    @CurrentActor() actor: Actor,
    @Query({ schema: GuestPassesQuery }) { passId }: GuestPassesQuery,
  ): Promise<GuestPassPage> {
    return this.guestPasses.list(actor, passId);
  }

  @Put('guest-passes/:id/withdrawal')
  @Access('credentials:write')
  @Returns(200, GuestPassView)
  withdraw(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<GuestPassView> {
    return this.guestPasses.withdraw(actor, id);
  }

  @Put('team-members/:id')
  @Access('credentials:write')
  @Returns(200, TeamMemberView)
  putMember(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutTeamMember }) body: PutTeamMember,
  ): Promise<TeamMemberView> {
    return this.teams.putMember(actor, id, body);
  }

  @Put('team-members/:id/removal')
  @Access('credentials:write')
  @Returns(200, TeamMemberView)
  removeMember(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<TeamMemberView> {
    return this.teams.removeMember(actor, id);
  }

  @Get('passes/:id/members')
  @Access('passes:read')
  @Returns(200, TeamMemberPage)
  listMembers(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<TeamMemberPage> {
    return this.teams.listMembers(actor, id);
  }

  @Get('passes/:id/movements')
  @Access('passes:read')
  @Returns(200, MovementPage)
  listMovements(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<MovementPage> {
    return this.movements.list(actor, id);
  }

  @Get('passes/:id/movements.csv')
  @Access('passes:read')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="pass-movements.csv"')
  movementsCsv(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<string> {
    return this.movements.csv(actor, id);
  }
}
