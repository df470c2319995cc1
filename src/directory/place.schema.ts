import { z } from 'zod';
import { wireId, wirePage } from '../kernel/wire.js';

const provenance = z.strictObject({ source: z.string(), licence: z.string(), asOf: z.string() });

export const PlaceView = z
  .strictObject({
    id: wireId,
    source: z.string(),
    ref: z.string(),
    name: z.string(),
    kind: z.string().nullable(),
    address: z.string().nullable(),
    postcode: z.string().nullable(),
    city: z.string().nullable(),
    country: z.string().nullable(),
    territoryCode: z.string().nullable(),
    lat: z.number().nullable(),
    lon: z.number().nullable(),
    website: z.string().nullable(),
    hoursInWords: z.string().nullable(),
    /** What about the place contradicts itself or is missing. */
    flags: z.array(z.string()),
    /** For each field that has a value: where it comes from, under which licence, as of when. */
    provenance: z.record(z.string(), provenance),
    metres: z.number().nullable(),
  })
  .meta({ id: 'Place' });
export type PlaceView = z.infer<typeof PlaceView>;
export const PlacePage = wirePage(PlaceView).meta({ id: 'PlacePage' });
export type PlacePage = z.infer<typeof PlacePage>;

export const TerritoryView = z
  .strictObject({
    code: z.string(),
    scheme: z.enum(['NUTS3', 'ISO3166-2']),
    country: z.string(),
    name: z.string(),
  })
  .meta({ id: 'Territory' });
export type TerritoryView = z.infer<typeof TerritoryView>;
export const TerritoryPage = wirePage(TerritoryView).meta({ id: 'TerritoryPage' });
export type TerritoryPage = z.infer<typeof TerritoryPage>;

export const TerritoriesQuery = z.strictObject({
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
});
export type TerritoriesQuery = z.output<typeof TerritoriesQuery>;
