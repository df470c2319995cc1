import type { Part } from '../../api/booking';

export const PARTS = ['DAY', 'MORNING', 'AFTERNOON'] as const satisfies readonly Part[];

type Free = Readonly<Record<Part, number>>;
export type FreeDay = { readonly day: string; readonly free: Free };
export type Pool = { readonly poolId: string; readonly days: readonly FreeDay[] };

/** The desks of all pools together, day by day. */
export function freeByDay(pools: readonly Pool[]): FreeDay[] {
  const sums = new Map<string, Record<Part, number>>();
  for (const { day, free } of pools.flatMap(({ days }) => days)) {
    const sum = sums.get(day) ?? { DAY: 0, MORNING: 0, AFTERNOON: 0 };
    for (const part of PARTS) sum[part] += free[part];
    sums.set(day, sum);
  }
  return [...sums].map(([day, free]) => ({ day, free }));
}

/** The pool with most room for it, so that the last desk of a small one stays for who needs that one. */
export function poolFor(pools: readonly Pool[], day: string, part: Part): Pool | undefined {
  const room = (pool: Pool) => pool.days.find((each) => each.day === day)?.free[part] ?? 0;
  return pools.filter((pool) => room(pool) > 0).toSorted((a, b) => room(b) - room(a))[0];
}
