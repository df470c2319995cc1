import { z } from 'zod';
import { inputDay, wireDay, wireId, wireInstant, wireNewId, wirePage } from '../kernel/wire.js';

export const ENCOUNTER_KINDS = ['ENCOUNTER', 'STUDY_VISIT', 'OPEN_DAY', 'PEER_EXCHANGE'] as const;
export const SIDES = ['INSTITUTION', 'USER'] as const;
const TITLE_LENGTH_MAX = 200;
const TEXT_LENGTH_MAX = 2000;
const FOLLOW_UPS_MAX = 30;
const CAPACITY_MAX = 1000;

/** Plain words: nothing that another program could take for markup. */
export const plain = (lengthMax: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(lengthMax)
    .regex(/^([^<>\p{Cc}]|\n)*$/u, 'Plain text, without markup and control characters');
export const wireTitle = plain(TITLE_LENGTH_MAX);
export const wireText = plain(TEXT_LENGTH_MAX);

export const PutEncounter = z
  .strictObject({
    spaceId: wireId,
    kind: z.enum(ENCOUNTER_KINDS),
    title: wireTitle,
    startsAt: wireInstant,
    endsAt: wireInstant,
    capacity: z.int().min(1).max(CAPACITY_MAX),
    initiativeId: wireId.nullable().default(null),
    /** The encounter before it in its series. */
    followsId: wireId.nullable().default(null),
  })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, {
    message: 'It ends after it began.',
    path: ['endsAt'],
  })
  .meta({ id: 'PutEncounter' });
export type PutEncounter = z.output<typeof PutEncounter>;

export const EncountersQuery = z
  .strictObject({ spaceId: wireId.optional(), initiativeId: wireId.optional() })
  .meta({ id: 'EncountersQuery' });
export type EncountersQuery = z.output<typeof EncountersQuery>;

export const EncounterView = z
  .strictObject({
    id: wireId,
    space: z.strictObject({ id: wireId, name: z.string(), city: z.string(), timeZone: z.string() }),
    kind: z.enum(ENCOUNTER_KINDS),
    title: z.string(),
    startsAt: wireInstant,
    endsAt: wireInstant,
    capacity: z.int(),
    initiativeId: wireId.nullable(),
    followsId: wireId.nullable(),
    state: z.enum(['ANNOUNCED', 'CLOSED']),
  })
  .meta({ id: 'Encounter' });
export type EncounterView = z.infer<typeof EncounterView>;
export const EncounterPage = wirePage(EncounterView).meta({ id: 'EncounterPage' });
export type EncounterPage = z.infer<typeof EncounterPage>;

export const FollowUpView = z
  .strictObject({
    id: wireId,
    encounterId: wireId,
    what: z.string(),
    owner: z.string(),
    dueOn: wireDay,
    state: z.enum(['OPEN', 'DONE', 'DROPPED']),
    note: z.string().nullable(),
  })
  .meta({ id: 'FollowUp' });
export type FollowUpView = z.infer<typeof FollowUpView>;

/** For whoever leads it: who came from which side, in numbers, and how things stand that the series decided. */
export const EncounterRoomView = z
  .strictObject({
    encounter: EncounterView,
    institutions: z.int(),
    users: z.int(),
    minutes: z.string().nullable(),
    /** Of this encounter and all before it in its series. */
    followUps: z.array(FollowUpView),
    /** What a phone opens when it reads the picture of the code. */
    attendanceAddress: z.string(),
  })
  .meta({ id: 'EncounterRoom' });
export type EncounterRoomView = z.infer<typeof EncounterRoomView>;

export const PutAttendance = z
  .strictObject({ code: z.string().min(1).max(64), side: z.enum(SIDES) })
  .meta({ id: 'PutAttendance' });
export type PutAttendance = z.output<typeof PutAttendance>;
export const AttendanceView = z
  .strictObject({ encounterId: wireId, title: z.string(), side: z.enum(SIDES), attestedAt: wireInstant })
  .meta({ id: 'Attendance' });
export type AttendanceView = z.infer<typeof AttendanceView>;

export const PutEncounterClosing = z
  .strictObject({
    minutes: wireText,
    followUps: z
      .array(
        z.strictObject({
          id: wireNewId,
          what: wireText,
          /** A role or an organisation, never a person. */
          owner: wireTitle,
          dueOn: inputDay,
        }),
      )
      .max(FOLLOW_UPS_MAX)
      .default([]),
  })
  .meta({ id: 'PutEncounterClosing' });
export type PutEncounterClosing = z.output<typeof PutEncounterClosing>;

export const PutFollowUpOutcome = z
  .strictObject({ outcome: z.enum(['DONE', 'DROPPED']), note: wireText })
  .meta({ id: 'PutFollowUpOutcome' });
export type PutFollowUpOutcome = z.output<typeof PutFollowUpOutcome>;
