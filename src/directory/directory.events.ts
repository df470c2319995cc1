import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

/** The opening hours of a space, or of one of its days, are not what they were. */
export const SpaceHoursChanged = eventType(
  'directory.space_hours_changed.v1',
  z.strictObject({ spaceId: wireId }),
);

/** A desk pool is new, or its capacity is not what it was. */
export const PoolChanged = eventType('directory.pool_changed.v1', z.strictObject({ poolId: wireId }));
