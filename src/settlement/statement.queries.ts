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

type DocumentChargeRow = {
  readonly chargeId: string;
  readonly kind: 'FEE' | 'SOLIDARITY' | 'DUES' | 'CREDIT' | 'REBILLED' | 'SERVICE';
  readonly day: string;
  readonly amountMinor: number;
  readonly note: string;
  readonly recordId: string | null;
};

/** The charges of one claim that a document prints; what only moves money is on none. */
export async function documentCharges(
  on: Reader,
  of: { windowId: string; debtorPartyId: string; creditorPartyId: string; unit: string },
): Promise<DocumentChargeRow[]> {
  const rows = await sql<DocumentChargeRow & { amountMinor: string }>(
    on,
    `SELECT charge.id AS "chargeId", kind, day::text AS day, amount_minor AS "amountMinor", note,
       record_id AS "recordId"
     FROM settlement.charge_lines line JOIN settlement.charges charge ON charge.id = line.charge_id
     WHERE line.window_id = $1 AND debtor_party_id = $2 AND creditor_party_id = $3 AND unit = $4
       AND kind NOT IN ('RELEASE', 'CARRIED', 'OPENING')
     ORDER BY day, kind, charge.id`,
    [of.windowId, of.debtorPartyId, of.creditorPartyId, of.unit],
  );
  return rows.map((row) => ({ ...row, amountMinor: Number(row.amountMinor) }));
}

/** What a party is charged and credited in a window beside its visits. */
export function statementCharges(
  on: Reader,
  windowId: string,
  partyId: string,
): Promise<StatementView['charges']> {
  return sql(
    on,
    `SELECT charge.id AS "chargeId", charge.kind, day::text AS day, note, record_id AS "recordId",
       agreement_version_id AS "agreementVersionId", side.direction,
       json_build_object('id', party.id, 'name', party.name) AS counterparty,
       json_build_object('unit', charge.unit, 'minor', amount_minor) AS amount
     FROM settlement.charge_lines line JOIN settlement.charges charge ON charge.id = line.charge_id
     CROSS JOIN LATERAL (
       SELECT 'RECEIVES' AS direction, debtor_party_id AS other_id WHERE creditor_party_id = $2
       UNION ALL
       SELECT 'PAYS', creditor_party_id WHERE debtor_party_id = $2) side
     JOIN directory.pub_parties party ON party.id = side.other_id
     WHERE line.window_id = $1 ORDER BY day, charge.kind, charge.id`,
    [windowId, partyId],
  );
}

/** VAT is owed and paid beside what is netted, on a line of its own per document. */
export function statementVat(on: Reader, windowId: string, partyId: string): Promise<StatementView['vat']> {
  return sql(
    on,
    `SELECT vat.kind AS document, vat_bps AS "vatBps", side.direction,
       json_build_object('id', party.id, 'name', party.name) AS counterparty,
       json_build_object('unit', vat.unit, 'minor', net_minor) AS net,
       json_build_object('unit', vat.unit, 'minor', vat_minor) AS vat
     FROM settlement.vat vat
     CROSS JOIN LATERAL (
       SELECT CASE vat.kind WHEN 'INVOICE' THEN 'RECEIVES' ELSE 'PAYS' END AS direction, recipient_party_id AS other_id
       WHERE issuer_party_id = $2
       UNION ALL
       SELECT CASE vat.kind WHEN 'INVOICE' THEN 'PAYS' ELSE 'RECEIVES' END, issuer_party_id
       WHERE recipient_party_id = $2) side
     JOIN directory.pub_parties party ON party.id = side.other_id
     WHERE vat.window_id = $1 ORDER BY party.name, party.id, vat.unit, vat.kind, side.direction`,
    [windowId, partyId],
  );
}

/** How many rows an itemised statement has: visits, charges, VAT. */
export async function countStatement(on: Reader, windowId: string, partyId: string): Promise<number> {
  const [{ n } = { n: 0 }] = await sql<{ n: number }>(
    on,
    `SELECT ((SELECT count(*) FROM settlement.lines WHERE window_id = $1 AND creditor_party_id = $2)
       + (SELECT count(*) FROM settlement.lines WHERE window_id = $1 AND debtor_party_id = $2)
       + (SELECT count(*) FROM settlement.charge_lines line JOIN settlement.charges charge ON charge.id = line.charge_id
          WHERE line.window_id = $1 AND $2 IN (creditor_party_id, debtor_party_id))
       + (SELECT count(*) FROM settlement.vat
          WHERE window_id = $1 AND $2 IN (issuer_party_id, recipient_party_id)))::int AS n`,
    [windowId, partyId],
  );
  return n;
}
