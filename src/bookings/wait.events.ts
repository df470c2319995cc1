import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

const wait = z.strictObject({ waitId: wireId });

/** A seat is kept for somebody who waited, until their time to answer is over. */
export const SeatOffered = eventType('bookings.seat_offered.v1', wait);
/** Somebody in line was passed over: they did not answer in time, or could not have booked. The wait says which. */
export const WaitPassedOver = eventType('bookings.wait_passed_over.v1', wait);
