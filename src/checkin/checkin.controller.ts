import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import {
  OfSpaceAndDay,
  PutInvalidation,
  PutScan,
  ScanPage,
  ScanView,
  VisitPage,
  VisitRecordView,
  VisitsQuery,
  VisitView,
} from './checkin.schema.js';
import { Scans } from './scans.service.js';
import { VisitRecords } from './visit-records.service.js';
import { Visits } from './visits.service.js';

@Controller('v1')
export class CheckinController {
  constructor(
    private readonly scans: Scans,
    private readonly visits: Visits,
    private readonly records: VisitRecords,
  ) {}

  @Put('scans/:id')
  @Access('scans:write')
  @Returns(200, ScanView)
  scan(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutScan }) body: PutScan,
  ): Promise<ScanView> {
    return this.scans.put(actor, id, body);
  }

  @Get('scans')
  @Access('visits:read')
  @Returns(200, ScanPage)
  async scansOfDay(
    @CurrentActor() actor: Actor,
    @Query({ schema: OfSpaceAndDay }) query: OfSpaceAndDay,
  ): Promise<ScanPage> {
    return { items: await this.scans.ofDay(actor, query), next: null };
  }

  @Put('visits/:id/check-out')
  @Access('visits:read') // guests too; whoever is not the guest needs visits:write at the space
  @Returns(200, VisitView)
  checkOut(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<VisitView> {
    return this.visits.checkOut(actor, id);
  }

  @Put('visits/:id/invalidation')
  @Access('visits:write')
  @Returns(200, VisitView)
  invalidate(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutInvalidation }) body: PutInvalidation,
  ): Promise<VisitView> {
    return this.visits.invalidate(actor, id, body);
  }

  @Get('visits')
  @Access('visits:read')
  @Returns(200, VisitPage)
  list(@CurrentActor() actor: Actor, @Query({ schema: VisitsQuery }) query: VisitsQuery): Promise<VisitPage> {
    return this.visits.list(actor, query);
  }

  @Get('visit-records/:id')
  @Access('visits:read')
  @Returns(200, VisitRecordView)
  record(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<VisitRecordView> {
    return this.records.get(actor, id);
  }
}
