import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { newId } from '../kernel/ids.js';
import { demand, Identity, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { namedScope } from '../platform/scope.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import { Deliveries, publicEvents } from './deliveries.service.js';
import {
  deliveriesOf,
  deliveryById,
  disable,
  endpointById,
  endpointsOf,
  endpointView,
  type Endpoint,
  wholeLog,
} from './hook.queries.js';
import { WebhookProblems } from './hooks.problems.js';
import type {
  PutWebhookEndpoint,
  WebhookDeliveryPage,
  WebhookDeliveryView,
  WebhookEndpointPage,
  WebhookEndpointView,
  WebhookEventPage,
  WebhookSecretView,
  WebhookLogPage,
} from './hooks.schema.js';
import { Sender } from './sender.js';

const PAGE_SIZE = 100;
/** Both secrets sign in this time, so that nobody has to change over at a given minute. */
const ROTATION_HOURS = 24;
const TEST_EVENT = 'webhooks.test.v1';

/** Where an organisation's systems are told, and the log of what they were told. */
@Injectable()
export class Endpoints {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly identity: Identity,
    private readonly deliveries: Deliveries,
    private readonly sender: Sender,
  ) {}

  events(): WebhookEventPage {
    const items = publicEvents().map(({ name, payload }) => {
      const { properties = {} } = z.toJSONSchema(payload, { io: 'input', unrepresentable: 'any' });
      return { name, fields: Object.keys(properties) };
    });
    return { items, next: null };
  }

  async put(actor: Actor, id: string, body: PutWebhookEndpoint): Promise<WebhookEndpointView> {
    const networkId = await this.networkOf(actor, body.organisationId);
    const refusal = this.sender.refusal(body.url);
    if (refusal !== null) throw WebhookProblems.addressRefused(refusal);
    const unknown = body.events.filter((event) => !publicEvents().some(({ name }) => name === event));
    if (unknown.length > 0)
      throw WebhookProblems.eventUnknown(`${unknown.join(', ')}: choose from GET /v1/webhook-events.`);
    const hash = requestHash(body);
    return this.db.tx(withNetworks(actor.scope, networkId), async (tx) => {
      await sql(
        tx,
        `INSERT INTO hooks.endpoints (id, organisation_id, network_id, url, events, request_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING`,
        [id, body.organisationId, networkId, body.url, body.events, hash, this.now()],
      );
      const stored = await endpointById(tx, id);
      if (stored?.requestHash !== hash)
        throw RequestProblems.idReused('An endpoint keeps its address: remove it, and make another.');
      return endpointView(stored);
    });
  }

  async list(actor: Actor, organisationId: string): Promise<WebhookEndpointPage> {
    const networkId = await this.networkOf(actor, organisationId);
    return this.db.read(withNetworks(actor.scope, networkId), async (on) => ({
      items: await endpointsOf(on, organisationId),
      next: null,
    }));
  }

  /** Nothing is sent there any more; the log stays. */
  remove(actor: Actor, id: string): Promise<WebhookEndpointView> {
    return this.change(actor, id, async (tx) => {
      await disable(tx, id, 'REMOVED', this.clock.now());
      return endpointView((await endpointById(tx, id))!);
    });
  }

  /** A new secret; the one before it signs for another day. The same id gives the same secret. */
  rotate(actor: Actor, endpointId: string, secretId: string): Promise<WebhookSecretView> {
    return this.change(actor, endpointId, async (tx, endpoint) => {
      const [known] = await sql<{ endpointId: string }>(
        tx,
        'SELECT endpoint_id AS "endpointId" FROM hooks.secrets WHERE id = $1',
        [secretId],
      );
      if (known && known.endpointId !== endpointId)
        throw RequestProblems.idReused('This id names a secret of another endpoint.');
      if (!known) {
        const until = this.clock.now().add({ hours: ROTATION_HOURS }).toString();
        await sql(
          tx,
          'UPDATE hooks.secrets SET valid_until = $2 WHERE endpoint_id = $1 AND valid_until IS NULL',
          [endpointId, until],
        );
        await sql(
          tx,
          'INSERT INTO hooks.secrets (id, endpoint_id, network_id, created_at) VALUES ($1, $2, $3, $4)',
          [secretId, endpointId, endpoint.networkId, this.now()],
        );
      }
      return { id: secretId, endpointId, secret: this.deliveries.secret(secretId), validUntil: null };
    });
  }

  /** An event of no meaning, to see whether it arrives. */
  async test(actor: Actor, endpointId: string, deliveryId: string): Promise<WebhookDeliveryView> {
    const written = await this.change(actor, endpointId, async (tx, endpoint) => {
      if (endpoint.disabledReason) throw WebhookProblems.disabled('Make a new endpoint first.');
      const body = JSON.stringify({ type: TEST_EVENT, timestamp: this.now(), data: {} });
      await this.deliveries.enqueue(tx, { id: deliveryId, endpoint, event: TEST_EVENT, body });
      return this.delivery(tx, deliveryId);
    });
    await this.deliveries.soon(deliveryId);
    return written;
  }

  async log(actor: Actor, endpointId: string): Promise<WebhookDeliveryPage> {
    return this.db.read(actor.scope, async (on) => {
      await this.own(on, actor, endpointId);
      return { items: await deliveriesOf(on, endpointId, PAGE_SIZE), next: null };
    });
  }

  /** Of every network, for whoever runs the platform. */
  wholeLog(): Promise<WebhookLogPage> {
    return this.db.read(namedScope('sweep'), async (on) => ({
      items: await wholeLog(on, PAGE_SIZE),
      next: null,
    }));
  }

  /** The same message under the same id: a receiver that knows it already leaves it at that. */
  async replay(actor: Actor, deliveryId: string): Promise<WebhookDeliveryView> {
    const written = await this.db.tx(actor.scope, async (tx) => {
      const { endpointId } = await this.delivery(tx, deliveryId);
      const endpoint = await this.own(tx, actor, endpointId);
      if (endpoint.disabledReason)
        throw WebhookProblems.disabled('Nothing is sent to an endpoint that is off.');
      await sql(
        tx,
        `UPDATE hooks.deliveries SET state = 'PENDING', attempts = 0, next_at = $2 WHERE id = $1 AND state <> 'PENDING'`,
        [deliveryId, this.now()],
      );
      return this.delivery(tx, deliveryId);
    });
    await this.deliveries.soon(deliveryId, newId());
    return written;
  }

  private change<Result>(
    actor: Actor,
    id: string,
    work: (tx: Tx, endpoint: Endpoint) => Promise<Result>,
  ): Promise<Result> {
    return this.db.tx(actor.scope, async (tx) => work(tx, await this.own(tx, actor, id)));
  }

  private async own(on: Reader, actor: Actor, id: string): Promise<Endpoint> {
    const endpoint = await endpointById(on, id);
    if (!endpoint) throw WebhookProblems.notFound(`There is no endpoint ${id} in your reach.`);
    demand(actor, 'api_keys:write', {
      organisationId: endpoint.organisationId,
      networkId: endpoint.networkId,
    });
    return endpoint;
  }

  private async delivery(on: Reader, id: string): Promise<WebhookDeliveryView> {
    const delivery = await deliveryById(on, id);
    if (!delivery) throw WebhookProblems.notFound(`There is no delivery ${id} in your reach.`);
    return delivery;
  }

  /** The network whose events an organisation is told of. */
  private async networkOf(actor: Actor, organisationId: string): Promise<string> {
    const organisation = await this.db.read(actor.scope, (on) =>
      this.identity.organisation(on, organisationId),
    );
    const networkId = organisation.kind === 'network' ? organisation.id : organisation.parentId;
    demand(actor, 'api_keys:write', { organisationId, ...(networkId && { networkId }) });
    if (!networkId)
      throw WebhookProblems.notFound('An organisation outside every network is told of no events.');
    return networkId;
  }

  private now(): string {
    return this.clock.now().toString();
  }
}
