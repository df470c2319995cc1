import { perHalfDay } from '../kernel/tariff.js';
import { amountToWire, tariffToWire } from '../kernel/wire.js';
import { derivedId } from '../platform/derived-id.js';
import type { DoorReason, ScanView, VisitRecordView, VisitView } from './checkin.schema.js';
import { SENTENCES } from './door-reasons.js';
import { GUEST_SENTENCES, GUEST_WELCOMES, type GuestLanguage } from './guest-sentences.js';
import type { OfflineScan } from './offline-scan.queries.js';
import { overstay } from './overstay.js';
import type { Scan } from './scan.queries.js';
import type { Visit, VisitRecord } from './visit.js';

const PART_IN_WORDS = {
  DAY: 'for the day',
  MORNING: 'for the morning',
  AFTERNOON: 'for the afternoon',
  HOURS: 'in a room',
} as const;

export function recordIdOf(visitId: string): string {
  return derivedId(visitId, 'record');
}

/** Only what a tablet decided alone can still change, until all doors have told what they did. */
export function scanView(scan: Scan, visit: Visit | null, offline: OfflineScan | null = null): ScanView {
  const reason = scan.reason ?? offline?.conflict ?? null;
  const { host, guest } = reason ? SENTENCES[reason] : welcome(visit);
  const language = scan.guestLanguage;
  return {
    id: scan.id,
    spaceId: scan.spaceId,
    day: scan.day.toString(),
    decidedAt: scan.decidedAt.toString(),
    state: offline?.outcome ?? scan.state,
    reason,
    refusal: scan.refusal,
    evidence: scan.evidence,
    offline: offline && {
      verdict: offline.verdict,
      scannedAt: scan.scannedAt.toString(),
      withdrawnAt: offline.withdrawnAt?.toString() ?? null,
      undoneAt: offline.undoneAt?.toString() ?? null,
    },
    sentence: host,
    guestSentence: language === null || language === 'en' ? guest : inOwnWords(language, reason, visit),
    guest: visit && guestOf(visit),
    visit: visit && {
      id: visit.id,
      bookingId: visit.bookingId,
      part: visit.part,
      halfDays: visit.halfDays,
      funding: visit.funding,
      startedAt: visit.startedAt.toString(),
      endsAt: visit.endsAt?.toString() ?? null,
      closesAt: visit.closesAt.toString(),
    },
  };
}

/** A host learns who came; to the guest it is their own visit. */
export function visitView(visit: Visit, seenBy: 'host' | 'guest'): VisitView {
  const late = overstay(visit);
  return {
    id: visit.id,
    bookingId: visit.bookingId,
    spaceId: visit.spaceId,
    spaceName: visit.spaceName,
    day: visit.day.toString(),
    part: visit.part,
    halfDays: visit.halfDays,
    funding: visit.funding,
    state: visit.state,
    evidence: visit.evidence,
    startedAt: visit.startedAt.toString(),
    endsAt: visit.endsAt?.toString() ?? null,
    closesAt: visit.closesAt.toString(),
    overstay: late && { minutes: late.minutes, amount: amountToWire(late.amount) },
    completedAt: visit.completedAt?.toString() ?? null,
    invalidReason: visit.invalidReason,
    guest: seenBy === 'host' ? guestOf(visit) : null,
    recordId: visit.state === 'SEALED' ? recordIdOf(visit.id) : null,
  };
}

export function visitRecordView(
  record: VisitRecord,
  shown: Pick<VisitRecordView, 'scan' | 'hash' | 'intact'>,
): VisitRecordView {
  const { unit, rateMinor, amountMinor, stay: _stay, scanId: _scanId, evidence: _evidence, ...rest } = record;
  return {
    ...rest,
    ...shown,
    day: record.day.toString(),
    sealedAt: record.sealedAt.toString(),
    ...stayView(record),
    rate: amountToWire({ unit, minor: rateMinor }),
    amount: amountToWire({ unit, minor: amountMinor }),
    terms: { ...record.terms },
  };
}

/** What was sealed before stays had minutes was priced per half-day. */
function stayView({ unit, rateMinor, stay }: VisitRecord) {
  if (!stay)
    return { part: null, minutes: null, overMinutes: 0, tariff: tariffToWire(unit, perHalfDay(rateMinor)) };
  const { part, minutes, overMinutes, ...asked } = stay;
  return { part, minutes, overMinutes, tariff: tariffToWire(unit, { ...asked, rateMinor }) };
}

function guestOf({ guestFirstName, homeSpaceName }: Visit) {
  return { firstName: guestFirstName, homeSpaceName };
}

/** The same to the guest in their own language. */
function inOwnWords(language: GuestLanguage, reason: DoorReason | null, visit: Visit | null): string {
  if (reason) return GUEST_SENTENCES[language][reason];
  if (!visit) return '';
  const { guestFirstName: name, part, spaceName: space } = visit;
  return GUEST_WELCOMES[language]({ space, name, part, until: endOf(visit) });
}

/** By the clock on the wall there. */
function endOf({ part, endsAt, closesAt, timeZone }: Visit): string {
  return (part === 'HOURS' && endsAt ? endsAt : closesAt)
    .toZonedDateTimeISO(timeZone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' });
}

function welcome(visit: Visit | null): { host: string; guest: string } {
  if (!visit) return { host: 'Welcome.', guest: 'Welcome.' };
  const { guestFirstName, homeSpaceName, part, spaceName } = visit;
  const until = endOf(visit);
  const from = homeSpaceName ? ` from ${homeSpaceName}` : '';
  const ends = part === 'HOURS' ? `It is theirs until ${until}.` : `The visit ends at ${until} by itself.`;
  const own = part === 'HOURS' ? `it is yours until ${until}` : `until ${until} at the latest`;
  return {
    host: `Welcome ${guestFirstName}${from}, here ${PART_IN_WORDS[part]}. ${ends}`,
    guest: `Welcome to ${spaceName}, ${guestFirstName}. You are here ${PART_IN_WORDS[part]}, ${own}.`,
  };
}
