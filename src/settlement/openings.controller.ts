import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import {
  OpeningBalancePage,
  OpeningBalancesQuery,
  OpeningBalanceView,
  PutOpeningBalance,
} from './opening.schema.js';
import { Openings } from './openings.service.js';

@Controller('v1/opening-balances')
export class OpeningsController {
  constructor(private readonly openings: Openings) {}

  @Get()
  @Access('windows:read')
  @Returns(200, OpeningBalancePage)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: OpeningBalancesQuery }) query: OpeningBalancesQuery,
  ): Promise<OpeningBalancePage> {
    return this.openings.list(actor, query.networkId);
  }

  @Put(':id')
  @Access('windows:write')
  @Returns(200, OpeningBalanceView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutOpeningBalance }) body: PutOpeningBalance,
  ): Promise<OpeningBalanceView> {
    return this.openings.put(actor, id, body);
  }

  @Put(':id/signature')
  @Access('windows:write')
  @Returns(200, OpeningBalanceView)
  sign(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<OpeningBalanceView> {
    return this.openings.sign(actor, id);
  }
}
