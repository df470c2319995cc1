import { amount } from '../kernel/money.js';
import type { PlainDate } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';

/** A free visit, as the caps over many guests see it. */
export type CappedVisit = {
  readonly versionId: string;
  readonly agreementId: string;
  readonly homeSpaceId: string;
  readonly hostSpaceId: string;
  readonly day: PlainDate;
};

/** Half-days of the same guest at the same host that nobody holds yet; less than none give back what is held. */
export type Foreseen = { readonly day: PlainDate; readonly halfDays: number };

/** Which limit leaves the least; null when the guest's own quota does. */
export type LimitedBy = 'PAIR_CAP' | 'SEASON_CAP' | null;
type Left = { readonly pair: number | null; readonly season: number | null };

/** What the caps of a version leave on a day; null where there is none. Holds that were let go count no more. */
export async function leftOfCaps(on: Reader, visit: CappedVisit, foreseen?: Foreseen): Promise<Left> {
  const [left] = await sql<Left>(
    on,
    `WITH version AS (
       SELECT cap_half_days_per_pair_year AS pair_cap, season_caps FROM reciprocity.agreement_versions WHERE id = $1),
     season AS (
       SELECT (season ->> 'fromDay')::date AS from_day, (season ->> 'untilDay')::date AS until_day,
         (season ->> 'halfDays')::int AS cap
       FROM version, jsonb_array_elements(season_caps) AS season
       WHERE $5::date BETWEEN (season ->> 'fromDay')::date AND (season ->> 'untilDay')::date),
     taken AS (
       SELECT home_space_id, day, half_days FROM reciprocity.pair_uses
       WHERE agreement_id = $2 AND host_space_id = $4
         AND hold_id NOT IN (SELECT hold_id FROM ledger.pub_released_holds)
       UNION ALL SELECT $3::uuid, $6::date, $7::int WHERE $6::date IS NOT NULL)
     SELECT (pair_cap - (SELECT coalesce(sum(half_days), 0) FROM taken
              WHERE home_space_id = $3 AND extract(year FROM day) = extract(year FROM $5::date)))::int AS pair,
            (SELECT min(cap - (SELECT coalesce(sum(half_days), 0) FROM taken
                               WHERE day BETWEEN from_day AND until_day))::int FROM season) AS season
     FROM version`,
    [
      visit.versionId,
      visit.agreementId,
      visit.homeSpaceId,
      visit.hostSpaceId,
      visit.day.toString(),
      foreseen?.day.toString() ?? null,
      foreseen?.halfDays ?? 0,
    ],
  );
  return left ?? { pair: null, season: null };
}

/** One guest after the other: the row is locked until the transaction ends, so no two count the same half-day. */
export async function queueAt(tx: Tx, visit: CappedVisit, hostNetworkId: string, now: string): Promise<void> {
  await sql(
    tx,
    `INSERT INTO reciprocity.pair_counters AS counter (agreement_id, host_space_id, host_network_id, year, holds,
       created_at) VALUES ($1, $2, $3, $4, 1, $5)
     ON CONFLICT (agreement_id, host_space_id, year) DO UPDATE SET holds = counter.holds + 1`,
    [visit.agreementId, visit.hostSpaceId, hostNetworkId, visit.day.year, now],
  );
}

export async function addUse(
  tx: Tx,
  visit: CappedVisit,
  use: {
    readonly holdId: string;
    readonly hostNetworkId: string;
    readonly halfDays: number;
    readonly now: string;
  },
): Promise<void> {
  await sql(
    tx,
    `INSERT INTO reciprocity.pair_uses (hold_id, agreement_id, home_space_id, host_space_id, host_network_id, day,
       half_days, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
    [
      use.holdId,
      visit.agreementId,
      visit.homeSpaceId,
      visit.hostSpaceId,
      use.hostNetworkId,
      visit.day.toString(),
      amount('HALF_DAY', use.halfDays).minor,
      use.now,
    ],
  );
}

/** The smallest of what is left, and what made it so small. */
export function smallest(own: number, { pair, season }: Left): { left: number; limitedBy: LimitedBy } {
  if (pair !== null && pair < own && (season === null || pair <= season))
    return { left: Math.max(0, pair), limitedBy: 'PAIR_CAP' };
  if (season !== null && season < own) return { left: Math.max(0, season), limitedBy: 'SEASON_CAP' };
  return { left: own, limitedBy: null };
}
