import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

const payload = z.strictObject({ bookingId: wireId });

/** A guest says that they were wrongly counted as missing; the words stay in the database. */
export const NoShowContested = eventType('bookings.no_show_contested.v1', payload);
/** The space has given back what a no-show consumed, or has said why not. */
export const ContestAnswered = eventType('bookings.contest_answered.v1', payload);
