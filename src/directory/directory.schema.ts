import { z } from 'zod';
import { UNITS, type Unit } from '../kernel/money.js';
import { Temporal } from '../kernel/time.js';
import { inputDay, wireDay, wireHostingStop, wireId, wirePage, wireResourceKind } from '../kernel/wire.js';
import { PROFILE_PARTS, SpaceProfile, wireAmenity, wireLanguageTag } from './profile.schema.js';

const NAME_LENGTH_MAX = 200;
const HOURS_LENGTH_MAX = 500;
const CAPACITY_MAX = 10_000;
const DAYS_MAX = 92;
const EXCEPTIONS_MAX = 366;
const KILOMETRES_MAX = 20_100; // half-way around the Earth

const currencies = Object.keys(UNITS).filter((unit) => unit !== 'HALF_DAY') as [Unit, ...Unit[]];
export const wireName = z.string().trim().min(1).max(NAME_LENGTH_MAX);
const wireCurrency = z.enum(currencies);
const wireCountry = z.string().regex(/^[A-Z]{2}$/, 'An ISO 3166-1 code of two capitals, such as FR');
const wireProfile = z.enum(['NETTING_ALLOWED', 'GROSS_ONLY', 'IN_KIND_ONLY']);
const wireTime = z.iso.time({ precision: -1 });
/** OSM syntax: Mo-Fr 09:00-18:00 */
export const wireHours = z.string().max(HOURS_LENGTH_MAX);
/** A NUTS 3 region, or where there is none an ISO 3166-2 subdivision. */
const wireTerritory = z
  .string()
  .regex(
    /^([A-Z]{2}[A-Z0-9]{3}|[A-Z]{2}-[A-Z0-9]{1,3})$/,
    'A NUTS 3 or ISO 3166-2 code, such as FRL04 or TN-11',
  );
const wireTimeZone = z.string().refine(isTimeZone, 'A time zone of the IANA database, such as Europe/Paris');

function isTimeZone(text: string): boolean {
  if (!/^[A-Z]\w+(\/[\w+-]+)+$/i.test(text)) return false;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text).timeZoneId !== '';
  } catch {
    return false;
  }
}

export const PutNetwork = z
  .strictObject({
    shortId: z.string().regex(/^[a-z0-9-]{2,8}$/, 'Two to eight small letters, digits or hyphens'),
    unit: wireCurrency,
    settlementProfile: wireProfile.default('NETTING_ALLOWED'),
  })
  .meta({ id: 'PutNetwork' });
export type PutNetwork = z.output<typeof PutNetwork>;

export const NetworkView = z
  .strictObject({
    id: wireId,
    shortId: z.string(),
    parentId: wireId.nullable(),
    name: z.string(),
    country: wireCountry,
    unit: wireCurrency,
    settlementProfile: wireProfile,
  })
  .meta({ id: 'Network' });
export type NetworkView = z.infer<typeof NetworkView>;
export const NetworkPage = wirePage(NetworkView).meta({ id: 'NetworkPage' });
export type NetworkPage = z.infer<typeof NetworkPage>;

export const spaceHours = {
  openingHours: wireHours,
  closesOnHolidays: z.boolean(),
  halfDayBoundary: wireTime,
};

const spaceFields = {
  operatorId: wireId,
  name: wireName,
  city: wireName,
  country: wireCountry,
  timeZone: wireTimeZone,
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  ...spaceHours,
  unit: wireCurrency,
  visibility: z.enum(['public', 'hidden']),
};

export const PutSpace = z
  .strictObject({
    ...spaceFields,
    closesOnHolidays: spaceFields.closesOnHolidays.default(true),
    visibility: spaceFields.visibility.default('public'),
    /** Left out, it is found from the coordinates where the territories are known. */
    territoryCode: wireTerritory.optional(),
    settlementProfile: wireProfile.default('NETTING_ALLOWED'),
  })
  .meta({ id: 'PutSpace' });
export type PutSpace = z.output<typeof PutSpace>;

export const PoolView = z
  .strictObject({
    id: wireId,
    spaceId: wireId,
    resourceKind: wireResourceKind,
    name: z.string(),
    capacity: z.int(),
    /** From that day on it offers no seat; null: it goes on. */
    retiredFrom: wireDay.nullable(),
  })
  .meta({ id: 'Pool' });
export type PoolView = z.infer<typeof PoolView>;

export const SpaceView = z
  .strictObject({
    id: wireId,
    networkId: wireId,
    ...spaceFields,
    /** Why it takes no new bookings; null: it does. */
    hostingStop: wireHostingStop.nullable(),
    territoryCode: wireTerritory.nullable(),
    pools: z.array(PoolView),
    profile: SpaceProfile,
    /** How much of the profile is told, of a hundred; `missing` says what is not. */
    completeness: z.int().min(0).max(100),
    missing: z.array(z.enum(PROFILE_PARTS)),
  })
  .meta({ id: 'Space' });
export type SpaceView = z.infer<typeof SpaceView>;

export const DayView = z
  .strictObject({
    day: wireDay,
    closedBecause: z.enum(['weekly', 'holiday', 'exception']).nullable(),
    /** Wall times in the space's zone; `until` null is midnight. */
    intervals: z.array(z.strictObject({ from: wireTime, until: wireTime.nullable() })),
  })
  .meta({ id: 'Day' });
export type DayView = z.infer<typeof DayView>;

export const SpaceListItem = SpaceView.omit({
  pools: true,
  profile: true,
  completeness: true,
  missing: true,
})
  .extend({
    metres: z.number().nullable(),
    amenities: z.array(wireAmenity),
    languages: z.array(wireLanguageTag),
    stepFree: z.enum(['yes', 'no']).nullable(),
    toilet: z.enum(['yes', 'no']).nullable(),
    hearingLoop: z.enum(['yes', 'no']).nullable(),
    wifiMbps: z.int().nullable(),
    /** The space's own today. */
    today: DayView.omit({ day: true }),
  })
  .meta({ id: 'SpaceListItem' });
export type SpaceListItem = z.infer<typeof SpaceListItem>;
export const SpacePage = wirePage(SpaceListItem).meta({ id: 'SpacePage' });
export type SpacePage = z.infer<typeof SpacePage>;

export const PutPool = z
  .strictObject({
    spaceId: wireId,
    resourceKind: wireResourceKind,
    name: wireName,
    capacity: z.int().min(0).max(CAPACITY_MAX),
  })
  .meta({ id: 'PutPool' });
export type PutPool = z.output<typeof PutPool>;

export const PutRetirement = z.strictObject({ fromDay: inputDay }).meta({ id: 'PutRetirement' });
export type PutRetirement = z.output<typeof PutRetirement>;

export const PutHourException = z
  .strictObject({
    spaceId: wireId,
    day: inputDay,
    /** null: closed on that day. */
    openingHours: wireHours.nullable(),
    reason: wireName,
  })
  .meta({ id: 'PutHourException' });
export type PutHourException = z.output<typeof PutHourException>;

export const HourExceptionView = z
  .strictObject({
    id: wireId,
    spaceId: wireId,
    day: wireDay,
    openingHours: z.string().nullable(),
    reason: z.string(),
  })
  .meta({ id: 'HourException' });
export type HourExceptionView = z.infer<typeof HourExceptionView>;
export const HourExceptionPage = wirePage(HourExceptionView).meta({ id: 'HourExceptionPage' });
export type HourExceptionPage = z.infer<typeof HourExceptionPage>;

export const HourExceptionsQuery = z.strictObject({
  /** The last day of the page before. */
  after: inputDay.optional(),
  limit: z.coerce.number().int().min(1).max(EXCEPTIONS_MAX).default(EXCEPTIONS_MAX),
});
export type HourExceptionsQuery = z.output<typeof HourExceptionsQuery>;

export const DaysQuery = z.strictObject({
  from: inputDay,
  days: z.coerce.number().int().min(1).max(DAYS_MAX).default(7),
});
export type DaysQuery = z.output<typeof DaysQuery>;

export const DayPage = wirePage(DayView).meta({ id: 'DayPage' });
export type DayPage = z.infer<typeof DayPage>;

export const PutHome = z
  .strictObject({
    personId: wireId,
    spaceId: wireId,
    fromDay: inputDay,
    untilDay: inputDay.nullable().default(null),
  })
  .meta({ id: 'PutHome' });
export type PutHome = z.output<typeof PutHome>;

export const HomeView = z
  .strictObject({
    id: wireId,
    personId: wireId,
    spaceId: wireId,
    fromDay: wireDay,
    untilDay: wireDay.nullable(),
  })
  .meta({ id: 'Home' });
export type HomeView = z.infer<typeof HomeView>;

const latLon = z
  .string()
  .regex(/^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?$/, 'Latitude and longitude, such as 43.3,5.37')
  .transform((text) => text.split(',').map(Number) as [number, number])
  .refine(([lat, lon]) => Math.abs(lat) <= 90 && Math.abs(lon) <= 180, 'Not a point on Earth')
  .transform(([lat, lon]) => ({ lat, lon }));

export const PlacesQuery = z.strictObject({
  near: latLon.optional(),
  kilometres: z.coerce.number().positive().max(KILOMETRES_MAX).optional(),
  territory: z.string().max(6).optional(),
  country: wireCountry.optional(),
  q: z.string().trim().min(2).max(NAME_LENGTH_MAX).optional(),
  after: z.string().max(NAME_LENGTH_MAX).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type PlacesQuery = z.output<typeof PlacesQuery>;

export const SpacesQuery = PlacesQuery.extend({
  stepFree: z.enum(['yes', 'no']).optional(),
  /** One, or several by repeating it: the space has all of them. */
  amenity: z
    .union([wireAmenity, z.array(wireAmenity).max(10)])
    .transform((amenity) => [amenity].flat())
    .optional(),
  /** fr finds fr-CA too. */
  language: wireLanguageTag.optional(),
  openOn: inputDay.optional(),
});
export type SpacesQuery = z.output<typeof SpacesQuery>;
