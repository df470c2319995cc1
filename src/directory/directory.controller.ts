import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, CurrentVisitor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Open, Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import {
  DayPage,
  DaysQuery,
  HomeView,
  HourExceptionPage,
  HourExceptionsQuery,
  HourExceptionView,
  NetworkPage,
  NetworkView,
  PoolView,
  PutHome,
  PutHourException,
  PutNetwork,
  PutPool,
  PutRetirement,
  PutSpace,
  SpaceView,
} from './directory.schema.js';
import { Homes } from './homes.service.js';
import { Networks } from './networks.service.js';
import { SpaceProfile } from './profile.schema.js';
import { Profiles } from './profiles.service.js';
import { SpaceParts } from './space-parts.service.js';
import { Spaces } from './spaces.service.js';

@Controller('v1')
export class DirectoryController {
  constructor(
    private readonly networks: Networks,
    private readonly spaces: Spaces,
    private readonly parts: SpaceParts,
    private readonly profiles: Profiles,
    private readonly homes: Homes,
  ) {}

  @Get('networks')
  @Public()
  @Returns(200, NetworkPage)
  listNetworks(): Promise<NetworkPage> {
    return this.networks.list();
  }

  @Get('networks/:id')
  @Public()
  @Returns(200, NetworkView)
  getNetwork(@Param('id', { schema: wireId }) id: string): Promise<NetworkView> {
    return this.networks.get(id);
  }

  @Put('networks/:id')
  @Access('networks:write')
  @Returns(200, NetworkView)
  putNetwork(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutNetwork }) body: PutNetwork,
  ): Promise<NetworkView> {
    return this.networks.put(actor, id, body);
  }

  @Get('spaces/:id')
  @Open()
  @Returns(200, SpaceView)
  getSpace(
    @CurrentVisitor() visitor: Actor | null,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<SpaceView> {
    return this.spaces.get(visitor, id);
  }

  @Put('spaces/:id')
  @Access('spaces:write')
  @Returns(200, SpaceView)
  putSpace(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutSpace }) body: PutSpace,
  ): Promise<SpaceView> {
    return this.spaces.put(actor, id, body);
  }

  @Put('spaces/:id/profile')
  @Access('spaces:write')
  @Returns(200, SpaceView)
  putProfile(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: SpaceProfile }) body: SpaceProfile,
  ): Promise<SpaceView> {
    return this.profiles.put(actor, id, body);
  }

  @Get('spaces/:id/days')
  @Open()
  @Returns(200, DayPage)
  days(
    @CurrentVisitor() visitor: Actor | null,
    @Param('id', { schema: wireId }) id: string,
    @Query({ schema: DaysQuery }) query: DaysQuery,
  ): Promise<DayPage> {
    return this.parts.days(visitor, id, query);
  }

  @Put('pools/:id')
  @Access('spaces:write')
  @Returns(200, PoolView)
  putPool(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutPool }) body: PutPool,
  ): Promise<PoolView> {
    return this.parts.putPool(actor, id, body);
  }

  @Put('pools/:id/retirement')
  @Access('spaces:write')
  @Returns(200, PoolView)
  retirePool(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutRetirement }) { fromDay }: PutRetirement,
  ): Promise<PoolView> {
    return this.parts.retirePool(actor, id, fromDay);
  }

  @Delete('pools/:id/retirement')
  @Access('spaces:write')
  @Returns(200, PoolView)
  keepPool(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<PoolView> {
    return this.parts.retirePool(actor, id, null);
  }

  @Get('spaces/:id/hour-exceptions')
  @Access('spaces:write')
  @Returns(200, HourExceptionPage)
  listExceptions(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Query({ schema: HourExceptionsQuery }) query: HourExceptionsQuery,
  ): Promise<HourExceptionPage> {
    return this.parts.exceptions(actor, id, query);
  }

  @Put('hour-exceptions/:id')
  @Access('spaces:write')
  @Returns(200, HourExceptionView)
  putException(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutHourException }) body: PutHourException,
  ): Promise<HourExceptionView> {
    return this.parts.putException(actor, id, body);
  }

  @Delete('hour-exceptions/:id')
  @Access('spaces:write')
  @HttpCode(204)
  deleteException(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<void> {
    return this.parts.deleteException(actor, id);
  }

  @Put('homes/:id')
  @Access('homes:write')
  @Returns(200, HomeView)
  putHome(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutHome }) body: PutHome,
  ): Promise<HomeView> {
    return this.homes.put(actor, id, body);
  }
}
