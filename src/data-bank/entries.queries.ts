import { sql, type Reader } from '../platform/db.js';
import type { EntriesQuery, EntryView, SourceView } from './catalogue.schema.js';
import { TAUGHT } from './taxonomy.data.js';

export const OWN_SOURCE = 'escale';
export const OWN_LICENCE = 'Licence Ouverte 2.0';

/**
 * All that is published, once each: places as they were imported and corrected, member spaces as they tell of
 * themselves. A place that a space bears the identity of is that space. $1 is what words were taught to mean.
 */
const ENTRIES = `
  taught AS (SELECT * FROM jsonb_each_text($1::jsonb) AS word (word, label)),
  answered AS (
    SELECT DISTINCT ON (place_id, field) place_id, field, proposed,
      jsonb_build_object('source', 'correction', 'licence', '${OWN_LICENCE}',
        'asOf', to_char(decision.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')) AS provenance
    FROM data_bank.correction_decisions decision JOIN data_bank.corrections correction USING (field)
    WHERE correction.id = decision.correction_id AND outcome <> 'REFUSED' AND place_id IS NOT NULL
    ORDER BY place_id, field, decision.created_at DESC, decision.correction_id DESC),
  fixed AS (
    SELECT place_id, bool_or(field = 'existence') AS gone, jsonb_object_agg(field, proposed) AS said,
      jsonb_object_agg(field, provenance) AS provenance
    FROM answered GROUP BY place_id),
  places AS (
    SELECT place.id, 'PLACE' AS kind, coalesce(said ->> 'name', name) AS name,
      coalesce(said ->> 'kind', place.kind) AS "sourceKind", coalesce(said ->> 'address', address) AS address,
      coalesce(said ->> 'postcode', postcode) AS postcode, coalesce(said ->> 'city', city) AS city, country,
      territory_code AS "territoryCode", lat, lon, coalesce(said ->> 'website', website) AS website,
      coalesce(said ->> 'hoursInWords', hours_in_words) AS "hoursInWords", source,
      place.provenance #>> '{name,licence}' AS licence, place.provenance #>> '{name,asOf}' AS "asOf",
      jsonb_build_array(jsonb_build_object('scheme', source, 'value', ref)) AS identities, flags,
      place.provenance || coalesce(fixed.provenance, '{}') AS provenance
    FROM directory.pub_places place LEFT JOIN fixed ON fixed.place_id = place.id
    WHERE fixed.gone IS NOT TRUE
      AND NOT EXISTS (SELECT FROM data_bank.identities same
        JOIN directory.pub_spaces space ON space.id = same.space_id AND space.visibility = 'public'
        WHERE same.scheme = place.source AND same.value = place.ref)),
  spaces AS (
    SELECT space.id, 'SPACE' AS kind, name, offered.kinds AS "sourceKind", NULL AS address, NULL AS postcode, city,
      country, territory_code AS "territoryCode", lat, lon, NULL AS website, facts.opening_hours AS "hoursInWords",
      '${OWN_SOURCE}' AS source, '${OWN_LICENCE}' AS licence, told.day AS "asOf",
      coalesce((SELECT jsonb_agg(jsonb_build_object('scheme', scheme, 'value', value) ORDER BY scheme)
        FROM data_bank.identities WHERE space_id = space.id), '[]') AS identities, ARRAY[]::text[] AS flags,
      (SELECT jsonb_object_agg(field, jsonb_build_object('source', '${OWN_SOURCE}', 'licence', '${OWN_LICENCE}',
         'asOf', told.day))
       FROM unnest(ARRAY['name', 'city', 'country', 'lat', 'lon', 'hoursInWords']
         || CASE WHEN territory_code IS NULL THEN '{}' ELSE ARRAY['territoryCode'] END) AS field) AS provenance
    FROM directory.pub_spaces space JOIN directory.pub_space_facts facts USING (id)
    CROSS JOIN LATERAL (SELECT to_char(facts.told_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day) told
    CROSS JOIN LATERAL (
      SELECT string_agg(DISTINCT CASE resource_kind WHEN 'machine_time' THEN 'fablab'
        WHEN 'meeting_room' THEN 'meeting_rooms' ELSE 'coworking' END, ', ') AS kinds
      FROM directory.pub_pools WHERE space_id = space.id AND capacity > 0) offered
    WHERE visibility = 'public'),
  entries AS (
    SELECT entry.*, ARRAY(
      SELECT DISTINCT label FROM regexp_split_to_table(lower("sourceKind"), '\\s*[,/]\\s*') AS said (word)
      JOIN taught USING (word) ORDER BY label) AS labels
    FROM (SELECT * FROM places UNION ALL SELECT * FROM spaces) entry)`;

const FILTERS = `
  ($2::text IS NULL OR country = $2) AND ($3::text IS NULL OR starts_with("territoryCode", $3))
  AND ($4::text IS NULL OR $4 = ANY (labels)) AND ($5::text IS NULL OR source = $5)
  AND ($6::text IS NULL OR kind = $6)
  AND ($7::text IS NULL OR strpos(lower(name || ' ' || coalesce(city, '')), lower($7)) > 0)`;

export type Filters = Omit<EntriesQuery, 'after' | 'limit'>;

/** Our own labels are words that mean themselves. */
const MEANINGS = JSON.stringify({ ...TAUGHT, meeting_rooms: 'meeting_rooms' });

function filterValues({ country, territory, label, source, kind, q }: Filters): unknown[] {
  return [
    MEANINGS,
    ...[country, territory, label, source, kind, q || undefined].map((value) => value ?? null),
  ];
}

export function entriesOf(
  on: Reader,
  filters: Filters,
  page: { readonly after?: string | undefined; readonly limit: number },
): Promise<EntryView[]> {
  return sql(
    on,
    `WITH ${ENTRIES} SELECT * FROM entries WHERE ${FILTERS} AND ($8::uuid IS NULL OR id > $8)
     ORDER BY id LIMIT $9`,
    [...filterValues(filters), page.after ?? null, page.limit],
  );
}

export async function countEntries(on: Reader, filters: Filters): Promise<number> {
  const query = `WITH ${ENTRIES} SELECT count(*)::int AS n FROM entries WHERE ${FILTERS}`;
  const [row] = await sql<{ n: number }>(on, query, filterValues(filters));
  return row!.n;
}

export async function entryOf(
  on: Reader,
  by: { readonly id: string } | { readonly scheme: string; readonly value: string },
): Promise<EntryView | null> {
  const isId = 'id' in by;
  const condition = isId ? 'id = $2::uuid' : 'identities @> $2::jsonb';
  const key = isId ? by.id : JSON.stringify([by]);
  const [entry] = await sql<EntryView>(on, `WITH ${ENTRIES} SELECT * FROM entries WHERE ${condition}`, [
    MEANINGS,
    key,
  ]);
  return entry ?? null;
}

export function sourcesOf(on: Reader): Promise<SourceView[]> {
  return sql(
    on,
    `WITH ${ENTRIES} SELECT source, licence, max("asOf") AS "asOf", count(*)::int AS records FROM entries
     GROUP BY source, licence ORDER BY source, licence`,
    [MEANINGS],
  );
}

/** How many records bear each label, and which words of the sources none was taught for. */
export async function wordCounts(on: Reader): Promise<{
  labels: { label: string; records: number }[];
  unmapped: { source: string; word: string; records: number }[];
}> {
  const labels = await sql<{ label: string; records: number }>(
    on,
    `WITH ${ENTRIES} SELECT label, count(*)::int AS records FROM entries, unnest(labels) AS label GROUP BY label`,
    [MEANINGS],
  );
  const unmapped = await sql<{ source: string; word: string; records: number }>(
    on,
    `WITH ${ENTRIES} SELECT source, said.word, count(*)::int AS records
     FROM entries, regexp_split_to_table("sourceKind", '\\s*[,/]\\s*') AS said (word)
     WHERE said.word <> '' AND NOT EXISTS (SELECT FROM taught WHERE taught.word = lower(said.word))
     GROUP BY source, said.word ORDER BY records DESC, source, said.word`,
    [MEANINGS],
  );
  return { labels, unmapped };
}
