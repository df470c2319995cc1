import { Injectable } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { newId } from '../kernel/ids.js';
import { instantToDate, type Instant } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { eventCatalogue, type Event, type EventType } from '../platform/outbox/outbox.js';
import { Works } from '../platform/queue/works.js';
import { Sealing } from '../platform/sealing.js';
import { namedScope } from '../platform/scope.js';
import { disable } from './hook.queries.js';
import { minutesUntilNext, verdictOf } from './hook.rules.js';
import { Sender } from './sender.js';

const SWEEP = namedScope('sweep');
const BATCH_SIZE_MAX = 20;
/** A process that dies with a delivery in hand leaves it to another after this. */
const LEASE_SECONDS = 60;
/** What concerns nobody but the process itself. */
const INTERNAL = ['platform.', 'exports.', 'payments.provider_event_received.'];
export const HOOKS_QUEUE = 'webhooks';

type Due = {
  readonly id: string;
  readonly endpointId: string;
  readonly networkId: string;
  readonly url: string;
  readonly body: string;
  readonly attempts: number;
  readonly secretIds: readonly string[];
};

export function publicEvents(): EventType[] {
  return [...eventCatalogue.values()]
    .filter(({ name }) => !INTERNAL.some((start) => name.startsWith(start)))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** From an event to a partner's system, and what became of it. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly sealing: Sealing,
    private readonly sender: Sender,
    private readonly works: Works,
  ) {}

  /** Few events have anybody who wants them: one question for a batch saves a job for each of the others. */
  async wanted(on: Reader, events: readonly Event[]): Promise<ReadonlySet<string>> {
    const endpoints = await sql<{ networkId: string; names: string[] }>(
      on,
      'SELECT network_id AS "networkId", events AS names FROM hooks.endpoints WHERE disabled_at IS NULL',
    );
    const isWanted = ({ name, networkIds }: Event) =>
      endpoints.some((endpoint) => endpoint.names.includes(name) && networkIds.includes(endpoint.networkId));
    return new Set(events.filter(isWanted).map(({ id }) => id));
  }

  /** One delivery for each endpoint that wants this event: written with the inbox row, sent once that is there. */
  async fanOut(tx: Tx, event: Event): Promise<void> {
    const endpoints = await sql<{ id: string; networkId: string }>(
      tx,
      `SELECT id, network_id AS "networkId" FROM hooks.endpoints
       WHERE network_id = ANY ($1::uuid[]) AND $2 = ANY (events) AND disabled_at IS NULL`,
      [[...event.networkIds], event.name],
    );
    const body = JSON.stringify({ type: event.name, timestamp: event.occurredAt, data: event.payload });
    for (const endpoint of endpoints) {
      const id = derivedId(event.id, endpoint.id);
      await this.enqueue(tx, { id, endpoint, event: event.name, body });
      await this.soon(id);
    }
  }

  /** The rows say what is due; the queue only makes it soon. `turn` tells a replay from the first time. */
  soon(deliveryId: string, turn = 'first'): Promise<void> {
    return this.works.enqueue(HOOKS_QUEUE, `${deliveryId}.${turn}`, { deliveryId });
  }

  async enqueue(
    tx: Tx,
    order: { id: string; endpoint: { id: string; networkId: string }; event: string; body: string },
  ): Promise<void> {
    await sql(
      tx,
      `INSERT INTO hooks.deliveries (id, endpoint_id, network_id, event_name, body, state, next_at, created_at)
       VALUES ($1, $2, $3, $4, $5, 'PENDING', $6, $6) ON CONFLICT DO NOTHING`,
      [
        order.id,
        order.endpoint.id,
        order.endpoint.networkId,
        order.event,
        order.body,
        this.clock.now().toString(),
      ],
    );
  }

  /** A job may be quicker than the transaction that asked for it: then it comes again. */
  async deliver(deliveryId: string): Promise<void> {
    const query = 'SELECT id FROM hooks.deliveries WHERE id = $1';
    const [known] = await this.db.read(SWEEP, (on) => sql(on, query, [deliveryId]));
    if (!known) throw new Error(`delivery ${deliveryId} is not written yet`);
    for (const delivery of await this.claim(deliveryId)) await this.try(delivery);
  }

  /** All that is due now. Gives how many were tried. */
  async deliverDue(): Promise<number> {
    for (let tried = 0; ;) {
      const due = await this.claim();
      await Promise.all(due.map((delivery) => this.try(delivery)));
      tried += due.length;
      if (due.length < BATCH_SIZE_MAX) return tried;
    }
  }

  private claim(only: string | null = null): Promise<Due[]> {
    const now = this.clock.now();
    return this.db.tx(SWEEP, (tx) =>
      sql<Due>(
        tx,
        `UPDATE hooks.deliveries delivery SET attempts = attempts + 1, next_at = $1::timestamptz + make_interval(secs => $3)
         FROM hooks.endpoints endpoint
         WHERE endpoint.id = endpoint_id AND delivery.id IN (
           SELECT id FROM hooks.deliveries WHERE state = 'PENDING' AND next_at <= $1 AND ($4::uuid IS NULL OR id = $4)
           ORDER BY next_at LIMIT $2 FOR UPDATE SKIP LOCKED)
         RETURNING delivery.id, endpoint_id AS "endpointId", delivery.network_id AS "networkId", url, body, attempts,
           array(SELECT secret.id FROM hooks.secrets secret WHERE secret.endpoint_id = endpoint.id
             AND (valid_until IS NULL OR valid_until > $1) ORDER BY secret.created_at DESC) AS "secretIds"`,
        [now.toString(), BATCH_SIZE_MAX, LEASE_SECONDS, only],
      ),
    );
  }

  /** The sending is outside of every transaction; what came of it is written after. */
  private async try(delivery: Due): Promise<void> {
    const now = this.clock.now();
    const answer = await this.sender.send(delivery.url, this.headers(delivery, now), delivery.body);
    const verdict = verdictOf(answer.status);
    const minutes = minutesUntilNext(delivery.attempts);
    const state =
      verdict === 'DELIVERED' ? 'DELIVERED' : verdict === 'GONE' || minutes === null ? 'FAILED' : 'PENDING';
    await this.db.tx(SWEEP, async (tx) => {
      await sql(
        tx,
        `INSERT INTO hooks.attempts (id, delivery_id, network_id, status, error, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
        [newId(), delivery.id, delivery.networkId, answer.status, answer.error, now.toString()],
      );
      await sql(tx, 'UPDATE hooks.deliveries SET state = $2, next_at = $3 WHERE id = $1', [
        delivery.id,
        state,
        now.add({ minutes: minutes ?? 0 }).toString(),
      ]);
      if (verdict === 'GONE') await disable(tx, delivery.endpointId, 'GONE', now);
    });
  }

  /** By every secret that is valid now, so that a receiver may change over at any moment in between. */
  private headers(delivery: Due, now: Instant): Record<string, string> {
    const sign = (secretId: string) =>
      new Webhook(this.secret(secretId)).sign(delivery.id, instantToDate(now), delivery.body);
    return {
      'content-type': 'application/json',
      'user-agent': 'Escale-Webhooks/1',
      'webhook-id': delivery.id,
      'webhook-timestamp': String(Math.floor(now.epochMilliseconds / 1000)),
      'webhook-signature': delivery.secretIds.map(sign).join(' '),
    };
  }

  /** The same each time it is asked for: derived, and stored nowhere. */
  secret(secretId: string): string {
    return `whsec_${this.sealing.seedFor(`webhook/${secretId}`).toString('base64')}`;
  }
}
