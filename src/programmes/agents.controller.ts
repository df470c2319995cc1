import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import {
  AgentPage,
  AgentsQuery,
  AgentView,
  AllowanceQuery,
  AllowanceView,
  AttendanceQuery,
  AttendanceView,
  CountryDayPage,
  HostFactPage,
  HostFactsQuery,
  HostFactView,
  MissionOrderView,
  PutAgent,
  PutAgentConfirmation,
  PutHostFact,
  PutMissionOrder,
  PutReservedPool,
  ReservedPoolView,
} from './agent.schema.js';
import { Agents } from './agents.service.js';
import { ProgrammeHosts } from './hosts.service.js';
import { Statements } from './statements.service.js';

@ApiTags('programmes')
@Controller('v1')
export class AgentsController {
  constructor(
    private readonly agents: Agents,
    private readonly statements: Statements,
    private readonly hosts: ProgrammeHosts,
  ) {}

  @Put('agents/:id')
  @Access('vouchers:write')
  @Returns(200, AgentView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutAgent }) body: PutAgent,
  ): Promise<AgentView> {
    return this.agents.put(actor, id, body);
  }

  @Get('agents')
  @Access('programmes:read')
  @Returns(200, AgentPage)
  list(@CurrentActor() actor: Actor, @Query({ schema: AgentsQuery }) query: AgentsQuery): Promise<AgentPage> {
    return this.agents.list(actor, query);
  }

  @Put('agents/:id/confirmation')
  @Access('agents:write')
  @Returns(200, AgentView)
  confirm(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutAgentConfirmation }) body: PutAgentConfirmation,
  ): Promise<AgentView> {
    return this.agents.answer(actor, id, body);
  }

  @Put('mission-orders/:id')
  @Access('agents:write')
  @Returns(200, MissionOrderView)
  missionOrder(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutMissionOrder }) body: PutMissionOrder,
  ): Promise<MissionOrderView> {
    return this.agents.missionOrder(actor, id, body);
  }

  @Get('attendance-statement')
  @Access('agents:write')
  @Returns(200, AttendanceView)
  attendance(
    @CurrentActor() actor: Actor,
    @Query({ schema: AttendanceQuery }) query: AttendanceQuery,
  ): Promise<AttendanceView> {
    return this.statements.attendance(actor, query);
  }

  @Get('allowance-statement')
  @Access('agents:write')
  @Returns(200, AllowanceView)
  allowance(
    @CurrentActor() actor: Actor,
    @Query({ schema: AllowanceQuery }) query: AllowanceQuery,
  ): Promise<AllowanceView> {
    return this.statements.allowance(actor, query);
  }

  @Get('country-days')
  @Access('vouchers:write')
  @Returns(200, CountryDayPage)
  countryDays(@CurrentActor() actor: Actor): Promise<CountryDayPage> {
    return this.statements.countryDays(actor);
  }

  @Put('host-facts/:id')
  @Access('spaces:write')
  @Returns(200, HostFactView)
  putFact(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutHostFact }) body: PutHostFact,
  ): Promise<HostFactView> {
    return this.hosts.putFact(actor, id, body);
  }

  @Get('host-facts')
  @Access('programmes:read')
  @Returns(200, HostFactPage)
  facts(
    @CurrentActor() actor: Actor,
    @Query({ schema: HostFactsQuery }) { spaceId }: HostFactsQuery,
  ): Promise<HostFactPage> {
    return this.hosts.facts(actor, spaceId);
  }

  @Put('pools/:id/agents-first')
  @Access('spaces:write')
  @Returns(200, ReservedPoolView)
  reserve(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutReservedPool }) body: PutReservedPool,
  ): Promise<ReservedPoolView> {
    return this.hosts.reserve(actor, id, body);
  }
}
