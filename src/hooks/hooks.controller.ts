import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { Access, CurrentActor, StepUp, type Actor } from '../identity/index.js';
import { wireId, wireNewId } from '../kernel/wire.js';
import { Returns } from '../platform/http/returns.js';
import { Endpoints } from './endpoints.service.js';
import {
  OrganisationQuery,
  PutWebhookEndpoint,
  WebhookDeliveryPage,
  WebhookDeliveryView,
  WebhookEndpointPage,
  WebhookEndpointView,
  WebhookEventPage,
  WebhookLogPage,
  WebhookSecretView,
} from './hooks.schema.js';

@Controller('v1')
@Access('api_keys:write')
export class HooksController {
  constructor(private readonly endpoints: Endpoints) {}

  @Get('webhook-events')
  @Returns(200, WebhookEventPage)
  events(): WebhookEventPage {
    return this.endpoints.events();
  }

  @Put('webhook-endpoints/:id')
  @Returns(200, WebhookEndpointView)
  put(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireNewId }) id: string,
    @Body({ schema: PutWebhookEndpoint }) body: PutWebhookEndpoint,
  ): Promise<WebhookEndpointView> {
    return this.endpoints.put(actor, id, body);
  }

  @Get('webhook-endpoints')
  @Returns(200, WebhookEndpointPage)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: OrganisationQuery }) { organisationId }: OrganisationQuery,
  ): Promise<WebhookEndpointPage> {
    return this.endpoints.list(actor, organisationId);
  }

  @Delete('webhook-endpoints/:id')
  @Returns(200, WebhookEndpointView)
  remove(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<WebhookEndpointView> {
    return this.endpoints.remove(actor, id);
  }

  @Put('webhook-endpoints/:id/secrets/:secretId')
  @Returns(200, WebhookSecretView)
  rotate(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Param('secretId', { schema: wireNewId }) secretId: string,
  ): Promise<WebhookSecretView> {
    return this.endpoints.rotate(actor, id, secretId);
  }

  @Put('webhook-endpoints/:id/tests/:deliveryId')
  @Returns(200, WebhookDeliveryView)
  test(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
    @Param('deliveryId', { schema: wireNewId }) deliveryId: string,
  ): Promise<WebhookDeliveryView> {
    return this.endpoints.test(actor, id, deliveryId);
  }

  @Get('webhook-endpoints/:id/deliveries')
  @Returns(200, WebhookDeliveryPage)
  log(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<WebhookDeliveryPage> {
    return this.endpoints.log(actor, id);
  }

  @Get('webhook-deliveries')
  @Access('platform:write')
  @StepUp('PLATFORM')
  @Returns(200, WebhookLogPage)
  wholeLog(): Promise<WebhookLogPage> {
    return this.endpoints.wholeLog();
  }

  @Put('webhook-deliveries/:id/replay')
  @Returns(200, WebhookDeliveryView)
  replay(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: wireId }) id: string,
  ): Promise<WebhookDeliveryView> {
    return this.endpoints.replay(actor, id);
  }
}
