import { z } from 'zod';

const WORDS_LENGTH_MAX = 80;
const LIST_LENGTH_MAX = 300;

/** Names parted by commas: "coffee,quiet_room". */
const names = z
  .string()
  .regex(/^[A-Za-z_,-]+$/)
  .max(LIST_LENGTH_MAX)
  .optional()
  .catch(undefined);
const day = z.iso.date().optional().catch(undefined);

/** What the directory is narrowed to, in the address: a saved view is a named address. */
export const findSearch = z.object({
  q: z.string().max(WORDS_LENGTH_MAX).optional().catch(undefined),
  country: z.string().length(2).optional().catch(undefined),
  from: day,
  until: day,
  part: z.enum(['MORNING', 'AFTERNOON']).optional().catch(undefined),
  /** A desk on every one of the days, not only on some. */
  every: z.literal(true).optional().catch(undefined),
  hours: z.enum(['now', 'early', 'evening', 'weekend']).optional().catch(undefined),
  access: names,
  has: names,
  speaks: names,
  pays: z.literal('nothing').optional().catch(undefined),
  sort: z.enum(['name', 'desks']).optional().catch(undefined),
});
export type FindSearch = z.infer<typeof findSearch>;
