import { Injectable } from '@nestjs/common';
import { Db, sql } from '../platform/db.js';
import { PUBLIC_SCOPE } from '../platform/scope.js';
import { PlaceProblems } from './directory.problems.js';
import type { PlacesQuery } from './directory.schema.js';
import { cursorText, flatBox, readCursor } from './near.rules.js';
import type { PlacePage, PlaceView } from './place.schema.js';

const PLACE_COLUMNS = `id, source, ref, name, kind, address, postcode, city, country, territory_code AS "territoryCode",
  lat, lon, website, hours_in_words AS "hoursInWords", flags, provenance`;

/** The catalogue: places that were imported, whether or not they are a member of a network. */
@Injectable()
export class Places {
  constructor(private readonly db: Db) {}

  /** Nearest first when a point is given, else in the order they came in. */
  list({ near, kilometres, territory, country, q, after, limit }: PlacesQuery): Promise<PlacePage> {
    const cursor = readCursor(after);
    const where = near ? flatBox(near.lat, near.lon, kilometres) : [];
    return this.db.readBehind(PUBLIC_SCOPE, async (on) => {
      const items = await sql<PlaceView>(
        on,
        `SELECT ${PLACE_COLUMNS}, metres FROM (
           SELECT *, directory.metres_between($1::float8, $2, lat, lon) AS metres FROM directory.places
           WHERE ($1 IS NULL OR flat_point <@ box(point($3, $4), point($5, $6)))
             AND ($7::text IS NULL OR territory_code LIKE $7 || '%')
             AND ($8::text IS NULL OR country = $8)
             AND ($9::text IS NULL OR strpos(lower(name || ' ' || coalesce(city, '')), lower($9)) > 0)) found
         WHERE ($1 IS NULL OR metres <= $10::float8) AND (coalesce(metres, 0), id) > ($11::float8, $12::uuid)
         ORDER BY coalesce(metres, 0), id LIMIT $13`,
        [
          near?.lat ?? null,
          near?.lon ?? null,
          ...[0, 1, 2, 3].map((side) => where[side] ?? null),
          territory ?? null,
          country ?? null,
          q ?? null,
          kilometres === undefined ? Number.POSITIVE_INFINITY : kilometres * 1000,
          cursor.metres,
          cursor.id,
          limit + 1,
        ],
      );
      const last = items.length > limit ? items[limit - 1] : undefined;
      return { items: items.slice(0, limit), next: last ? cursorText(last) : null };
    });
  }

  get(id: string): Promise<PlaceView> {
    return this.db.readBehind(PUBLIC_SCOPE, async (on) => {
      const query = `SELECT ${PLACE_COLUMNS}, NULL AS metres FROM directory.places WHERE id = $1`;
      const [place] = await sql<PlaceView>(on, query, [id]);
      if (!place) throw PlaceProblems.notFound(`There is no place ${id}. Look it up in GET /v1/places.`);
      return place;
    });
  }
}
