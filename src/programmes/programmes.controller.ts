import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { SponsorInvoices } from './invoices.service.js';
import {
  CarryOverView,
  ProgrammeAgentPage,
  ProgrammePage,
  ProgrammeReportView,
  ProgrammesQuery,
  ProgrammeView,
  PutApproval,
  PutCarryOver,
  PutProgramme,
  PutSponsorInvoice,
  PutSponsorPayment,
  PutStep,
  SponsorInvoicePage,
  SponsorInvoiceView,
} from './programme.schema.js';
import { Programmes } from './programmes.service.js';
import { ProgrammeReports } from './reports.service.js';

@ApiTags('programmes')
@Controller('v1')
export class ProgrammesController {
  constructor(
    private readonly programmes: Programmes,
    private readonly reports: ProgrammeReports,
    private readonly invoices: SponsorInvoices,
  ) {}

  @Get('programmes')
  @Access('programmes:read')
  @Returns(200, ProgrammePage)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ProgrammesQuery }) query: ProgrammesQuery,
  ): Promise<ProgrammePage> {
    return this.programmes.list(actor, query);
  }

  @Get('programmes/:id')
  @Access('programmes:read')
  @Returns(200, ProgrammeView)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<ProgrammeView> {
    return this.programmes.get(actor, id);
  }

  @Put('programmes/:id')
  @Access('programmes:write')
  @Returns(200, ProgrammeView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutProgramme }) body: PutProgramme,
  ): Promise<ProgrammeView> {
    return this.programmes.put(actor, id, body);
  }

  @Put('programmes/:id/approval')
  @Access('programmes:write')
  @Returns(200, ProgrammeView)
  approve(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutApproval }) body: PutApproval,
  ): Promise<ProgrammeView> {
    return this.programmes.approve(actor, id, body);
  }

  @Put('programmes/:id/step')
  @Access('programmes:write')
  @Returns(200, ProgrammeView)
  step(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutStep }) { step }: PutStep,
  ): Promise<ProgrammeView> {
    return this.programmes.step(actor, id, step);
  }

  @Put('programmes/:id/carry-over')
  @Access('programmes:write')
  @Returns(200, CarryOverView)
  carryOver(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutCarryOver }) { toProgrammeId }: PutCarryOver,
  ): Promise<CarryOverView> {
    return this.programmes.carryOver(actor, id, toProgrammeId);
  }

  @Get('programmes/:id/report')
  @Access('programmes:write')
  @Returns(200, ProgrammeReportView)
  report(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<ProgrammeReportView> {
    return this.reports.report(actor, id);
  }

  @Get('programmes/:id/agents')
  @Access('programmes:write')
  @Returns(200, ProgrammeAgentPage)
  agents(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<ProgrammeAgentPage> {
    return this.reports.agentDays(actor, id);
  }

  @Get('programmes/:id/invoices')
  @Access('programmes:write')
  @Returns(200, SponsorInvoicePage)
  invoicesOf(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<SponsorInvoicePage> {
    return this.invoices.list(actor, id);
  }

  @Put('programmes/:id/invoices/:invoiceId')
  @Access('programmes:write')
  @Returns(200, SponsorInvoiceView)
  draw(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) programmeId: string,
    @Param('invoiceId', { schema: wireNewId }) id: string,
    @Body({ schema: PutSponsorInvoice }) body: PutSponsorInvoice,
  ): Promise<SponsorInvoiceView> {
    return this.invoices.put(actor, { id, programmeId }, body);
  }

  @Put('sponsor-invoices/:id/payment')
  @Access('programmes:write')
  @Returns(200, SponsorInvoiceView)
  pay(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutSponsorPayment }) body: PutSponsorPayment,
  ): Promise<SponsorInvoiceView> {
    return this.invoices.pay(actor, id, body);
  }
}
