import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantApp, ownedBy } from './tenancy.js';

const NETWORKS = `
  -- A network under the id of its organisation; the tree, the name and the country are identity's.
  CREATE TABLE directory.networks (
    id         uuid PRIMARY KEY REFERENCES identity.organisations,
    short_id   text NOT NULL CONSTRAINT networks_short_id UNIQUE CHECK (short_id ~ '^[a-z0-9-]{2,8}$'),
    unit       text NOT NULL CHECK (unit <> 'HALF_DAY'),
    created_at timestamptz(3) NOT NULL
  );

  CREATE TABLE directory.parties (
    id                 uuid PRIMARY KEY,
    kind               text NOT NULL CHECK (kind IN ('space', 'network')),
    network_id         uuid NOT NULL REFERENCES directory.networks,
    name               text NOT NULL,
    country            text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
    unit               text NOT NULL,
    settlement_profile text NOT NULL
      CHECK (settlement_profile IN ('NETTING_ALLOWED', 'GROSS_ONLY', 'IN_KIND_ONLY')),
    created_at         timestamptz(3) NOT NULL,
    UNIQUE (id, network_id),
    CHECK (kind <> 'network' OR id = network_id)
  );
`;

// flat_point is for finding neighbours: 0.766 = cos 40°, so that a degree is about as long east as north.
// The true distance, which sorts what was found, is metres_between.
const SPACES = `
  CREATE TABLE directory.spaces (
    id                 uuid PRIMARY KEY,
    network_id         uuid NOT NULL,
    operator_id        uuid NOT NULL REFERENCES identity.organisations,
    name               text NOT NULL,
    city               text NOT NULL,
    country            text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
    time_zone          text NOT NULL,
    territory_code     text,
    lat                double precision NOT NULL CHECK (lat BETWEEN -90 AND 90),
    lon                double precision NOT NULL CHECK (lon BETWEEN -180 AND 180),
    flat_point         point GENERATED ALWAYS AS (point(lon * 0.766, lat)) STORED,
    opening_hours      text NOT NULL,
    closes_on_holidays boolean NOT NULL,
    half_day_boundary  time NOT NULL,
    unit               text NOT NULL CHECK (unit <> 'HALF_DAY'),
    visibility         text NOT NULL CHECK (visibility IN ('public', 'hidden')),
    created_at         timestamptz(3) NOT NULL,
    UNIQUE (id, network_id),
    UNIQUE (id, operator_id),
    FOREIGN KEY (id, network_id) REFERENCES directory.parties (id, network_id)
  );
  CREATE INDEX spaces_near ON directory.spaces USING gist (flat_point);
  CREATE INDEX spaces_network ON directory.spaces (network_id);

  -- A door belongs to the operator of its space.
  ALTER TABLE identity.devices ADD FOREIGN KEY (space_id, organisation_id)
    REFERENCES directory.spaces (id, operator_id);

  CREATE TABLE directory.hour_exceptions (
    id            uuid PRIMARY KEY,
    space_id      uuid NOT NULL,
    network_id    uuid NOT NULL,
    day           date NOT NULL,
    opening_hours text, -- NULL: closed
    reason        text NOT NULL,
    created_at    timestamptz(3) NOT NULL,
    CONSTRAINT hour_exceptions_day UNIQUE (space_id, day),
    FOREIGN KEY (space_id, network_id) REFERENCES directory.spaces (id, network_id)
  );

  CREATE TABLE directory.pools (
    id            uuid PRIMARY KEY,
    space_id      uuid NOT NULL,
    network_id    uuid NOT NULL,
    resource_kind text NOT NULL
      CHECK (resource_kind IN ('hot_desk', 'dedicated_desk', 'meeting_room', 'machine_time')),
    name          text NOT NULL,
    capacity      smallint NOT NULL CHECK (capacity >= 0),
    created_at    timestamptz(3) NOT NULL,
    UNIQUE (id, space_id),
    UNIQUE (id, network_id),
    FOREIGN KEY (space_id, network_id) REFERENCES directory.spaces (id, network_id)
  );
  CREATE INDEX pools_space ON directory.pools (space_id);

  -- A later home takes over from an earlier one on its first day, so homes never overlap.
  CREATE TABLE directory.homes (
    id         uuid PRIMARY KEY,
    person_id  uuid NOT NULL REFERENCES identity.people,
    space_id   uuid NOT NULL,
    network_id uuid NOT NULL,
    from_day   date NOT NULL,
    until_day  date CHECK (until_day >= from_day),
    created_at timestamptz(3) NOT NULL,
    CONSTRAINT homes_first_day UNIQUE (person_id, from_day),
    FOREIGN KEY (space_id, network_id) REFERENCES directory.spaces (id, network_id)
  );
`;

const PLACES = `
  CREATE TABLE directory.territories (
    code       text PRIMARY KEY,
    scheme     text NOT NULL CHECK (scheme IN ('NUTS3', 'ISO3166-2')),
    country    text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
    name       text NOT NULL,
    geometry   jsonb NOT NULL,
    extent     box NOT NULL, -- of the geometry: longitude, latitude
    source     text NOT NULL,
    licence    text NOT NULL,
    as_of      text NOT NULL,
    created_at timestamptz(3) NOT NULL
  );
  CREATE INDEX territories_extent ON directory.territories USING gist (extent);

  -- provenance: for each field that has a value, {"source", "licence", "asOf"}.
  CREATE TABLE directory.places (
    id             uuid PRIMARY KEY,
    source         text NOT NULL,
    ref            text NOT NULL,
    name           text NOT NULL,
    kind           text,
    address        text,
    postcode       text,
    city           text,
    country        text CHECK (country ~ '^[A-Z]{2}$'),
    territory_code text,
    lat            double precision CHECK (lat BETWEEN -90 AND 90),
    lon            double precision CHECK (lon BETWEEN -180 AND 180),
    flat_point     point GENERATED ALWAYS AS (point(lon * 0.766, lat)) STORED,
    website        text,
    hours_in_words text,
    flags          text[] NOT NULL,
    provenance     jsonb NOT NULL,
    created_at     timestamptz(3) NOT NULL,
    updated_at     timestamptz(3) NOT NULL,
    UNIQUE (source, ref),
    CHECK ((lat IS NULL) = (lon IS NULL))
  );
  CREATE INDEX places_near ON directory.places USING gist (flat_point);
  CREATE INDEX places_territory ON directory.places (territory_code, id);
`;

const FUNCTIONS = `
  -- Great-circle distance on a sphere of the Earth's mean radius (haversine).
  CREATE FUNCTION directory.metres_between(
    lat_a double precision, lon_a double precision, lat_b double precision, lon_b double precision
  ) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 2 * 6371008.8 * asin(least(1, sqrt(
      sin(radians(lat_b - lat_a) / 2) ^ 2
      + cos(radians(lat_a)) * cos(radians(lat_b)) * sin(radians(lon_b - lon_a) / 2) ^ 2)))
  $$;
`;

const VIEWS = `
  CREATE VIEW directory.pub_networks WITH (security_invoker = true) AS
    SELECT id, short_id, unit FROM directory.networks;
  CREATE VIEW directory.pub_parties WITH (security_invoker = true) AS
    SELECT id, kind, network_id, name, country, unit, settlement_profile FROM directory.parties;
  CREATE VIEW directory.pub_spaces WITH (security_invoker = true) AS
    SELECT id, network_id, operator_id, name, city, country, time_zone, territory_code, lat, lon, unit,
           half_day_boundary, visibility
    FROM directory.spaces;
  CREATE VIEW directory.pub_pools WITH (security_invoker = true) AS
    SELECT id, space_id, network_id, resource_kind, name, capacity FROM directory.pools;
`;

const POLICIES = [
  ownedBy('directory.networks', { networks: ['id'], scopes: ['operator'], readableWhen: 'true' }),
  ...['parties', 'spaces', 'hour_exceptions', 'pools'].map((table) =>
    ownedBy(`directory.${table}`, { networks: ['network_id'], scopes: ['operator'], readableWhen: 'true' }),
  ),
  ownedBy('directory.homes', {
    networks: ['network_id'],
    person: 'person_id',
    scopes: ['operator', 'sweep', 'clearing'],
  }),
  ownedBy('directory.territories', { scopes: ['operator'], readableWhen: 'true' }),
  ownedBy('directory.places', { scopes: ['operator'], readableWhen: 'true' }),
].join('\n');

/** Directory: networks, spaces, hours, pools, places, territories, parties, homes. */
export class Directory1767000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA directory;
      ${NETWORKS}
      ${SPACES}
      ${PLACES}
      ${FUNCTIONS}
      ${VIEWS}
      ${POLICIES}
      ${grantApp('directory')}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
