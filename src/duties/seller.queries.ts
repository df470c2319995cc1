import { sql, type Reader } from '../platform/db.js';
import type { RestrictionView, SellerView } from './duties.schema.js';

/** Everything that is known of an operator as a seller, before it is judged. */
export type SellerRow = {
  readonly operator: SellerView['operator'];
  readonly networkId: string;
  readonly firstSupplyDay: string | null;
  readonly spaces: SellerView['spaces'];
  readonly profile: SellerView['profile'];
  readonly letters: SellerView['letters'];
  readonly restriction: RestrictionView | null;
};

const STAMP = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const RESTRICTION = `
  json_build_object('id', restriction.id, 'operatorId', restriction.operator_id, 'reason', reason, 'facts', facts,
    'provision', provision, 'since', to_char(restriction.created_at AT TIME ZONE 'UTC', ${STAMP}),
    'liftedAt', to_char(lifting.created_at AT TIME ZONE 'UTC', ${STAMP}))`;
const RESTRICTIONS = `duties.restrictions restriction
  LEFT JOIN duties.liftings lifting ON lifting.restriction_id = restriction.id`;

const SELLERS = `
  SELECT json_build_object('id', operator.id, 'name', operator.name, 'country', operator.country) AS operator,
    operator.parent_id AS "networkId", seller.first_supply_day::text AS "firstSupplyDay",
    (SELECT coalesce(json_agg(json_build_object('id', space.id, 'name', space.name, 'city', space.city,
       'country', space.country) ORDER BY space.name), '[]')
     FROM directory.pub_spaces space WHERE space.operator_id = operator.id) AS spaces,
    (SELECT json_build_object('isPublicBody', is_public_body, 'legalName', legal_name, 'street', street,
       'postcode', postcode, 'city', profile.city, 'country', profile.country, 'tin', tin, 'tinCountry', tin_country,
       'vatNumber', vat_number, 'registrationNumber', registration_number, 'account', account,
       'properties', properties)
     FROM duties.seller_profiles profile WHERE profile.operator_id = operator.id
     ORDER BY created_at DESC, profile.id DESC LIMIT 1) AS profile,
    (SELECT coalesce(json_agg(json_build_object('number', number,
       'sentAt', to_char(letter.created_at AT TIME ZONE 'UTC', ${STAMP})) ORDER BY number), '[]')
     FROM duties.letters letter WHERE letter.operator_id = operator.id) AS letters,
    (SELECT ${RESTRICTION} FROM ${RESTRICTIONS}
     WHERE restriction.operator_id = operator.id AND lifting.restriction_id IS NULL
     ORDER BY restriction.created_at DESC LIMIT 1) AS restriction
  FROM identity.pub_organisations operator
  LEFT JOIN duties.sellers seller ON seller.operator_id = operator.id`;

const BELOW = `WITH RECURSIVE below AS (
    SELECT $1::uuid AS id
    UNION SELECT network.id FROM identity.pub_networks network JOIN below ON network.parent_id = below.id)`;

export async function sellerOf(on: Reader, operatorId: string): Promise<SellerRow | null> {
  const [row] = await sql<SellerRow>(
    on,
    `${SELLERS} WHERE operator.kind = 'operator' AND operator.id = $1 AND operator.parent_id IS NOT NULL`,
    [operatorId],
  );
  return row ?? null;
}

/** Whoever runs a space of the network, or of one below it. */
export function sellersOf(on: Reader, networkId: string): Promise<SellerRow[]> {
  return sql<SellerRow>(
    on,
    `${BELOW} ${SELLERS} WHERE operator.kind = 'operator' AND operator.parent_id IN (SELECT id FROM below)
       AND EXISTS (SELECT FROM directory.pub_spaces space WHERE space.operator_id = operator.id)
     ORDER BY operator.name, operator.id`,
    [networkId],
  );
}

/** Those who have supplied something and are not restricted for their data: they may have to be asked. */
export async function sellersToAsk(on: Reader): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    on,
    `SELECT operator_id AS id FROM duties.sellers seller WHERE NOT EXISTS (
       SELECT FROM ${RESTRICTIONS} WHERE restriction.operator_id = seller.operator_id
         AND reason = 'SELLER_DATA_MISSING' AND lifting.restriction_id IS NULL)
     ORDER BY operator_id`,
  );
  return rows.map(({ id }) => id);
}

export async function restrictionsOf(
  on: Reader,
  by: { networkId: string } | { operatorId: string },
): Promise<RestrictionView[]> {
  const [condition, id] =
    'networkId' in by
      ? ['restriction.network_id IN (SELECT id FROM below)', by.networkId]
      : ['restriction.operator_id = $1', by.operatorId];
  const rows = await sql<{ view: RestrictionView }>(
    on,
    `${'networkId' in by ? BELOW : ''} SELECT ${RESTRICTION} AS view FROM ${RESTRICTIONS} WHERE ${condition}
     ORDER BY restriction.created_at DESC`,
    [id],
  );
  return rows.map(({ view }) => view);
}

export async function restrictionById(
  on: Reader,
  id: string,
): Promise<{ view: RestrictionView; networkId: string; hash: string } | null> {
  const [row] = await sql<{ view: RestrictionView; networkId: string; hash: string }>(
    on,
    `SELECT ${RESTRICTION} AS view, restriction.network_id AS "networkId", request_hash AS hash
     FROM ${RESTRICTIONS} WHERE restriction.id = $1`,
    [id],
  );
  return row ?? null;
}
