/** What a window claims, converts and leaves waiting, as the books need it. */
import { sql, type Reader } from '../platform/db.js';
import type { Claim, Conversion, CreditVat, Suspension } from './facts.js';

type Waiting = Suspension & { readonly disputeId: string };
type Text<Row> = { [Key in keyof Row]: Row[Key] extends bigint ? string : Row[Key] };

export async function claimsOf(on: Reader, windowId: string): Promise<Claim[]> {
  const rows = await sql<Text<Claim>>(
    on,
    `SELECT kind, clearing, debtor_party_id AS "debtorPartyId", creditor_party_id AS "creditorPartyId", unit,
       amount_minor::text AS minor
     FROM settlement.pub_claims WHERE window_id = $1`,
    [windowId],
  );
  return rows.map((row) => ({ ...row, minor: BigInt(row.minor) }));
}

export async function creditVatOf(on: Reader, windowId: string): Promise<CreditVat[]> {
  const rows = await sql<Text<CreditVat>>(
    on,
    `SELECT issuer_party_id AS "issuerPartyId", recipient_party_id AS "recipientPartyId", unit,
       vat_minor::text AS minor
     FROM settlement.pub_vat WHERE window_id = $1 AND kind = 'CREDIT_NOTE'`,
    [windowId],
  );
  return rows.map((row) => ({ ...row, minor: BigInt(row.minor) }));
}

export async function conversionsOf(on: Reader, windowId: string): Promise<Conversion[]> {
  const rows = await sql<Text<Conversion>>(
    on,
    `SELECT debtor_party_id AS "debtorPartyId", creditor_party_id AS "creditorPartyId", billed_unit AS "billedUnit",
       billed_minor::text AS "billedMinor", unit, minor::text AS minor
     FROM settlement.pub_conversions WHERE window_id = $1`,
    [windowId],
  );
  return rows.map((row) => ({ ...row, billedMinor: BigInt(row.billedMinor), minor: BigInt(row.minor) }));
}

export async function suspensionsOf(on: Reader, windowId: string): Promise<Waiting[]> {
  const rows = await sql<Text<Waiting>>(
    on,
    `SELECT dispute_id AS "disputeId", clearing, debtor_party_id AS "debtorPartyId",
       creditor_party_id AS "creditorPartyId", billed_unit AS "billedUnit", billed_minor::text AS "billedMinor", unit,
       minor::text AS minor
     FROM settlement.pub_suspensions WHERE window_id = $1`,
    [windowId],
  );
  return rows.map((row) => ({ ...row, billedMinor: BigInt(row.billedMinor), minor: BigInt(row.minor) }));
}
