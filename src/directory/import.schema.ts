import { z } from 'zod';

const column = z.string().min(1);

/** Which columns of a file say what about a place. Columns that are not named here are not read. */
export const ImportMapping = z.strictObject({
  /** For rows that do not say. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  /** When the source was like this: a year, a month or a day. */
  asOf: z.string().regex(/^\d{4}(-\d{2}){0,2}$/),
  fields: z.strictObject({
    ref: column,
    name: column,
    /** Where the row itself comes from, when a file collects several sources. */
    source: column.optional(),
    kind: column.optional(),
    address: column.optional(),
    postcode: column.optional(),
    city: column.optional(),
    country: column.optional(),
    website: column.optional(),
    hoursInWords: column.optional(),
    /** GeoJSON has them in its geometry. */
    lat: column.optional(),
    lon: column.optional(),
  }),
  /** Values that stand for nothing, such as 0 for an unknown postcode. */
  absent: z.array(z.string()).optional(),
  /** Licences of the sources that differ from the file's. */
  licences: z.record(z.string(), z.string()).optional(),
  /** A geocoder's confidence: below the minimum the coordinates are kept, and flagged. */
  precision: z.strictObject({ column, min: z.number() }).optional(),
});
export type ImportMapping = z.output<typeof ImportMapping>;
