import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import pg from 'pg';
import { CONFIG, type Config } from '../config.js';
import { Db, sql } from '../db.js';
import { namedScope } from '../scope.js';
import { JOB_OPTIONS, Queues } from '../queue/queues.js';
import { Heartbeats } from '../heartbeats.js';
import { Consumers, EVENTS_QUEUE, type Delivery } from './consumers.js';
import { OUTBOX_CHANNEL, type Event } from './outbox.js';

const BATCH_SIZE_MAX = 100;
const POLL_MS = 1_000;
const ROUNDS_PER_BEAT = 10;
export const RELAY = 'relay';

/** Moves events from the outbox to the queue. Any number of relays may run: they skip each other's rows. */
@Injectable()
export class OutboxRelay implements OnModuleDestroy {
  private readonly logger = new Logger('OutboxRelay');
  private listener: pg.Client | undefined;
  private running: Promise<void> | undefined;
  private stopping = false;
  private wake: () => void = () => {};

  constructor(
    private readonly db: Db,
    private readonly queues: Queues,
    private readonly consumers: Consumers,
    private readonly heartbeats: Heartbeats,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Called by the process, not by a module: tests pass events on when they want to. */
  start(): void {
    this.running ??= this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
    await this.listener?.end();
  }

  /**
   * One batch. A crash after addBulk and before the commit sends the batch again: the job id is made of
   * the event id, so the queue drops most repeats, and the inbox drops the rest. Rows are found by being
   * unsent, not by a cursor on `seq`: transactions commit in another order than they draw their numbers.
   */
  async passOn(): Promise<number> {
    return this.db.tx(namedScope('relay'), async (tx) => {
      const events = await sql<Event>(
        tx,
        `SELECT id, name, payload, actor, network_ids AS "networkIds", occurred_at AS "occurredAt"
         FROM platform.outbox WHERE sent_at IS NULL
         ORDER BY seq LIMIT $1 FOR UPDATE SKIP LOCKED`,
        [BATCH_SIZE_MAX],
      );
      if (events.length === 0) return 0;
      const wants = await this.consumers.wantedOf(tx, events);
      const jobs = events.flatMap((event) => this.jobsFor(event, wants));
      if (jobs.length > 0) await this.queues.queue(EVENTS_QUEUE).addBulk(jobs);
      await sql(tx, 'UPDATE platform.outbox SET sent_at = now() WHERE id = ANY($1)', [
        events.map((event) => event.id),
      ]);
      return events.length;
    });
  }

  /** BullMQ refuses a colon in a job id. */
  private jobsFor(event: Event, wants: (consumer: string, event: Event) => boolean) {
    const consumers = this.consumers.namesFor(event.name).filter((consumer) => wants(consumer, event));
    return consumers.map((consumer) => {
      const data: Delivery = { consumer, event };
      return { name: event.name, data, opts: { ...JOB_OPTIONS, jobId: `${consumer}.${event.id}` } };
    });
  }

  private async run(): Promise<void> {
    for (let round = 0; !this.stopping; round += 1) {
      const woken = this.nextWake(); // asked for first, so that a notice during the work is not lost
      try {
        this.listener ??= await this.listen();
        while (!this.stopping && (await this.passOn()) === BATCH_SIZE_MAX);
        if (round % ROUNDS_PER_BEAT === 0) await this.heartbeats.beat(RELAY);
      } catch (error) {
        this.logger.error(`will try again: ${error instanceof Error ? error.message : String(error)}`);
      }
      await woken;
    }
  }

  /** Resolves on a notice, on shutdown, or after POLL_MS: a lost notice costs a second, not an event. */
  private nextWake(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** LISTEN needs a connection of its own: the pool hands connections around. */
  private async listen(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.config.DATABASE_URL });
    client.on('notification', () => this.wake());
    client.on('error', () => {
      this.listener = undefined; // the next round opens a new one
    });
    await client.connect();
    await client.query(`LISTEN ${OUTBOX_CHANNEL}`);
    return client;
  }
}
