import { Injectable, Logger } from '@nestjs/common';
import { invariant } from '../kernel/problem.js';
import type { Instant } from '../kernel/time.js';
import { Clock } from './clock.js';
import { Queues } from './queue/queues.js';
import { SweepRuns, type SweepRun } from './sweep-runs.js';

const SWEEPS_QUEUE = 'sweeps';
const SCHEDULER = 'every-minute';
const EVERY_MS = 60_000;

/** Three rounds without success, or as many failures in a row. */
const SILENT_SECONDS_MAX = 180;
const FAILURES_MAX = 2;

/** A round that fails is not repeated: the next one comes in a minute. */
const ROUND = { name: 'round', opts: { attempts: 1, removeOnComplete: true, removeOnFail: { count: 100 } } };

/** How many things it did. Running it again does nothing more. */
type Sweep = () => Promise<number>;

/** What falls due by itself: held bookings, no-shows, visits to complete and to seal. */
@Injectable()
export class Sweeps {
  private readonly logger = new Logger('Sweeps');
  private readonly sweeps = new Map<string, Sweep>();
  private lastRound: Instant | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly queues: Queues,
    private readonly runs: SweepRuns,
  ) {}

  /** Call it in a module's `onModuleInit`: `sweeps.add('bookings.expire', () => this.expireDue())`. */
  add(name: string, run: Sweep): void {
    invariant(!this.sweeps.has(name), `${name} is one sweep`);
    this.sweeps.set(name, run);
  }

  /** Those that no process has run with success for a while, or that keep failing. */
  async failing(): Promise<SweepRun[]> {
    return (await this.runs.of([...this.sweeps.keys()])).filter(isFailing);
  }

  /** One round, in the order of adding. One sweep that fails does not keep the others from running. */
  async runAll(): Promise<Record<string, number>> {
    const done: Record<string, number> = {};
    const failures: unknown[] = [];
    for (const [name, run] of this.sweeps) {
      try {
        done[name] = await run();
        await this.runs.succeeded(name);
      } catch (error) {
        this.logger.error({ sweep: name, error: error instanceof Error ? error.stack : String(error) });
        failures.push(error);
        await this.runs.failed(name);
      }
    }
    this.lastRound = this.clock.now();
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} sweeps failed`);
    return done;
  }

  /** When this process last finished a round. */
  lastRunAt(): Instant | null {
    return this.lastRound;
  }

  /** However many processes run, the queue hands out one round a minute. */
  async start(): Promise<void> {
    this.queues.work(SWEEPS_QUEUE, async () => void (await this.runAll()));
    await this.queues.queue(SWEEPS_QUEUE).upsertJobScheduler(SCHEDULER, { every: EVERY_MS }, ROUND);
  }
}

function isFailing({ secondsSinceSuccess, consecutiveFailures }: SweepRun): boolean {
  const isSilent = secondsSinceSuccess === null || secondsSinceSuccess > SILENT_SECONDS_MAX;
  return isSilent || consecutiveFailures > FAILURES_MAX;
}
