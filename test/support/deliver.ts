import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Consumers } from '../../src/platform/outbox/consumers.js';
import { ownerSql } from './app.js';

type Stored = {
  id: string;
  name: string;
  payload: unknown;
  actor: string;
  networkIds: string[];
  occurredAt: string;
};

/**
 * Hands every event that waits to all its consumers, and what they announce too, as the background would; answers
 * how many there were.
 */
export async function deliverAll(app: NestFastifyApplication): Promise<number> {
  const consumers = app.get(Consumers);
  for (let delivered = 0; ;) {
    const events = await ownerSql<Stored>(
      `UPDATE platform.outbox SET sent_at = now() WHERE sent_at IS NULL
       RETURNING id, name, payload, actor, network_ids AS "networkIds", occurred_at::text AS "occurredAt"`,
    );
    if (events.length === 0) return delivered;
    delivered += events.length;
    for (const event of events.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
      for (const consumer of consumers.namesFor(event.name)) await consumers.deliver({ consumer, event });
  }
}
