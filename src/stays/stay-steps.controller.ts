import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { Endings } from './endings.service.js';
import { Instalments } from './instalments.service.js';
import { Preparations } from './preparations.service.js';
import {
  PutStayCancellation,
  PutStayDocument,
  PutStayInterruption,
  PutStayPayment,
  PutStayStatement,
  StayView,
} from './stay.schema.js';
import { Stays } from './stays.service.js';
import { DOCUMENT_KINDS, type DocumentKind } from './stay.words.schema.js';

/** From the checklist to the balance. */
@ApiTags('stays')
@Controller('v1')
@Access('stays:apply')
export class StayStepsController {
  constructor(
    private readonly stays: Stays,
    private readonly preparations: Preparations,
    private readonly endings: Endings,
    private readonly instalments: Instalments,
  ) {}

  @Put('stays/:id/documents/:kind')
  @Returns(200, StayView)
  async settleDocument(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Param('kind', { schema: z.enum(DOCUMENT_KINDS) }) kind: DocumentKind,
    @Body({ schema: PutStayDocument }) body: PutStayDocument,
  ): Promise<StayView> {
    await this.preparations.settleDocument(actor, id, kind, body);
    return this.stays.get(actor, id);
  }

  @Put('stays/:id/readiness')
  @Returns(200, StayView)
  async makeReady(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<StayView> {
    await this.preparations.makeReady(actor, id);
    return this.stays.get(actor, id);
  }

  @Put('stays/:id/interruption')
  @Returns(200, StayView)
  async interrupt(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutStayInterruption }) body: PutStayInterruption,
  ): Promise<StayView> {
    await this.endings.interrupt(actor, id, body);
    return this.stays.get(actor, id);
  }

  @Put('stays/:id/cancellation')
  @Returns(200, StayView)
  async cancel(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutStayCancellation }) body: PutStayCancellation,
  ): Promise<StayView> {
    await this.endings.cancel(actor, id, body);
    return this.stays.get(actor, id);
  }

  @Put('stays/:id/statement')
  @Returns(200, StayView)
  async fileStatement(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutStayStatement }) body: PutStayStatement,
  ): Promise<StayView> {
    await this.endings.fileStatement(actor, id, body);
    return this.stays.get(actor, id);
  }

  @Put('stays/:id/reports-acceptance')
  @Returns(200, StayView)
  async acceptReports(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<StayView> {
    await this.endings.acceptReports(actor, id);
    return this.stays.get(actor, id);
  }

  @Put('stays/:id/balance')
  @Returns(200, StayView)
  async orderBalance(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<StayView> {
    await this.endings.orderBalance(actor, id);
    return this.stays.get(actor, id);
  }

  @Put('stay-instalments/:id/payment')
  @Returns(200, StayView)
  async pay(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutStayPayment }) body: PutStayPayment,
  ): Promise<StayView> {
    const stayId = await this.instalments.pay(actor, id, body);
    return this.stays.get(actor, stayId);
  }
}
