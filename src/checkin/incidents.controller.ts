import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import {
  IncidentPage,
  IncidentsQuery,
  IncidentView,
  PutIncident,
  PutIncidentAnswer,
} from './incident.schema.js';
import { Incidents } from './incidents.service.js';

/** Guests and spaces alike: which side somebody is on follows from where they work. */
@Controller('v1')
export class IncidentsController {
  constructor(private readonly incidents: Incidents) {}

  @Put('incidents/:id')
  @Access('visits:read')
  @Returns(200, IncidentView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutIncident }) body: PutIncident,
  ): Promise<IncidentView> {
    return this.incidents.put(actor, id, body);
  }

  @Put('incident-answers/:id')
  @Access('visits:read')
  @Returns(200, IncidentView)
  answer(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutIncidentAnswer }) body: PutIncidentAnswer,
  ): Promise<IncidentView> {
    return this.incidents.answer(actor, id, body);
  }

  @Put('incidents/:id/closure')
  @Access('visits:read')
  @Returns(200, IncidentView)
  close(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<IncidentView> {
    return this.incidents.close(actor, id);
  }

  @Get('incidents')
  @Access('visits:read')
  @Returns(200, IncidentPage)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: IncidentsQuery }) query: IncidentsQuery,
  ): Promise<IncidentPage> {
    return this.incidents.list(actor, query);
  }
}
