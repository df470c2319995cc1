import { sql, type Reader } from '../platform/db.js';
import { ANSWERS, DECLARATIONS, frozenParams, RECORDS, type Frozen } from './snapshot.queries.js';

type Counted = { persons: number; newcomers: number | null; halfDays: number };
type Earned = { unit: string; minor: number; spaces: number; topBps: number; newSpaces: number | null };
export type VisitTables = {
  /** `*` in a margin, `-` for an unknown territory. */
  flows: ({ home: string; host: string } & Counted)[];
  months: ({ month: string } & Counted)[];
  income: ({ code: string } & Earned)[];
  balance: { spaces: number; median: number } | null;
  records: number;
  newcomers: number | null;
};

const people = `count(DISTINCT person_ref)::int AS persons, sum(half_days)::int AS "halfDays",
  CASE WHEN $5::timestamptz IS NOT NULL THEN count(DISTINCT person_ref) FILTER (WHERE is_new)::int END AS newcomers`;

/** All tables over visits in one pass: the records are read once, and everything is added up from what that made. */
export async function visitTables(on: Reader, frozen: Frozen): Promise<VisitTables> {
  const [row] = await sql<{ tables: VisitTables }>(
    on,
    `WITH v AS MATERIALIZED (
       SELECT coalesce(home.territory_code, '-') AS home, coalesce(host.territory_code, '-') AS host,
              record.home_space_id, record.host_space_id, record.person_ref, to_char(record.day, 'YYYY-MM') AS month,
              record.unit, record.sealed_at > $5::timestamptz AS is_new,
              sum(record.half_days)::int AS half_days, sum(record.amount_minor)::bigint AS minor, count(*) AS records
       FROM (SELECT record.* FROM ${RECORDS}) AS record
       JOIN directory.pub_spaces host ON host.id = record.host_space_id
       LEFT JOIN directory.pub_spaces home ON home.id = record.home_space_id
       GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
     ), earned AS (
       SELECT host, host_space_id, unit, sum(minor) AS minor, bool_or(is_new) AS is_new FROM v
       WHERE unit <> 'HALF_DAY' GROUP BY 1, 2, 3 HAVING sum(minor) > 0
     ), balances AS (
       SELECT space_id, abs(sum(received) - sum(sent)) / nullif(sum(received) + sum(sent), 0) AS balance FROM (
         SELECT host_space_id AS space_id, half_days::numeric AS received, 0 AS sent FROM v
         UNION ALL SELECT home_space_id, 0, half_days FROM v WHERE home_space_id IS NOT NULL) AS sides
       GROUP BY space_id
     )
     SELECT jsonb_build_object(
       'flows', (SELECT coalesce(jsonb_agg(cell), '[]') FROM (
          SELECT coalesce(home, '*') AS home, coalesce(host, '*') AS host, ${people}
          FROM v GROUP BY GROUPING SETS ((home, host), (home), (host), ()) HAVING count(*) > 0) AS cell),
       'months', (SELECT coalesce(jsonb_agg(cell ORDER BY month), '[]') FROM (
          SELECT month, ${people} FROM v GROUP BY month) AS cell),
       'income', (SELECT coalesce(jsonb_agg(cell), '[]') FROM (
          SELECT coalesce(host, '*') AS code, unit, sum(minor)::bigint AS minor, count(*)::int AS spaces,
                 (max(minor) * 10000 / sum(minor))::int AS "topBps",
                 CASE WHEN $5::timestamptz IS NOT NULL THEN count(*) FILTER (WHERE is_new)::int END AS "newSpaces"
          FROM earned GROUP BY GROUPING SETS ((host, unit), (unit))) AS cell),
       'balance', (SELECT jsonb_build_object('spaces', count(balance),
          'median', percentile_cont(0.5) WITHIN GROUP (ORDER BY balance)) FROM balances HAVING count(balance) > 0),
       'records', (SELECT coalesce(sum(records), 0) FROM v),
       'newcomers', (SELECT CASE WHEN $5::timestamptz IS NOT NULL
          THEN count(DISTINCT person_ref) FILTER (WHERE is_new) END FROM v)) AS tables`,
    [...frozenParams(frozen), frozen.before],
  );
  return row!.tables;
}

export type Answered = {
  measure: string;
  unit: string;
  value: number;
  answers: number;
  persons: number;
  newcomers: number | null;
};

/** Each question by itself: who did not answer one is missing there alone. Factors come as data. */
export async function surveyFigures(
  on: Reader,
  frozen: Frozen,
  { factors, green }: { factors: string; green: readonly string[] },
): Promise<Answered[]> {
  const counted = `count(*)::int AS answers, count(DISTINCT person_key)::int AS persons,
    CASE WHEN $5::timestamptz IS NOT NULL THEN count(DISTINCT person_key) FILTER (WHERE is_new)::int END AS newcomers`;
  return sql<Answered>(
    on,
    `WITH factors AS (
       SELECT mode, country, "gramsPerKm" AS grams
       FROM jsonb_to_recordset($6::jsonb) AS factor (mode text, country text, "gramsPerKm" numeric)
     ), a AS MATERIALIZED (
       SELECT answer.*, answer.created_at >= date_trunc('day', $5::timestamptz, 'UTC') AS is_new,
              (SELECT grams FROM factors WHERE mode = office_mode AND country IN (space.country, '*')) AS office_grams,
              (SELECT grams FROM factors WHERE mode = space_mode AND country IN (space.country, '*')) AS space_grams,
              (SELECT grams FROM factors WHERE mode = trip_mode AND country IN (space.country, '*')) AS trip_grams
       FROM (SELECT answer.* FROM ${ANSWERS}) AS answer JOIN directory.pub_spaces space ON space.id = answer.host_space_id
     ), commutes AS (
       SELECT * FROM a WHERE counterfactual = 'OFFICE' AND office_km IS NOT NULL AND space_km IS NOT NULL
     )
     SELECT measure, unit, value::float8 AS value, answers, persons, newcomers FROM (
       SELECT 'I-09 mean' AS measure, spent_unit AS unit, round(avg(spent_minor)) AS value, ${counted} FROM a
         WHERE spent_minor IS NOT NULL GROUP BY spent_unit
       UNION ALL SELECT 'I-09 median', spent_unit,
         round(percentile_cont(0.5) WITHIN GROUP (ORDER BY spent_minor)::numeric), ${counted} FROM a
         WHERE spent_minor IS NOT NULL GROUP BY spent_unit
       UNION ALL SELECT 'I-20', '%', round(100.0 * avg(met_someone::int), 1), ${counted} FROM a
         WHERE met_someone IS NOT NULL
       UNION ALL SELECT 'I-22', '%', round(100.0 * avg(first_time::int), 1), ${counted} FROM a
         WHERE first_time IS NOT NULL
       UNION ALL SELECT 'I-27 gross', 'km', sum(greatest(0, 2 * office_km - 2 * space_km)), ${counted} FROM commutes
       UNION ALL SELECT 'I-27 net', 'km', sum(2 * office_km - 2 * space_km), ${counted} FROM commutes
       UNION ALL SELECT 'I-28', 'kg', round(sum(2 * space_km * space_grams - 2 * office_km * office_grams) / 1000, 1),
         ${counted} FROM commutes WHERE space_grams IS NOT NULL AND office_grams IS NOT NULL
       UNION ALL SELECT 'I-29', 'kg', round(sum(trip_km * trip_grams) / 1000, 1), ${counted} FROM a
         WHERE trip_km IS NOT NULL AND trip_grams IS NOT NULL
       UNION ALL SELECT 'I-30', '%', round(100.0 * avg((trip_mode = ANY ($7))::int), 1), ${counted} FROM a
         WHERE trip_mode IS NOT NULL
     ) AS figures WHERE answers > 0`,
    [...frozenParams(frozen), frozen.before, factors, green],
  );
}

export type Declared = {
  indicator: string;
  measure: string;
  unit: string;
  value: number;
  spaces: number;
  topBps: number;
};

export async function declaredFigures(on: Reader, frozen: Frozen): Promise<Declared[]> {
  return sql<Declared>(
    on,
    `SELECT indicator, measure, unit, sum(value)::float8 AS value, count(*)::int AS spaces,
       coalesce((max(value) * 10000 / nullif(sum(value), 0))::int, 0) AS "topBps"
     FROM ${DECLARATIONS} GROUP BY indicator, measure, unit`,
    frozenParams(frozen),
  );
}

export type Netted = {
  unit: string;
  claims: number;
  payments: number;
  windows: number;
  parties: number;
};

/** I-06, per currency, out of what was kept for the period. */
export async function netting(on: Reader, periodId: string): Promise<Netted[]> {
  return sql(
    on,
    `SELECT unit, coalesce(sum(amount_minor) FILTER (WHERE kind = 'CLAIM'), 0)::float8 AS claims,
       coalesce(sum(amount_minor) FILTER (WHERE kind = 'PAYMENT'), 0)::float8 AS payments,
       count(DISTINCT window_id)::int AS windows, count(DISTINCT party_id)::int AS parties
     FROM (
       SELECT input.unit, input.window_id, input.kind, side.party_id,
              CASE WHEN side.party_id = from_party_id THEN amount_minor END AS amount_minor
       FROM observatory.settlement_inputs input
       CROSS JOIN LATERAL (VALUES (from_party_id), (to_party_id)) AS side (party_id)
       WHERE period_id = $1) AS sides
     GROUP BY unit HAVING sum(amount_minor) FILTER (WHERE kind = 'CLAIM') > 0`,
    [periodId],
  );
}

export type Paid = { days: number; records: number; spaces: number; open: number };

/** I-34: from the day of a visit to the last payment that its host got for the window. */
export async function timeToBePaid(on: Reader, frozen: Frozen): Promise<Paid | null> {
  const [row] = await sql<Omit<Paid, 'days'> & { days: number | null }>(
    on,
    `WITH paid AS (
       SELECT window_id, to_party_id, max(executed_at) AS at FROM settlement.pub_payments
       WHERE network_id = $1 AND executed_at <= $4 GROUP BY 1, 2
     )
     SELECT (percentile_cont(0.5) WITHIN GROUP (ORDER BY paid.at::date - record.day))::float8 AS days,
       count(paid.at)::int AS records, count(DISTINCT line.creditor_party_id) FILTER (WHERE paid.at IS NOT NULL)::int AS spaces,
       count(*) FILTER (WHERE paid.at IS NULL)::int AS open
     FROM (SELECT record.* FROM ${RECORDS}) AS record JOIN settlement.pub_lines line ON line.record_id = record.id
     LEFT JOIN paid ON (paid.window_id, paid.to_party_id) = (line.window_id, line.creditor_party_id)`,
    frozenParams(frozen),
  );
  return row && row.days !== null ? { ...row, days: row.days } : null;
}

/** All that was added up, before anybody may see it. */
export type Computed = {
  readonly visits: VisitTables;
  readonly answers: readonly Answered[];
  readonly declared: readonly Declared[];
  readonly netting: readonly Netted[];
  readonly paid: Paid | null;
  /** Of the network. */
  readonly spaces: number;
  readonly territories: readonly TerritoryPoint[];
};
type TerritoryPoint = { code: string; country: string; lat: number; lon: number };

/** Where a territory's spaces are, on average: a point for an arc to begin and end at. */
export async function territoryPoints(on: Reader, codes: readonly string[]): Promise<TerritoryPoint[]> {
  return sql(
    on,
    `SELECT territory_code AS code, min(country) AS country, avg(lat) AS lat, avg(lon) AS lon
     FROM directory.pub_spaces WHERE territory_code = ANY ($1) GROUP BY territory_code ORDER BY territory_code`,
    [codes],
  );
}

export async function spacesOf(on: Reader, networkId: string): Promise<number> {
  const [row] = await sql<{ spaces: number }>(
    on,
    'SELECT count(*)::int AS spaces FROM directory.pub_spaces WHERE network_id = $1',
    [networkId],
  );
  return row!.spaces;
}
