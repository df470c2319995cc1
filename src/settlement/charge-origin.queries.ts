import { sql, type Reader } from '../platform/db.js';
import { STATEMENT_LINE } from './line.queries.js';
import type { ChargeLinesQuery, ChargeView } from './line.schema.js';
import type { StatementLine } from './statement.schema.js';

type Row = ChargeView & { readonly networkId: string };

/** The lines a charge was reckoned from: the host's lines of that version and unit, or the one record it names. */
const LINES_OF_CHARGE = `
  SELECT line.* FROM settlement.charges charge
  JOIN settlement.charge_lines taken ON taken.charge_id = charge.id
  JOIN settlement.lines line ON line.window_id = taken.window_id AND line.creditor_party_id = charge.debtor_party_id
    AND line.unit = charge.unit AND line.debtor_party_id <> line.creditor_party_id
  JOIN checkin.pub_visit_records record ON record.id = line.record_id
    AND record.agreement_version_id = charge.agreement_version_id
  WHERE charge.id = $1 AND charge.kind IN ('FEE', 'SOLIDARITY')
  UNION ALL
  SELECT line.* FROM settlement.charges charge JOIN settlement.lines line ON line.record_id = charge.record_id
  WHERE charge.id = $1`;

export async function chargeView(on: Reader, id: string): Promise<Row | undefined> {
  const [row] = await sql<Row>(
    on,
    `SELECT charge.id, charge.kind, charge.network_id AS "networkId", taken.window_id AS "windowId",
       json_build_object('id', debtor.id, 'name', debtor.name) AS debtor,
       json_build_object('id', creditor.id, 'name', creditor.name) AS creditor,
       json_build_object('unit', charge.unit, 'minor', charge.amount_minor) AS amount, charge.day::text AS day,
       charge.note, charge.record_id AS "recordId", charge.agreement_version_id AS "agreementVersionId",
       CASE charge.kind WHEN 'FEE' THEN clauses.network_fee_bps WHEN 'SOLIDARITY' THEN clauses.solidarity_bps END AS bps,
       CASE WHEN charge.kind IN ('FEE', 'SOLIDARITY') THEN clauses.rounding END AS rounding,
       of_lines.n AS lines, of_lines.minor::float8 AS "linesMinor"
     FROM settlement.charges charge
     LEFT JOIN settlement.charge_lines taken ON taken.charge_id = charge.id
     JOIN directory.pub_parties debtor ON debtor.id = charge.debtor_party_id
     JOIN directory.pub_parties creditor ON creditor.id = charge.creditor_party_id
     LEFT JOIN reciprocity.pub_clauses clauses ON clauses.version_id = charge.agreement_version_id
     CROSS JOIN LATERAL (SELECT count(*)::int AS n, coalesce(sum(amount_minor), 0) AS minor
       FROM (${LINES_OF_CHARGE}) AS lines) AS of_lines
     WHERE charge.id = $1`,
    [id],
  );
  return row;
}

export function chargeLines(
  on: Reader,
  id: string,
  { after, limit }: ChargeLinesQuery,
): Promise<StatementLine[]> {
  const [day, recordId] = after?.split('/') ?? [];
  return sql<StatementLine>(
    on,
    `${STATEMENT_LINE}
     FROM (SELECT 'RECEIVES' AS direction, debtor_party_id AS other_id, record_id, day, unit, amount_minor, late
       FROM (${LINES_OF_CHARGE}) AS lines
       WHERE $2::date IS NULL OR (day, record_id) > ($2, $3::uuid)
       ORDER BY day, record_id LIMIT $4) AS line
     JOIN checkin.pub_visit_records record ON record.id = line.record_id
     JOIN reciprocity.pub_agreement_versions version ON version.version_id = record.agreement_version_id
     JOIN directory.pub_parties party ON party.id = line.other_id
     ORDER BY line.day, line.record_id`,
    [id, day ?? null, recordId ?? null, limit],
  );
}
