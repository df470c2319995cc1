import { Body, Controller, Get, Param, Put, Query, StreamableFile } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { AcceptanceView } from './document.schema.js';
import { Papers } from './papers.service.js';
import { BillingParties } from './parties.service.js';
import {
  LegalEntityPage,
  LegalEntityView,
  PartyQuery,
  PutLegalEntity,
  PutSelfBilling,
  SelfBillingPage,
  SelfBillingView,
} from './party.schema.js';
import { ReceiptPage } from './receipt.schema.js';

/** Documents as files, and what has to be on file for them. */
@Controller('v1')
@Access('documents:read')
export class PapersController {
  constructor(
    private readonly papers: Papers,
    private readonly parties: BillingParties,
  ) {}

  @Get('documents/:id/pdf')
  async pdf(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<StreamableFile> {
    return pdfFile(await this.papers.print(actor, id), id);
  }

  @Get('documents/:id/ubl')
  async ubl(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<StreamableFile> {
    return xmlFile(await this.papers.xml(actor, id, 'ubl'), id);
  }

  @Get('documents/:id/cii')
  async cii(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<StreamableFile> {
    return xmlFile(await this.papers.xml(actor, id, 'cii'), id);
  }

  @Put('documents/:id/acceptance')
  @Returns(200, AcceptanceView)
  accept(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<AcceptanceView> {
    return this.parties.accept(actor, id);
  }

  @Get('receipts')
  @Access('passes:read')
  @Returns(200, ReceiptPage)
  receipts(@CurrentActor() actor: Actor): Promise<ReceiptPage> {
    return this.papers.receipts(actor);
  }

  @Get('receipts/:id/pdf')
  @Access('passes:read')
  async receipt(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<StreamableFile> {
    return pdfFile(await this.papers.printReceipt(actor, id), id);
  }

  @Put('legal-entities/:id')
  @Returns(200, LegalEntityView)
  putEntity(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutLegalEntity }) body: PutLegalEntity,
  ): Promise<LegalEntityView> {
    return this.parties.putEntity(actor, id, body);
  }

  @Get('legal-entities')
  @Returns(200, LegalEntityPage)
  entities(
    @CurrentActor() actor: Actor,
    @Query({ schema: PartyQuery }) { partyId }: PartyQuery,
  ): Promise<LegalEntityPage> {
    return this.parties.entities(actor, partyId);
  }

  @Put('self-billing-agreements/:id')
  @Returns(200, SelfBillingView)
  sign(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutSelfBilling }) body: PutSelfBilling,
  ): Promise<SelfBillingView> {
    return this.parties.signSelfBilling(actor, id, body);
  }

  @Get('self-billing-agreements')
  @Returns(200, SelfBillingPage)
  agreements(
    @CurrentActor() actor: Actor,
    @Query({ schema: PartyQuery }) { partyId }: PartyQuery,
  ): Promise<SelfBillingPage> {
    return this.parties.agreements(actor, partyId);
  }
}

function pdfFile(bytes: Buffer, id: string): StreamableFile {
  return new StreamableFile(bytes, { type: 'application/pdf', disposition: `inline; filename="${id}.pdf"` });
}

function xmlFile(xml: string, id: string): StreamableFile {
  const type = 'application/xml; charset=utf-8';
  return new StreamableFile(Buffer.from(xml, 'utf8'), {
    type,
    disposition: `attachment; filename="${id}.xml"`,
  });
}
