import { Controller, Get, Param, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import {
  ChargeLinesQuery,
  ChargeView,
  LinesQuery,
  LineView,
  PaymentOrigin,
  StatementClaimPage,
  StatementLinePage,
} from './line.schema.js';
import { Lines } from './lines.service.js';
import { ReminderPage } from './reminder.schema.js';
import { Reminders } from './reminders.service.js';

const anId = { schema: wireId };

@Controller('v1')
export class LinesController {
  constructor(
    private readonly lines: Lines,
    private readonly reminders: Reminders,
  ) {}

  @Get('windows/:id/statements/:partyId/claims')
  @Access('windows:read')
  @Returns(200, StatementClaimPage)
  claims(
    @CurrentActor() actor: Actor,
    @Param('id', anId) windowId: string,
    @Param('partyId', anId) partyId: string,
  ): Promise<StatementClaimPage> {
    return this.lines.claims(actor, { windowId, partyId });
  }

  @Get('windows/:id/statements/:partyId/lines')
  @Access('windows:read')
  @Returns(200, StatementLinePage)
  page(
    @CurrentActor() actor: Actor,
    @Param('id', anId) windowId: string,
    @Param('partyId', anId) partyId: string,
    @Query({ schema: LinesQuery }) query: LinesQuery,
  ): Promise<StatementLinePage> {
    return this.lines.page(actor, { windowId, partyId }, query);
  }

  @Get('lines/:recordId')
  @Access('windows:read')
  @Returns(200, LineView)
  open(@CurrentActor() actor: Actor, @Param('recordId', anId) recordId: string): Promise<LineView> {
    return this.lines.open(actor, recordId);
  }

  @Get('charges/:id')
  @Access('windows:read')
  @Returns(200, ChargeView)
  charge(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<ChargeView> {
    return this.lines.charge(actor, id);
  }

  @Get('charges/:id/lines')
  @Access('windows:read')
  @Returns(200, StatementLinePage)
  chargeLines(
    @CurrentActor() actor: Actor,
    @Param('id', anId) id: string,
    @Query({ schema: ChargeLinesQuery }) query: ChargeLinesQuery,
  ): Promise<StatementLinePage> {
    return this.lines.chargeLines(actor, id, query);
  }

  @Get('windows/:id/reminders')
  @Access('windows:read')
  @Returns(200, ReminderPage)
  reminded(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<ReminderPage> {
    return this.reminders.list(actor, id);
  }

  @Get('payments/:id/origin')
  @Access('windows:read')
  @Returns(200, PaymentOrigin)
  origin(@CurrentActor() actor: Actor, @Param('id', anId) id: string): Promise<PaymentOrigin> {
    return this.lines.origin(actor, id);
  }
}
