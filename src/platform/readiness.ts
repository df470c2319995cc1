import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Heartbeats } from './heartbeats.js';
import { HttpProblems } from './http/http-problems.js';
import { Outbox } from './outbox/outbox.js';
import { RELAY } from './outbox/relay.js';
import { DeadLetters } from './queue/dead-letters.service.js';
import type { QueueCounts } from './queue/dead-letter.schema.js';
import { Sweeps } from './sweeps.js';

const QUEUE_ANSWERS_WITHIN_MS = 2_000;
const RELAY_SILENT_SECONDS_MAX = 60;

/** Events that wait and grow mean a stuck relay; jobs that failed for good mean a mistake of ours. */
type Backlog = {
  readonly eventsWaiting: number;
  readonly jobsFailed: number;
  readonly queues: QueueCounts[];
};

/** Is everything there that the product needs, in this process or another? */
@Injectable()
export class Readiness {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly deadLetters: DeadLetters,
    private readonly outbox: Outbox,
    private readonly heartbeats: Heartbeats,
    private readonly sweeps: Sweeps,
  ) {}

  async demand(): Promise<Backlog> {
    const queues = await this.counts();
    const sweepsFailing = await this.sweeps.failing();
    const checks = {
      migrations: await this.migrationsCurrent(),
      relay: await this.beats(RELAY, RELAY_SILENT_SECONDS_MAX),
      sweeps: sweepsFailing.length === 0,
      queue: queues !== null,
    };
    const failing = Object.entries(checks).flatMap(([name, passed]) => (passed ? [] : [name]));
    const named = [...failing, ...sweepsFailing.map(({ name }) => name)].join(', ');
    if (failing.length > 0) throw HttpProblems.unavailable(`Not ready: ${named}.`, { checks, sweepsFailing });
    const jobsFailed = (queues ?? []).reduce((sum, { failed }) => sum + failed, 0);
    return { eventsWaiting: await this.outbox.countWaiting(), jobsFailed, queues: queues ?? [] };
  }

  private async beats(name: string, silentSecondsMax: number): Promise<boolean> {
    const age = await this.heartbeats.age(name);
    return age !== null && age <= silentSecondsMax;
  }

  /** A process of an older or newer build than the database's is not ready. */
  private async migrationsCurrent(): Promise<boolean> {
    const applied = await this.dataSource.query<{ name: string }[]>(
      'SELECT name FROM public.schema_migrations',
    );
    const names = new Set(applied.map((row) => row.name));
    const ours = this.dataSource.migrations.map((migration) => migration.constructor.name);
    return names.size === ours.length && ours.every((name) => names.has(name));
  }

  /** Null when the queue does not answer: a Redis that is gone keeps its callers waiting. */
  private async counts(): Promise<QueueCounts[] | null> {
    const counted = this.deadLetters.counts().catch(() => null);
    return Promise.race([counted, sleep(QUEUE_ANSWERS_WITHIN_MS, null, { ref: false })]);
  }
}
