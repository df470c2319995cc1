import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { newId } from '../../kernel/ids.js';
import { Clock } from '../clock.js';
import { Db, sql, type Tx } from '../db.js';
import { namedScope } from '../scope.js';

/**
 * A fact a module announces, declared once by the module that produces it (`bookings.events.ts`):
 *   export const BookingConfirmed = eventType('booking.confirmed.v1', z.strictObject({ bookingId: wireId }));
 * A changed shape is a new version, never an edit.
 */
export type EventType<Payload extends z.ZodType = z.ZodType> = {
  readonly name: EventName;
  readonly payload: Payload;
};
export type EventName = `${string}.${string}.v${number}`;

/** Every event the product announces, for the generated docs/events.md. */
export const eventCatalogue = new Map<EventName, EventType>();

export function eventType<Payload extends z.ZodType>(name: EventName, payload: Payload): EventType<Payload> {
  const type = { name, payload };
  eventCatalogue.set(name, type);
  return type;
}

/** An event as it is stored and delivered. */
export type Event<Payload = unknown> = {
  readonly id: string;
  readonly name: string;
  readonly payload: Payload;
  /** Who caused it: a person, an API key, or "system". */
  readonly actor: string;
  /** The networks it concerns; its consumers run in their scope. */
  readonly networkIds: readonly string[];
  /** ISO 8601: an event is JSON from the moment it is stored. */
  readonly occurredAt: string;
};

/** The PostgreSQL channel that wakes the relay. */
export const OUTBOX_CHANNEL = 'outbox';

export type Cause = { readonly actor: string; readonly networkIds?: readonly string[] };

/** Events are written in the transaction that makes them true: either both happen or neither. */
@Injectable()
export class Outbox {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  async add<Payload extends z.ZodType>(
    tx: Tx,
    type: EventType<Payload>,
    payload: z.input<Payload>,
    cause: Cause,
  ): Promise<void> {
    type.payload.parse(payload); // a wrong event must fail here, not in every consumer
    await sql(
      tx,
      `INSERT INTO platform.outbox (id, name, payload, actor, network_ids, occurred_at)
       SELECT $1, $2, $3::jsonb, $4, $5::uuid[], $6::timestamptz FROM pg_notify('${OUTBOX_CHANNEL}', '')`,
      [
        newId(),
        type.name,
        JSON.stringify(payload),
        cause.actor,
        [...(cause.networkIds ?? [])],
        this.clock.now().toString(),
      ],
    );
  }

  /** Many of one kind and one cause, in one statement. */
  async addAll<Payload extends z.ZodType>(
    tx: Tx,
    type: EventType<Payload>,
    payloads: readonly z.input<Payload>[],
    cause: Cause,
  ): Promise<void> {
    for (const payload of payloads) type.payload.parse(payload);
    await sql(
      tx,
      `INSERT INTO platform.outbox (id, name, payload, actor, network_ids, occurred_at)
       SELECT given.id, $2, given.payload::jsonb, $4, $5::uuid[], $6::timestamptz
       FROM unnest($1::uuid[], $3::text[]) AS given (id, payload), pg_notify('${OUTBOX_CHANNEL}', '')`,
      [
        payloads.map(() => newId()),
        type.name,
        payloads.map((payload) => JSON.stringify(payload)),
        cause.actor,
        [...(cause.networkIds ?? [])],
        this.clock.now().toString(),
      ],
    );
  }

  async countWaiting(): Promise<number> {
    const query = 'SELECT count(*)::int AS waiting FROM platform.outbox WHERE sent_at IS NULL';
    const [row] = await this.db.read(namedScope('relay'), (on) => sql<{ waiting: number }>(on, query));
    return row?.waiting ?? 0;
  }
}
