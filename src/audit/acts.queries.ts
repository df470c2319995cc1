import { sql, type Reader } from '../platform/db.js';
import type { ActsFilter, ActView } from './acts.schema.js';

const ACTS = `(
    SELECT * FROM treasury.pub_acts UNION ALL SELECT * FROM settlement.pub_acts UNION ALL
    SELECT * FROM banking.pub_acts UNION ALL SELECT * FROM books.pub_acts UNION ALL
    SELECT * FROM disputes.pub_acts) AS act`;
/** Two people may take the same step with the same thing in the same moment. */
const KEY = `concat_ws('/', thing_id, thing, step, actor)`;
const TIME = `to_char(done_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export type Act = Omit<ActView, 'name'> & { readonly cursor: string };

/** The latest first. */
export function actsPage(
  on: Reader,
  { networkId, section, fromDay, untilDay }: ActsFilter,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<Act[]> {
  const [, at, key] = /^([^~]+)~(.+)$/.exec(after ?? '') ?? [];
  return sql<Act>(
    on,
    `SELECT ${TIME} AS at, section, thing, step, thing_id AS "thingId", note,
       CASE WHEN party.id IS NOT NULL THEN json_build_object('id', party.id, 'name', party.name) END AS party,
       CASE WHEN amount_minor IS NOT NULL THEN json_build_object('unit', act.unit, 'minor', amount_minor) END AS amount,
       actor, concat_ws('~', ${TIME}, ${KEY}) AS cursor
     FROM ${ACTS} LEFT JOIN directory.pub_parties party ON party.id = act.party_id
     WHERE act.network_id = $1 AND ($2::text IS NULL OR section = $2)
       AND ($3::date IS NULL OR done_at >= ($3::date::timestamp AT TIME ZONE 'UTC'))
       AND ($4::date IS NULL OR done_at < (($4::date + 1)::timestamp AT TIME ZONE 'UTC'))
       AND ($5::timestamptz IS NULL OR (done_at, ${KEY}) < ($5, $6::text))
     ORDER BY done_at DESC, ${KEY} DESC LIMIT $7`,
    [
      networkId,
      section ?? null,
      fromDay?.toString() ?? null,
      untilDay?.toString() ?? null,
      at ?? null,
      key ?? null,
      limit,
    ],
  );
}

/** Everybody who did anything. */
export async function authors(on: Reader, networkId: string): Promise<string[]> {
  const rows = await sql<{ actor: string }>(
    on,
    `SELECT DISTINCT actor FROM ${ACTS} WHERE act.network_id = $1 AND actor LIKE 'person:%'`,
    [networkId],
  );
  return rows.map(({ actor }) => actor);
}
