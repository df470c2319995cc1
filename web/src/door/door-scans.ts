import type { ScanView } from '@wire/checkin/checkin.schema.js';
import { bearerHash, bearerOf, hex } from '@wire/kernel/pass-code/bearer.js';
import { readPassCode } from '@wire/kernel/pass-code/esc1.js';
import { newId } from '@wire/kernel/ids.js';
import { Temporal } from '@wire/kernel/time.js';
import type { Space } from '../api/spaces';
import { listsAt } from './day-package';
import { doorNow, instantOf } from './door-clock';
import { forget, insideKey, recall, remember, shownKey } from './door-memory';
import type { Seen } from './offline-door';
import { decideOffline, type OfflineVerdict } from './offline.rules';
import { submit, undoWaiting } from './outbox';
import type { Decided } from './outbox.rules';

/** A code cannot be taken a second time for as long as a door would still take it, and then some. */
const SHOWN_MS = 10 * 60_000;
const INSIDE_MS_MAX = 24 * 3_600_000;

/** The server's answer, or what the tablet says while there is none. */
export type DoorAnswer =
  | { readonly answer: ScanView }
  | { readonly scanId: string; readonly offline: OfflineVerdict; readonly decided: Decided };

/** An admission that the tablet answers for. */
export type OfflineAdmission = {
  readonly scanId: string;
  readonly offline: Extract<OfflineVerdict, { reason: null }>;
};

export function offlineAdmission(answer: DoorAnswer): OfflineAdmission | null {
  if ('answer' in answer || answer.offline.verdict === 'REFUSED') return null;
  return { scanId: answer.scanId, offline: answer.offline };
}

/** One reading of a code at this door, decided by the server or, without it, here. */
export async function scanCode(space: Space, code: string): Promise<DoorAnswer> {
  const scan = { id: newId(), spaceId: space.id, code, scannedAt: instantOf(doorNow().nowMs) };
  const result: DoorAnswer = await submit(scan, () => decideHere(space, scan));
  if ('answer' in result) await rememberAnswer(result.answer, code);
  return result;
}

/** Within seconds, and before it is sent: the guest may come in again with their next code. */
export async function undoHere(scanId: string, { bearer }: Seen): Promise<boolean> {
  const wasTaken = await undoWaiting(scanId, instantOf(doorNow().nowMs));
  if (wasTaken) await forget(insideKey(bearer));
  return wasTaken;
}

async function decideHere(
  space: Space,
  { id: scanId, code }: { id: string; code: string },
): Promise<Exclude<DoorAnswer, { answer: ScanView }>> {
  const { nowMs, isSetBack } = doorNow();
  const lists = await listsAt(space);
  const offline = await decideOffline(code, {
    nowMs,
    isSetBack,
    lists,
    wasShown: (credentialId, shownAt) => recall(shownKey(credentialId, shownAt)) !== undefined,
    isInside: (bearer) => (recall(insideKey(bearer)) ?? 0) > nowMs,
  });
  if (offline.verdict !== 'REFUSED') await rememberSeen(offline.seen, endOf(offline.closesAt, nowMs), nowMs);
  const decided = {
    verdict: offline.verdict,
    reason: offline.reason,
    packageId: lists?.id ?? null,
    packageFrom: lists && instantOf(lists.freshAtMs),
    decidedAt: instantOf(nowMs),
  };
  return { scanId, offline, decided };
}

/** Whoever the server let in is inside for this tablet too, should the network go away. */
async function rememberAnswer({ state, visit, spaceId, day }: ScanView, code: string): Promise<void> {
  const parsed = state === 'ACCEPTED' && visit ? readPassCode(code) : null;
  if (!visit || parsed === null || typeof parsed === 'string') return;
  const { credential, proof } = parsed;
  const bearer = await bearerHash({ spaceId, day }, bearerOf(credential));
  const seen = { credentialId: hex(credential.credentialId), shownAt: proof?.shownAt ?? null, bearer };
  const { nowMs } = doorNow();
  await rememberSeen(seen, endOf(visit.closesAt, nowMs), nowMs);
}

async function rememberSeen({ credentialId, shownAt, bearer }: Seen, endMs: number, nowMs: number) {
  if (shownAt !== null) await remember(shownKey(credentialId, shownAt), nowMs + SHOWN_MS);
  await remember(insideKey(bearer), endMs);
}

function endOf(closesAt: string | null, nowMs: number): number {
  return closesAt ? Temporal.Instant.from(closesAt).epochMilliseconds : nowMs + INSIDE_MS_MAX;
}
