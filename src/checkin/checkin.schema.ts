import { z } from 'zod';
import { REFUSALS } from '../kernel/pass-code/esc1.js';
import {
  wireAmount,
  wireDay,
  wireId,
  wireInstant,
  wirePage,
  wireBookedPart,
  wirePart,
  wireTariff,
  wireFunding,
  wireMode,
} from '../kernel/wire.js';
import { DOOR_REASONS } from './door-reasons.schema.js';

export { DOOR_REASONS, OVERRIDABLE, type DoorReason } from './door-reasons.schema.js';

const PACKAGE_ID_LENGTH_MAX = 64;

/** Far above the longest pass code, so that the door's own check of the length can answer. */
const CODE_LENGTH_MAX = 4096;
const REASON_LENGTH_MAX = 500;

const wireEvidence = z.enum(['A', 'B', 'C', 'D']);
const wireHalfDays = z.union([z.literal(1), z.literal(2)]);

/** What a tablet decided without us, and by which lists. */
const Offline = z
  .strictObject({
    verdict: z.enum(['COME_IN', 'COME_IN_CHECKED', 'REFUSED']),
    reason: z.enum(DOOR_REASONS).nullable(),
    packageId: z.string().max(PACKAGE_ID_LENGTH_MAX).nullable(),
    /** When the server last told the tablet that its lists are those of now. */
    packageFrom: wireInstant.nullable(),
    decidedAt: wireInstant,
    /** The tablet took it back at once: nobody came in on it. */
    undoneAt: wireInstant.optional(),
  })
  .refine(({ verdict, reason }) => (verdict === 'REFUSED') === (reason !== null), {
    path: ['reason'],
    error: 'A refusal has a reason, and nothing else has.',
  })
  .refine(({ verdict, undoneAt }) => verdict !== 'REFUSED' || undoneAt === undefined, {
    path: ['undoneAt'],
    error: 'Only an admission can be undone.',
  });
export type OfflineDecision = z.output<typeof Offline>;

/** `part` matters to walk-ins alone. `scannedAt` is the door's clock: kept as evidence, decided by ours. */
export const PutScan = z
  .strictObject({
    spaceId: wireId,
    code: z.string().min(1).max(CODE_LENGTH_MAX),
    scannedAt: wireInstant,
    part: wirePart.optional(),
    offline: Offline.optional(),
  })
  .meta({ id: 'PutScan' });
export type PutScan = z.output<typeof PutScan>;

/** All that a host learns about a guest. */
const GuestView = z.strictObject({ firstName: z.string(), homeSpaceName: z.string().nullable() });

export const ScanView = z
  .strictObject({
    id: wireId,
    spaceId: wireId,
    day: wireDay,
    decidedAt: wireInstant,
    /** A tablet's own admission is ACCEPTED_OFFLINE until it is CONFIRMED, or found to be a CONFLICT; undone, it stays. */
    state: z.enum(['ACCEPTED', 'REFUSED', 'ACCEPTED_OFFLINE', 'CONFIRMED', 'CONFLICT']),
    reason: z.enum(DOOR_REASONS).nullable(),
    /** The check of the pass code that failed, when one did. */
    refusal: z.enum(REFUSALS).nullable(),
    evidence: wireEvidence.nullable(),
    /** What the tablet said; and since when what it had admitted was withdrawn, if its list was older. */
    offline: z
      .strictObject({
        verdict: z.enum(['COME_IN', 'COME_IN_CHECKED', 'REFUSED']),
        scannedAt: wireInstant,
        withdrawnAt: wireInstant.nullable(),
        undoneAt: wireInstant.nullable(),
      })
      .nullable(),
    /** For the host to read. */
    sentence: z.string(),
    /** For the guest to read. */
    guestSentence: z.string(),
    guest: GuestView.nullable(),
    visit: z
      .strictObject({
        id: wireId,
        bookingId: wireId,
        part: wireBookedPart,
        halfDays: wireHalfDays,
        funding: wireFunding,
        startedAt: wireInstant,
        /** When what was booked ends; null of visits from before this was kept. */
        endsAt: wireInstant.nullable(),
        closesAt: wireInstant,
      })
      .nullable(),
  })
  .meta({ id: 'Scan' });
export type ScanView = z.infer<typeof ScanView>;
export const ScanPage = wirePage(ScanView).meta({ id: 'ScanPage' });
export type ScanPage = z.infer<typeof ScanPage>;

/** The scans or visits of one space on one of its days. */
export const OfSpaceAndDay = z.strictObject({ spaceId: wireId, day: wireDay }).meta({ id: 'OfSpaceAndDay' });
export type OfSpaceAndDay = z.output<typeof OfSpaceAndDay>;

/** Without a space and a day: one's own visits, newest first. */
export const VisitsQuery = z
  .strictObject({ spaceId: wireId.optional(), day: wireDay.optional(), after: wireId.optional() })
  .refine(({ spaceId, day }) => (spaceId === undefined) === (day === undefined), {
    path: ['day'],
    error: 'Name a space together with a day, or neither.',
  })
  .meta({ id: 'VisitsQuery' });
export type VisitsQuery = z.output<typeof VisitsQuery>;

export const VisitView = z
  .strictObject({
    id: wireId,
    bookingId: wireId,
    spaceId: wireId,
    spaceName: z.string(),
    day: wireDay,
    part: wireBookedPart,
    halfDays: wireHalfDays,
    funding: wireFunding,
    state: z.enum(['ACTIVE', 'COMPLETED', 'SEALED', 'INVALID']),
    evidence: wireEvidence,
    startedAt: wireInstant,
    /** When what was booked ends; null of visits from before this was kept. */
    endsAt: wireInstant.nullable(),
    closesAt: wireInstant,
    /** Staying longer than booked, where its tariff asks for that. */
    overstay: z.strictObject({ minutes: z.int(), amount: wireAmount }).nullable(),
    completedAt: wireInstant.nullable(),
    invalidReason: z.string().nullable(),
    /** Who came, for the host; null when the visit is one's own. */
    guest: GuestView.nullable(),
    recordId: wireId.nullable(),
  })
  .meta({ id: 'Visit' });
export type VisitView = z.infer<typeof VisitView>;
export const VisitPage = wirePage(VisitView).meta({ id: 'VisitPage' });
export type VisitPage = z.infer<typeof VisitPage>;

export const PutInvalidation = z
  .strictObject({ reason: z.string().trim().min(1).max(REASON_LENGTH_MAX) })
  .meta({ id: 'PutInvalidation' });
export type PutInvalidation = z.output<typeof PutInvalidation>;

/** A sealed record, with what opens from it: the visit, the scan, the agreement version. */
export const VisitRecordView = z
  .strictObject({
    id: wireId,
    visitId: wireId,
    scan: z.strictObject({
      id: wireId,
      decidedAt: wireInstant,
      evidence: wireEvidence,
      codeHash: z.string(),
    }),
    personRef: wireId,
    sealedAt: wireInstant,
    day: wireDay,
    homeSpaceId: wireId.nullable(),
    homeNetworkId: wireId,
    hostSpaceId: wireId,
    hostNetworkId: wireId,
    debtorPartyId: wireId.nullable(),
    creditorPartyId: wireId,
    agreementVersionId: wireId,
    clearingNetworkId: wireId,
    mode: wireMode,
    halfDays: wireHalfDays,
    /** The stay, to price it again; null of records sealed before stays had minutes. */
    part: wireBookedPart.nullable(),
    minutes: z.int().nullable(),
    overMinutes: z.int(),
    tariff: wireTariff,
    rate: wireAmount,
    amount: wireAmount,
    funding: wireFunding,
    settles: z.boolean(),
    /** The terms as they stood when the visit began. */
    terms: z.record(z.string(), z.unknown()),
    /** SHA-256 of the record in canonical JSON. */
    hash: z.string(),
    /** Is the hash still that of the record? */
    intact: z.boolean(),
  })
  .meta({ id: 'VisitRecord' });
export type VisitRecordView = z.infer<typeof VisitRecordView>;
