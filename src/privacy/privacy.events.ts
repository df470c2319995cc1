import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

export const DataExportRequested = eventType(
  'privacy.data_export_requested.v1',
  z.strictObject({ exportId: wireId }),
);
