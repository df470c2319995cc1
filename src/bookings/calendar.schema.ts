import { z } from 'zod';
import { wireId, wireInstant, wirePage } from '../kernel/wire.js';

/** One's own bookings, or with a space those of the space one works for. */
export const PutCalendarFeed = z.strictObject({ spaceId: wireId.nullable() }).meta({ id: 'PutCalendarFeed' });
export type PutCalendarFeed = z.output<typeof PutCalendarFeed>;

/** `url` is a secret, in the first answer only: we keep a hash and cannot show it again. */
export const CalendarFeedView = z
  .strictObject({
    id: wireId,
    spaceId: wireId.nullable(),
    url: z.string().nullable(),
    createdAt: wireInstant,
    revokedAt: wireInstant.nullable(),
  })
  .meta({ id: 'CalendarFeed' });
export type CalendarFeedView = z.infer<typeof CalendarFeedView>;

export const CalendarFeedPage = wirePage(CalendarFeedView).meta({ id: 'CalendarFeedPage' });
export type CalendarFeedPage = z.infer<typeof CalendarFeedPage>;
