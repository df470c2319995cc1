import type { Unit } from '../kernel/money.js';
import { instantFromDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import type { VatDecision, VatInputs, VatStatus } from './vat.rules.js';
import type { VatEventView, VatStatusView } from './vat.schema.js';
import type { VoucherCharacter, VoucherDecision } from './voucher.rules.js';

const STATUS = `SELECT id, party_id AS "partyId", status, vat_number AS "vatNumber", ex_number AS "exNumber",
    from_day::text AS "fromDay", declared_by AS "declaredBy" FROM vat.statuses`;

export function statusesOf(on: Reader, partyId: string): Promise<VatStatusView[]> {
  return sql<VatStatusView>(on, `${STATUS} WHERE party_id = $1 ORDER BY from_day`, [partyId]);
}

export async function statusById(
  on: Reader,
  id: string,
): Promise<(VatStatusView & { requestHash: string }) | null> {
  const [found] = await sql<VatStatusView>(on, `${STATUS} WHERE id = $1`, [id]);
  const [hash] = await sql<{ hash: string }>(
    on,
    'SELECT request_hash AS hash FROM vat.statuses WHERE id = $1',
    [id],
  );
  return found ? { ...found, requestHash: hash!.hash } : null;
}

export async function statusOn(on: Reader, partyId: string, day: string): Promise<VatStatusView | null> {
  const [found] = await sql<VatStatusView>(
    on,
    `${STATUS} WHERE party_id = $1 AND from_day <= $2::date ORDER BY from_day DESC LIMIT 1`,
    [partyId, day],
  );
  return found ?? null;
}

/** Where a party stands, and whether it is taxed there as everybody unless it said otherwise. */
export type Standpoint = {
  readonly id: string;
  readonly country: string;
  readonly territoryCode: string | null;
  readonly status: VatStatus | null;
};

export async function standpoint(on: Reader, partyId: string, day: string): Promise<Standpoint | null> {
  const [found] = await sql<Standpoint>(on, `${STANDPOINT} WHERE party.id = $2`, [day, partyId]);
  return found ?? null;
}

/** Of every space that a pass opens: those named, and those of the networks named and all below. */
export function standpointsInScope(
  on: Reader,
  { networkIds, spaceIds }: { networkIds: readonly string[]; spaceIds: readonly string[] },
  day: string,
): Promise<Standpoint[]> {
  return sql<Standpoint>(
    on,
    `WITH RECURSIVE below AS (
       SELECT id FROM identity.pub_networks WHERE id = ANY ($2::uuid[])
       UNION
       SELECT network.id FROM identity.pub_networks network JOIN below ON network.parent_id = below.id)
     ${STANDPOINT} WHERE party.kind = 'space'
       AND (party.id = ANY ($3::uuid[]) OR party.network_id IN (SELECT id FROM below))
     ORDER BY party.id`,
    [day, [...networkIds], [...spaceIds]],
  );
}

const STANDPOINT = `
  SELECT party.id, party.country, space.territory_code AS "territoryCode",
    (SELECT status FROM vat.statuses WHERE party_id = party.id AND from_day <= $1::date
     ORDER BY from_day DESC LIMIT 1) AS status
  FROM directory.pub_parties party LEFT JOIN directory.pub_spaces space ON space.id = party.id`;

type Stamp = Parameters<typeof instantFromDate>[0];
export type VoucherRow = {
  readonly passId: string;
  readonly networkId: string;
  readonly personId: string;
  readonly character: VoucherCharacter;
  readonly priceMinor: bigint;
  readonly priceUnit: Unit;
  readonly halfDays: number;
  readonly redeemedHalfDays: number;
  readonly decision: VoucherDecision;
  readonly decidedAt: string;
};

export async function voucherOf(on: Reader, passId: string): Promise<VoucherRow | null> {
  const [row] = await sql<
    Omit<VoucherRow, 'priceMinor' | 'decidedAt'> & { priceMinor: string; createdAt: Stamp }
  >(
    on,
    `SELECT pass_id AS "passId", network_id AS "networkId", person_id AS "personId", character,
       price_minor AS "priceMinor", price_unit AS "priceUnit", half_days AS "halfDays",
       redeemed_half_days AS "redeemedHalfDays", decision, created_at AS "createdAt"
     FROM vat.vouchers WHERE pass_id = $1`,
    [passId],
  );
  if (!row) return null;
  const { createdAt, ...voucher } = row;
  return {
    ...voucher,
    priceMinor: BigInt(row.priceMinor),
    decidedAt: instantFromDate(createdAt).toString(),
  };
}

export async function redeemedMinor(on: Reader, passId: string): Promise<bigint> {
  const [sum] = await sql<{ minor: string }>(
    on,
    `SELECT coalesce(sum(gross_minor), 0)::text AS minor FROM vat.events WHERE pass_id = $1 AND kind = 'REDEMPTION'`,
    [passId],
  );
  return BigInt(sum!.minor);
}

export type NewVatEvent = {
  readonly id: string;
  readonly kind: 'SALE' | 'REDEMPTION';
  readonly passId: string;
  readonly recordId: string | null;
  readonly networkId: string;
  readonly hostNetworkId: string;
  readonly supplierId: string;
  readonly personId: string;
  readonly day: string;
  readonly halfDays: number;
  readonly unit: Unit;
  readonly grossMinor: bigint;
  readonly netMinor: bigint;
  readonly vatMinor: bigint;
  readonly inputs: VatInputs;
  readonly decision: VatDecision;
  readonly createdAt: string;
};

/** Newest first; both the network that sold and the one whose space was visited read it. */
export async function vatEvents(
  on: Reader,
  { networkId, after, limit }: { networkId: string; after: string | null; limit: number },
): Promise<VatEventView[]> {
  const rows = await sql<Omit<VatEventView, 'createdAt'> & { createdAt: Stamp }>(
    on,
    `SELECT event.id, event.kind, pass_id AS "passId", record_id AS "recordId",
       json_build_object('id', party.id, 'name', party.name) AS supplier, day::text AS day,
       half_days AS "halfDays", json_build_object('unit', event.unit, 'minor', gross_minor) AS gross,
       json_build_object('unit', event.unit, 'minor', net_minor) AS net,
       json_build_object('unit', event.unit, 'minor', vat_minor) AS vat, inputs, decision,
       event.created_at AS "createdAt"
     FROM vat.events event JOIN directory.pub_parties party ON party.id = supplier_id
     WHERE $1 IN (event.network_id, host_network_id)
       AND ($2::uuid IS NULL OR (event.day, event.id) < (SELECT day, id FROM vat.events WHERE id = $2))
     ORDER BY event.day DESC, event.id DESC LIMIT $3`,
    [networkId, after, limit],
  );
  return rows.map(({ createdAt, ...row }) => ({ ...row, createdAt: instantFromDate(createdAt).toString() }));
}
