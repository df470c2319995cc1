import { sql, type Reader } from '../platform/db.js';
import type { StatementLine, StatementView } from './statement.schema.js';

/** What a party receives and pays in a window, line by line, with what each line opens to. */
export function statementLines(on: Reader, windowId: string, partyId: string): Promise<StatementLine[]> {
  return sql<StatementLine>(
    on,
    `SELECT record.id AS "recordId", record.visit_id AS "visitId", record.scan_id AS "scanId",
       version.agreement_id AS "agreementId", version.version_id AS "agreementVersionId",
       version.number AS "agreementVersion", line.day::text AS day, side.direction,
       json_build_object('id', party.id, 'name', party.name) AS counterparty,
       record.half_days::int AS "halfDays",
       json_build_object('unit', record.unit, 'minor', record.rate_minor) AS rate,
       json_build_object('unit', line.unit, 'minor', line.amount_minor) AS amount, line.late
     FROM settlement.lines line
     JOIN checkin.pub_visit_records record ON record.id = line.record_id
     JOIN reciprocity.pub_agreement_versions version ON version.version_id = record.agreement_version_id
     CROSS JOIN LATERAL (
       SELECT 'RECEIVES' AS direction, line.debtor_party_id AS other_id WHERE line.creditor_party_id = $2
       UNION ALL
       SELECT 'PAYS', line.creditor_party_id WHERE line.debtor_party_id = $2) side
     JOIN directory.pub_parties party ON party.id = side.other_id
     WHERE line.window_id = $1 AND $2 IN (line.debtor_party_id, line.creditor_party_id)
     ORDER BY line.day, line.record_id, side.direction`,
    [windowId, partyId],
  );
}

export async function statementTotals(
  on: Reader,
  windowId: string,
  partyId: string,
): Promise<StatementView['totals']> {
  const rows = await sql<{
    unit: StatementView['totals'][number]['unit'];
    receives: string;
    pays: string;
    net: string;
  }>(
    on,
    `SELECT unit, receives_minor AS receives, pays_minor AS pays, net_minor AS net
     FROM settlement.positions WHERE window_id = $1 AND party_id = $2 ORDER BY unit`,
    [windowId, partyId],
  );
  return rows.map(({ unit, receives, pays, net }) => ({
    unit,
    receivesMinor: Number(receives),
    paysMinor: Number(pays),
    netMinor: Number(net),
  }));
}

type DocumentLine = {
  readonly recordId: string;
  readonly visitId: string;
  readonly day: string;
  readonly halfDays: number;
  readonly rateMinor: number;
  readonly amountMinor: number;
  readonly late: boolean;
};

/** The lines of one claim, as its document prints them. */
export async function documentLines(
  on: Reader,
  of: { windowId: string; debtorPartyId: string; creditorPartyId: string; unit: string },
): Promise<DocumentLine[]> {
  const rows = await sql<DocumentLine & { rateMinor: string; amountMinor: string }>(
    on,
    `SELECT record.id AS "recordId", record.visit_id AS "visitId", line.day::text AS day,
       record.half_days::int AS "halfDays", record.rate_minor AS "rateMinor",
       line.amount_minor AS "amountMinor", line.late
     FROM settlement.lines line JOIN checkin.pub_visit_records record ON record.id = line.record_id
     WHERE line.window_id = $1 AND line.debtor_party_id = $2 AND line.creditor_party_id = $3 AND line.unit = $4
     ORDER BY line.day, line.record_id`,
    [of.windowId, of.debtorPartyId, of.creditorPartyId, of.unit],
  );
  return rows.map((row) => ({
    ...row,
    rateMinor: Number(row.rateMinor),
    amountMinor: Number(row.amountMinor),
  }));
}
