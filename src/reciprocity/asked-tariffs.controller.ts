import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import {
  AskedTariffPage,
  AskedTariffsQuery,
  AskedTariffView,
  PutAskedTariff,
} from './asked-tariff.schema.js';
import { AskedTariffs } from './asked-tariffs.service.js';

@Controller('v1/asked-tariffs')
export class AskedTariffsController {
  constructor(private readonly asked: AskedTariffs) {}

  @Put(':id')
  @Access('spaces:write')
  @Returns(200, AskedTariffView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutAskedTariff }) body: PutAskedTariff,
  ): Promise<AskedTariffView> {
    return this.asked.put(actor, id, body);
  }

  @Get()
  @Access('agreements:read')
  @Returns(200, AskedTariffPage)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: AskedTariffsQuery }) { hostSpaceId }: AskedTariffsQuery,
  ): Promise<AskedTariffPage> {
    return this.asked.list(actor, hostSpaceId);
  }
}
