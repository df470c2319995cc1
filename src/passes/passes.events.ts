import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

/** A pass with half-days left ends soon. */
export const PassExpiring = eventType(
  'passes.expiring.v1',
  z.strictObject({ passId: wireId, daysBefore: z.int() }),
);
/** The end of a pass, or of one of its periods: nobody has taken these half-days. */
export const PassLapsed = eventType(
  'passes.lapsed.v1',
  z.strictObject({ passId: wireId, halfDays: z.int() }),
);
