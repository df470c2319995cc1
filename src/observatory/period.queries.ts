import { sql, type Reader } from '../platform/db.js';
import type { ImpactPeriodHead, Report } from './report.schema.js';

const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const HEAD = `period.id, jsonb_build_object('id', period.network_id, 'name', network.name) AS network,
  jsonb_build_object('id', period.publisher_id, 'name', publisher.name) AS publisher, period.quarter,
  period.from_day::text AS "fromDay", period.until_day::text AS "untilDay", period.version,
  period.corrects_id AS "correctsId", period.state, ${instant('period.frozen_at')} AS "frozenAt",
  period.snapshot_hash AS "snapshotHash", period.publication_ref AS "publicationRef",
  ${instant('published.created_at')} AS "publishedAt", review.note, review.limits`;
const FROM = `FROM observatory.impact_periods period
  JOIN identity.pub_organisations network ON network.id = period.network_id
  JOIN identity.pub_organisations publisher ON publisher.id = period.publisher_id
  LEFT JOIN observatory.steps published ON published.period_id = period.id AND published.state = 'PUBLISHED'
  LEFT JOIN observatory.steps review ON review.period_id = period.id AND review.state = 'REVIEWED'`;

export type PeriodRow = ImpactPeriodHead & { readonly requestHash: string };

export async function periodRow(on: Reader, id: string): Promise<PeriodRow | undefined> {
  const [row] = await sql<PeriodRow>(
    on,
    `SELECT ${HEAD}, period.request_hash AS "requestHash" ${FROM} WHERE period.id = $1`,
    [id],
  );
  return row;
}

/** Published ones, and all of the networks named. */
export function periodHeads(
  on: Reader,
  { networkId, inWorkOf }: { networkId: string | null; inWorkOf: readonly string[] | 'all' },
): Promise<ImpactPeriodHead[]> {
  return sql(
    on,
    `SELECT ${HEAD} ${FROM}
     WHERE ($1::uuid IS NULL OR period.network_id = $1)
       AND (period.state IN ('PUBLISHED', 'CORRECTED') OR $2 OR period.network_id = ANY ($3::uuid[]))
     ORDER BY period.quarter DESC, network.name, period.version DESC`,
    [networkId, inWorkOf === 'all', inWorkOf === 'all' ? [] : inWorkOf],
  );
}

export function stepsOf(on: Reader, periodId: string): Promise<{ state: string; at: string }[]> {
  return sql(
    on,
    `SELECT state, ${instant('created_at')} AS at FROM observatory.steps WHERE period_id = $1
     ORDER BY created_at, array_position(
       ARRAY['COLLECTING', 'FROZEN', 'COMPUTED', 'DISCLOSURE_CHECKED', 'REVIEWED', 'PUBLISHED', 'CORRECTED'], state)`,
    [periodId],
  );
}

export async function result<Content>(
  on: Reader,
  periodId: string,
  kind: 'COMPUTED' | 'REPORT',
): Promise<Content | null> {
  const [row] = await sql<{ content: Content }>(
    on,
    'SELECT content FROM observatory.results WHERE period_id = $1 AND kind = $2',
    [periodId, kind],
  );
  return row?.content ?? null;
}

/** The report that a correction takes the place of. */
export function earlierReport(on: Reader, { correctsId }: PeriodRow): Promise<Report | null> {
  return correctsId ? result<Report>(on, correctsId, 'REPORT') : Promise.resolve(null);
}

export type SettlementInput = {
  window: number;
  kind: string;
  from: string;
  to: string;
  unit: string;
  minor: string;
};
export function settlementInputs(on: Reader, periodId: string): Promise<SettlementInput[]> {
  return sql(
    on,
    `SELECT closed.number AS window, input.kind, debtor.name AS from, creditor.name AS to, input.unit,
       input.amount_minor AS minor
     FROM observatory.settlement_inputs input
     JOIN settlement.pub_windows closed ON closed.id = input.window_id
     JOIN directory.pub_parties debtor ON debtor.id = input.from_party_id
     JOIN directory.pub_parties creditor ON creditor.id = input.to_party_id
     WHERE input.period_id = $1 ORDER BY closed.number, input.kind, debtor.name, creditor.name, input.unit`,
    [periodId],
  );
}
