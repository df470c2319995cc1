import { z } from 'zod';
import { inputDay, wireHostingStop, wireId, wirePage, wireResourceKind, wirePart } from '../kernel/wire.js';
import { FreeDay } from './space-days.schema.js';

const DAYS_MAX = 14;
const LIMIT = 20;
const LIMIT_MAX = 50;
const NAME_LENGTH_MAX = 200;

const point = z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) });

/** Near a point, or near a space by its name. */
export const PostSearch = z
  .strictObject({
    near: point.optional(),
    spaceName: z.string().trim().min(1).max(NAME_LENGTH_MAX).optional(),
    days: z
      .array(inputDay)
      .min(1)
      .max(DAYS_MAX)
      .refine((days) => new Set(days.map(String)).size === days.length, { message: 'Name each day once.' }),
    part: wirePart.default('DAY'),
    resourceKind: wireResourceKind.default('hot_desk'),
    /** A desk on EVERY day, or on SOME of them. */
    fits: z.enum(['EVERY', 'SOME']).default('EVERY'),
    limit: z.int().min(1).max(LIMIT_MAX).default(LIMIT),
    after: z.string().optional(),
  })
  .refine(({ near, spaceName }) => (near === undefined) !== (spaceName === undefined), {
    message: 'Give near or spaceName, one of the two.',
  })
  .meta({ id: 'PostSearch' });
export type PostSearch = z.output<typeof PostSearch>;

const FoundSpace = z.strictObject({
  spaceId: wireId,
  networkId: wireId,
  name: z.string(),
  city: z.string(),
  country: z.string(),
  timeZone: z.string(),
  lat: z.number(),
  lon: z.number(),
  metres: z.int(),
  pools: z.array(z.strictObject({ poolId: wireId, name: z.string(), days: z.array(FreeDay) })),
});

/** Near by, but not found: they take no new bookings. Told with the first page. */
const StoppedSpace = FoundSpace.pick({ spaceId: true, name: true, city: true, metres: true }).extend({
  hostingStop: wireHostingStop,
});

export const SearchPage = wirePage(FoundSpace)
  .extend({ notHosting: z.array(StoppedSpace) })
  .meta({ id: 'SearchPage' });
export type SearchPage = z.infer<typeof SearchPage>;
