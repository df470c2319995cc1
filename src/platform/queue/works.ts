import { Injectable } from '@nestjs/common';
import { invariant } from '../../kernel/problem.js';
import { JOB_OPTIONS, Queues } from './queues.js';

type Handle = (data: unknown) => Promise<void>;

/** Long work of a module, each kind on a queue of its own, so that it holds up neither a request nor an event. */
@Injectable()
export class Works {
  private readonly works = new Map<string, Handle>();

  constructor(private readonly queues: Queues) {}

  /** Call it in a module's `onModuleInit`. Doing a job twice must come to the same. */
  add(queue: string, handle: Handle): void {
    invariant(!this.works.has(queue), `${queue} is one kind of work`);
    this.works.set(queue, handle);
  }

  /** The id is the job's: asked for twice, it is done once. */
  async enqueue(queue: string, id: string, data: object): Promise<void> {
    await this.queues.queue(queue).addBulk([{ name: 'work', data, opts: { ...JOB_OPTIONS, jobId: id } }]);
  }

  /** Called by the process, not by a module: tests call what they need. */
  start(): void {
    for (const [queue, handle] of this.works) this.queues.work(queue, handle);
  }
}
