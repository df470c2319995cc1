import { instantFromDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import type { EncountersQuery, EncounterView, FollowUpView } from './encounter.schema.js';

type Moment = Parameters<typeof instantFromDate>[0];
export type EncounterRow = Omit<EncounterView, 'startsAt' | 'endsAt'> & {
  readonly startsAt: Moment;
  readonly endsAt: Moment;
  readonly requestHash: string;
  readonly networkId: string;
  readonly operatorId: string;
};

const LISTED_MAX = 100;

const ENCOUNTER = `
  SELECT encounter.id, encounter.kind, title, starts_at AS "startsAt", ends_at AS "endsAt", capacity,
    initiative_id AS "initiativeId", follows_id AS "followsId", request_hash AS "requestHash",
    encounter.network_id AS "networkId", space.operator_id AS "operatorId",
    json_build_object('id', space.id, 'name', space.name, 'city', space.city, 'timeZone', space.time_zone) AS space,
    CASE WHEN encounter.closed_at IS NULL THEN 'ANNOUNCED' ELSE 'CLOSED' END AS state
  FROM encounters.encounters encounter JOIN directory.pub_spaces space ON space.id = encounter.space_id`;

export async function encounterOf(on: Reader, id: string): Promise<EncounterRow | null> {
  const [row] = await sql<EncounterRow>(on, `${ENCOUNTER} WHERE encounter.id = $1`, [id]);
  return row ?? null;
}

/** The next ones first in time; what has been comes from `from` on. */
export function encountersFrom(on: Reader, from: string, by: EncountersQuery): Promise<EncounterRow[]> {
  return sql(
    on,
    `${ENCOUNTER} WHERE ends_at >= $1 AND ($2::uuid IS NULL OR encounter.space_id = $2)
       AND ($3::uuid IS NULL OR initiative_id = $3) AND space.visibility = 'public'
     ORDER BY starts_at, encounter.id LIMIT ${LISTED_MAX}`,
    [from, by.spaceId ?? null, by.initiativeId ?? null],
  );
}

export function encounterView(row: EncounterRow): EncounterView {
  const { requestHash: _hash, networkId: _network, operatorId: _operator, startsAt, endsAt, ...view } = row;
  return {
    ...view,
    startsAt: instantFromDate(startsAt).toString(),
    endsAt: instantFromDate(endsAt).toString(),
  };
}

/** How the whole series stands, up to this encounter. */
export function followUpsOf(on: Reader, encounterId: string): Promise<FollowUpView[]> {
  return sql(
    on,
    `WITH RECURSIVE series AS (
       SELECT id, follows_id FROM encounters.encounters WHERE id = $1
       UNION
       SELECT earlier.id, earlier.follows_id FROM encounters.encounters earlier
       JOIN series ON series.follows_id = earlier.id)
     SELECT item.id, encounter_id AS "encounterId", what, owner, due_on::text AS "dueOn",
       coalesce(outcome, 'OPEN') AS state, note
     FROM encounters.follow_ups item JOIN series ON series.id = item.encounter_id
     LEFT JOIN encounters.follow_up_outcomes told ON told.follow_up_id = item.id
     ORDER BY due_on, item.id`,
    [encounterId],
  );
}
