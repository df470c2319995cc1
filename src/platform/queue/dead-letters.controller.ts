import { Controller, Get, Param, Put } from '@nestjs/common';
import { Permitted } from '../http/access-mark.js';
import { Returns } from '../http/returns.js';
import { DeadLetterPage, DeadLetterView, QueueCountsPage, wireJob, wireQueue } from './dead-letter.schema.js';
import { DeadLetters } from './dead-letters.service.js';

/** For the operator of the platform. */
@Controller('v1/dead-letters')
@Permitted('queues:write')
export class DeadLettersController {
  constructor(private readonly deadLetters: DeadLetters) {}

  @Get()
  @Returns(200, DeadLetterPage)
  list(): Promise<DeadLetterPage> {
    return this.deadLetters.list();
  }

  @Put(':queue/:job/replay')
  @Returns(200, DeadLetterView)
  replay(
    @Param('queue', { schema: wireQueue }) queue: string,
    @Param('job', { schema: wireJob }) job: string,
  ): Promise<DeadLetterView> {
    return this.deadLetters.replay(queue, job);
  }
}

/** How much waits, is worked on, and has failed, by queue. */
@Controller('v1/queues')
@Permitted('queues:write')
export class QueuesController {
  constructor(private readonly deadLetters: DeadLetters) {}

  @Get()
  @Returns(200, QueueCountsPage)
  async list(): Promise<QueueCountsPage> {
    return { items: await this.deadLetters.counts(), next: null };
  }
}
