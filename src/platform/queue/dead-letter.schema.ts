import { z } from 'zod';
import { wireInstant, wirePage } from '../../kernel/wire.js';

export const QueueCounts = z.strictObject({
  name: z.string(),
  waiting: z.int(),
  active: z.int(),
  delayed: z.int(),
  failed: z.int(),
});
export type QueueCounts = z.infer<typeof QueueCounts>;
export const QueueCountsPage = wirePage(QueueCounts).meta({ id: 'QueueCountsPage' });
export type QueueCountsPage = z.infer<typeof QueueCountsPage>;

/** A job that failed as often as it may: what it was, why it failed, and how often it was tried. Ids, nobody's data. */
export const DeadLetterView = z
  .strictObject({
    queue: z.string(),
    id: z.string(),
    name: z.string(),
    cause: z.string(),
    attempts: z.int(),
    failedAt: wireInstant.nullable(),
  })
  .meta({ id: 'DeadLetter' });
export type DeadLetterView = z.infer<typeof DeadLetterView>;
export const DeadLetterPage = wirePage(DeadLetterView).meta({ id: 'DeadLetterPage' });
export type DeadLetterPage = z.infer<typeof DeadLetterPage>;

export const wireQueue = z.string().regex(/^[a-z_.-]{1,60}$/);
export const wireJob = z.string().regex(/^[\w.-]{1,200}$/);
