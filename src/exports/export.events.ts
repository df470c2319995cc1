import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

/** Somebody asked for a file; making it begins. */
export const ExportRequested = eventType('exports.requested.v1', z.strictObject({ exportId: wireId }));
