import { sql, type Reader } from '../platform/db.js';
import type { PaymentOrigin } from './line.schema.js';

type Side = PaymentOrigin['sides'][number];
type Of = { readonly paymentId: string; readonly partyId: string };

/**
 * The claims that make one side of a payment: those that are netted in its unit, or the one that is paid gross. What
 * waited for a dispute when the plan was made is not in it.
 */
export async function sideClaims(on: Reader, { paymentId, partyId }: Of): Promise<Side['claims']> {
  return sql(
    on,
    `SELECT json_build_object('id', party.id, 'name', party.name) AS counterparty,
       CASE WHEN claim.creditor_party_id = $2 THEN 'RECEIVES' ELSE 'PAYS' END AS direction,
       json_build_object('unit', claim.billed_unit, 'minor', claim.billed_minor) AS billed,
       coalesce(waiting.minor, 0)::float8 AS "waitingMinor",
       (claim.minor - coalesce(waiting.minor, 0))::float8 AS "clearedMinor", gross.line_count AS lines
     FROM settlement.payments payment
     JOIN settlement.clearing_claims claim ON claim.window_id = payment.window_id AND claim.unit = payment.unit
       AND claim.clearing = payment.kind AND $2 IN (claim.debtor_party_id, claim.creditor_party_id)
     JOIN settlement.claims gross ON gross.window_id = claim.window_id AND gross.unit = claim.billed_unit
       AND gross.debtor_party_id = claim.debtor_party_id AND gross.creditor_party_id = claim.creditor_party_id
     LEFT JOIN settlement.suspended_claims waiting ON payment.plan > 1 AND waiting.window_id = claim.window_id
       AND waiting.billed_unit = claim.billed_unit AND waiting.debtor_party_id = claim.debtor_party_id
       AND waiting.creditor_party_id = claim.creditor_party_id
     JOIN directory.pub_parties party
       ON party.id = CASE WHEN claim.creditor_party_id = $2 THEN claim.debtor_party_id ELSE claim.creditor_party_id END
     WHERE payment.id = $1 AND (payment.kind = 'NETTED' OR (claim.debtor_party_id, claim.creditor_party_id)
       = (payment.from_party_id, payment.to_party_id))
     ORDER BY claim.minor DESC, party.name, party.id`,
    [paymentId, partyId],
  );
}

/** The payments of the same plan that clear that side, this one among them. */
export function sidePayments(on: Reader, { paymentId, partyId }: Of): Promise<Side['payments']> {
  return sql(
    on,
    `SELECT other.id, json_build_object('id', party.id, 'name', party.name) AS counterparty,
       CASE WHEN other.to_party_id = $2 THEN 'RECEIVES' ELSE 'PAYS' END AS direction,
       other.amount_minor::float8 AS minor, other.id = payment.id AS "isThis"
     FROM settlement.payments payment
     JOIN settlement.payments other ON other.window_id = payment.window_id AND other.plan = payment.plan
       AND other.kind = payment.kind AND other.unit = payment.unit AND $2 IN (other.from_party_id, other.to_party_id)
       AND (payment.kind = 'NETTED' OR other.id = payment.id)
     JOIN directory.pub_parties party
       ON party.id = CASE WHEN other.to_party_id = $2 THEN other.from_party_id ELSE other.to_party_id END
     WHERE payment.id = $1 ORDER BY other.amount_minor DESC, other.id`,
    [paymentId, partyId],
  );
}

/** The documents whose VAT one payment carries. */
export function vatOfPayment(on: Reader, paymentId: string): Promise<PaymentOrigin['vat']> {
  return sql(
    on,
    `SELECT vat.kind AS document, json_build_object('id', issuer.id, 'name', issuer.name) AS issuer,
       json_build_object('id', recipient.id, 'name', recipient.name) AS recipient,
       vat.net_minor::float8 AS "netMinor", vat.vat_bps AS "vatBps", vat.vat_minor::float8 AS "vatMinor"
     FROM settlement.payments payment
     JOIN settlement.vat vat ON vat.window_id = payment.window_id AND vat.unit = payment.unit
       AND (payment.from_party_id, payment.to_party_id) = CASE vat.kind
         WHEN 'INVOICE' THEN (vat.recipient_party_id, vat.issuer_party_id)
         ELSE (vat.issuer_party_id, vat.recipient_party_id) END
     JOIN directory.pub_parties issuer ON issuer.id = vat.issuer_party_id
     JOIN directory.pub_parties recipient ON recipient.id = vat.recipient_party_id
     WHERE payment.id = $1 AND payment.kind = 'VAT' ORDER BY vat.kind, vat.net_minor DESC`,
    [paymentId],
  );
}
