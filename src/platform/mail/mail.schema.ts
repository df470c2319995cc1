import { z } from 'zod';
import { wireId, wireInstant, wireLanguage, wirePage } from '../../kernel/wire.js';

export const MailView = z
  .strictObject({
    id: wireId,
    to: z.string(),
    language: wireLanguage,
    subject: z.string(),
    text: z.string(),
    /** The names of the files it carries. */
    attachments: z.array(z.string()),
    createdAt: wireInstant,
    deliveredAt: wireInstant.nullable(),
  })
  .meta({ id: 'Mail' });
export type MailView = z.infer<typeof MailView>;

export const MailPage = wirePage(MailView).meta({ id: 'MailPage' });
export type MailPage = z.infer<typeof MailPage>;
