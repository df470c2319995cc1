import { z } from 'zod';
import { wireId, wireInstant, wirePage } from '../kernel/wire.js';

const TEXT_LENGTH_MAX = 2000;

export const PutMessage = z
  .strictObject({
    bookingId: wireId,
    text: z
      .string()
      .trim()
      .min(1)
      .max(TEXT_LENGTH_MAX)
      .regex(/^([^\p{Cc}]|\n)*$/u, 'has no control characters'),
  })
  .meta({ id: 'PutMessage' });
export type PutMessage = z.output<typeof PutMessage>;

export const MessageView = z
  .strictObject({
    id: wireId,
    bookingId: wireId,
    side: z.enum(['GUEST', 'HOST']),
    authorFirstName: z.string().nullable(),
    text: z.string(),
    createdAt: wireInstant,
    /** When the other side had read it. */
    readAt: wireInstant.nullable(),
  })
  .meta({ id: 'Message' });
export type MessageView = z.infer<typeof MessageView>;

export const MessagePage = wirePage(MessageView).meta({ id: 'MessagePage' });
export type MessagePage = z.infer<typeof MessagePage>;

export const ReadMarkView = z
  .strictObject({ bookingId: wireId, side: z.enum(['GUEST', 'HOST']), readAt: wireInstant })
  .meta({ id: 'ReadMark' });
export type ReadMarkView = z.infer<typeof ReadMarkView>;
