import type { Instant } from '../kernel/time.js';
import { instantFromDate } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import type { QualityPage, ReviewsQuery, ReviewView } from './review.schema.js';

/** A whole day: what one guest can cost at one place on one day. */
const HALF_DAYS_PER_DAY = 2;

/**
 * Bounces what cannot be right among the records a clearing network received since `since`, one code each, the
 * first that fits. The same guest at the same host on the same day is charged a day at most, in the order of sealing;
 * rooms are beside it.
 */
export async function bounceImplausible(
  tx: Tx,
  of: { readonly networkId: string | null; readonly since: Instant; readonly now: Instant },
): Promise<number> {
  const bounced = await sql(
    tx,
    `WITH fresh AS (
       SELECT * FROM checkin.pub_visit_records record
       WHERE ($1::uuid IS NULL OR clearing_network_id = $1) AND sealed_at >= $2 AND settles),
     counted AS (
       SELECT fresh.*,
         sum(half_days) FILTER (WHERE part IS DISTINCT FROM 'HOURS') OVER (PARTITION BY person_ref, host_space_id, day ORDER BY sealed_at, id) AS of_day,
         sum(half_days) FILTER (WHERE evidence = 'D') OVER (
           PARTITION BY agreement_version_id, host_space_id, date_trunc('month', day) ORDER BY sealed_at, id) AS by_hand
       FROM fresh),
     judged AS (
       SELECT counted.*, CASE
         WHEN day > (sealed_at AT TIME ZONE 'UTC')::date + 1 THEN 'FUTURE_DAY'
         WHEN day < clauses.valid_from THEN 'TERMS_NOT_IN_FORCE'
         WHEN mode = 'ACCRUAL_CASH' AND funding <> 'SPONSOR_VOUCHER' AND counted.rate_minor <> ALL (rates.minor) THEN 'RATE_UNKNOWN'
         WHEN of_day > ${HALF_DAYS_PER_DAY} AND part IS DISTINCT FROM 'HOURS' THEN 'DAY_ALREADY_CHARGED'
         WHEN evidence = 'D' AND by_hand > clauses.hand_half_days_per_month THEN 'HAND_LIMIT' END AS code
       FROM counted
       JOIN (SELECT version_id, valid_from, hand_half_days_per_month FROM reciprocity.pub_clauses) clauses
         ON clauses.version_id = agreement_version_id
       LEFT JOIN (SELECT version_id, host_space_id, array_agg(rate_minor) AS minor FROM reciprocity.pub_rates
                  GROUP BY version_id, host_space_id) rates
         ON rates.version_id = agreement_version_id AND rates.host_space_id = counted.host_space_id)
     INSERT INTO review.bounces (record_id, network_id, home_network_id, host_network_id, code, created_at)
     SELECT id, clearing_network_id, home_network_id, host_network_id, code, $3 FROM judged WHERE code IS NOT NULL
     ON CONFLICT DO NOTHING RETURNING record_id`,
    [of.networkId, of.since.toString(), of.now.toString()],
  );
  return bounced.length;
}

const BATCH_SIZE_MAX = 1_000;

/** Silence is consent once the clock of the agreement has run out. */
export async function deemApproved(tx: Tx, now: Instant): Promise<number> {
  const deemed = await sql(
    tx,
    `INSERT INTO review.decisions (record_id, network_id, home_network_id, host_network_id, decision, decided_by,
       created_at)
     SELECT record.id, record.clearing_network_id, record.home_network_id, record.host_network_id,
       'DEEMED_APPROVED', 'system', $1::timestamptz
     FROM checkin.pub_visit_records record
     JOIN reciprocity.pub_clauses clauses ON clauses.version_id = record.agreement_version_id
     WHERE record.settles AND record.sealed_at <= $1::timestamptz - clauses.review_days * interval '1 day'
       AND NOT EXISTS (SELECT FROM review.decisions WHERE record_id = record.id)
       AND NOT EXISTS (SELECT FROM review.bounces WHERE record_id = record.id)
       AND (record.evidence <> 'C' OR EXISTS (SELECT FROM review.confirmations WHERE record_id = record.id))
     LIMIT ${BATCH_SIZE_MAX} ON CONFLICT DO NOTHING RETURNING record_id`,
    [now.toString()],
  );
  return deemed.length;
}

const REVIEW = `
  SELECT record.id AS "recordId", record.day::text AS day, record.half_days::int AS "halfDays", record.evidence,
    json_build_object('id', host.id, 'name', host.name) AS host,
    json_build_object('id', debtor.id, 'name', debtor.name) AS debtor,
    json_build_object('unit', record.unit, 'minor', record.amount_minor) AS amount,
    CASE WHEN bounce.record_id IS NOT NULL THEN 'BOUNCED'
         WHEN decision.decision IS NOT NULL THEN decision.decision
         WHEN record.evidence = 'C' AND confirmation.record_id IS NULL THEN 'AWAITS_GUEST'
         ELSE 'PLAUSIBLE' END AS state,
    coalesce(bounce.code, decision.code) AS code, record.person_ref AS "personRef",
    record.clearing_network_id AS "networkId", record.home_network_id AS "homeNetworkId",
    record.host_network_id AS "hostNetworkId",
    record.sealed_at + clauses.review_days * interval '1 day' AS "decideBy"
  FROM checkin.pub_visit_records record
  JOIN reciprocity.pub_clauses clauses ON clauses.version_id = record.agreement_version_id
  JOIN directory.pub_parties host ON host.id = record.creditor_party_id
  JOIN directory.pub_parties debtor ON debtor.id = record.debtor_party_id
  LEFT JOIN review.bounces bounce ON bounce.record_id = record.id
  LEFT JOIN review.decisions decision ON decision.record_id = record.id
  LEFT JOIN review.confirmations confirmation ON confirmation.record_id = record.id
  WHERE record.settles`;

export type Reviewed = Omit<ReviewView, 'decideBy'> & {
  readonly decideBy: Instant;
  readonly personRef: string;
  readonly networkId: string;
  readonly homeNetworkId: string;
  readonly hostNetworkId: string;
};
type Row = Omit<Reviewed, 'decideBy'> & { decideBy: Parameters<typeof instantFromDate>[0] };

export async function reviewOf(on: Reader, recordId: string): Promise<Reviewed | null> {
  const [row] = await sql<Row>(on, `${REVIEW} AND record.id = $1`, [recordId]);
  return row ? { ...row, decideBy: instantFromDate(row.decideBy) } : null;
}

export const PAGE_SIZE = 200;

export async function reviewsOf(on: Reader, by: ReviewsQuery): Promise<Reviewed[]> {
  const rows = await sql<Row>(
    on,
    `SELECT * FROM (${REVIEW}) AS review
     WHERE ($1::uuid IS NULL OR "networkId" = $1)
       AND ($2::text IS NULL OR $2 IN (host ->> 'id', debtor ->> 'id'))
       AND ($3::text IS NULL OR state = $3) AND ($4::uuid IS NULL OR "recordId" < $4)
     ORDER BY "recordId" DESC LIMIT ${PAGE_SIZE}`,
    [by.networkId ?? null, by.partyId ?? null, by.state ?? null, by.after ?? null],
  );
  return rows.map((row) => ({ ...row, decideBy: instantFromDate(row.decideBy) }));
}

/** score = 100 × (stands − by hand ÷ 2) ÷ records, rounded down. */
export function qualityOf(on: Reader, networkId: string): Promise<QualityPage['items']> {
  return sql(
    on,
    `SELECT json_build_object('id', host.id, 'name', host.name) AS host, count(*)::int AS records,
       count(bounce.record_id)::int AS bounced,
       count(*) FILTER (WHERE decision.decision = 'DECLINED')::int AS declined,
       count(*) FILTER (WHERE record.evidence = 'D')::int AS "byHand",
       (100 * (2 * count(*) FILTER (WHERE bounce.record_id IS NULL AND decision.decision IS DISTINCT FROM 'DECLINED')
         - count(*) FILTER (WHERE record.evidence = 'D' AND bounce.record_id IS NULL
             AND decision.decision IS DISTINCT FROM 'DECLINED')) / (2 * count(*)))::int AS score
     FROM checkin.pub_visit_records record
     JOIN directory.pub_parties host ON host.id = record.creditor_party_id
     LEFT JOIN review.bounces bounce ON bounce.record_id = record.id
     LEFT JOIN review.decisions decision ON decision.record_id = record.id
     WHERE record.clearing_network_id = $1 AND record.settles
     GROUP BY host.id, host.name ORDER BY score DESC, host.name, host.id`,
    [networkId],
  );
}
