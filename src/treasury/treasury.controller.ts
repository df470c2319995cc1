import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { ExchangeRates } from './exchange-rates.service.js';
import { FourEyes } from './four-eyes.service.js';
import { TreasuryRules } from './treasury-rules.service.js';
import {
  ApprovalPage,
  ApprovalView,
  ExchangeRatePage,
  ExchangeRateView,
  NetworkQuery,
  NetworkRulesPage,
  NetworkRulesView,
  PartyRulesPage,
  PartyRulesView,
  PutApproval,
  PutExchangeRate,
  PutNetworkRules,
  PutPartyRules,
  PutStanding,
  StandingPage,
  StandingView,
} from './treasury.schema.js';

const newId = { schema: wireNewId };
const anId = { schema: wireId };

@Controller('v1')
export class TreasuryController {
  constructor(
    private readonly fourEyes: FourEyes,
    private readonly rules: TreasuryRules,
    private readonly rates: ExchangeRates,
  ) {}

  @Get('approvals')
  @Access('windows:read')
  @Returns(200, ApprovalPage)
  approvals(
    @CurrentActor() actor: Actor,
    @Query({ schema: NetworkQuery }) query: NetworkQuery,
  ): Promise<ApprovalPage> {
    return this.fourEyes.list(actor, query.networkId);
  }

  @Put('approvals/:id')
  @Access('windows:write')
  @Returns(200, ApprovalView)
  propose(
    @CurrentActor() actor: Actor,
    @Param('id', newId) id: string,
    @Body({ schema: PutApproval }) body: PutApproval,
  ): Promise<ApprovalView> {
    return this.fourEyes.propose(actor, id, body);
  }

  @Put('approvals/:id/signature')
  @Access('windows:write')
  @Returns(200, ApprovalView)
  approve(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<ApprovalView> {
    return this.fourEyes.approve(actor, id);
  }

  @Get('network-rules')
  @Access('windows:read')
  @Returns(200, NetworkRulesPage)
  networkRules(
    @CurrentActor() actor: Actor,
    @Query({ schema: NetworkQuery }) query: NetworkQuery,
  ): Promise<NetworkRulesPage> {
    return this.rules.networkRules(actor, query.networkId);
  }

  @Put('network-rules/:id')
  @Access('windows:write')
  @Returns(200, NetworkRulesView)
  putNetworkRules(
    @CurrentActor() actor: Actor,
    @Param('id', newId) id: string,
    @Body({ schema: PutNetworkRules }) body: PutNetworkRules,
  ): Promise<NetworkRulesView> {
    return this.rules.putNetwork(actor, id, body);
  }

  @Get('party-rules')
  @Access('windows:read')
  @Returns(200, PartyRulesPage)
  partyRules(
    @CurrentActor() actor: Actor,
    @Query({ schema: NetworkQuery }) query: NetworkQuery,
  ): Promise<PartyRulesPage> {
    return this.rules.partyRules(actor, query.networkId);
  }

  @Put('party-rules/:id')
  @Access('windows:write')
  @Returns(200, PartyRulesView)
  putPartyRules(
    @CurrentActor() actor: Actor,
    @Param('id', newId) id: string,
    @Body({ schema: PutPartyRules }) body: PutPartyRules,
  ): Promise<PartyRulesView> {
    return this.rules.putParty(actor, id, body);
  }

  @Get('standings')
  @Access('windows:read')
  @Returns(200, StandingPage)
  standings(
    @CurrentActor() actor: Actor,
    @Query({ schema: NetworkQuery }) query: NetworkQuery,
  ): Promise<StandingPage> {
    return this.rules.standings(actor, query.networkId);
  }

  @Put('standings/:id')
  @Access('windows:write')
  @Returns(200, StandingView)
  putStanding(
    @CurrentActor() actor: Actor,
    @Param('id', newId) id: string,
    @Body({ schema: PutStanding }) body: PutStanding,
  ): Promise<StandingView> {
    return this.rules.putStanding(actor, id, body);
  }

  @Get('exchange-rates')
  @Access('windows:read')
  @Returns(200, ExchangeRatePage)
  exchangeRates(
    @CurrentActor() actor: Actor,
    @Query({ schema: NetworkQuery }) query: NetworkQuery,
  ): Promise<ExchangeRatePage> {
    return this.rates.list(actor, query.networkId);
  }

  @Put('exchange-rates/:id')
  @Access('windows:write')
  @Returns(200, ExchangeRateView)
  putExchangeRate(
    @CurrentActor() actor: Actor,
    @Param('id', newId) id: string,
    @Body({ schema: PutExchangeRate }) body: PutExchangeRate,
  ): Promise<ExchangeRateView> {
    return this.rates.put(actor, id, body);
  }

  @Put('exchange-rates/:id/signature')
  @Access('windows:write')
  @Returns(200, ExchangeRateView)
  approveExchangeRate(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
  ): Promise<ExchangeRateView> {
    return this.rates.approve(actor, id);
  }
}
