import { Controller, Get, Param, Query } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { BillingQuery, DocumentPage, DocumentView, PaymentInstructionPage } from './document.schema.js';
import { Documents } from './documents.service.js';

@Controller('v1')
@Access('documents:read')
export class BillingController {
  constructor(private readonly documents: Documents) {}

  @Get('documents')
  @Returns(200, DocumentPage)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: BillingQuery }) query: BillingQuery,
  ): Promise<DocumentPage> {
    return this.documents.list(actor, query);
  }

  @Get('documents/:id')
  @Returns(200, DocumentView)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<DocumentView> {
    return this.documents.get(actor, id);
  }

  @Get('payment-instructions')
  @Returns(200, PaymentInstructionPage)
  instructions(
    @CurrentActor() actor: Actor,
    @Query({ schema: BillingQuery }) query: BillingQuery,
  ): Promise<PaymentInstructionPage> {
    return this.documents.instructions(actor, query);
  }
}
