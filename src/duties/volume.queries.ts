import type { PlainDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import { VOLUME_MONTHS, VOLUME_UNIT, volumeLevel } from './volume.rules.js';

/** The day from which twelve months are counted. */
export function volumeFrom(today: PlainDate): PlainDate {
  return today.subtract({ months: VOLUME_MONTHS });
}

/** Counted when a pass is sold, before it is used: the earlier of the two readings of "executed". */
const SOLD = `SELECT network_id, sum(price_minor) AS minor FROM vat.pub_sold_passes
  WHERE price_unit = '${VOLUME_UNIT}' AND created_at >= $1::date AND created_at < $2::date + 1 GROUP BY network_id`;

export type Volume = {
  readonly networkId: string;
  readonly name: string;
  readonly country: string | null;
  readonly minor: bigint;
  readonly warnedOn: string | null;
};

/** Of the network and of those below it, each an issuer of its own in its own country. */
export async function volumesOf(on: Reader, networkId: string, today: PlainDate): Promise<Volume[]> {
  const rows = await sql<Omit<Volume, 'minor'> & { minor: string }>(
    on,
    `WITH RECURSIVE below AS (
       SELECT $3::uuid AS id
       UNION SELECT network.id FROM identity.pub_networks network JOIN below ON network.parent_id = below.id),
     sold AS (${SOLD})
     SELECT organisation.id AS "networkId", organisation.name, organisation.country,
       coalesce(sold.minor, 0)::text AS minor,
       (SELECT min(day)::text FROM duties.volume_warnings warning
        WHERE warning.network_id = organisation.id AND day >= $1::date) AS "warnedOn"
     FROM below JOIN identity.pub_organisations organisation ON organisation.id = below.id
     LEFT JOIN sold ON sold.network_id = below.id
     ORDER BY organisation.country, organisation.name`,
    [volumeFrom(today).toString(), today.toString(), networkId],
  );
  return rows.map((row) => ({ ...row, minor: BigInt(row.minor) }));
}

/** Issuers near or over the limit that were not told so in these months. */
export async function warnable(on: Reader, today: PlainDate) {
  const rows = await sql<{ networkId: string; minor: string; told: string[] }>(
    on,
    `WITH sold AS (${SOLD})
     SELECT network_id AS "networkId", minor::text AS minor,
       ARRAY(SELECT level FROM duties.volume_warnings warning
             WHERE warning.network_id = sold.network_id AND day >= $1::date) AS told
     FROM sold`,
    [volumeFrom(today).toString(), today.toString()],
  );
  return rows.flatMap(({ networkId, minor, told }) => {
    const level = volumeLevel(BigInt(minor));
    return level === 'BELOW' || told.includes(level) ? [] : [{ networkId, level, minor, unit: VOLUME_UNIT }];
  });
}
