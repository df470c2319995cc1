import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { Outbox } from './outbox/outbox.js';
import { DeadLetters } from './queue/dead-letters.service.js';

/** What Prometheus scrapes: this process, and the queues that it shares with others. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();

  constructor(deadLetters: DeadLetters, outbox: Outbox) {
    collectDefaultMetrics({ register: this.registry });
    const { registry } = this;
    const jobs: Gauge<'queue' | 'state'> = new Gauge({
      name: 'escale_jobs',
      help: 'Jobs of a queue by state',
      labelNames: ['queue', 'state'],
      registers: [registry],
      collect: async () => {
        for (const { name: queue, ...states } of await deadLetters.counts())
          for (const [state, count] of Object.entries(states)) jobs.set({ queue, state }, count);
      },
    });
    const waiting: Gauge = new Gauge({
      name: 'escale_outbox_waiting',
      help: 'Events not yet handed to the queue',
      registers: [registry],
      collect: async () => {
        waiting.set(await outbox.countWaiting());
      },
    });
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}
