import { ScanView } from '@wire/checkin/checkin.schema.js';
import { useSyncExternalStore } from 'react';
import { ApiProblem, call } from '../api/call';
import { database } from '../offline/database';
import {
  afterFault,
  bodyOf,
  inTurn,
  UNDO_MS,
  undone,
  waitSeconds,
  type Decided,
  type WaitingScan,
} from './outbox.rules';

/** A guest stands there: after this long the tablet decides by itself. */
const ANSWER_MS_MAX = 2_500;
/** Nobody waits for what is sent in the background. */
const UPLOAD_MS_MAX = 10_000;
const ROUND_MS = 30_000;

let items: readonly WaitingScan[] = [];
/** Scans that a full disk did not take: they live in this page alone. */
let unsaved: readonly string[] = [];
let isSending = false;
/** The last question got no answer: until one does, nobody at the door waits for it again. */
let isAway = false;
/** What is being decided in front of a guest, or may still be taken back, is not sent by the loop meanwhile. */
const deciding = new Set<string>();
const held = new Set<string>();
let timer: ReturnType<typeof setTimeout> | undefined;
let deviceToken: string | undefined;
let heardAnswer: () => void = () => {};
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** All scans that wait, for the screen: their number is visible at all times. */
export function useWaitingScans(): readonly WaitingScan[] {
  return useSyncExternalStore(subscribe, () => items);
}

/** Those of them that are gone when this page is closed. */
export function useUnsavedScans(): readonly string[] {
  return useSyncExternalStore(subscribe, () => unsaved);
}

/** Starts the door's own loop: a browser's background sync comes late, out of order or never. */
export async function openOutbox(token: string | undefined, onAnswer: () => void): Promise<void> {
  deviceToken = token;
  heardAnswer = onAnswer;
  const stored = await (await database()).getAll('outbox');
  items = [...stored, ...items.filter(({ id }) => unsaved.includes(id))];
  tell();
  addEventListener('online', sendAll);
  document.addEventListener('visibilitychange', sendAll);
  sendAll();
}

export type Fresh = Pick<WaitingScan, 'id' | 'spaceId' | 'code' | 'scannedAt'>;

/**
 * First to the disk, then to the network: a tab that dies in between loses nothing. Without an answer in time
 * `decide` is asked, and what it says goes along with the scan.
 */
export async function submit<Verdict extends { readonly decided: Decided }>(
  scan: Fresh,
  decide: () => Promise<Verdict>,
): Promise<{ readonly answer: ScanView } | Verdict> {
  const item: WaitingScan = { ...scan, tries: 0, lastFault: null, state: 'WAITING', offline: null };
  deciding.add(item.id);
  try {
    await keep(item);
    const answer = navigator.onLine && !isAway ? await send(item, ANSWER_MS_MAX) : null;
    if (answer) return { answer };
    const verdict = await decide();
    const tried = items.find(({ id }) => id === item.id) ?? item;
    await keep({ ...tried, offline: verdict.decided });
    if (verdict.decided.verdict !== 'REFUSED') {
      held.add(item.id);
      setTimeout(() => release(item.id), UNDO_MS);
    }
    return verdict;
  } finally {
    deciding.delete(item.id);
    plan();
  }
}

/** Takes an admission back that was not sent yet. Nothing is deleted: the server hears of both. */
export async function undoWaiting(id: string, at: string): Promise<boolean> {
  const item = held.has(id) ? items.find((each) => each.id === id) : undefined;
  const taken = item && undone(item, at);
  if (!taken) return false;
  await keep(taken);
  release(id);
  return true;
}

function release(id: string): void {
  held.delete(id);
  plan();
}

/** One after the other, the oldest first. */
export function sendAll(): void {
  if (isSending) return;
  isSending = true;
  void sendInTurn().finally(() => {
    isSending = false;
    plan();
  });
}

async function sendInTurn(): Promise<void> {
  for (const { id: next } of inTurn(items)) {
    const item = items.find(({ id }) => id === next);
    if (!item || deciding.has(next) || held.has(next)) continue;
    const answer = await send(item, UPLOAD_MS_MAX);
    if (answer) heardAnswer();
    const left = items.find(({ id }) => id === next);
    if (answer === null && left?.state === 'WAITING') return; // the network is away: the rest would fail too
  }
}

async function send(item: WaitingScan, withinMs: number): Promise<ScanView | null> {
  try {
    const answer = await call(`/v1/scans/${item.id}`, {
      method: 'PUT',
      body: bodyOf(item),
      returns: ScanView,
      signal: AbortSignal.timeout(withinMs),
      ...(deviceToken ? { token: deviceToken } : {}),
    });
    isAway = false;
    await drop(item.id);
    return answer;
  } catch (error) {
    const [status, fault] = error instanceof ApiProblem ? [error.status, error.code] : [null, 'offline'];
    isAway = status === null || status >= 500;
    await keep(afterFault(item, status, fault));
    return null;
  }
}

function plan(): void {
  clearTimeout(timer);
  const [oldest] = inTurn(items.filter(({ id }) => !held.has(id)));
  if (oldest) timer = setTimeout(sendAll, Math.min(ROUND_MS, waitSeconds(oldest) * 1000));
}

/** A full disk is told, and the scan is kept in the page: it still goes out, and can be saved as a file. */
async function keep(item: WaitingScan): Promise<void> {
  items = [...items.filter(({ id }) => id !== item.id), item];
  tell();
  try {
    await (await database()).put('outbox', item);
    unsaved = unsaved.filter((id) => id !== item.id);
  } catch {
    if (!unsaved.includes(item.id)) unsaved = [...unsaved, item.id];
  }
  tell();
}

/** Called with the server's answer in hand. */
async function drop(id: string): Promise<void> {
  await (await database()).delete('outbox', id);
  items = items.filter((item) => item.id !== id);
  unsaved = unsaved.filter((one) => one !== id);
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}
