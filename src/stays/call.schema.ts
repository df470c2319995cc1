import { z } from 'zod';
import { wireAmount, wireDay, wireId, wireInstant, wireLanguage, wirePage } from '../kernel/wire.js';
import { DIRECTIONS, GRANT_SCHEMES, LEGAL_BASES } from './stay.words.schema.js';

const NAME_LENGTH_MAX = 160;
const TEXT_LENGTH_MAX = 4_000;
const SLOTS_MAX = 500;
const name = z.string().trim().min(1).max(NAME_LENGTH_MAX);

/** By whoever coordinates a network's stays. A call is never changed: what was promised stays. */
export const PutStayCall = z
  .strictObject({
    networkId: wireId,
    programme: name,
    title: name,
    summary: z.string().trim().max(TEXT_LENGTH_MAX).default(''),
    direction: z.enum(DIRECTIONS),
    languages: z.array(wireLanguage).min(1),
    opensOn: wireDay,
    closesOn: wireDay,
    fromDay: wireDay,
    untilDay: wireDay,
    slots: z.int().min(1).max(SLOTS_MAX),
    legalBases: z.array(z.enum(LEGAL_BASES)).min(1),
    grantScheme: z.enum(GRANT_SCHEMES),
    grantBodyId: wireId,
    firstInstalmentPct: z.int().min(0).max(100).default(80),
    budgetMinor: z.int().min(0),
  })
  .refine(({ opensOn, closesOn }) => opensOn <= closesOn, {
    path: ['closesOn'],
    error: 'A call closes on the day it opens, or later.',
  })
  .refine(({ fromDay, untilDay }) => fromDay <= untilDay, {
    path: ['untilDay'],
    error: 'The last day comes after the first one.',
  })
  .meta({ id: 'PutStayCall' });
export type PutStayCall = z.output<typeof PutStayCall>;

const organisation = z.strictObject({ id: wireId, name: z.string(), country: z.string() });
export const StayCallView = z
  .strictObject({
    id: wireId,
    network: z.strictObject({ id: wireId, name: z.string() }),
    programme: z.string(),
    title: z.string(),
    summary: z.string(),
    direction: z.enum(DIRECTIONS),
    languages: z.array(wireLanguage),
    opensOn: wireDay,
    closesOn: wireDay,
    fromDay: wireDay,
    untilDay: wireDay,
    slots: z.int(),
    slotsTaken: z.int(),
    legalBases: z.array(z.enum(LEGAL_BASES)),
    grantScheme: z.enum(GRANT_SCHEMES),
    grantSource: z.string(),
    grantBody: organisation,
    firstInstalmentPct: z.int(),
    budget: wireAmount,
    committed: wireAmount,
    isOpen: z.boolean(),
  })
  .meta({ id: 'StayCall' });
export type StayCallView = z.infer<typeof StayCallView>;
export const StayCallPage = wirePage(StayCallView).meta({ id: 'StayCallPage' });
export type StayCallPage = z.infer<typeof StayCallPage>;

/** The rules of every legal basis that are in force, with where they are written. */
const BasisView = z.strictObject({
  basis: z.enum(LEGAL_BASES),
  validFrom: wireDay,
  country: z.string().nullable(),
  daysMin: z.int(),
  daysMax: z.int().nullable(),
  isWorkingDays: z.boolean(),
  weeklyDaysMax: z.int().nullable(),
  noticeMonths: z.int(),
  totalDays: z.int().nullable(),
  totalMonths: z.int().nullable(),
  answerMonths: z.int(),
  isLegalHostPublic: z.boolean(),
  source: z.string(),
});
export const LegalBasisPage = wirePage(BasisView).meta({ id: 'LegalBasisPage' });
export type LegalBasisPage = z.infer<typeof LegalBasisPage>;

/** Who can send somebody, host them in law, or grant: institutions and operators. */
const StayOrganisation = organisation.extend({ kind: z.enum(['institution', 'operator', 'network']) });
export const StayOrganisationPage = wirePage(StayOrganisation).meta({ id: 'StayOrganisationPage' });
export type StayOrganisationPage = z.infer<typeof StayOrganisationPage>;

export const StoryView = z
  .strictObject({
    id: wireId,
    stayId: wireId,
    title: z.string(),
    text: z.string(),
    language: wireLanguage,
    signedAs: z.string(),
    direction: z.enum(DIRECTIONS),
    place: z.strictObject({ id: wireId, name: z.string(), city: z.string() }),
    employer: z.string(),
    attestedDays: z.int(),
    publishedAt: wireInstant,
  })
  .meta({ id: 'StayStory' });
export type StoryView = z.infer<typeof StoryView>;
export const StoryPage = wirePage(StoryView).meta({ id: 'StayStoryPage' });
export type StoryPage = z.infer<typeof StoryPage>;
