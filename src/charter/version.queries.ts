import { sql, type Reader } from '../platform/db.js';
import type { CharterTexts, CharterVersionView, Commitment } from './charter.schema.js';

export type Version = CharterVersionView & {
  readonly texts: CharterTexts;
  readonly commitments: Commitment[];
};

export const MOMENT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const SELECT = `
  SELECT version.id, version.network_id AS "networkId", network.name AS network, version.number, version.texts,
    version.commitments, version.hash, to_char(version.created_at AT TIME ZONE 'UTC', ${MOMENT}) AS "createdAt",
    to_char(version.published_at AT TIME ZONE 'UTC', ${MOMENT}) AS "publishedAt", version.renew_by::text AS "renewBy"
  FROM charter.versions version JOIN identity.pub_networks network ON network.id = version.network_id`;

export async function findVersion(on: Reader, id: string): Promise<Version | null> {
  const [version] = await sql<Version>(on, `${SELECT} WHERE version.id = $1`, [id]);
  return version ?? null;
}

/** Drafts first, then the newest; of one network, or of all that are in reach. */
export function findVersions(on: Reader, networkId: string | null): Promise<Version[]> {
  return sql<Version>(
    on,
    `${SELECT} WHERE $1::uuid IS NULL OR version.network_id = $1
     ORDER BY version.number DESC NULLS FIRST, version.created_at DESC LIMIT 100`,
    [networkId],
  );
}

/** In force for a network: the last one published by it, or by the nearest network above that has one. */
export async function findCurrent(on: Reader, chain: readonly string[]): Promise<Version | null> {
  const [version] = await sql<Version>(
    on,
    `${SELECT} WHERE version.network_id = ANY ($1::uuid[]) AND version.number IS NOT NULL
     ORDER BY array_position($1::uuid[], version.network_id), version.number DESC LIMIT 1`,
    [chain],
  );
  return version ?? null;
}

/** A network and everything below it. */
export async function findBelow(on: Reader, networkId: string): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    on,
    `WITH RECURSIVE below AS (
       SELECT id FROM identity.pub_networks WHERE id = $1
       UNION SELECT child.id FROM identity.pub_networks child JOIN below ON child.parent_id = below.id)
     SELECT id FROM below`,
    [networkId],
  );
  return rows.map(({ id }) => id);
}
