/**
 * The pieces wire schemas are built from. They describe JSON, so they can be validated, documented and
 * shared with the web. Input schemas may transform; view schemas must not: a response is validated by
 * the same schema that documents it, and a transform has no JSON Schema on its output side.
 */
import { z } from 'zod';
import { UNITS, type Amount, type Unit } from './money.js';
import { Temporal } from './time.js';
import { perHalfDay, TARIFF_PERS, type Tariff } from './tariff.js';
import { BOOKED_PARTS, FUNDINGS, HOSTING_STOPS, MODES, PARTS, RESOURCE_KINDS } from './words.js';

const unitCodes = Object.keys(UNITS) as [Unit, ...Unit[]];

/** Names something that exists: some ids are derived (version 5), so any UUID may come back to us. */
export const wireId = z.uuid();
/** Names something the caller is making now: version 7, so that the primary key sorts by time. */
export const wireNewId = z.uuidv7();
export const wireDay = z.iso.date({ abort: true });
export const wireInstant = z.iso.datetime({ abort: true });
/** The languages we write to people in. */
export const LANGUAGES = ['en', 'fr', 'es', 'it', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];
export const wireLanguage = z.enum(LANGUAGES);
export const wireAmount = z.strictObject({ unit: z.enum(unitCodes), minor: z.int() });

export const wireResourceKind = z.enum(RESOURCE_KINDS);
export const wirePart = z.enum(PARTS);
export const wireBookedPart = z.enum(BOOKED_PARTS);
export const wireFunding = z.enum(FUNDINGS);
export const wireMode = z.enum(MODES);

/** For inputs: the day as a Temporal.PlainDate. */
export const inputDay = wireDay.transform((text) => Temporal.PlainDate.from(text));

/** For inputs: the amount as money. `minor` travels as a JSON integer, checked to be a safe one. */
export const inputAmount = wireAmount.transform(({ unit, minor }): Amount => ({
  unit,
  minor: BigInt(minor),
}));

/** For views. Throws rather than send a number that JSON readers would round. */
export function amountToWire(amount: Amount): z.infer<typeof wireAmount> {
  return wireAmount.parse({ unit: amount.unit, minor: Number(amount.minor) });
}

/** A time of the space's day at which a half-hour begins or ends; 24:00 is its midnight. */
export const wireHalfHour = z.string().regex(/^(?:(?:[01]\d|2[0-3]):(?:00|30)|24:00)$/);

const wireTariffMinutes = z
  .int()
  .min(0)
  .max(24 * 60);
/** What a host asks, in words that `kernel/tariff` prices by. */
export const wireTariff = z.strictObject({
  per: z.enum(TARIFF_PERS),
  rate: wireAmount,
  /** By the hour alone: begun steps are paid whole. */
  stepMinutes: wireTariffMinutes.nullable(),
  minimumMinutes: wireTariffMinutes,
  /** What one stay comes to at most. */
  dayMax: wireAmount.nullable(),
  /** Leaving so much later costs nothing; after it every step begun does. null: leaving late costs nothing. */
  graceMinutes: wireTariffMinutes.nullable(),
});
export type WireTariff = z.infer<typeof wireTariff>;

/** What is not said stands at its usual value. */
export const inputTariff = wireTariff.extend({
  stepMinutes: wireTariffMinutes.nullable().default(null),
  minimumMinutes: wireTariffMinutes.default(0),
  dayMax: wireAmount.nullable().default(null),
  graceMinutes: wireTariffMinutes.nullable().default(null),
});

export function tariffToWire(unit: Unit, { rateMinor, dayMaxMinor, ...same }: Tariff): WireTariff {
  const dayMax = dayMaxMinor === null ? null : amountToWire({ unit, minor: dayMaxMinor });
  return { ...same, rate: amountToWire({ unit, minor: rateMinor }), dayMax };
}

export function tariffFromWire({ rate, dayMax, ...same }: WireTariff): Tariff {
  return {
    ...same,
    rateMinor: BigInt(rate.minor),
    dayMaxMinor: dayMax && BigInt(dayMax.minor),
  };
}

/** What was written before there were tariffs named an amount per half-day alone. */
export function tariffOfOld(unit: Unit, rateHalfDayMinor: number): WireTariff {
  return tariffToWire(unit, perHalfDay(BigInt(rateHalfDayMinor)));
}

/** Lists travel as pages, never as bare arrays: the response serializer applies a schema to each array item. */
export function wirePage<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), next: z.string().nullable() });
}

/** A space that takes no new bookings says why, and since when. */
export const wireHostingStop = z.strictObject({ code: z.enum(HOSTING_STOPS), since: wireInstant });
