import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

/** A seller's data are not whole: a letter asks for them. */
export const SellerAsked = eventType(
  'duties.seller_asked.v1',
  z.strictObject({ operatorId: wireId, number: z.int() }),
);
/** A seller is restricted, and is owed the reasons. */
export const SellerRestricted = eventType(
  'duties.seller_restricted.v1',
  z.strictObject({ restrictionId: wireId }),
);
/** What a network sold in twelve months is near the limit of a limited network, or over it. */
export const VolumeNear = eventType(
  'duties.volume_near.v1',
  z.strictObject({ networkId: wireId, level: z.enum(['NEAR', 'OVER']) }),
);
