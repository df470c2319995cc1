import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import {
  CreditRecordView,
  ExposurePage,
  ExposuresQuery,
  PutCreditRecord,
  TradeBalanceQuery,
  TradeBalanceView,
} from './credit.schema.js';
import { Credits } from './credits.service.js';

@Controller('v1')
export class CreditsController {
  constructor(private readonly credits: Credits) {}

  @Put('credit-records/:id')
  @Access('windows:read')
  @Returns(200, CreditRecordView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutCreditRecord }) body: PutCreditRecord,
  ): Promise<CreditRecordView> {
    return this.credits.put(actor, id, body);
  }

  @Get('exposures')
  @Access('windows:read')
  @Returns(200, ExposurePage)
  exposures(
    @CurrentActor() actor: Actor,
    @Query({ schema: ExposuresQuery }) { networkId }: ExposuresQuery,
  ): Promise<ExposurePage> {
    return this.credits.exposures(actor, networkId);
  }

  @Get('agreements/:id/balance')
  @Access('agreements:read')
  @Returns(200, TradeBalanceView)
  balance(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Query({ schema: TradeBalanceQuery }) { year }: TradeBalanceQuery,
  ): Promise<TradeBalanceView> {
    return this.credits.balance(actor, id, year);
  }
}
