import { z } from 'zod';
import { inputDay, wireAmount, wireId, wireInstant, wirePage } from '../kernel/wire.js';

const PAGE_SIZE_MAX = 500;
const PAGE_SIZE = 100;
const CURSOR_LENGTH_MAX = 300;

export const SECTIONS = ['WINDOWS', 'TWO_PEOPLE', 'RULES', 'BANK', 'BOOKS', 'DISPUTES'] as const;
const filters = {
  networkId: wireId,
  section: z.enum(SECTIONS).optional(),
  /** Days in UTC, both included. */
  fromDay: inputDay.optional(),
  untilDay: inputDay.optional(),
};
export const ActsFilter = z.strictObject(filters).meta({ id: 'ActsFilter' });
export type ActsFilter = z.output<typeof ActsFilter>;
export const ActsQuery = z
  .strictObject({
    ...filters,
    after: z.string().max(CURSOR_LENGTH_MAX).optional(),
    limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE),
  })
  .meta({ id: 'ActsQuery' });
export type ActsQuery = z.output<typeof ActsQuery>;

/** One act: `thing` and `step` in the words of the module whose act it is, such as WINDOW and CLOSED. */
export const ActView = z
  .strictObject({
    at: wireInstant,
    section: z.enum(SECTIONS),
    thing: z.string(),
    step: z.string(),
    thingId: wireId,
    note: z.string(),
    party: z.strictObject({ id: wireId, name: z.string() }).nullable(),
    amount: wireAmount.nullable(),
    /** `person:<id>`, `api_key:<id>` or `system`. */
    actor: z.string(),
    /** Of a person. */
    name: z.string().nullable(),
  })
  .meta({ id: 'Act' });
export type ActView = z.infer<typeof ActView>;
export const ActPage = wirePage(ActView).meta({ id: 'ActPage' });
export type ActPage = z.infer<typeof ActPage>;

export const AuthorsQuery = z.strictObject({ networkId: wireId }).meta({ id: 'ActAuthorsQuery' });
export type AuthorsQuery = z.output<typeof AuthorsQuery>;
export const AuthorPage = wirePage(
  z.strictObject({ personId: wireId, name: z.string() }).meta({ id: 'ActAuthor' }),
).meta({ id: 'ActAuthorPage' });
export type AuthorPage = z.infer<typeof AuthorPage>;
