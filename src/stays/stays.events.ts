import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

/** A part of a grant is due, or to be recovered: a payment is ordered. */
export const InstalmentDue = eventType('stays.instalment_due.v1', z.strictObject({ instalmentId: wireId }));

/** A step of a stay was taken, by a party or by time. */
export const StayMoved = eventType('stays.moved.v1', z.strictObject({ stayId: wireId, moveId: wireId }));
