import { Injectable } from '@nestjs/common';
import { problems } from '../../kernel/problem.js';
import { Temporal } from '../../kernel/time.js';
import type { DeadLetterPage, DeadLetterView, QueueCounts } from './dead-letter.schema.js';
import { Queues, type OpenQueue } from './queues.js';

const PER_QUEUE_MAX = 100;
const CAUSE_LENGTH_MAX = 500;

export const DeadLetterProblems = problems('dead_letter', {
  notFound: { status: 404, title: 'There is no such failed job' },
});

/** Jobs that failed for good, with the cause, until somebody lets them run again. */
@Injectable()
export class DeadLetters {
  constructor(private readonly queues: Queues) {}

  async counts(): Promise<QueueCounts[]> {
    return Promise.all(
      this.queues.names().map(async (name) => {
        const counts = await this.queues
          .queue(name)
          .getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed');
        const { waiting = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 } = counts;
        return { name, waiting: waiting + prioritized, active, delayed, failed };
      }),
    );
  }

  async list(): Promise<DeadLetterPage> {
    const lists = await Promise.all(
      this.queues.names().map(async (queue) => {
        const jobs = await this.queues.queue(queue).getFailed(0, PER_QUEUE_MAX - 1);
        return jobs.map((job) => letter(queue, job));
      }),
    );
    const items = lists.flat().toSorted((a, b) => ((a.failedAt ?? '') < (b.failedAt ?? '') ? 1 : -1));
    return { items, next: null };
  }

  /** Again from the beginning, with all its tries. What it had done already it does not do twice. */
  async replay(queue: string, id: string): Promise<DeadLetterView> {
    const job = this.queues.names().includes(queue) ? await this.queues.queue(queue).getJob(id) : undefined;
    if (!job || !(await job.isFailed()))
      throw DeadLetterProblems.notFound(
        'It ran meanwhile, or never was. The failed ones are in GET /v1/dead-letters.',
      );
    const shown = letter(queue, job);
    await job.retry('failed', { resetAttemptsMade: true });
    return shown;
  }
}

type Job = Awaited<ReturnType<OpenQueue['getFailed']>>[number];

function letter(queue: string, { id, name, failedReason, attemptsMade, finishedOn }: Job): DeadLetterView {
  return {
    queue,
    id: id ?? '',
    name,
    cause: (failedReason ?? '').slice(0, CAUSE_LENGTH_MAX),
    attempts: attemptsMade,
    failedAt: finishedOn ? Temporal.Instant.fromEpochMilliseconds(finishedOn).toString() : null,
  };
}
