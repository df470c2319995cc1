import { ScanView } from '@wire/checkin/checkin.schema.js';
import { useSyncExternalStore } from 'react';
import { ApiProblem, call } from '../api/call';
import { database } from '../offline/database';
import { afterFault, inTurn, waitSeconds, type WaitingScan } from './outbox.rules';

const ANSWER_MS_MAX = 4_000;
const ROUND_MS = 30_000;

let items: readonly WaitingScan[] = [];
let isSending = false;
let timer: ReturnType<typeof setTimeout> | undefined;
let deviceToken: string | undefined;
const listeners = new Set<() => void>();

/** All scans that wait, for the screen: their number is visible at all times. */
export function useWaitingScans(): readonly WaitingScan[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => items,
  );
}

/** Starts the door's own loop: a browser's background sync comes late, out of order or never. */
export async function openOutbox(token: string | undefined): Promise<void> {
  deviceToken = token;
  items = await (await database()).getAll('outbox');
  tell();
  addEventListener('online', sendAll);
  document.addEventListener('visibilitychange', sendAll);
  sendAll();
}

/** First to the disk, then to the network: a tab that dies in between loses nothing. Null: not answered yet. */
export async function submit(
  scan: Pick<WaitingScan, 'id' | 'spaceId' | 'code' | 'scannedAt'>,
): Promise<ScanView | null> {
  const item: WaitingScan = { ...scan, tries: 0, lastFault: null, state: 'WAITING' };
  await keep(item);
  const answer = await send(item);
  if (answer === null) plan();
  return answer;
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
  for (const item of inTurn(items)) {
    const answer = await send(item);
    const left = items.find(({ id }) => id === item.id);
    if (answer === null && left?.state === 'WAITING') return; // the network is away: the rest would fail too
  }
}

async function send(item: WaitingScan): Promise<ScanView | null> {
  const { id, spaceId, code, scannedAt } = item;
  try {
    const answer = await call(`/v1/scans/${id}`, {
      method: 'PUT',
      body: { spaceId, code, scannedAt },
      returns: ScanView,
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
      ...(deviceToken ? { token: deviceToken } : {}),
    });
    await drop(id);
    return answer;
  } catch (error) {
    const [status, fault] = error instanceof ApiProblem ? [error.status, error.code] : [null, 'offline'];
    await keep(afterFault(item, status, fault));
    return null;
  }
}

function plan(): void {
  clearTimeout(timer);
  const [oldest] = inTurn(items);
  if (oldest) timer = setTimeout(sendAll, Math.min(ROUND_MS, waitSeconds(oldest) * 1000));
}

async function keep(item: WaitingScan): Promise<void> {
  items = [...items.filter(({ id }) => id !== item.id), item];
  tell();
  await (await database()).put('outbox', item);
}

/** Called with the server's answer in hand, or by a person who has exported the item. */
export async function drop(id: string): Promise<void> {
  await (await database()).delete('outbox', id);
  items = items.filter((item) => item.id !== id);
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}
