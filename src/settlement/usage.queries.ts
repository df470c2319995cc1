import { sql, type Reader } from '../platform/db.js';
import type { PairPage, UsagePage, UsageQuery, UsageTotalsPage, UsageTotalsQuery } from './usage.schema.js';

const REVIEWED = `
  LEFT JOIN review.pub_bounces bounce ON bounce.record_id = record.id
  LEFT JOIN review.pub_decisions decision ON decision.record_id = record.id
  LEFT JOIN review.pub_confirmations confirmation ON confirmation.record_id = record.id`;

const STATE = `
  CASE WHEN bounce.record_id IS NOT NULL THEN 'BOUNCED'
       WHEN decision.decision IS NOT NULL THEN decision.decision
       WHEN record.evidence = 'C' AND confirmation.record_id IS NULL THEN 'AWAITS_GUEST'
       ELSE 'PLAUSIBLE' END`;

const FILTERED = `
  FROM checkin.pub_visit_records record
  JOIN reciprocity.pub_agreement_versions version ON version.version_id = record.agreement_version_id
  LEFT JOIN settlement.lines line ON line.record_id = record.id
  ${REVIEWED}
  WHERE record.clearing_network_id = $1 AND record.settles
    AND ($2::date IS NULL OR record.day >= $2) AND ($3::date IS NULL OR record.day <= $3)
    AND ($4::uuid IS NULL OR record.creditor_party_id = $4) AND ($5::uuid IS NULL OR record.debtor_party_id = $5)
    AND ($6::uuid IS NULL OR version.agreement_id = $6) AND ($7::uuid IS NULL OR line.window_id = $7)
    AND ($8::text IS NULL OR record.evidence = $8) AND ($9::text IS NULL OR ${STATE} = $9)`;

const valuesOf = (of: UsageTotalsQuery): unknown[] => [
  of.networkId,
  of.fromDay?.toString() ?? null,
  of.untilDay?.toString() ?? null,
  of.hostId ?? null,
  of.debtorId ?? null,
  of.agreementId ?? null,
  of.windowId ?? null,
  of.evidence ?? null,
  of.state ?? null,
];

/** The page is found by key first, and only its own rows are dressed. */
export function usageOf(on: Reader, query: UsageQuery): Promise<UsagePage['items']> {
  const [day, id] = query.after?.split('_') ?? [null, null];
  return sql(
    on,
    `SELECT record.id AS "recordId", record.visit_id AS "visitId", record.scan_id AS "scanId", page.day::text AS day,
       json_build_object('id', host.id, 'name', host.name) AS host,
       json_build_object('id', debtor.id, 'name', debtor.name) AS debtor,
       record.half_days::int AS "halfDays", record.mode, record.funding, record.evidence,
       json_build_object('unit', record.unit, 'minor', record.rate_minor) AS rate,
       json_build_object('unit', record.unit, 'minor', record.amount_minor) AS amount,
       json_build_object('id', page.agreement_id, 'name', page.name, 'versionId', record.agreement_version_id,
         'version', page.number) AS agreement,
       CASE WHEN w.id IS NULL THEN NULL ELSE json_build_object('id', w.id, 'number', w.number) END AS "window",
       page.state, page.code
     FROM (SELECT record.id, record.day, version.agreement_id, version.name, version.number, line.window_id,
             ${STATE} AS state, coalesce(bounce.code, decision.code) AS code
           ${FILTERED} AND ($10::date IS NULL OR (record.day, record.id) < ($10::date, $11::uuid))
           ORDER BY record.day DESC, record.id DESC LIMIT $12) page
     JOIN checkin.pub_visit_records record ON record.id = page.id
     JOIN directory.pub_parties host ON host.id = record.creditor_party_id
     JOIN directory.pub_parties debtor ON debtor.id = record.debtor_party_id
     LEFT JOIN settlement.windows w ON w.id = page.window_id
     ORDER BY page.day DESC, page.id DESC`,
    [...valuesOf(query), day, id, query.limit],
  );
}

export async function usageTotals(on: Reader, query: UsageTotalsQuery): Promise<UsageTotalsPage['items']> {
  const rows = await sql<Omit<UsageTotalsPage['items'][number], 'amountMinor'> & { amountMinor: string }>(
    on,
    `SELECT record.unit, count(*)::int AS records, sum(record.half_days)::int AS "halfDays",
       sum(record.amount_minor)::text AS "amountMinor" ${FILTERED} GROUP BY record.unit ORDER BY record.unit`,
    valuesOf(query),
  );
  return rows.map((row) => ({ ...row, amountMinor: Number(row.amountMinor) }));
}

type Pair = PairPage['items'][number];

/** Of a window that was closed, its lines; of one that is open, the records it would take. */
export async function pairsOf(
  on: Reader,
  window: { readonly id: string; readonly networkId: string; readonly state: string },
): Promise<Pair[]> {
  const closed = `
    SELECT line.creditor_party_id, line.debtor_party_id, line.unit, record.half_days, line.amount_minor
    FROM settlement.lines line JOIN checkin.pub_visit_records record ON record.id = line.record_id
    WHERE line.window_id = $1`;
  const open = `
    SELECT record.creditor_party_id, record.debtor_party_id, record.unit, record.half_days, record.amount_minor
    FROM checkin.pub_visit_records record ${REVIEWED}
    WHERE record.clearing_network_id = $1 AND record.settles
      AND NOT EXISTS (SELECT FROM settlement.lines WHERE record_id = record.id)
      AND ${STATE} NOT IN ('BOUNCED', 'DECLINED', 'AWAITS_GUEST')`;
  const isOpen = window.state === 'OPEN';
  const rows = await sql<Omit<Pair, 'amountMinor'> & { amountMinor: string }>(
    on,
    `SELECT json_build_object('id', host.id, 'name', host.name) AS host,
       json_build_object('id', debtor.id, 'name', debtor.name) AS debtor, owed.unit,
       count(*)::int AS visits, sum(half_days)::int AS "halfDays", sum(amount_minor)::text AS "amountMinor"
     FROM (${isOpen ? open : closed}) AS owed
     JOIN directory.pub_parties host ON host.id = creditor_party_id
     JOIN directory.pub_parties debtor ON debtor.id = debtor_party_id
     GROUP BY host.id, host.name, debtor.id, debtor.name, owed.unit
     ORDER BY owed.unit, debtor.name, debtor.id, host.name, host.id`,
    [isOpen ? window.networkId : window.id],
  );
  return rows.map((row) => ({ ...row, amountMinor: Number(row.amountMinor) }));
}
