import { database } from '../offline/database';

/**
 * What this door has seen, for as long as it matters: codes shown a moment ago, guests inside until closing time,
 * the time itself. Held in memory to be asked at once, and on the disk for the page that comes after a reload.
 */
const known = new Map<string, number>();

export async function openMemory(nowMs: number): Promise<void> {
  const db = await database();
  for (const { key, untilMs } of await db.getAll('doorMemory')) {
    if (isOver(key, untilMs, nowMs)) void db.delete('doorMemory', key);
    else known.set(key, untilMs);
  }
}

/** A full disk does not keep the door from knowing it until the page is closed. */
export async function remember(key: string, untilMs: number): Promise<void> {
  known.set(key, untilMs);
  await (await database()).put('doorMemory', { key, untilMs }).catch(() => {});
}

/** What was taken back was not so. */
export async function forget(key: string): Promise<void> {
  known.delete(key);
  await (await database()).delete('doorMemory', key);
}

export function recall(key: string): number | undefined {
  return known.get(key);
}

export const shownKey = (credentialId: string, shownAt: number): string => `shown/${credentialId}/${shownAt}`;
export const insideKey = (bearer: string): string => `inside/${bearer}`;

function isOver(key: string, untilMs: number, nowMs: number): boolean {
  return key.includes('/') && untilMs <= nowMs;
}
