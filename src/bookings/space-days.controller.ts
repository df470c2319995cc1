import { Controller, Get, Param, Query } from '@nestjs/common';
import { Access, CurrentActor, CurrentVisitor, type Actor } from '../identity/index.js';
import { wireId } from '../kernel/wire.js';
import { Open } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import {
  FreeDayPage,
  HalfHoursPage,
  HalfHoursQuery,
  OccupancyPage,
  SpaceDaysQuery,
} from './space-days.schema.js';
import { SpaceDays } from './space-days.service.js';

@Controller('v1/spaces/:id')
export class SpaceDaysController {
  constructor(private readonly days: SpaceDays) {}

  @Get('free-days')
  @Open()
  @Returns(200, FreeDayPage)
  free(
    @CurrentVisitor() visitor: Actor | null,
    @Param('id', { schema: wireId }) id: string,
    @Query({ schema: SpaceDaysQuery }) query: SpaceDaysQuery,
  ): Promise<FreeDayPage> {
    return this.days.free(visitor, id, query);
  }

  @Get('half-hours')
  @Open()
  @Returns(200, HalfHoursPage)
  halfHours(
    @CurrentVisitor() visitor: Actor | null,
    @Param('id', { schema: wireId }) id: string,
    @Query({ schema: HalfHoursQuery }) query: HalfHoursQuery,
  ): Promise<HalfHoursPage> {
    return this.days.halfHours(visitor, id, query);
  }

  @Get('occupancy')
  @Access('bookings:read')
  @Returns(200, OccupancyPage)
  occupancy(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Query({ schema: SpaceDaysQuery }) query: SpaceDaysQuery,
  ): Promise<OccupancyPage> {
    return this.days.occupancy(actor, id, query);
  }
}
