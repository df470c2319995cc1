import type { Unit } from '../kernel/money.js';
import type { Mode } from '../kernel/words.js';
import { sql, type Reader } from '../platform/db.js';
import { sharesOf } from './charge.queries.js';
import { POSITION_SUMS } from './closing.queries.js';
import type { SettlementProfile } from './window.rules.js';

/** What would have been agreed instead. What is null stays as each visit's own version has it. */
export type ReplayPolicy = {
  readonly mode: Mode | null;
  /** Of what each visit cost, rounded half up per line. */
  readonly rateBps: number | null;
  /** Per half-day, by unit; it goes before `rateBps`. */
  readonly fixedRates: Readonly<Partial<Record<Unit, number>>>;
  readonly floors: Readonly<Partial<Record<Unit, number>>>;
  /** Per guest, host and calendar year; whoever is beyond pays for themselves. */
  readonly freeHalfDays: number | null;
  readonly capHalfDaysPerPersonYear: number | null;
  readonly capHalfDaysPerPairYear: number | null;
  readonly solidarityBps: number | null;
  readonly networkFeeBps: number | null;
  readonly profile: SettlementProfile | null;
};

export const AS_IT_IS: ReplayPolicy = {
  mode: null,
  rateBps: null,
  fixedRates: {},
  floors: {},
  freeHalfDays: null,
  capHalfDaysPerPersonYear: null,
  capHalfDaysPerPairYear: null,
  solidarityBps: null,
  networkFeeBps: null,
  profile: null,
};

export type ReplayRates = readonly {
  readonly from_unit: string;
  readonly to_unit: string;
  readonly from_rate: string;
  readonly to_rate: string;
  readonly exponent: number;
}[];

export type Replayed = {
  readonly positions: readonly {
    readonly partyId: string;
    readonly unit: Unit;
    readonly receives: number;
    readonly pays: number;
    readonly netting: number;
  }[];
  readonly payments: readonly { readonly unit: Unit; readonly payments: number; readonly minor: number }[];
  readonly hosts: readonly {
    readonly partyId: string;
    readonly unit: Unit;
    readonly income: number;
    readonly shares: number;
    readonly quotaHalfDays: number;
    readonly beyondHalfDays: number;
  }[];
  /** Units in which a visit cannot be priced: it was owed in kind, and no fixed rate is given. */
  readonly unpriced: readonly Unit[];
};

/** How much of a visit lies under a limit, when `used` is the running sum that ends with it. No limit, all of it. */
const under = (limit: string, used: string) =>
  `CASE WHEN policy.${limit} IS NULL THEN half_days
        ELSE greatest(0, least(half_days, policy.${limit} - (${used} - half_days))) END`;

/**
 * Everything a year's quota has already gone to, in the order of the days. Guests who paid for themselves are asked
 * again when the number of free half-days is another.
 */
const VISITS = `
  policy AS MATERIALIZED (
    SELECT * FROM jsonb_to_record($3) AS policy ("mode" text, "rateBps" int, "fixedRates" jsonb, floors jsonb,
      "freeHalfDays" int, "capHalfDaysPerPersonYear" int, "capHalfDaysPerPairYear" int, "solidarityBps" int,
      "networkFeeBps" int, profile text)),
  period AS MATERIALIZED (
    SELECT w.id, w.from_day, closure.until_day, date_trunc('year', least(w.from_day, (
        SELECT min(day) FROM settlement.lines WHERE window_id = w.id)))::date AS year_from
    FROM settlement.windows w JOIN settlement.closures closure ON closure.window_id = w.id WHERE w.id = $1),
  used AS MATERIALIZED (
    SELECT record.id,
      sum(record.half_days) OVER (PARTITION BY person_ref, host_space_id, date_trunc('year', day)
        ORDER BY day, record.id) AS of_host,
      sum(record.half_days) OVER (PARTITION BY person_ref, date_trunc('year', day) ORDER BY day, record.id) AS of_person,
      sum(record.half_days) OVER (PARTITION BY home_space_id, host_space_id, date_trunc('year', day)
        ORDER BY day, record.id) AS of_pair
    FROM checkin.pub_visit_records record CROSS JOIN policy CROSS JOIN period
    WHERE coalesce(policy."freeHalfDays", policy."capHalfDaysPerPersonYear", policy."capHalfDaysPerPairYear") IS NOT NULL
      AND record.clearing_network_id = $2 AND record.day BETWEEN period.year_from AND period.until_day
      AND record.home_space_id <> record.host_space_id
      AND (record.funding = 'VISA_QUOTA' OR (record.funding = 'PAY_AS_YOU_GO' AND policy."freeHalfDays" IS NOT NULL))
      AND NOT EXISTS (SELECT FROM review.pub_bounces bounce WHERE bounce.record_id = record.id)),
  visits AS (
    SELECT record.*, line.debtor_party_id AS owing_id, line.amount_minor AS line_minor, true AS was_settled
    FROM settlement.lines line JOIN checkin.pub_visit_records record ON record.id = line.record_id
    WHERE line.window_id = $1
    UNION ALL
    SELECT record.*, record.home_space_id, record.amount_minor, false
    FROM checkin.pub_visit_records record CROSS JOIN policy CROSS JOIN period
    WHERE policy."freeHalfDays" IS NOT NULL AND record.clearing_network_id = $2
      AND record.day BETWEEN period.from_day AND period.until_day AND record.funding = 'PAY_AS_YOU_GO'
      AND NOT record.settles AND record.home_space_id <> record.host_space_id),
  granted AS (
    SELECT visits.*, CASE
      WHEN used.id IS NOT NULL THEN least(${under('"freeHalfDays"', 'of_host')},
        ${under('"capHalfDaysPerPersonYear"', 'of_person')}, ${under('"capHalfDaysPerPairYear"', 'of_pair')})
      WHEN was_settled THEN half_days ELSE 0 END::bigint AS settled
    FROM visits CROSS JOIN policy LEFT JOIN used ON used.id = visits.id)`;

const PRICED = `
  priced AS MATERIALIZED (
    SELECT granted.owing_id AS debtor_party_id, granted.creditor_party_id, granted.agreement_version_id AS version_id,
      granted.funding, granted.half_days, granted.settled, terms.mode, terms.unit,
      CASE terms.mode WHEN 'GIFT' THEN 0 WHEN 'ACCRUAL_IN_KIND' THEN settled
        ELSE greatest((policy.floors ->> terms.unit)::bigint * settled, coalesce(
          (policy."fixedRates" ->> terms.unit)::bigint * settled,
          CASE granted.mode WHEN 'ACCRUAL_CASH' THEN
            div(2::numeric * line_minor * settled * coalesce(policy."rateBps", 10000) + 10000 * granted.half_days,
              2 * 10000 * granted.half_days) END)) END::bigint AS amount_minor
    FROM granted CROSS JOIN policy
    JOIN directory.pub_parties host ON host.id = granted.creditor_party_id
    CROSS JOIN LATERAL (
      SELECT mode, CASE WHEN mode = 'ACCRUAL_IN_KIND' THEN 'HALF_DAY' WHEN granted.unit = 'HALF_DAY' THEN host.unit
        ELSE granted.unit END AS unit
      FROM (SELECT coalesce(policy."mode", granted.mode) AS mode) AS chosen) AS terms),
  shared AS MATERIALIZED (${sharesOf(`
    SELECT priced.*, 1 AS times, coalesce(policy."networkFeeBps", clauses.network_fee_bps) AS network_fee_bps,
      coalesce(policy."solidarityBps", clauses.solidarity_bps) AS solidarity_bps, clauses.rounding
    FROM priced CROSS JOIN policy
    JOIN reciprocity.pub_clauses clauses ON clauses.version_id = priced.version_id`)})`;

/** What a window settled beside its own visits and their shares stays as it was: dues, credits, what was carried on. */
const PAIRS = `
  pairs AS MATERIALIZED (
    SELECT debtor_party_id, creditor_party_id, unit, sum(amount_minor)::bigint AS minor FROM (
      SELECT debtor_party_id, creditor_party_id, unit, amount_minor FROM priced WHERE amount_minor IS NOT NULL
      UNION ALL
      SELECT host_id, $2, unit, minor FROM shared WHERE minor > 0
      UNION ALL
      SELECT charge.debtor_party_id, charge.creditor_party_id, charge.unit, charge.amount_minor
      FROM settlement.charge_lines line JOIN settlement.charges charge ON charge.id = line.charge_id
      WHERE line.window_id = $1 AND NOT (charge.kind IN ('FEE', 'SOLIDARITY') AND charge.id = settlement.derived_id(
        $1, concat_ws('/', 'share', kind, debtor_party_id, agreement_version_id, unit)))) AS items
    GROUP BY 1, 2, 3),
  profiles AS MATERIALIZED (
    SELECT party.id, CASE WHEN policy.profile IS NULL OR was.profile <> party.settlement_profile
      THEN coalesce(was.profile, party.settlement_profile) ELSE policy.profile END AS profile
    FROM directory.pub_parties party CROSS JOIN policy
    LEFT JOIN (SELECT DISTINCT party_id, profile FROM settlement.positions WHERE window_id = $1) was
      ON was.party_id = party.id
    WHERE party.id IN (SELECT debtor_party_id FROM pairs UNION SELECT creditor_party_id FROM pairs)),
  rates AS (SELECT * FROM jsonb_to_recordset($4) AS rate (from_unit text, to_unit text, from_rate numeric,
    to_rate numeric, exponent int))`;

const REPLAY = `
  WITH ${VISITS}, ${PRICED}, ${PAIRS}, ${POSITION_SUMS},
  paid AS (
    SELECT plan.unit, plan.minor FROM settlement.plan_of(
      (SELECT array_agg(unit ORDER BY unit, party_id) FROM sums),
      (SELECT array_agg(party_id ORDER BY unit, party_id) FROM sums),
      (SELECT array_agg(netting ORDER BY unit, party_id) FROM sums)) AS plan
    UNION ALL SELECT unit, minor FROM claims WHERE gross AND minor > 0),
  incomes AS (
    SELECT creditor_party_id AS party_id, unit, sum(amount_minor)::bigint AS income, 0::bigint AS shares,
      coalesce(sum(settled) FILTER (WHERE funding <> 'PASS_UNITS'), 0) AS quota,
      sum(half_days - settled) AS beyond
    FROM priced WHERE debtor_party_id <> creditor_party_id GROUP BY 1, 2
    UNION ALL SELECT host_id, unit, 0, sum(minor)::bigint, 0, 0 FROM shared GROUP BY 1, 2)
  SELECT
    (SELECT coalesce(json_agg(json_build_object('partyId', party_id, 'unit', unit, 'receives', receives, 'pays', pays,
       'netting', netting) ORDER BY unit, party_id), '[]') FROM sums) AS positions,
    (SELECT coalesce(json_agg(json_build_object('unit', unit, 'payments', n, 'minor', minor) ORDER BY unit), '[]')
     FROM (SELECT unit, count(*) AS n, sum(minor) AS minor FROM paid GROUP BY unit) AS sums) AS payments,
    (SELECT coalesce(json_agg(json_build_object('partyId', party_id, 'unit', unit, 'income', income, 'shares', shares,
       'quotaHalfDays', quota, 'beyondHalfDays', beyond) ORDER BY unit, party_id), '[]')
     FROM (SELECT party_id, unit, sum(income) AS income, sum(shares) AS shares, sum(quota) AS quota,
             sum(beyond) AS beyond FROM incomes GROUP BY 1, 2) AS hosts) AS hosts,
    (SELECT coalesce(json_agg(DISTINCT unit), '[]') FROM priced WHERE amount_minor IS NULL) AS unpriced`;

type Of = { readonly windowId: string; readonly networkId: string };

/** One window under another policy. It only reads; the caller's transaction cannot write. */
export async function replayWindow(
  on: Reader,
  { windowId, networkId }: Of,
  policy: ReplayPolicy,
  rates: ReplayRates,
): Promise<Replayed> {
  const [replayed] = await sql<Replayed>(on, REPLAY, [
    windowId,
    networkId,
    JSON.stringify(policy),
    JSON.stringify(rates),
  ]);
  return replayed!;
}

/** What the books have, in the same shape. */
export function bookedPositions(on: Reader, windowId: string): Promise<Replayed['positions'][number][]> {
  return sql(
    on,
    `SELECT party_id AS "partyId", unit, receives_minor::float8 AS receives, pays_minor::float8 AS pays,
       netting_minor::float8 AS netting
     FROM settlement.positions WHERE window_id = $1 ORDER BY unit, party_id`,
    [windowId],
  );
}
