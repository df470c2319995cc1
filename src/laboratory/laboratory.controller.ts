import { Body, Controller, Get, Header, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import {
  LaboratoryRunPage,
  LaboratoryRunsQuery,
  LaboratoryRunView,
  PutLaboratoryRun,
} from './laboratory.schema.js';
import { LaboratoryRuns } from './laboratory-runs.service.js';

const anId = { schema: wireId };

@Controller('v1/laboratory-runs')
export class LaboratoryController {
  constructor(private readonly runs: LaboratoryRuns) {}

  @Get()
  @Access('windows:read')
  @Returns(200, LaboratoryRunPage)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: LaboratoryRunsQuery }) query: LaboratoryRunsQuery,
  ): Promise<LaboratoryRunPage> {
    return this.runs.list(actor, query.networkId);
  }

  @Put(':id')
  @Access('windows:read')
  @Returns(200, LaboratoryRunView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutLaboratoryRun }) body: PutLaboratoryRun,
  ): Promise<LaboratoryRunView> {
    return this.runs.put(actor, id, body);
  }

  @Put(':id/sharing')
  @Access('windows:read')
  @Returns(200, LaboratoryRunView)
  share(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<LaboratoryRunView> {
    return this.runs.share(actor, id);
  }

  @Get(':id.csv')
  @Access('windows:read')
  @Header('content-type', 'text/csv; charset=utf-8')
  csv(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<string> {
    return this.runs.csv(actor, id);
  }

  @Get(':id')
  @Access('windows:read')
  @Returns(200, LaboratoryRunView)
  get(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<LaboratoryRunView> {
    return this.runs.get(actor, id);
  }
}
