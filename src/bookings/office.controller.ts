import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { Capacity } from './capacity.service.js';
import { HoursPreview } from './hours-preview.service.js';
import {
  CapacityPage,
  HoursPreviewQuery,
  HoursPreviewView,
  PoolDaysQuery,
  PoolLoadPage,
  PutSeatBlock,
  SeatBlockView,
} from './office.schema.js';

/** What those who run a space look at before they change it. */
@Controller('v1')
export class OfficeController {
  constructor(
    private readonly preview: HoursPreview,
    private readonly capacity: Capacity,
  ) {}

  @Get('spaces/:id/hours-preview')
  @Access('bookings:read')
  @Returns(200, HoursPreviewView)
  hours(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Query({ schema: HoursPreviewQuery }) query: HoursPreviewQuery,
  ): Promise<HoursPreviewView> {
    return this.preview.of(actor, id, query);
  }

  @Get('pools/:id/days')
  @Access('bookings:read')
  @Returns(200, CapacityPage)
  days(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Query({ schema: PoolDaysQuery }) query: PoolDaysQuery,
  ): Promise<CapacityPage> {
    return this.capacity.days(actor, id, query);
  }

  @Get('pools/:id/load')
  @Access('bookings:read')
  @Returns(200, PoolLoadPage)
  load(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<PoolLoadPage> {
    return this.capacity.load(actor, id);
  }

  @Put('seat-blocks/:id')
  @Access('spaces:write')
  @Returns(200, SeatBlockView)
  block(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutSeatBlock }) body: PutSeatBlock,
  ): Promise<SeatBlockView> {
    return this.capacity.block(actor, id, body);
  }

  @Delete('seat-blocks/:id')
  @Access('spaces:write')
  @Returns(200, SeatBlockView)
  lift(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<SeatBlockView> {
    return this.capacity.lift(actor, id);
  }
}
