import { Body, Controller, Get, Headers, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Public } from '../platform/http/access-mark.js';
import { Returns } from '../platform/http/returns.js';
import { FailedPayments } from './failed-payments.service.js';
import { Promotions } from './promotions.service.js';
import { ProviderEvents } from './provider-events.service.js';
import { Purchases } from './purchases.service.js';
import { Refunds } from './refunds.service.js';
import {
  FailedPaymentPage,
  OfNetwork,
  PromotionCodePage,
  PromotionCodeView,
  PurchasePage,
  PurchaseView,
  PutPromotionCode,
  PutPurchase,
  PutRefund,
  ReceivedView,
  RefundView,
} from './payment.schema.js';

@Controller('v1')
export class PaymentsController {
  constructor(
    private readonly purchases: Purchases,
    private readonly refunds: Refunds,
    private readonly promotions: Promotions,
    private readonly failed: FailedPayments,
    private readonly events: ProviderEvents,
  ) {}

  @Put('purchases/:id')
  @Access('purchases:write')
  @Returns(200, PurchaseView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutPurchase }) body: PutPurchase,
  ): Promise<PurchaseView> {
    return this.purchases.put(actor, id, body);
  }

  @Get('purchases')
  @Access('purchases:write')
  @Returns(200, PurchasePage)
  list(@CurrentActor() actor: Actor): Promise<PurchasePage> {
    return this.purchases.list(actor);
  }

  @Get('purchases/:id')
  @Access('purchases:write')
  @Returns(200, PurchaseView)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<PurchaseView> {
    return this.purchases.get(actor, id);
  }

  /** Asks the provider now what became of it. */
  @Put('purchases/:id/enquiry')
  @Access('purchases:write')
  @Returns(200, PurchaseView)
  enquire(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<PurchaseView> {
    return this.purchases.enquire(actor, id);
  }

  /** Another try to pay, on a page of the provider. */
  @Put('purchases/:id/checkout')
  @Access('purchases:write')
  @Returns(200, PurchaseView)
  retry(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<PurchaseView> {
    return this.purchases.retry(actor, id);
  }

  /** The buyer's right within fourteen days. */
  @Put('purchases/:id/withdrawal')
  @Access('purchases:write')
  @Returns(200, RefundView)
  withdraw(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<RefundView> {
    return this.refunds.withdraw(actor, id);
  }

  @Put('refunds/:id')
  @Access('payments:write')
  @Returns(200, RefundView)
  refund(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutRefund }) body: PutRefund,
  ): Promise<RefundView> {
    return this.refunds.put(actor, id, body);
  }

  @Put('promotion-codes/:id')
  @Access('payments:write')
  @Returns(200, PromotionCodeView)
  putCode(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutPromotionCode }) body: PutPromotionCode,
  ): Promise<PromotionCodeView> {
    return this.promotions.put(actor, id, body);
  }

  @Get('promotion-codes')
  @Access('payments:read')
  @Returns(200, PromotionCodePage)
  listCodes(
    @CurrentActor() actor: Actor,
    @Query({ schema: OfNetwork }) { networkId }: OfNetwork,
  ): Promise<PromotionCodePage> {
    return this.promotions.list(actor, networkId);
  }

  /** Payments that failed, and those nobody knows about yet. */
  @Get('failed-payments')
  @Access('payments:read')
  @Returns(200, FailedPaymentPage)
  listFailed(
    @CurrentActor() actor: Actor,
    @Query({ schema: OfNetwork }) { networkId }: OfNetwork,
  ): Promise<FailedPaymentPage> {
    return this.failed.list(actor, networkId);
  }

  /** For the provider alone, who signs what it sends. */
  @Post('provider-events')
  @Public()
  @Returns(200, ReceivedView)
  receive(
    @Req() request: FastifyRequest & { rawBody?: Buffer },
    @Headers('stripe-signature') signature?: string,
  ): Promise<ReceivedView> {
    return this.events.receive(request.rawBody, signature);
  }
}
