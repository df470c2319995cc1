import type { instantFromDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import type { IntroductionView, SharingView } from './people.schema.js';

export type SharingRow = SharingView & { readonly requestHash: string };

const SHARING = `
  SELECT sharing.id, space.id AS "spaceId", space.name AS "spaceName", from_day::text AS "fromDay",
    until_day::text AS "untilDay", skills, request_hash AS "requestHash",
    CASE WHEN withdrawn_at IS NULL THEN 'SHARED' ELSE 'WITHDRAWN' END AS state
  FROM encounters.sharings sharing JOIN directory.pub_spaces space ON space.id = sharing.space_id`;

export async function sharingOf(on: Reader, id: string, personId: string): Promise<SharingRow | null> {
  const [row] = await sql<SharingRow>(on, `${SHARING} WHERE sharing.id = $1 AND person_id = $2`, [
    id,
    personId,
  ]);
  return row ?? null;
}

export function sharingsOf(on: Reader, personId: string): Promise<SharingRow[]> {
  return sql(on, `${SHARING} WHERE person_id = $1 ORDER BY from_day DESC, sharing.id`, [personId]);
}

export function sharingView({ requestHash: _hash, ...view }: SharingRow): SharingView {
  return view;
}

type Comer = {
  readonly sharingId: string;
  readonly personId: string;
  readonly skills: string;
  readonly fromDay: string;
  readonly untilDay: string;
};

/** Who shares a stay that is not over; with `companyOf`, that person and those whose days meet theirs. */
export function comersAt(
  on: Reader,
  of: { readonly spaceId: string; readonly today: string; readonly companyOf: string | null },
): Promise<Comer[]> {
  return sql(
    on,
    `SELECT sharing.id AS "sharingId", person_id AS "personId", skills, from_day::text AS "fromDay",
       until_day::text AS "untilDay"
     FROM encounters.sharings sharing
     WHERE space_id = $1 AND until_day >= $2 AND withdrawn_at IS NULL
       AND ($3::uuid IS NULL OR EXISTS (SELECT FROM encounters.sharings own
         WHERE own.person_id = $3 AND own.space_id = $1 AND own.withdrawn_at IS NULL
           AND daterange(own.from_day, own.until_day, '[]')
             && daterange(sharing.from_day, sharing.until_day, '[]')))
     ORDER BY from_day, sharing.id`,
    [of.spaceId, of.today, of.companyOf],
  );
}

export type Introduced = Omit<IntroductionView, 'introducedAt' | 'other'> & {
  readonly introducedAt: Parameters<typeof instantFromDate>[0];
  readonly otherId: string | null;
  readonly skills: string;
  readonly networkId: string;
};

/** Of one of the two. The other is there as long as both share. */
export function introductionsOf(on: Reader, personId: string): Promise<Introduced[]> {
  return sql(
    on,
    `SELECT made.id, space.name AS "spaceName", note, made.created_at AS "introducedAt", made.network_id AS "networkId",
       CASE WHEN mine.withdrawn_at IS NULL AND theirs.withdrawn_at IS NULL THEN theirs.person_id END AS "otherId",
       theirs.skills, told.outcome
     FROM encounters.introductions made
     JOIN encounters.sharings mine ON mine.id IN (one_id, other_id) AND mine.person_id = $1
     JOIN encounters.sharings theirs ON theirs.id IN (one_id, other_id) AND theirs.id <> mine.id
     JOIN directory.pub_spaces space ON space.id = made.space_id
     LEFT JOIN encounters.introduction_outcomes told ON told.introduction_id = made.id AND told.person_id = $1
     ORDER BY made.created_at DESC, made.id`,
    [personId],
  );
}
