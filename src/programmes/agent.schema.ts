import { z } from 'zod';
import { inputDay, wireAmount, wireDay, wireId, wireInstant, wirePage } from '../kernel/wire.js';

export const AGENT_STATES = ['CLAIMED', 'CONFIRMED', 'DECLINED', 'ENDED'] as const;

const named = z.strictObject({ id: wireId, name: z.string() });

/** A person says whose agent they are; the employer confirms it. */
export const PutAgent = z
  .strictObject({ employerId: wireId, workEmail: z.email().max(254).toLowerCase() })
  .meta({ id: 'PutAgent' });
export type PutAgent = z.output<typeof PutAgent>;

/** At most three days of telework a week: the framework agreement of 13 July 2021. */
const TELEWORK_DAYS_MAX = 3;

export const PutAgentConfirmation = z
  .discriminatedUnion('answer', [
    z.strictObject({
      answer: z.literal('CONFIRMED'),
      daysPerWeek: z.int().min(1).max(TELEWORK_DAYS_MAX),
      validUntil: inputDay,
      /** Whether the employer owes the allowance for days abroad too. */
      allowanceAbroad: z.boolean().default(false),
    }),
    z.strictObject({ answer: z.literal('DECLINED') }),
    z.strictObject({ answer: z.literal('ENDED') }),
  ])
  .meta({ id: 'PutAgentConfirmation' });
export type PutAgentConfirmation = z.output<typeof PutAgentConfirmation>;

export const AgentView = z
  .strictObject({
    id: wireId,
    personId: wireId,
    name: z.string(),
    employer: named,
    workEmail: z.string(),
    state: z.enum(AGENT_STATES),
    daysPerWeek: z.int().nullable(),
    validUntil: wireDay.nullable(),
    allowanceAbroad: z.boolean(),
    stateAt: wireInstant,
  })
  .meta({ id: 'Agent' });
export type AgentView = z.infer<typeof AgentView>;
export const AgentPage = wirePage(AgentView).meta({ id: 'AgentPage' });
export type AgentPage = z.infer<typeof AgentPage>;

/** Without an employer: one's own. */
export const AgentsQuery = z.strictObject({ employerId: wireId.optional() }).meta({ id: 'AgentsQuery' });
export type AgentsQuery = z.output<typeof AgentsQuery>;

export const PutMissionOrder = z
  .strictObject({
    agentId: wireId,
    reference: z.string().trim().min(1).max(100),
    country: z.string().regex(/^[A-Z]{2}$/),
    fromDay: inputDay,
    untilDay: inputDay,
  })
  .refine(({ fromDay, untilDay }) => fromDay.toString() <= untilDay.toString(), {
    message: 'It ends after it starts.',
    path: ['untilDay'],
  })
  .meta({ id: 'PutMissionOrder' });
export type PutMissionOrder = z.output<typeof PutMissionOrder>;

export const MissionOrderView = z
  .strictObject({
    id: wireId,
    agentId: wireId,
    reference: z.string(),
    country: z.string(),
    fromDay: wireDay,
    untilDay: wireDay,
  })
  .meta({ id: 'MissionOrder' });
export type MissionOrderView = z.infer<typeof MissionOrderView>;

const period = { fromDay: inputDay, untilDay: inputDay };
export const AttendanceQuery = z
  .strictObject({ employerId: wireId, ...period })
  .meta({ id: 'AttendanceQuery' });
export type AttendanceQuery = z.output<typeof AttendanceQuery>;

/** For the employer alone: who came on which days, as doors attested it, and never where. */
export const AttendanceView = z
  .strictObject({
    employer: named,
    fromDay: wireDay,
    untilDay: wireDay,
    agents: z.array(
      z.strictObject({
        agentId: wireId,
        name: z.string(),
        days: z.array(z.strictObject({ day: wireDay, halfDays: z.int() })),
        halfDays: z.int(),
      }),
    ),
    /** SHA-256 over all that is said above: the same statement has the same one. */
    checksum: z.string(),
    issuedAt: wireInstant,
  })
  .meta({ id: 'AttendanceStatement' });
export type AttendanceView = z.infer<typeof AttendanceView>;

export const AllowanceQuery = z
  .strictObject({
    employerId: wireId,
    year: z.coerce.number().int().min(2000).max(2100),
    quarter: z.coerce.number().int().min(1).max(4).optional(),
  })
  .meta({ id: 'AllowanceQuery' });
export type AllowanceQuery = z.output<typeof AllowanceQuery>;

export const AllowanceView = z
  .strictObject({
    employer: named,
    fromDay: wireDay,
    untilDay: wireDay,
    perDay: wireAmount,
    yearCap: wireAmount,
    /** The text that says so. */
    source: z.string(),
    agents: z.array(
      z.strictObject({
        agentId: wireId,
        name: z.string(),
        days: z.int(),
        /** Days for which something is due; others are over the cap, abroad, or had a subsidised canteen. */
        paidDays: z.int(),
        canteenDays: z.int(),
        abroadDays: z.int(),
        amount: wireAmount,
        overCap: wireAmount,
      }),
    ),
  })
  .meta({ id: 'AllowanceStatement' });
export type AllowanceView = z.infer<typeof AllowanceView>;

/** Information and no advice: days that were attested or are booked, per country and year. */
export const CountryDayPage = wirePage(
  z.strictObject({ year: z.int(), country: z.string(), attestedDays: z.int(), bookedDays: z.int() }),
).meta({ id: 'CountryDayPage' });
export type CountryDayPage = z.infer<typeof CountryDayPage>;

export const PutHostFact = z
  .strictObject({
    spaceId: wireId,
    fromDay: inputDay,
    /** A public building that receives agents. */
    isPublicHost: z.boolean(),
    /** An employer pays for a canteen there: no allowance is due. */
    hasSubsidisedCanteen: z.boolean(),
    isRural: z.boolean(),
  })
  .meta({ id: 'PutHostFact' });
export type PutHostFact = z.output<typeof PutHostFact>;

export const HostFactView = z
  .strictObject({
    id: wireId,
    spaceId: wireId,
    fromDay: wireDay,
    isPublicHost: z.boolean(),
    hasSubsidisedCanteen: z.boolean(),
    isRural: z.boolean(),
  })
  .meta({ id: 'HostFact' });
export type HostFactView = z.infer<typeof HostFactView>;
export const HostFactPage = wirePage(HostFactView).meta({ id: 'HostFactPage' });
export type HostFactPage = z.infer<typeof HostFactPage>;
export const HostFactsQuery = z.strictObject({ spaceId: wireId }).meta({ id: 'HostFactsQuery' });
export type HostFactsQuery = z.output<typeof HostFactsQuery>;

/** Desks that are for public agents until they are released. */
export const PutReservedPool = z
  .strictObject({
    releaseDaysBefore: z.int().min(0).max(30).default(1),
    /** By the clock of the space. */
    releaseTime: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .default('17:00'),
  })
  .meta({ id: 'PutReservedPool' });
export type PutReservedPool = z.output<typeof PutReservedPool>;

export const ReservedPoolView = z
  .strictObject({
    poolId: wireId,
    spaceId: wireId,
    releaseDaysBefore: z.int(),
    releaseTime: z.string(),
  })
  .meta({ id: 'ReservedPool' });
export type ReservedPoolView = z.infer<typeof ReservedPoolView>;
