import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

/** One side wrote to the other about a booking; the words stay in the database. */
export const MessageWritten = eventType(
  'bookings.message_written.v1',
  z.strictObject({ messageId: wireId, bookingId: wireId, side: z.enum(['GUEST', 'HOST']) }),
);
