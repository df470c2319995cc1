import { z } from 'zod';
import { wireDay } from '../kernel/wire.js';

const LINE_LENGTH_MAX = 200;
const RULES_LENGTH_MAX = 2000;
const LANGUAGES_MAX = 20;
const DOOR_WIDTH_CM_MAX = 1000;
const WIFI_MBPS_MAX = 100_000;

/** What a space may say it has: a closed list, so that it can be translated and searched. */
export const AMENITIES = [
  'coffee',
  'kitchen',
  'drinking_water',
  'phone_booth',
  'meeting_room',
  'quiet_room',
  'printer',
  'scanner',
  'monitor',
  'standing_desk',
  'ergonomic_chair',
  'locker',
  'shower',
  'bicycle_parking',
  'charging_point',
  'air_conditioning',
  'heating',
  'terrace',
  'garden',
  'event_room',
  'workshop',
  'childcare',
  'prayer_room',
  'pets_welcome',
  'backup_power',
] as const;
export const wireAmenity = z.enum(AMENITIES);

/** BCP 47: fr, pt-BR, zh-Hant-TW. */
export const wireLanguageTag = z
  .string()
  .regex(
    /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/,
    'A language code of BCP 47, such as fr or pt-BR',
  );

/** Plain words: nothing that another program could take for markup, no invisible controls. */
function plainText(lengthMax: number, allowed: RegExp) {
  return z
    .string()
    .trim()
    .min(1)
    .max(lengthMax)
    .regex(allowed, 'Plain text, without markup and control characters')
    .nullable();
}
const line = plainText(LINE_LENGTH_MAX, /^[^<>\p{Cc}\u{2028}\u{2029}]*$/u);
const lines = plainText(RULES_LENGTH_MAX, /^([^<>\p{Cc}\u{2028}\u{2029}]|\n)*$/u);

/** null: not told. */
const fact = z.strictObject({ value: z.enum(['yes', 'no']).nullable(), checkedOn: wireDay.nullable() });

function once(items: readonly string[]): boolean {
  return new Set(items).size === items.length;
}

/** What the space says about itself, all of it published: whoever is named here agreed to be. */
export const SpaceProfile = z
  .strictObject({
    gettingIn: z.strictObject({
      door: line,
      bell: line,
      floor: line,
      lift: line,
      phone: line,
      contactName: line,
    }),
    accessibility: z.strictObject({
      stepFree: fact,
      lift: fact,
      toilet: fact,
      hearingLoop: fact,
      parking: fact,
      doorWidthCm: z.strictObject({
        value: z.int().min(1).max(DOOR_WIDTH_CM_MAX).nullable(),
        checkedOn: wireDay.nullable(),
      }),
    }),
    amenities: z.array(wireAmenity).max(AMENITIES.length).refine(once, 'Name each once'),
    languages: z.array(wireLanguageTag).max(LANGUAGES_MAX).refine(once, 'Name each once'),
    wifi: z.strictObject({ mbps: z.int().min(1).max(WIFI_MBPS_MAX), measuredOn: wireDay }).nullable(),
    houseRules: lines,
  })
  .meta({ id: 'SpaceProfile' });
export type SpaceProfile = z.infer<typeof SpaceProfile>;

/** What a complete profile tells, part by part. */
export const PROFILE_PARTS = [
  'gettingIn.door',
  'gettingIn.bell',
  'gettingIn.floor',
  'gettingIn.lift',
  'gettingIn.phone',
  'gettingIn.contactName',
  'accessibility.stepFree',
  'accessibility.lift',
  'accessibility.toilet',
  'accessibility.hearingLoop',
  'accessibility.parking',
  'accessibility.doorWidthCm',
  'amenities',
  'languages',
  'wifi',
  'houseRules',
] as const;
export type ProfilePart = (typeof PROFILE_PARTS)[number];

/** What a profile does not tell yet. The web counts a draft the same way while it is typed. */
export function untoldParts(profile: SpaceProfile): ProfilePart[] {
  return PROFILE_PARTS.filter((part) => !isTold(profile, part));
}

function isTold(profile: SpaceProfile, part: ProfilePart): boolean {
  const { gettingIn, accessibility } = profile;
  const [section, key] = part.split('.') as [string, string | undefined];
  if (section === 'gettingIn') return gettingIn[key as keyof typeof gettingIn] !== null;
  if (section === 'accessibility') {
    const { value, checkedOn } = accessibility[key as keyof typeof accessibility];
    return value !== null && checkedOn !== null;
  }
  const told = profile[part as 'amenities' | 'languages' | 'wifi' | 'houseRules'];
  return Array.isArray(told) ? told.length > 0 : told !== null;
}
