import { z } from 'zod';
import { wireId, wireInstant, wirePage } from '../kernel/wire.js';

const URL_LENGTH_MAX = 500;
const EVENTS_MAX = 100;
const EVENT_LENGTH_MAX = 100;

const endpointShape = {
  organisationId: wireId,
  url: z.url({ protocol: /^https?$/ }).max(URL_LENGTH_MAX),
  /** Names of docs/events.md. */
  events: z.array(z.string().max(EVENT_LENGTH_MAX)).min(1).max(EVENTS_MAX),
};
export const PutWebhookEndpoint = z.strictObject(endpointShape).meta({ id: 'PutWebhookEndpoint' });
export type PutWebhookEndpoint = z.output<typeof PutWebhookEndpoint>;
export const WebhookEndpointView = z
  .strictObject({
    id: wireId,
    ...endpointShape,
    /** GONE: it answered 410. REMOVED: by its organisation. */
    disabledReason: z.enum(['GONE', 'REMOVED']).nullable(),
    createdAt: wireInstant,
  })
  .meta({ id: 'WebhookEndpoint' });
export type WebhookEndpointView = z.infer<typeof WebhookEndpointView>;
export const WebhookEndpointPage = wirePage(WebhookEndpointView).meta({ id: 'WebhookEndpointPage' });
export type WebhookEndpointPage = z.infer<typeof WebhookEndpointPage>;

export const WebhookSecretView = z
  .strictObject({ id: wireId, endpointId: wireId, secret: z.string(), validUntil: wireInstant.nullable() })
  .meta({ id: 'WebhookSecret' });
export type WebhookSecretView = z.infer<typeof WebhookSecretView>;

export const WebhookDeliveryView = z
  .strictObject({
    id: wireId,
    endpointId: wireId,
    event: z.string(),
    state: z.enum(['PENDING', 'DELIVERED', 'FAILED']),
    body: z.string(),
    nextAt: wireInstant.nullable(),
    attempts: z.array(
      z.strictObject({ status: z.int().nullable(), error: z.string().nullable(), at: wireInstant }),
    ),
    createdAt: wireInstant,
  })
  .meta({ id: 'WebhookDelivery' });
export type WebhookDeliveryView = z.infer<typeof WebhookDeliveryView>;
export const WebhookDeliveryPage = wirePage(WebhookDeliveryView).meta({ id: 'WebhookDeliveryPage' });
export type WebhookDeliveryPage = z.infer<typeof WebhookDeliveryPage>;

export const WebhookEventPage = wirePage(
  z.strictObject({ name: z.string(), fields: z.array(z.string()) }),
).meta({ id: 'WebhookEventPage' });
export type WebhookEventPage = z.infer<typeof WebhookEventPage>;
export const OrganisationQuery = z
  .strictObject({ organisationId: wireId })
  .meta({ id: 'WebhookOrganisationQuery' });
export type OrganisationQuery = z.output<typeof OrganisationQuery>;

/** One line of the whole log, for whoever runs the platform. */
export const WebhookLogPage = wirePage(
  z
    .strictObject({
      id: wireId,
      url: z.string(),
      event: z.string(),
      state: z.enum(['PENDING', 'DELIVERED', 'FAILED']),
      attempts: z.int(),
      /** Of the last try. */
      status: z.int().nullable(),
      error: z.string().nullable(),
      createdAt: wireInstant,
    })
    .meta({ id: 'WebhookLogEntry' }),
).meta({ id: 'WebhookLogPage' });
export type WebhookLogPage = z.infer<typeof WebhookLogPage>;
