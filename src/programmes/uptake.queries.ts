import { sql, type Reader } from '../platform/db.js';
import type { Uptake } from './programme.rules.js';

export type PlaceUptake = Uptake & { readonly isRural: boolean; readonly isPublicHost: boolean };

/** Delivered days of a programme by place, of one month or of all. Before they are told, small ones are merged. */
export async function uptakeOf(on: Reader, programmeId: string, until?: string): Promise<PlaceUptake[]> {
  const rows = await sql<Omit<PlaceUptake, 'minor'> & { minor: string }>(
    on,
    `SELECT space.id AS "spaceId", space.name, count(DISTINCT person_id)::int AS persons,
       sum(half_days)::int AS "halfDays", sum(day_price_minor * half_days / 2)::text AS minor,
       coalesce(bool_or(fact.is_rural), false) AS "isRural", coalesce(bool_or(fact.is_public_host), false) AS "isPublicHost"
     FROM programmes.vouchers voucher JOIN directory.pub_spaces space ON space.id = voucher.space_id
     LEFT JOIN LATERAL (SELECT is_rural, is_public_host FROM programmes.host_facts fact
       WHERE fact.space_id = voucher.space_id AND from_day <= voucher.day ORDER BY from_day DESC LIMIT 1) fact ON true
     WHERE programme_id = $1 AND voucher.state = 'CONSUMED'
       AND ($2::date IS NULL OR (invoice_id IS NULL AND day <= $2::date))
     GROUP BY space.id, space.name ORDER BY space.name, space.id`,
    [programmeId, until ?? null],
  );
  return rows.map((row) => ({ ...row, minor: BigInt(row.minor) }));
}
