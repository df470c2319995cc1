import { sql, type Reader, type Tx } from '../platform/db.js';

/** What a period looks at: sealed before it was frozen, on its days, cleared by its network. */
export type Frozen = {
  readonly periodId: string;
  readonly networkId: string;
  readonly fromDay: string;
  readonly untilDay: string;
  readonly frozenAt: string;
  readonly quarter: string;
  /** When the version that this one corrects was frozen. */
  readonly before: string | null;
};

/** Parameters $1 to $4 of every query over a period. */
export const frozenParams = ({ networkId, fromDay, untilDay, frozenAt }: Frozen): unknown[] => [
  networkId,
  fromDay,
  untilDay,
  frozenAt,
];

export const RECORDS = `checkin.pub_visit_records record
  WHERE record.clearing_network_id = $1 AND record.day BETWEEN $2 AND $3 AND record.sealed_at <= $4`;
/** Answers carry their day alone: those of the day of freezing come too late. */
export const ANSWERS = `observatory.exit_answers answer
  WHERE answer.network_id = $1 AND answer.month BETWEEN $2 AND $3
    AND answer.created_at < date_trunc('day', $4::timestamptz, 'UTC')`;
/** The latest of each space and measure. */
export const DECLARATIONS = `(
  SELECT DISTINCT ON (space_id, indicator, measure) space_id, indicator, measure, value, unit, id, created_at
  FROM observatory.declarations
  WHERE network_id = $1 AND quarter = to_char($2::date, 'YYYY"-Q"Q') AND $3::date IS NOT NULL AND created_at <= $4
  ORDER BY space_id, indicator, measure, created_at DESC, id DESC) AS declared`;

/** One hash over all of it, day by day, so that a million records need no text of a million lines. */
export async function snapshotHash(on: Reader, frozen: Frozen): Promise<string> {
  const [row] = await sql<{ hash: string }>(
    on,
    `SELECT encode(sha256(convert_to(concat_ws('|',
       (SELECT string_agg(day || ':' || hash, ',' ORDER BY day) FROM (
          SELECT record.day, md5(string_agg(concat_ws(':', record.id, person_ref, home_space_id, host_space_id, unit,
            half_days, amount_minor), ',' ORDER BY record.id)) AS hash
          FROM ${RECORDS} GROUP BY record.day) AS days),
       (SELECT md5(string_agg(concat_ws(':', id, person_key, counterfactual, met_someone, first_time, spent_minor,
            office_km, space_km, trip_km), ',' ORDER BY id)) FROM ${ANSWERS}),
       (SELECT md5(string_agg(concat_ws(':', id, value), ',' ORDER BY id)) FROM ${DECLARATIONS})
     ), 'UTF8')), 'hex') AS hash`,
    frozenParams(frozen),
  );
  return row!.hash;
}

/** Claims and payments of the windows closed in the quarter, each in the currency it was netted in. */
export async function keepSettlement(tx: Tx, frozen: Frozen): Promise<void> {
  await sql(
    tx,
    `INSERT INTO observatory.settlement_inputs (period_id, network_id, window_id, kind, from_party_id, to_party_id,
       unit, amount_minor, created_at)
     WITH closed AS (
       SELECT id AS window_id FROM settlement.pub_windows
       WHERE network_id = $1 AND closed_at >= $2::date AND closed_at < $3::date + 1 AND closed_at <= $4
     ), claims AS (
       SELECT window_id, debtor_party_id, creditor_party_id, unit, sum(amount_minor)::bigint AS minor
       FROM settlement.pub_claims JOIN closed USING (window_id) WHERE unit <> 'HALF_DAY' GROUP BY 1, 2, 3, 4
     )
     SELECT $5::uuid, $1::uuid, window_id, 'CLAIM', debtor_party_id, creditor_party_id, unit, sum(minor)::bigint, $4::timestamptz
     FROM (
       SELECT claim.window_id, claim.debtor_party_id, claim.creditor_party_id, coalesce(conversion.unit, claim.unit) AS unit,
              coalesce(conversion.minor, claim.minor) AS minor
       FROM claims claim LEFT JOIN settlement.pub_conversions conversion
         ON (conversion.window_id, conversion.debtor_party_id, conversion.creditor_party_id, conversion.billed_unit)
          = (claim.window_id, claim.debtor_party_id, claim.creditor_party_id, claim.unit)) AS converted
     WHERE minor > 0 GROUP BY 3, 5, 6, 7
     UNION ALL
     SELECT $5::uuid, $1::uuid, window_id, 'PAYMENT', from_party_id, to_party_id, unit, sum(amount_minor)::bigint, $4::timestamptz
     FROM settlement.pub_payments JOIN closed USING (window_id) GROUP BY 3, 5, 6, 7`,
    [...frozenParams(frozen), frozen.periodId],
  );
}
