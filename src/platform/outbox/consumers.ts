import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { invariant } from '../../kernel/problem.js';
import { Db, sql, type Reader, type Tx } from '../db.js';
import { EVENTS, Queues } from '../queue/queues.js';
import type { Scope, ScopeName } from '../scope.js';
import type { Event, EventType } from './outbox.js';

/** One queue carries all events; each consumer of an event gets a job of its own, with its own retries. */
export const EVENTS_QUEUE = EVENTS;

export type Delivery = { readonly consumer: string; readonly event: Event };
type Handler = (tx: Tx, event: Event) => Promise<void>;
type Consumer = { readonly name: string; readonly handle: Handler; readonly scope: Partial<Scope> };
/** Of a batch, the ids of those it wants. */
type Filter = (on: Reader, events: readonly Event[]) => Promise<ReadonlySet<string>>;

/** Who wants which event, and the guarantee that each consumer acts on each event once. */
@Injectable()
export class Consumers {
  private readonly byEvent = new Map<string, Consumer[]>();
  private readonly filters = new Map<string, Filter>();

  constructor(
    private readonly db: Db,
    private readonly queues: Queues,
  ) {}

  /**
   * Call it in a module's `onModuleInit`. `name` is stored with every event done: never change it.
   * The handler shares the transaction that marks the event as done, so it must not call the outside
   * world; to do that, it writes down the intent and adds a job. It runs in the scope of the event's
   * networks; `scopeName` adds a named reach, for the few consumers that need one.
   */
  on<Payload extends z.ZodType>(
    name: string,
    type: EventType<Payload>,
    handle: (tx: Tx, event: Event<z.output<Payload>>) => Promise<void>,
    scopeName?: ScopeName,
  ): void {
    const consumers = this.byEvent.get(type.name) ?? [];
    invariant(!consumers.some((other) => other.name === name), `${name} consumes ${type.name} only once`);
    const parseAndHandle: Handler = (tx, event) =>
      handle(tx, { ...event, payload: type.payload.parse(event.payload) });
    this.byEvent.set(type.name, [
      ...consumers,
      { name, handle: parseAndHandle, scope: scopeName ? { name: scopeName } : {} },
    ]);
  }

  /** A consumer of many events that wants few of them: asked once for a batch, so that the others make no job. */
  only(name: string, filter: Filter): void {
    this.filters.set(name, filter);
  }

  async wantedOf(on: Reader, events: readonly Event[]): Promise<(consumer: string, event: Event) => boolean> {
    const wanted = new Map<string, ReadonlySet<string>>();
    for (const [name, filter] of this.filters) wanted.set(name, await filter(on, events));
    return (consumer, { id }) => wanted.get(consumer)?.has(id) ?? true;
  }

  namesFor(eventName: string): string[] {
    return (this.byEvent.get(eventName) ?? []).map((consumer) => consumer.name);
  }

  /** Starts working on the queue. Called by the process, not by a module: tests decide for themselves. */
  start(): void {
    this.queues.work(EVENTS_QUEUE, (data) => this.deliver(data as Delivery));
  }

  /** Queues deliver at least once; the inbox row makes it exactly one effect. */
  async deliver({ consumer: name, event }: Delivery): Promise<void> {
    const consumer = this.byEvent.get(event.name)?.find((candidate) => candidate.name === name);
    if (!consumer)
      throw new Error(`No consumer ${name} for ${event.name}: is a newer version running elsewhere?`);
    await this.db.tx({ networks: event.networkIds, ...consumer.scope }, async (tx) => {
      const [first] = await sql(
        tx,
        `INSERT INTO platform.inbox (consumer, event_id) VALUES ($1, $2)
         ON CONFLICT DO NOTHING RETURNING event_id`,
        [name, event.id],
      );
      if (first) await consumer.handle(tx, event);
    });
  }
}
