import type { Unit } from '../kernel/money.js';
import { Temporal, type PlainDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import type { SpaceListItem, SpacesQuery } from './directory.schema.js';
import { FLAT_SCALE, flatBox, readCursor, type Cursor } from './near.rules.js';
import { EMPTY_PROFILE } from './profile.rules.js';
import type { SpaceProfile } from './profile.schema.js';
import type { Home, Party, Pool, Space } from './space.js';

type SpaceRow = Omit<Space, 'halfDayBoundary'> & { halfDayBoundary: string };

const SPACE_COLUMNS = `space.id, space.network_id AS "networkId", space.operator_id AS "operatorId", space.name,
  space.city, space.country, space.time_zone AS "timeZone", space.territory_code AS "territoryCode", space.lat,
  space.lon, space.opening_hours AS "openingHours", space.closes_on_holidays AS "closesOnHolidays",
  space.half_day_boundary::text AS "halfDayBoundary", space.unit, space.visibility,
  (SELECT json_build_object('code', stop.code,
            'since', to_char(stop.begun_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
   FROM directory.hosting_stops stop WHERE stop.space_id = space.id AND stop.ended_at IS NULL) AS "hostingStop"`;

const POOL_COLUMNS = `id, space_id AS "spaceId", network_id AS "networkId", resource_kind AS "resourceKind",
  name, capacity, retired_from::text AS "retiredFrom"`;

function spaceFromRow(row: SpaceRow): Space {
  return { ...row, halfDayBoundary: Temporal.PlainTime.from(row.halfDayBoundary) };
}

export async function findSpace(on: Reader, id: string): Promise<Space | null> {
  const query = `SELECT ${SPACE_COLUMNS} FROM directory.spaces space WHERE id = $1`;
  const [row] = await sql<SpaceRow>(on, query, [id]);
  return row ? spaceFromRow(row) : null;
}

/** What the space tells about itself; a space that has told nothing has an empty profile. */
export async function findProfile(on: Reader, spaceId: string): Promise<SpaceProfile> {
  const query = 'SELECT profile FROM directory.space_profiles WHERE space_id = $1';
  const [row] = await sql<{ profile: SpaceProfile }>(on, query, [spaceId]);
  return row?.profile ?? EMPTY_PROFILE;
}

export async function findPool(on: Reader, id: string): Promise<Pool | null> {
  const [row] = await sql<Pool>(on, `SELECT ${POOL_COLUMNS} FROM directory.pools WHERE id = $1`, [id]);
  return row ?? null;
}

export function findPools(on: Reader, spaceId: string): Promise<Pool[]> {
  const query = `SELECT ${POOL_COLUMNS} FROM directory.pools WHERE space_id = $1 ORDER BY id`;
  return sql<Pool>(on, query, [spaceId]);
}

export async function findParty(on: Reader, id: string): Promise<Party | null> {
  const [row] = await sql<Party & { unit: Unit }>(
    on,
    `SELECT id, kind, network_id AS "networkId", name, country, unit, settlement_profile AS "settlementProfile"
     FROM directory.parties WHERE id = $1`,
    [id],
  );
  return row ?? null;
}

/** The latest home that had begun by `day`, unless it had ended before. */
export async function findHome(on: Reader, personId: string, day: PlainDate): Promise<Home | null> {
  const [row] = await sql<Home & { ended: boolean }>(
    on,
    `SELECT space_id AS "spaceId", network_id AS "networkId", coalesce(until_day < $2::date, false) AS ended
     FROM directory.homes WHERE person_id = $1 AND from_day <= $2::date ORDER BY from_day DESC LIMIT 1`,
    [personId, day.toString()],
  );
  return row && !row.ended ? { spaceId: row.spaceId, networkId: row.networkId } : null;
}

/** The network, its parent, and so on to the root. A tree has no cycle, but a mistake must not hang us. */
export async function findNetworkChain(on: Reader, networkId: string): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    on,
    `WITH RECURSIVE chain AS (
       SELECT id, parent_id, 0 AS steps FROM identity.pub_networks WHERE id = $1
       UNION ALL
       SELECT above.id, above.parent_id, chain.steps + 1
       FROM identity.pub_networks above JOIN chain ON above.id = chain.parent_id)
     CYCLE id SET looped USING path
     SELECT id FROM chain WHERE NOT looped ORDER BY steps`,
    [networkId],
  );
  return rows.map((row) => row.id);
}

export type HourException = {
  readonly spaceId: string;
  readonly day: string;
  readonly openingHours: string | null;
};

/** What is different in these spaces on one of the days from `first` to `last`. */
export function findExceptions(
  on: Reader,
  spaceIds: readonly string[],
  first: PlainDate,
  last: PlainDate,
): Promise<HourException[]> {
  return sql<HourException>(
    on,
    `SELECT space_id AS "spaceId", day::text AS day, opening_hours AS "openingHours"
     FROM directory.hour_exceptions WHERE space_id = ANY ($1) AND day BETWEEN $2::date AND $3::date`,
    [spaceIds, first.toString(), last.toString()],
  );
}

export type HourPeriod = {
  readonly spaceId: string;
  readonly fromDay: string;
  readonly untilDay: string;
  readonly openingHours: string;
};

/** Seasons with other weekly hours that touch the days from `first` to `last`. */
export function findPeriods(
  on: Reader,
  spaceIds: readonly string[],
  first: PlainDate,
  last: PlainDate,
): Promise<HourPeriod[]> {
  return sql<HourPeriod>(
    on,
    `SELECT space_id AS "spaceId", from_day::text AS "fromDay", until_day::text AS "untilDay",
            opening_hours AS "openingHours"
     FROM directory.hour_periods WHERE space_id = ANY ($1) AND from_day <= $3::date AND until_day >= $2::date`,
    [spaceIds, first.toString(), last.toString()],
  );
}

export type Near = {
  readonly lat: number;
  readonly lon: number;
  readonly kilometresMax?: number;
  readonly limit: number;
  /** Continue after this space of the page before. */
  readonly after?: Cursor;
};

/** Those that take new bookings, those that do not, or both. */
type Hosts = 'HOSTING' | 'STOPPED' | 'ANY';

export type ListedSpace = Space &
  Pick<
    SpaceListItem,
    'metres' | 'amenities' | 'languages' | 'stepFree' | 'toilet' | 'hearingLoop' | 'wifiMbps'
  >;
type Listed = Omit<ListedSpace, 'halfDayBoundary'> & { halfDayBoundary: string };

const FITS = `visibility = 'public'
  AND ($1 IS NULL OR flat_point <@ box(point($3, $4), point($5, $6)))
  AND ($7::text IS NULL OR territory_code LIKE $7 || '%')
  AND ($8::text IS NULL OR country = $8)
  AND ($9::text IS NULL OR strpos(lower(name || ' ' || city), lower($9)) > 0)
  AND ($17::text = 'ANY' OR ($17 = 'STOPPED') = EXISTS (
    SELECT FROM directory.hosting_stops stop WHERE stop.space_id = space.id AND stop.ended_at IS NULL))
  AND ($14::text IS NULL OR profile #>> '{accessibility,stepFree,value}' = $14)
  AND ($15::text[] IS NULL OR profile->'amenities' @> to_jsonb($15::text[]))
  AND ($16::text IS NULL OR EXISTS (
    SELECT FROM jsonb_array_elements_text(profile->'languages') AS spoken (tag)
    WHERE spoken.tag = $16 OR starts_with(spoken.tag, $16 || '-')))`;

/** Public spaces, by true distance where a point is given. One more than asked for tells that there are more. */
export async function findSpaces(
  on: Reader,
  { near, kilometres, limit, ...wanted }: Omit<SpacesQuery, 'after' | 'openOn'>,
  after: Cursor,
  hosts: Hosts = 'ANY',
): Promise<ListedSpace[]> {
  const sides = near ? flatBox(near.lat, near.lon, kilometres) : [null, null, null, null];
  const rows = await sql<Listed>(
    on,
    `SELECT * FROM (
       SELECT ${SPACE_COLUMNS}, directory.metres_between($1::float8, $2, space.lat, space.lon) AS metres,
              coalesce(profile->'amenities', '[]') AS amenities, coalesce(profile->'languages', '[]') AS languages,
              profile #>> '{accessibility,stepFree,value}' AS "stepFree",
              profile #>> '{accessibility,toilet,value}' AS toilet,
              profile #>> '{accessibility,hearingLoop,value}' AS "hearingLoop",
              (profile #>> '{wifi,mbps}')::int AS "wifiMbps"
       FROM directory.spaces space LEFT JOIN directory.space_profiles told ON told.space_id = space.id
       WHERE ${FITS}) found
     WHERE ($1 IS NULL OR metres <= $10::float8) AND (coalesce(metres, 0), id) > ($11::float8, $12::uuid)
     ORDER BY coalesce(metres, 0), id LIMIT $13`,
    [
      near?.lat ?? null,
      near?.lon ?? null,
      ...sides,
      wanted.territory ?? null,
      wanted.country ?? null,
      wanted.q ?? null,
      kilometres === undefined ? Number.POSITIVE_INFINITY : kilometres * 1000,
      after.metres,
      after.id,
      limit + 1,
      wanted.stepFree ?? null,
      wanted.amenity ?? null,
      wanted.language ?? null,
      hosts,
    ],
  );
  return rows.map((row) => ({ ...row, halfDayBoundary: Temporal.PlainTime.from(row.halfDayBoundary) }));
}

/**
 * How far one has to look for so many: the index gives them in the order of a flat map, which is nearly theirs, and
 * the farthest of them is a circle that holds enough.
 */
const REACH = `
  SELECT max(metres) AS metres, count(*)::int AS n FROM (
    SELECT directory.metres_between($1, $2, space.lat, space.lon) AS metres FROM directory.spaces space
    WHERE visibility = 'public' AND ($6 = 'STOPPED') = EXISTS (
        SELECT FROM directory.hosting_stops stop WHERE stop.space_id = space.id AND stop.ended_at IS NULL)
      AND (directory.metres_between($1, $2, space.lat, space.lon), id) > ($3::float8, $4::uuid)
    ORDER BY flat_point <-> point($2 * ${FLAT_SCALE}, $1) LIMIT $5) AS nearest`;
const METRES_PER_KILOMETRE = 1000;
/** More than what is lost in rounding. */
const BESIDE_KILOMETRES = 0.001;

/** Public spaces that take new bookings, or those that do not, nearest first. */
export async function findSpacesNear(
  on: Reader,
  { lat, lon, kilometresMax, limit, after }: Near,
  hosts: 'HOSTING' | 'STOPPED' = 'HOSTING',
): Promise<(Space & { metres: number })[]> {
  const cursor = after ?? readCursor(undefined);
  const around = async () => {
    const values = [lat, lon, cursor.metres, cursor.id, limit, hosts];
    const [reach] = await sql<{ metres: number; n: number }>(on, REACH, values);
    return reach!.n < limit ? undefined : reach!.metres / METRES_PER_KILOMETRE + BESIDE_KILOMETRES;
  };
  const query = { near: { lat, lon }, kilometres: kilometresMax ?? (await around()), limit };
  const found = await findSpaces(on, query, cursor, hosts);
  return found.slice(0, limit).map((space) => ({ ...space, metres: space.metres! }));
}
