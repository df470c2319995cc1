import { Controller, Get, Param, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import {
  HealthQuery,
  PairPage,
  SettlementHealthView,
  UsagePage,
  UsageQuery,
  UsageTotalsPage,
  UsageTotalsQuery,
} from './usage.schema.js';
import { Usage } from './usage.service.js';

@Controller('v1')
@Access('windows:read')
export class UsageController {
  constructor(private readonly usage: Usage) {}

  @Get('usage-records')
  @Returns(200, UsagePage)
  list(@CurrentActor() actor: Actor, @Query({ schema: UsageQuery }) query: UsageQuery): Promise<UsagePage> {
    return this.usage.list(actor, query);
  }

  @Get('usage-totals')
  @Returns(200, UsageTotalsPage)
  totals(
    @CurrentActor() actor: Actor,
    @Query({ schema: UsageTotalsQuery }) query: UsageTotalsQuery,
  ): Promise<UsageTotalsPage> {
    return this.usage.totals(actor, query);
  }

  @Get('windows/:id/pairs')
  @Returns(200, PairPage)
  pairs(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<PairPage> {
    return this.usage.pairs(actor, id);
  }

  @Get('settlement-health')
  @Returns(200, SettlementHealthView)
  health(
    @CurrentActor() actor: Actor,
    @Query({ schema: HealthQuery }) { networkId }: HealthQuery,
  ): Promise<SettlementHealthView> {
    return this.usage.health(actor, networkId);
  }
}
