import { useSyncExternalStore } from 'react';
import { DayPackageView, type DayPackage } from '@wire/checkin/day-package.schema.js';
import { TrustListView } from '@wire/passes/trust.schema.js';
import { Temporal } from '@wire/kernel/time.js';
import { ApiProblem, call, serverNowMs } from '../api/call';
import type { Space } from '../api/spaces';
import { todayAt } from '../i18n/days';
import { database } from '../offline/database';
import { openPackage, verifiedPackage, type OpenPackage, type PackageKey } from './package.rules';

const REFRESH_MS = 60_000;

/** As it lies on the disk: verified again whenever it is opened. */
type Kept = { readonly signed: string; readonly id: string; readonly freshAtMs: number };
type Pinned = { readonly networkId: string; readonly keys: readonly PackageKey[] };
type At = Pick<Space, 'id' | 'networkId' | 'timeZone'>;

let current: OpenPackage | null = null;
const listeners = new Set<() => void>();

/** The lists this tablet would judge by now, for the screen. */
export function useDayPackage(): OpenPackage | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

/** The newest lists there are: those of today, else the last ones, whose bookings and hours do not count. */
export async function listsAt(space: At): Promise<OpenPackage | null> {
  const today = todayAt(space.timeZone).toString();
  if (current?.spaceId === space.id && current.day === today) return current;
  const kept = (await keptOf(space, today)) ?? (await lastKept(space, today));
  show(kept && (await openPackage(kept.made, kept.freshAtMs, today)));
  return current;
}

/** Asks for today and, once it has that, for tomorrow: a door may open before its network does. */
export function keepDayPackage(space: At, token: string | undefined): () => void {
  const refresh = async () => {
    const today = todayAt(space.timeZone);
    if (await fetchDay(space, today.toString(), token)) {
      await fetchDay(space, today.add({ days: 1 }).toString(), token);
    }
    await listsAt(space);
  };
  const look = () => void refresh().catch(() => {});
  look();
  addEventListener('online', look);
  const timer = setInterval(look, REFRESH_MS);
  return () => {
    removeEventListener('online', look);
    clearInterval(timer);
  };
}

/** False when no answer came, or none that this tablet may believe. */
async function fetchDay(space: At, day: string, token: string | undefined): Promise<boolean> {
  const db = await database();
  const known = (await db.get('door', keyOf(space, day))) as Kept | undefined;
  const asked = await ask(space, day, { token, known }).catch(() => null);
  if (asked === null) return false;
  const kept = asked === 'UNCHANGED' ? { ...known!, freshAtMs: serverNowMs() } : asked;
  const made = await verify(kept, space, token);
  if (!made) return false;
  await db.put('door', kept, keyOf(space, day));
  if (day === todayAt(space.timeZone).toString()) show(await openPackage(made, kept.freshAtMs, day));
  return true;
}

async function ask(
  { id }: At,
  day: string,
  { token, known }: { token: string | undefined; known: Kept | undefined },
): Promise<Kept | 'UNCHANGED'> {
  try {
    const view = await call(`/v1/spaces/${id}/day-package?day=${day}`, {
      returns: DayPackageView,
      ...(token ? { token } : {}),
      ...(known ? { headers: { 'if-none-match': `"${known.id}"` } } : {}),
    });
    const freshAtMs = Temporal.Instant.from(view.issuedAt).epochMilliseconds;
    return { signed: view.signed, id: view.id, freshAtMs };
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 304) return 'UNCHANGED';
    throw error;
  }
}

/**
 * The keys of the network are taken over a secure line the first time this tablet stands here, and from then on
 * out of packages that a known key has signed: the next key is published long before its turn.
 */
async function verify(kept: Kept, space: At, token: string | undefined): Promise<DayPackage | null> {
  const pinned = (await pinnedKeys(space)) ?? (await pin(space, token));
  const made = await verifiedPackage(kept.signed, pinned.keys);
  if (!made || made.spaceId !== space.id) return null;
  const kids = new Set(pinned.keys.map(({ kid }) => kid));
  const next = made.issuers.find(({ keys }) => keys.some(({ kid }) => kids.has(kid)))?.keys;
  if (next) await keepKeys({ networkId: space.networkId, keys: next });
  return made;
}

async function pin({ networkId }: At, token: string | undefined): Promise<Pinned> {
  const list = await call('/v1/trust-list', { returns: TrustListView, ...(token ? { token } : {}) });
  const keys = list.issuers.find((issuer) => issuer.networkId === networkId)?.keys ?? [];
  const pinned = { networkId, keys: keys.map(({ kid, raw }) => ({ kid, raw })) };
  if (keys.length > 0) await keepKeys(pinned);
  return pinned;
}

async function pinnedKeys({ networkId }: At): Promise<Pinned | null> {
  const pinned = (await (await database()).get('door', 'keys')) as Pinned | undefined;
  return pinned?.networkId === networkId ? pinned : null;
}

async function keepKeys(pinned: Pinned): Promise<void> {
  await (await database()).put('door', pinned, 'keys');
}

/** At another door, or paired again: other keys, other lists. */
export async function forgetPackages(): Promise<void> {
  const db = await database();
  const keys = (await db.getAllKeys('door')).filter((key) => key === 'keys' || key.startsWith('day/'));
  await Promise.all(keys.map((key) => db.delete('door', key)));
  show(null);
}

type Found = { readonly made: DayPackage; readonly freshAtMs: number };

async function keptOf(space: At, day: string): Promise<Found | null> {
  const kept = (await (await database()).get('door', keyOf(space, day))) as Kept | undefined;
  const pinned = await pinnedKeys(space);
  const made = kept && pinned && (await verifiedPackage(kept.signed, pinned.keys));
  return made ? { made, freshAtMs: kept.freshAtMs } : null;
}

async function lastKept(space: At, today: string): Promise<Found | null> {
  const days = (await (await database()).getAllKeys('door'))
    .filter((key) => key.startsWith(`day/${space.id}/`))
    .map((key) => key.slice(-today.length))
    .filter((day) => day < today);
  const last = days.toSorted().at(-1);
  return last ? keptOf(space, last) : null;
}

function keyOf({ id }: At, day: string): string {
  return `day/${id}/${day}`;
}

function show(lists: OpenPackage | null): void {
  current = lists;
  for (const listener of listeners) listener();
}
