import { documentSums } from '../billing/index.js';
import type { Unit } from '../kernel/money.js';
import { sql, type Reader } from '../platform/db.js';

/** A document that a window asks for, with the VAT its issuer adds. */
export type DueDocument = {
  readonly documentId: string;
  readonly kind: 'INVOICE' | 'CREDIT_NOTE';
  readonly issuerPartyId: string;
  readonly recipientPartyId: string;
  readonly unit: Unit;
  readonly netMinor: string;
  readonly vatMinor: string;
  readonly vatBps: number;
};

export function documentsDue(
  on: Reader,
  windowId: string,
  issuerPartyId: string | null = null,
): Promise<DueDocument[]> {
  return sql<DueDocument>(
    on,
    `SELECT settlement.derived_id($1, concat_ws('/', CASE due.kind WHEN 'INVOICE' THEN 'document' ELSE 'credit_note' END,
         unit, recipient_party_id, issuer_party_id)) AS "documentId",
       kind, issuer_party_id AS "issuerPartyId", recipient_party_id AS "recipientPartyId", unit,
       due.net_minor::text AS "netMinor", coalesce(vat_minor, 0)::text AS "vatMinor", coalesce(vat_bps, 0) AS "vatBps"
     FROM settlement.documents_due due LEFT JOIN (SELECT * FROM settlement.vat WHERE window_id = $1) vat
       USING (kind, unit, issuer_party_id, recipient_party_id)
     WHERE due.window_id = $1 AND ($2::uuid IS NULL OR issuer_party_id = $2)
     ORDER BY issuer_party_id, kind DESC, recipient_party_id, unit`,
    [windowId, issuerPartyId],
  );
}

/** How many of the documents a window asks for are missing, or not of their amount; and those nobody asked for. */
export async function documentsOff(on: Reader, windowId: string): Promise<number> {
  return (await comparedDocuments(on, windowId)).off;
}

/** With what the documents add up to per unit: net, and VAT beside it. */
export async function comparedDocuments(
  on: Reader,
  windowId: string,
): Promise<{ off: number; net: Map<Unit, bigint>; vat: Map<Unit, bigint> }> {
  const issued = await documentSums(on, windowId);
  const texts = new Set(
    issued
      .filter(({ netMinor, linesMinor }) => netMinor === linesMinor)
      .map((sum) =>
        [sum.kind, sum.unit, sum.issuerPartyId, sum.recipientPartyId, sum.netMinor, sum.vatMinor].join('|'),
      ),
  );
  const due = await documentsDue(on, windowId);
  const missing = due.filter(
    (one) =>
      !texts.has(
        [one.kind, one.unit, one.issuerPartyId, one.recipientPartyId, one.netMinor, one.vatMinor].join('|'),
      ),
  );
  const [net, vat] = [new Map<Unit, bigint>(), new Map<Unit, bigint>()];
  for (const { unit, netMinor, vatMinor } of issued) {
    net.set(unit, (net.get(unit) ?? 0n) + netMinor);
    vat.set(unit, (vat.get(unit) ?? 0n) + vatMinor);
  }
  return { off: missing.length + Math.max(0, issued.length - due.length), net, vat };
}
