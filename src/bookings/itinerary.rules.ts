/** Several visits in one look. Pure: no database, no framework. */
import { add, amount, type Amount } from '../kernel/money.js';
import { Temporal } from '../kernel/time.js';
import type { Funding, Part } from '../kernel/words.js';
import type { OfferedVisit } from './booking.js';
import type { Time } from './day-parts.js';

type Line = Pick<
  OfferedVisit,
  'day' | 'poolId' | 'fromSlot' | 'halfDays' | 'funding' | 'passId' | 'terms' | 'price' | 'guestPrice'
>;

export type Summary = {
  readonly totals: readonly { readonly price: Amount; readonly guestPrice: Amount }[];
  readonly cancelUntil: string | null;
  readonly lateCancellation: 'CONSUMED' | 'FREE';
  readonly entitlements: readonly {
    readonly funding: Funding;
    readonly passId: string | null;
    readonly halfDays: number;
    readonly days: readonly string[];
  }[];
};

/** Amounts of different units are never added; the strictest terms are those that count for the whole. */
export function summaryOf(lines: readonly Line[]): Summary {
  const totals = new Map<string, { price: Amount; guestPrice: Amount }>();
  const entitlements = new Map<string, Summary['entitlements'][number]>();
  for (const { price, guestPrice, funding, passId, halfDays, day } of lines) {
    const zero = { price: amount(price.unit, 0), guestPrice: amount(price.unit, 0) };
    const sum = totals.get(price.unit) ?? zero;
    totals.set(price.unit, {
      price: add(sum.price, price),
      guestPrice: add(sum.guestPrice, guestPrice),
    });
    const key = `${funding} ${passId}`;
    const known = entitlements.get(key) ?? { funding, passId, halfDays: 0, days: [] };
    const days = [...known.days, day.toString()];
    entitlements.set(key, { ...known, halfDays: known.halfDays + halfDays, days });
  }
  const untils = lines.map(({ terms }) => Temporal.Instant.from(terms.cancelUntil));
  const first = untils.toSorted((a, b) => Temporal.Instant.compare(a, b))[0];
  return {
    totals: [...totals.values()],
    cancelUntil: first?.toString() ?? null,
    lateCancellation: lines.some(({ terms }) => terms.noShow === 'CONSUMED') ? 'CONSUMED' : 'FREE',
    entitlements: [...entitlements.values()],
  };
}

type Wished = Time & { readonly day: Temporal.PlainDate; readonly poolId: string };

/**
 * By day, so that what comes first is paid first; and of one day by pool, so that all who take several seats at once
 * take them in the same order and nobody waits in a circle.
 */
export function inOrder<Of extends Wished>(lines: readonly Of[]): Of[] {
  return lines.toSorted(
    (a, b) =>
      Temporal.PlainDate.compare(a.day, b.day) ||
      (a.poolId < b.poolId ? -1 : Number(a.poolId > b.poolId)) ||
      orderOf(a) - orderOf(b) ||
      (a.from ?? '').localeCompare(b.from ?? ''),
  );
}

const PART_ORDER: readonly Part[] = ['DAY', 'MORNING', 'AFTERNOON'];

function orderOf({ part }: Time): number {
  return part === undefined ? PART_ORDER.length : PART_ORDER.indexOf(part);
}
