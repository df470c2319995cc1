import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Db, sql } from './db.js';
import { Public } from './http/access-mark.js';
import { Returns } from './http/returns.js';
import { EVENTS_QUEUE } from './outbox/consumers.js';
import { Outbox } from './outbox/outbox.js';
import { Queues } from './queue/queues.js';
import { PUBLIC_SCOPE } from './scope.js';

const HealthView = z
  .strictObject({ status: z.literal('ok'), eventsWaiting: z.int(), jobsFailed: z.int() })
  .meta({ id: 'Health' });
type HealthView = z.infer<typeof HealthView>;

@Controller('healthz')
export class HealthController {
  constructor(
    private readonly db: Db,
    private readonly outbox: Outbox,
    private readonly queues: Queues,
  ) {}

  /** Answers only when the database does. Waiting events that grow mean a stuck relay; failed jobs, a bug. */
  @Get()
  @Public()
  @Returns(200, HealthView)
  async health(): Promise<HealthView> {
    await this.db.read(PUBLIC_SCOPE, (on) => sql(on, 'SELECT 1'));
    const eventsWaiting = await this.outbox.countWaiting();
    const jobsFailed = await this.queues.queue(EVENTS_QUEUE).getFailedCount();
    return { status: 'ok', eventsWaiting, jobsFailed };
  }
}
