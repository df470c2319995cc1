import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { Access, CurrentActor, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { PaymentMethods } from './payment-methods.service.js';
import {
  PaymentMethodPage,
  PutSubscriptionProduct,
  SetupView,
  SubscriptionPage,
  SubscriptionView,
  wireMethodRef,
} from './payment.schema.js';
import { Subscriptions } from './subscriptions.service.js';

/** What stands until it is ended: subscriptions, and ways to pay. */
@Controller('v1')
export class StandingController {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly methods: PaymentMethods,
  ) {}

  @Get('subscriptions')
  @Access('purchases:write')
  @Returns(200, SubscriptionPage)
  list(@CurrentActor() actor: Actor): Promise<SubscriptionPage> {
    return this.subscriptions.list(actor);
  }

  @Put('subscriptions/:id/pause')
  @Access('purchases:write')
  @Returns(200, SubscriptionView)
  pause(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<SubscriptionView> {
    return this.subscriptions.pause(actor, id);
  }

  @Delete('subscriptions/:id/pause')
  @Access('purchases:write')
  @Returns(200, SubscriptionView)
  resume(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<SubscriptionView> {
    return this.subscriptions.resume(actor, id);
  }

  /** At the end of the period that is paid. */
  @Put('subscriptions/:id/cancellation')
  @Access('purchases:write')
  @Returns(200, SubscriptionView)
  cancel(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<SubscriptionView> {
    return this.subscriptions.cancel(actor, id);
  }

  @Delete('subscriptions/:id/cancellation')
  @Access('purchases:write')
  @Returns(200, SubscriptionView)
  keep(@CurrentActor() actor: Actor, @Param('id', { schema: wireId }) id: string): Promise<SubscriptionView> {
    return this.subscriptions.keep(actor, id);
  }

  @Put('subscriptions/:id/product')
  @Access('purchases:write')
  @Returns(200, SubscriptionView)
  change(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Body({ schema: PutSubscriptionProduct }) { productId }: PutSubscriptionProduct,
  ): Promise<SubscriptionView> {
    return this.subscriptions.changeProduct(actor, id, productId);
  }

  @Get('payment-methods')
  @Access('purchases:write')
  @Returns(200, PaymentMethodPage)
  listMethods(@CurrentActor() actor: Actor): Promise<PaymentMethodPage> {
    return this.methods.list(actor);
  }

  /** A page of the provider to leave a card or an account on. */
  @Put('payment-method-setups/:id')
  @Access('purchases:write')
  @Returns(200, SetupView)
  setup(@CurrentActor() actor: Actor, @Param('id', { schema: wireNewId }) id: string): Promise<SetupView> {
    return this.methods.setup(actor, id);
  }

  @Put('payment-methods/:ref/choice')
  @Access('purchases:write')
  @Returns(200, PaymentMethodPage)
  choose(
    @CurrentActor() actor: Actor,
    @Param('ref', { schema: wireMethodRef }) ref: string,
  ): Promise<PaymentMethodPage> {
    return this.methods.choose(actor, ref);
  }

  @Delete('payment-methods/:ref')
  @Access('purchases:write')
  @Returns(200, PaymentMethodPage)
  remove(
    @CurrentActor() actor: Actor,
    @Param('ref', { schema: wireMethodRef }) ref: string,
  ): Promise<PaymentMethodPage> {
    return this.methods.remove(actor, ref);
  }
}
