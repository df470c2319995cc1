import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, appendOnly, grantApp, ownedBy } from './tenancy.js';

/** What the directory shows of itself to whoever publishes it; nobody's name or telephone is in it. */
const CATALOGUE_VIEWS = `
  CREATE VIEW directory.pub_places WITH (security_invoker = true) AS
    SELECT id, source, ref, name, kind, address, postcode, city, country, territory_code, lat, lon, website,
           hours_in_words, flags, provenance
    FROM directory.places;
  CREATE VIEW directory.pub_space_facts WITH (security_invoker = true) AS
    SELECT space.id, space.network_id, space.opening_hours,
           coalesce(profile.profile -> 'amenities', '[]') AS amenities,
           coalesce(profile.profile -> 'languages', '[]') AS languages,
           greatest(space.created_at, profile.updated_at) AS told_at
    FROM directory.spaces space LEFT JOIN directory.space_profiles profile ON profile.space_id = space.id;
  GRANT SELECT ON directory.pub_places, directory.pub_space_facts TO ${APP_ROLE};`;

/** Whatever a space tells about itself is kept, whoever writes it and by which way. */
const PROFILE_HISTORY = `
  CREATE TABLE directory.space_profile_versions (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    space_id   uuid NOT NULL,
    network_id uuid NOT NULL,
    profile    jsonb NOT NULL,
    written_by text NOT NULL,
    created_at timestamptz(3) NOT NULL,
    FOREIGN KEY (space_id, network_id) REFERENCES directory.spaces (id, network_id)
  );
  CREATE INDEX space_profile_versions_space ON directory.space_profile_versions (space_id, id);
  ${appendOnly('directory.space_profile_versions')}
  ${ownedBy('directory.space_profile_versions', { networks: ['network_id'], scopes: ['operator'], readableWhen: 'true' })}
  CREATE FUNCTION directory.keep_profile_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO directory.space_profile_versions (space_id, network_id, profile, written_by, created_at)
      VALUES (NEW.space_id, NEW.network_id, NEW.profile, NEW.written_by, NEW.updated_at);
      RETURN NULL;
    END $$;
  CREATE TRIGGER profile_first AFTER INSERT ON directory.space_profiles
    FOR EACH ROW EXECUTE FUNCTION directory.keep_profile_version();
  CREATE TRIGGER profile_changed AFTER UPDATE ON directory.space_profiles
    FOR EACH ROW WHEN (NEW.profile IS DISTINCT FROM OLD.profile)
    EXECUTE FUNCTION directory.keep_profile_version();
  INSERT INTO directory.space_profile_versions (space_id, network_id, profile, written_by, created_at)
    SELECT space_id, network_id, profile, written_by, updated_at FROM directory.space_profiles;
  CREATE VIEW directory.pub_profile_versions WITH (security_invoker = true) AS
    SELECT id, space_id, network_id, profile #- '{gettingIn,contactName}' #- '{gettingIn,phone}' AS profile,
           written_by, created_at
    FROM directory.space_profile_versions;`;

const CORRECTIONS = `
  -- What somebody asks to be changed: of a place of the catalogue, or of a member space.
  CREATE TABLE data_bank.corrections (
    id           uuid PRIMARY KEY,
    request_hash text NOT NULL,
    place_id     uuid REFERENCES directory.places,
    space_id     uuid,
    network_id   uuid,
    field        text NOT NULL CHECK (field IN
      ('name', 'kind', 'address', 'postcode', 'city', 'website', 'hoursInWords', 'existence')),
    proposed     text,
    note         text NOT NULL,
    requested_by text NOT NULL,
    created_at   timestamptz(3) NOT NULL,
    CONSTRAINT corrections_once UNIQUE NULLS NOT DISTINCT (place_id, space_id, field, proposed),
    UNIQUE (id, field),
    CHECK ((place_id IS NULL) <> (space_id IS NULL)),
    CHECK ((space_id IS NULL) = (network_id IS NULL)),
    CHECK ((field = 'existence') = (proposed IS NULL)),
    FOREIGN KEY (space_id, network_id) REFERENCES directory.spaces (id, network_id)
  );
  CREATE INDEX corrections_by_time ON data_bank.corrections (created_at DESC, id DESC);
  ${appendOnly('data_bank.corrections')}
  ${ownedBy('data_bank.corrections', { networks: ['network_id'], scopes: ['catalogue'], readableWhen: 'true' })}

  -- Decided once. Only what is told to be wrong about its existence can be withdrawn.
  CREATE TABLE data_bank.correction_decisions (
    correction_id uuid PRIMARY KEY,
    field         text NOT NULL,
    network_id    uuid REFERENCES directory.networks,
    outcome       text NOT NULL CHECK (outcome IN ('CORRECTED', 'WITHDRAWN', 'REFUSED')),
    reason        text NOT NULL CHECK (reason <> ''),
    decided_by    text NOT NULL,
    created_at    timestamptz(3) NOT NULL,
    FOREIGN KEY (correction_id, field) REFERENCES data_bank.corrections (id, field),
    CHECK (outcome = 'REFUSED' OR (outcome = 'WITHDRAWN') = (field = 'existence'))
  );
  ${appendOnly('data_bank.correction_decisions')}
  ${ownedBy('data_bank.correction_decisions', { networks: ['network_id'], scopes: ['catalogue'], readableWhen: 'true' })}`;

const IDENTITIES = `
  -- What a space is called in other systems. Said once and never changed: others point to it.
  CREATE TABLE data_bank.identities (
    space_id    uuid NOT NULL,
    network_id  uuid NOT NULL,
    scheme      text NOT NULL CHECK (scheme ~ '^[a-z0-9][a-z0-9.-]{1,39}$'),
    value       text NOT NULL CHECK (value <> ''),
    declared_by text NOT NULL,
    created_at  timestamptz(3) NOT NULL,
    PRIMARY KEY (space_id, scheme),
    CONSTRAINT identities_one_bearer UNIQUE (scheme, value),
    FOREIGN KEY (space_id, network_id) REFERENCES directory.spaces (id, network_id)
  );
  ${appendOnly('data_bank.identities')}
  ${ownedBy('data_bank.identities', { networks: ['network_id'], readableWhen: 'true' })}`;

const ANNOUNCED = `
  -- A profile that is to hold from a later day on; the day takes it over into the directory.
  CREATE TABLE data_bank.announced_profiles (
    id           uuid PRIMARY KEY,
    request_hash text NOT NULL,
    space_id     uuid NOT NULL,
    network_id   uuid NOT NULL,
    valid_from   date NOT NULL,
    profile      jsonb NOT NULL,
    written_by   text NOT NULL,
    in_force_at  timestamptz(3),
    created_at   timestamptz(3) NOT NULL,
    CONSTRAINT announced_profiles_day UNIQUE (space_id, valid_from),
    FOREIGN KEY (space_id, network_id) REFERENCES directory.spaces (id, network_id)
  );
  ${ownedBy('data_bank.announced_profiles', { networks: ['network_id'], scopes: ['sweep'], readableWhen: 'true' })}`;

const INTERESTS = `
  -- Who would come, or open a space, where there is none. An address is kept by consent, until its day.
  CREATE TABLE data_bank.interests (
    id           uuid PRIMARY KEY,
    request_hash text NOT NULL,
    city         text NOT NULL,
    country      text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
    kind         text NOT NULL CHECK (kind IN ('WORKER', 'SPACE')),
    email        text,
    consented_at timestamptz(3),
    purge_on     date,
    created_at   timestamptz(3) NOT NULL,
    CONSTRAINT interests_once UNIQUE (email, city, country, kind),
    CHECK ((email IS NULL) = (purge_on IS NULL)),
    CHECK (email IS NULL OR consented_at IS NOT NULL)
  );
  CREATE INDEX interests_purge ON data_bank.interests (purge_on) WHERE purge_on IS NOT NULL;
  ${ownedBy('data_bank.interests', { scopes: ['catalogue', 'sweep'] })}`;

/** The data bank: corrections and their decisions, identities, announced profiles, expressions of interest. */
export class DataBank1767000051000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA data_bank;
      ${CATALOGUE_VIEWS}
      ${PROFILE_HISTORY}
      ${CORRECTIONS}
      ${IDENTITIES}
      ${ANNOUNCED}
      ${INTERESTS}
      ${grantApp('data_bank', { fixed: ['corrections', 'correction_decisions', 'identities'] })}
      GRANT SELECT, INSERT ON directory.space_profile_versions TO ${APP_ROLE};
      GRANT SELECT ON directory.pub_profile_versions TO ${APP_ROLE};
      GRANT USAGE ON ALL SEQUENCES IN SCHEMA directory TO ${APP_ROLE};
      REVOKE DELETE ON data_bank.announced_profiles, data_bank.interests FROM ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
