import type { Language } from '../kernel/wire.js';
import { sql, type Reader } from '../platform/db.js';
import type { EParty } from './en16931/e-invoice.js';
import type { LegalEntityView, SelfBillingView } from './party.schema.js';

const ENTITY = `SELECT id, party_id AS "partyId", from_day::text AS "fromDay", legal_name AS "legalName", street, postcode,
    city, country, email, registration_number AS "registrationNumber", registration_scheme AS "registrationScheme",
    tax_number AS "taxNumber", endpoint, endpoint_scheme AS "endpointScheme", buyer_reference AS "buyerReference",
    order_number AS "orderNumber", language, is_public_body AS "isPublicBody", declared_by AS "declaredBy"
  FROM billing.legal_entities`;

export function entitiesOf(on: Reader, partyId: string): Promise<LegalEntityView[]> {
  return sql<LegalEntityView>(on, `${ENTITY} WHERE party_id = $1 ORDER BY from_day`, [partyId]);
}

export async function entityById(
  on: Reader,
  id: string,
): Promise<{ view: LegalEntityView; hash: string } | null> {
  const [view] = await sql<LegalEntityView>(on, `${ENTITY} WHERE id = $1`, [id]);
  const [stored] = await sql<{ hash: string }>(
    on,
    'SELECT request_hash AS hash FROM billing.legal_entities WHERE id = $1',
    [id],
  );
  return view ? { view, hash: stored!.hash } : null;
}

/** As it was named on that day; of one that declared nothing, its name and its country. */
export async function partyOnPaper(
  on: Reader,
  party: { readonly id: string; readonly name: string; readonly country: string },
  of: { readonly day: string; readonly vatNumber: string | null },
): Promise<{ party: EParty; entity: LegalEntityView | null; language: Language }> {
  const [entity] = await sql<LegalEntityView>(
    on,
    `${ENTITY} WHERE party_id = $1 AND from_day <= $2::date ORDER BY from_day DESC LIMIT 1`,
    [party.id, of.day],
  );
  return {
    entity: entity ?? null,
    language: entity?.language ?? languageOf(party.country),
    party: {
      name: entity?.legalName ?? party.name,
      street: entity?.street ?? null,
      postcode: entity?.postcode ?? null,
      city: entity?.city ?? null,
      country: entity?.country ?? party.country,
      email: entity?.email ?? null,
      vatNumber: of.vatNumber,
      taxNumber: entity?.taxNumber ?? null,
      registration: entity?.registrationNumber
        ? { id: entity.registrationNumber, scheme: entity.registrationScheme }
        : null,
      endpoint: entity?.endpoint ? { id: entity.endpoint, scheme: entity.endpointScheme! } : null,
    },
  };
}

const LANGUAGE_OF: Readonly<Record<string, Language>> = {
  FR: 'fr',
  MC: 'fr',
  ES: 'es',
  IT: 'it',
  TN: 'fr',
  MA: 'fr',
  DZ: 'fr',
  EG: 'ar',
  LB: 'ar',
};

function languageOf(country: string): Language {
  return LANGUAGE_OF[country] ?? 'en';
}

const AGREEMENT = `SELECT id, party_id AS "partyId", from_day::text AS "fromDay", until_day::text AS "untilDay",
    acceptance_days AS "acceptanceDays", signed_by AS "signedBy" FROM billing.self_billing_agreements`;

export function agreementsOf(on: Reader, partyId: string): Promise<SelfBillingView[]> {
  return sql<SelfBillingView>(on, `${AGREEMENT} WHERE party_id = $1 ORDER BY from_day`, [partyId]);
}

export async function agreementById(
  on: Reader,
  id: string,
): Promise<{ view: SelfBillingView; hash: string } | null> {
  const [view] = await sql<SelfBillingView>(on, `${AGREEMENT} WHERE id = $1`, [id]);
  const [stored] = await sql<{ hash: string }>(
    on,
    'SELECT request_hash AS hash FROM billing.self_billing_agreements WHERE id = $1',
    [id],
  );
  return view ? { view, hash: stored!.hash } : null;
}

/** The agreement under which this party's documents are issued in its name on that day. */
export async function agreementOn(on: Reader, partyId: string, day: string): Promise<SelfBillingView | null> {
  const [found] = await sql<SelfBillingView>(
    on,
    `${AGREEMENT} WHERE party_id = $1 AND $2::date BETWEEN from_day AND until_day ORDER BY from_day DESC LIMIT 1`,
    [partyId, day],
  );
  return found ?? null;
}
