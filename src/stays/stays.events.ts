import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

/** A part of a grant is due, or to be recovered: a payment is ordered. */
export const InstalmentDue = eventType('stays.instalment_due.v1', z.strictObject({ instalmentId: wireId }));
