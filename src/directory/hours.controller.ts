import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, CurrentVisitor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Open } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { SpaceView } from './directory.schema.js';
import {
  HolidayPage,
  HolidaysQuery,
  HourPeriodPage,
  HourPeriodView,
  PutHourPeriod,
  PutHours,
} from './hours.schema.js';
import { SpaceHours } from './hours.service.js';

@Controller('v1')
export class HoursController {
  constructor(private readonly hours: SpaceHours) {}

  @Put('spaces/:id/hours')
  @Access('spaces:write')
  @Returns(200, SpaceView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutHours }) body: PutHours,
  ): Promise<SpaceView> {
    return this.hours.put(actor, id, body);
  }

  @Get('spaces/:id/holidays')
  @Open()
  @Returns(200, HolidayPage)
  holidays(
    @CurrentVisitor() visitor: Actor | null,
    @Param('id', { schema: wireId }) id: string,
    @Query({ schema: HolidaysQuery }) query: HolidaysQuery,
  ): Promise<HolidayPage> {
    return this.hours.holidays(visitor, id, query);
  }

  @Get('spaces/:id/hour-periods')
  @Open()
  @Returns(200, HourPeriodPage)
  periods(
    @CurrentVisitor() visitor: Actor | null,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<HourPeriodPage> {
    return this.hours.periods(visitor, id);
  }

  @Put('hour-periods/:id')
  @Access('spaces:write')
  @Returns(200, HourPeriodView)
  putPeriod(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutHourPeriod }) body: PutHourPeriod,
  ): Promise<HourPeriodView> {
    return this.hours.putPeriod(actor, id, body);
  }

  @Delete('hour-periods/:id')
  @Access('spaces:write')
  @HttpCode(204)
  deletePeriod(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<void> {
    return this.hours.deletePeriod(actor, id);
  }
}
