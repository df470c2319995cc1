import { z } from 'zod';
import { wireId, wireInstant, wirePage } from '../kernel/wire.js';
import { PaymentView } from './window.schema.js';

/** The n-th word to a payer, and whether it was paid since. */
export const ReminderView = z
  .strictObject({
    payment: PaymentView,
    number: z.int(),
    dueAt: wireInstant,
    remindedAt: wireInstant,
    windowId: wireId,
  })
  .meta({ id: 'Reminder' });
export const ReminderPage = wirePage(ReminderView).meta({ id: 'ReminderPage' });
export type ReminderPage = z.infer<typeof ReminderPage>;
