import { instantFromDate, type Instant } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import type { WebhookDeliveryView, WebhookEndpointView, WebhookLogPage } from './hooks.schema.js';

type Stamp = Parameters<typeof instantFromDate>[0];
export type Endpoint = WebhookEndpointView & { readonly networkId: string; readonly requestHash: string };

const ENDPOINT = `SELECT id, organisation_id AS "organisationId", network_id AS "networkId", url, events,
    disabled_reason AS "disabledReason", request_hash AS "requestHash", created_at AS "createdAt" FROM hooks.endpoints`;

export async function endpointById(on: Reader, id: string): Promise<Endpoint | null> {
  const [row] = await sql<Omit<Endpoint, 'createdAt'> & { createdAt: Stamp }>(
    on,
    `${ENDPOINT} WHERE id = $1`,
    [id],
  );
  return row ? { ...row, createdAt: instantFromDate(row.createdAt).toString() } : null;
}

export async function endpointsOf(on: Reader, organisationId: string): Promise<WebhookEndpointView[]> {
  const rows = await sql<Omit<Endpoint, 'createdAt'> & { createdAt: Stamp }>(
    on,
    `${ENDPOINT} WHERE organisation_id = $1 ORDER BY id`,
    [organisationId],
  );
  return rows.map((row) => endpointView({ ...row, createdAt: instantFromDate(row.createdAt).toString() }));
}

export function endpointView({
  networkId: _network,
  requestHash: _hash,
  ...view
}: Endpoint): WebhookEndpointView {
  return view;
}

type DeliveryRow = Omit<WebhookDeliveryView, 'createdAt' | 'nextAt'> & { createdAt: Stamp; nextAt: Stamp };

const DELIVERY = `SELECT delivery.id, endpoint_id AS "endpointId", event_name AS event, state, body, next_at AS "nextAt",
    coalesce((SELECT json_agg(json_build_object('status', status, 'error', error,
       'at', to_char(attempt.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY attempt.id)
     FROM hooks.attempts attempt WHERE delivery_id = delivery.id), '[]') AS attempts,
    delivery.created_at AS "createdAt" FROM hooks.deliveries delivery`;

/** Newest first. */
export async function deliveriesOf(
  on: Reader,
  endpointId: string,
  limit: number,
): Promise<WebhookDeliveryView[]> {
  const rows = await sql<DeliveryRow>(
    on,
    `${DELIVERY} WHERE endpoint_id = $1 ORDER BY delivery.created_at DESC, delivery.id DESC LIMIT $2`,
    [endpointId, limit],
  );
  return rows.map(deliveryView);
}

export async function deliveryById(on: Reader, id: string): Promise<WebhookDeliveryView | null> {
  const [row] = await sql<DeliveryRow>(on, `${DELIVERY} WHERE delivery.id = $1`, [id]);
  return row ? deliveryView(row) : null;
}

function deliveryView({ createdAt, nextAt, ...row }: DeliveryRow): WebhookDeliveryView {
  return {
    ...row,
    nextAt: row.state === 'PENDING' ? instantFromDate(nextAt).toString() : null,
    createdAt: instantFromDate(createdAt).toString(),
  };
}

type LogRow = Omit<WebhookLogPage['items'][number], 'createdAt'> & { createdAt: Stamp };

/** What failed first, then the newest. */
export async function wholeLog(on: Reader, limit: number): Promise<WebhookLogPage['items']> {
  const rows = await sql<LogRow>(
    on,
    `SELECT delivery.id, endpoint.url, delivery.event_name AS event, delivery.state, delivery.attempts,
       latest.status, latest.error, delivery.created_at AS "createdAt"
     FROM hooks.deliveries delivery JOIN hooks.endpoints endpoint ON endpoint.id = delivery.endpoint_id
     LEFT JOIN LATERAL (SELECT status, error FROM hooks.attempts WHERE delivery_id = delivery.id
       ORDER BY id DESC LIMIT 1) latest ON true
     ORDER BY delivery.state = 'FAILED' DESC, delivery.created_at DESC, delivery.id DESC LIMIT $1`,
    [limit],
  );
  return rows.map(({ createdAt, ...row }) => ({ ...row, createdAt: instantFromDate(createdAt).toString() }));
}

/** Nothing is sent there any more, not even what waits. The log stays. */
export async function disable(
  tx: Tx,
  endpointId: string,
  reason: 'GONE' | 'REMOVED',
  now: Instant,
): Promise<void> {
  await sql(
    tx,
    'UPDATE hooks.endpoints SET disabled_at = $2, disabled_reason = $3 WHERE id = $1 AND disabled_at IS NULL',
    [endpointId, now.toString(), reason],
  );
  await sql(tx, `UPDATE hooks.deliveries SET state = 'FAILED' WHERE endpoint_id = $1 AND state = 'PENDING'`, [
    endpointId,
  ]);
}
