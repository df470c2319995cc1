import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Consumers } from '../platform/outbox/consumers.js';
import { Works } from '../platform/queue/works.js';
import { Sweeps } from '../platform/sweeps.js';
import { Deliveries, HOOKS_QUEUE, publicEvents } from './deliveries.service.js';

const CONSUMER = 'hooks.deliver';
const Job = z.strictObject({ deliveryId: z.uuid() });

/** Every public event is offered to whoever asked for it; a job sends it soon, and each minute what is left or due again. */
@Injectable()
export class HookJobs implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly works: Works,
    private readonly sweeps: Sweeps,
    private readonly deliveries: Deliveries,
  ) {}

  onModuleInit(): void {
    for (const type of publicEvents())
      this.consumers.on(CONSUMER, type, (tx, event) => this.deliveries.fanOut(tx, event));
    this.consumers.only(CONSUMER, (on, events) => this.deliveries.wanted(on, events));
    this.works.add(HOOKS_QUEUE, (data) => this.deliveries.deliver(Job.parse(data).deliveryId));
    this.sweeps.add('hooks.deliver', () => this.deliveries.deliverDue());
  }
}
