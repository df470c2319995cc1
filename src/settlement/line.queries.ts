import { sql, type Reader } from '../platform/db.js';
import type { LineView, LinesQuery, StatementClaim } from './line.schema.js';
import type { StatementLine } from './statement.schema.js';

type Party = { readonly windowId: string; readonly partyId: string };

/** What a line says and opens to, of rows `line` that carry `direction` and `other_id`. */
export const STATEMENT_LINE = `
  SELECT record.id AS "recordId", record.visit_id AS "visitId", record.scan_id AS "scanId",
    version.agreement_id AS "agreementId", version.version_id AS "agreementVersionId",
    version.number AS "agreementVersion", line.day::text AS day, line.direction,
    json_build_object('id', party.id, 'name', party.name) AS counterparty, record.half_days::int AS "halfDays",
    json_build_object('unit', record.unit, 'minor', record.rate_minor) AS rate,
    json_build_object('unit', line.unit, 'minor', line.amount_minor) AS amount, line.late`;
const STATEMENT_LINE_JOINS = `
  JOIN checkin.pub_visit_records record ON record.id = line.record_id
  JOIN reciprocity.pub_agreement_versions version ON version.version_id = record.agreement_version_id
  JOIN directory.pub_parties party ON party.id = line.other_id`;

/** Both sides are read in the order of an index, from the cursor on, and no further than a page. */
const side = (direction: 'PAYS' | 'RECEIVES', own: string, other: string) => `
  (SELECT '${direction}' AS direction, ${other} AS other_id, record_id, day, unit, amount_minor, late
   FROM settlement.lines
   WHERE window_id = $1 AND ${own} = $2
     AND ($3::text IS NULL OR $3 = '${direction}') AND ($4::uuid IS NULL OR ${other} = $4)
     AND ($5::text IS NULL OR unit = $5)
     AND ($6::date IS NULL OR (day, record_id) >= ($6, $7::uuid))
     AND ($6::date IS NULL OR (day, record_id, '${direction}') > ($6, $7::uuid, $8))
   ORDER BY day, record_id LIMIT $9)`;

export const LINES_PAGE = `
  ${STATEMENT_LINE}
  FROM (SELECT * FROM (
      ${side('PAYS', 'debtor_party_id', 'creditor_party_id')}
      UNION ALL ${side('RECEIVES', 'creditor_party_id', 'debtor_party_id')}) AS sides
    ORDER BY day, record_id, direction LIMIT $9) AS line
  ${STATEMENT_LINE_JOINS}
  ORDER BY line.day, line.record_id, line.direction`;

/** Proven in bench/settlement.mjs: it reads a page of two index ranges, however many lines the window has. */
export function linesPage(
  on: Reader,
  { windowId, partyId }: Party,
  { direction, counterpartyId, unit, after, limit }: LinesQuery,
): Promise<StatementLine[]> {
  const [day, recordId, afterDirection] = after?.split('/') ?? [];
  return sql<StatementLine>(on, LINES_PAGE, [
    windowId,
    partyId,
    direction ?? null,
    counterpartyId ?? null,
    unit ?? null,
    day ?? null,
    recordId ?? null,
    afterDirection ?? null,
    limit,
  ]);
}

/** The cursor of the page that follows; null at the end. */
export function nextLines(items: readonly StatementLine[], limit: number): string | null {
  const last = items.at(-1);
  return last && items.length === limit ? `${last.day}/${last.recordId}/${last.direction}` : null;
}

/** Per counterparty, direction and unit: how many lines and charges, and what they come to. */
export async function statementClaims(on: Reader, { windowId, partyId }: Party): Promise<StatementClaim[]> {
  return sql<StatementClaim>(
    on,
    `WITH items AS (
       SELECT CASE WHEN line.creditor_party_id = $2 THEN 'RECEIVES' ELSE 'PAYS' END AS direction,
         CASE WHEN line.creditor_party_id = $2 THEN line.debtor_party_id ELSE line.creditor_party_id END AS other_id,
         line.unit, line.amount_minor, record.half_days AS half_days, true AS is_line
       FROM settlement.lines line JOIN checkin.pub_visit_records record ON record.id = line.record_id
       WHERE line.window_id = $1 AND $2 IN (line.creditor_party_id, line.debtor_party_id)
       UNION ALL
       SELECT CASE WHEN creditor_party_id = $2 THEN 'RECEIVES' ELSE 'PAYS' END,
         CASE WHEN creditor_party_id = $2 THEN debtor_party_id ELSE creditor_party_id END, charge.unit,
         charge.amount_minor, 0, false
       FROM settlement.charge_lines line JOIN settlement.charges charge ON charge.id = line.charge_id
       WHERE line.window_id = $1 AND $2 IN (creditor_party_id, debtor_party_id)),
     sums AS (
       SELECT other_id, direction, unit, count(*) FILTER (WHERE is_line)::int AS lines,
         sum(half_days)::int AS "halfDays", coalesce(sum(amount_minor) FILTER (WHERE is_line), 0) AS "linesMinor",
         count(*) FILTER (WHERE NOT is_line)::int AS charges,
         coalesce(sum(amount_minor) FILTER (WHERE NOT is_line), 0) AS "chargesMinor"
       FROM items GROUP BY other_id, direction, unit)
     SELECT json_build_object('id', party.id, 'name', party.name) AS counterparty, direction, sums.unit, lines,
       "halfDays", "linesMinor"::float8 AS "linesMinor", charges, "chargesMinor"::float8 AS "chargesMinor",
       CASE WHEN sums.unit = 'HALF_DAY' OR 'IN_KIND_ONLY' IN (own.profile, other.profile) THEN 'IN_KIND'
            WHEN 'GROSS_ONLY' IN (own.profile, other.profile) THEN 'GROSS' ELSE 'NETTED' END AS clearing
     FROM sums JOIN directory.pub_parties party ON party.id = other_id
     JOIN settlement.positions own ON (own.window_id, own.unit, own.party_id) = ($1, sums.unit, $2)
     JOIN settlement.positions other ON (other.window_id, other.unit, other.party_id) = ($1, sums.unit, other_id)
     ORDER BY party.name, party.id, sums.unit, direction`,
    [windowId, partyId],
  );
}

type Opened = Omit<LineView, 'scans' | 'charges'> & { readonly networkId: string };

/** One line with its record, its visit, its clause and the rate at which its currency was netted. */
export async function openLine(on: Reader, recordId: string): Promise<Opened | undefined> {
  const [line] = await sql<Opened>(on, OPEN_LINE, [recordId]);
  return line;
}

export const instantText = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export const OPEN_LINE = `
  SELECT line.record_id AS "recordId", line.network_id AS "networkId",
    json_build_object('id', w.id, 'number', w.number, 'state', w.state, 'fromDay', w.from_day::text,
      'untilDay', closure.until_day::text) AS "window",
    json_build_object('id', debtor.id, 'name', debtor.name) AS debtor,
    json_build_object('id', creditor.id, 'name', creditor.name) AS creditor,
    json_build_object('unit', line.unit, 'minor', line.amount_minor) AS amount,
    line.day::text AS day, line.late, suspension.dispute_id AS "disputeId",
    json_build_object('sealedAt', ${instantText('record.sealed_at')}, 'mode', record.mode,
      'halfDays', record.half_days, 'rate', json_build_object('unit', record.unit, 'minor', record.rate_minor),
      'funding', record.funding, 'evidence', record.evidence, 'resourceKind', seal.resource_kind,
      'hash', seal.hash) AS record,
    json_build_object('id', visit.id, 'spaceId', visit.space_id, 'day', visit.day::text, 'state', visit.state,
      'startedAt', ${instantText('visit.started_at')},
      'completedAt', ${instantText('visit.completed_at')}) AS visit,
    json_build_object('agreementId', version.agreement_id, 'agreementName', version.name,
      'versionId', version.version_id, 'version', version.number, 'validFrom', version.valid_from::text,
      'homeNetworkId', version.home_network_id, 'hostNetworkId', version.host_network_id,
      'agreedRate', CASE WHEN rate.unit IS NOT NULL
        THEN json_build_object('unit', rate.unit, 'minor', rate.rate_minor) END,
      'floor', CASE WHEN rate.unit IS NOT NULL
        THEN json_build_object('unit', rate.unit, 'minor', rate.floor_minor) END,
      'networkFeeBps', clauses.network_fee_bps, 'solidarityBps', clauses.solidarity_bps,
      'rounding', clauses.rounding) AS clause,
    CASE WHEN conversion.to_unit IS NOT NULL THEN json_build_object('fromUnit', conversion.from_unit,
      'toUnit', conversion.to_unit, 'fromRate', conversion.from_rate::text, 'toRate', conversion.to_rate::text,
      'rateDay', conversion.rate_day::text, 'source', conversion.source) END AS "exchangeRate"
  FROM settlement.lines line
  JOIN settlement.windows w ON w.id = line.window_id
  LEFT JOIN settlement.closures closure ON closure.window_id = line.window_id
  LEFT JOIN settlement.suspensions suspension ON suspension.record_id = line.record_id
  JOIN directory.pub_parties debtor ON debtor.id = line.debtor_party_id
  JOIN directory.pub_parties creditor ON creditor.id = line.creditor_party_id
  JOIN checkin.pub_visit_records record ON record.id = line.record_id
  JOIN checkin.pub_record_seals seal ON seal.record_id = line.record_id
  JOIN checkin.pub_visits visit ON visit.id = record.visit_id
  JOIN reciprocity.pub_agreement_versions version ON version.version_id = record.agreement_version_id
  JOIN reciprocity.pub_clauses clauses ON clauses.version_id = record.agreement_version_id
  LEFT JOIN reciprocity.pub_rates rate ON rate.version_id = record.agreement_version_id
    AND rate.host_space_id = record.host_space_id AND rate.resource_kind = seal.resource_kind
  LEFT JOIN settlement.conversions conversion
    ON conversion.window_id = line.window_id AND conversion.from_unit = line.unit
  WHERE line.record_id = $1`;

/** The readings of the visit's pass; first the one that the record was sealed with. */
export function scansOf(on: Reader, visitId: string, recordId: string): Promise<LineView['scans']> {
  return sql(
    on,
    `SELECT scan.id, scan.state, scan.evidence, scan.code_hash AS "codeHash",
       ${instantText('scan.scanned_at')} AS "scannedAt", ${instantText('scan.decided_at')} AS "decidedAt"
     FROM checkin.pub_scans scan JOIN checkin.pub_visit_records record ON record.id = $2
     WHERE scan.visit_id = $1 ORDER BY scan.id = record.scan_id DESC, scan.decided_at, scan.id`,
    [visitId, recordId],
  );
}

export function chargesOfRecord(on: Reader, recordId: string): Promise<LineView['charges']> {
  return sql(
    on,
    `SELECT charge.id AS "chargeId", kind, day::text AS day, window_id AS "windowId", note,
       json_build_object('unit', unit, 'minor', amount_minor) AS amount
     FROM settlement.charges charge LEFT JOIN settlement.charge_lines line ON line.charge_id = charge.id
     WHERE record_id = $1 ORDER BY charge.created_at, charge.id`,
    [recordId],
  );
}
