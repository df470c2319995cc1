import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Background } from '../platform/background.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { JOB_OPTIONS, Queues } from '../platform/queue/queues.js';
import { Sweeps } from '../platform/sweeps.js';
import { Asking } from './asking.service.js';
import { Following } from './following.service.js';
import { ProviderEventReceived, RefundDue, VisitDue } from './payments.events.js';
import { ProviderEndpoints } from './provider-endpoints.js';
import { Reconciliation } from './reconciliation.service.js';
import { Refunding } from './refunding.service.js';

export const PAYMENTS_QUEUE = 'payments';
const Job = z.strictObject({ what: z.enum(['event', 'refund', 'charge']), id: z.string() });
type Job = z.infer<typeof Job>;
/** Money that goes back waits for nothing; what the provider says comes next. Lower is sooner. */
const PRIORITY: Readonly<Record<Job['what'], number>> = { refund: 1, charge: 2, event: 3 };
/** A tenth of what the provider allows, so that people who wait at a page are never in the queue's way. */
const CALLS = { max: 10, duration: 1000 };

/** What is asked of the provider in the background. The rows say what is due; the queue only makes it soon. */
@Injectable()
export class PaymentJobs {
  constructor(
    private readonly queues: Queues,
    private readonly asking: Asking,
    private readonly following: Following,
    private readonly refunding: Refunding,
    private readonly reconciliation: Reconciliation,
  ) {}

  /** What falls due by itself, or was lost on its way. */
  readonly sweeps: Readonly<Record<string, () => Promise<number>>> = {
    'payments.follow': () => this.following.due(),
    'payments.refund': () => this.refunding.due(),
    'payments.ask': () => this.asking.due(),
    'payments.reconcile': () => this.reconciliation.run(),
  };

  async run(data: unknown): Promise<void> {
    const { what, id } = Job.parse(data);
    if (what === 'event') await this.following.follow(id);
    if (what === 'refund') await this.refunding.ask(id);
    if (what === 'charge') await this.asking.ask(id);
  }

  work(): void {
    this.queues.work(PAYMENTS_QUEUE, (data) => this.run(data), { limiter: CALLS });
  }

  async add(data: Job): Promise<void> {
    const opts = { ...JOB_OPTIONS, jobId: `${data.what}.${data.id}`, priority: PRIORITY[data.what] };
    await this.queues.queue(PAYMENTS_QUEUE).addBulk([{ name: data.what, data, opts }]);
  }
}

/** When it is done: at an event, every minute, and from the start of the process on. */
@Injectable()
export class PaymentDuty implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly sweeps: Sweeps,
    private readonly background: Background,
    private readonly jobs: PaymentJobs,
    private readonly endpoints: ProviderEndpoints,
  ) {}

  onModuleInit(): void {
    const { consumers, jobs } = this;
    consumers.on('payments.follow', ProviderEventReceived, (_tx, { payload }) =>
      jobs.add({ what: 'event', id: payload.providerEventId }),
    );
    consumers.on('payments.refund', RefundDue, (_tx, { payload }) =>
      jobs.add({ what: 'refund', id: payload.refundId }),
    );
    consumers.on('payments.charge', VisitDue, (_tx, { payload }) =>
      jobs.add({ what: 'charge', id: payload.paymentId }),
    );
    for (const [name, run] of Object.entries(jobs.sweeps)) this.sweeps.add(name, run);
    this.background.also(async (address) => {
      jobs.work();
      if (address) await this.endpoints.register(address);
    });
  }
}
