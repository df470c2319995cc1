import { Controller, Get, Header, Inject } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from './config.js';
import { Db, sql } from './db.js';
import { Draining } from './draining.js';
import { HttpProblems } from './http/http-problems.js';
import { Public } from './http/access-mark.js';
import { Returns } from './http/returns.js';
import { checkedOutCommit, packageVersion } from './project.js';
import { Metrics } from './metrics.js';
import { QueueCounts } from './queue/dead-letter.schema.js';
import { Readiness } from './readiness.js';
import { PUBLIC_SCOPE } from './scope.js';

const HealthView = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' });
type HealthView = z.infer<typeof HealthView>;

const ReadyView = z
  .strictObject({
    status: z.literal('ready'),
    eventsWaiting: z.int(),
    jobsFailed: z.int(),
    /** By queue: what waits, what is worked on, and what has failed for good. */
    queues: z.array(QueueCounts),
  })
  .meta({ id: 'Ready' });
type ReadyView = z.infer<typeof ReadyView>;

const VersionView = z
  .strictObject({ version: z.string(), commit: z.string().nullable(), node: z.string() })
  .meta({ id: 'Version' });
type VersionView = z.infer<typeof VersionView>;

@Controller()
@Public()
export class HealthController {
  constructor(
    private readonly db: Db,
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
    private readonly draining: Draining,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** This process lives, and its database answers. */
  @Get('healthz')
  @Returns(200, HealthView)
  async health(): Promise<HealthView> {
    await this.db.read(PUBLIC_SCOPE, (on) => sql(on, 'SELECT 1'));
    return { status: 'ok' };
  }

  /** The whole does its work: 503 with the checks that fail. */
  @Get('readyz')
  @Returns(200, ReadyView)
  async ready(): Promise<ReadyView> {
    if (this.draining.hasBegun)
      throw HttpProblems.unavailable('Not ready: this process is about to end.', {});
    return { status: 'ready', ...(await this.readiness.demand()) };
  }

  @Get('version')
  @Returns(200, VersionView)
  version(): VersionView {
    const commit = this.config.GIT_COMMIT ?? checkedOutCommit();
    return { version: packageVersion(), commit, node: process.versions.node };
  }

  /** For Prometheus, in its text format. Sums only: nothing of anybody. */
  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  scrape(): Promise<string> {
    return this.metrics.text();
  }
}
