import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantApp, ownedBy } from './tenancy.js';

/**
 * Identity: people, organisations, memberships, sessions, keys, door devices; who may do what.
 * Secrets are stored as hashes only. A row of an organisation carries the organisation's network, so
 * that policies compare plain columns.
 */
export class Identity1767000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA identity;
      ${PEOPLE}
      ${ORGANISATIONS}
      ${ACCESS}
      ${POLICIES}
      ${VIEWS}
      ${grantApp('identity')}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

/** An address belongs to whoever confirmed it: registering another person's address takes nothing away. */
const PEOPLE = `
  CREATE TABLE identity.people (
    id                 uuid PRIMARY KEY,
    email              text NOT NULL CHECK (email = lower(email)),
    name               text NOT NULL CHECK (name <> ''),
    language           text NOT NULL CHECK (language IN ('en', 'fr', 'es', 'it', 'ar')),
    password_hash      text,
    request_hash       text NOT NULL,
    email_confirmed_at timestamptz(3),
    switched_off_at    timestamptz(3),
    created_at         timestamptz(3) NOT NULL
  );
  CREATE UNIQUE INDEX people_email ON identity.people (email) WHERE email_confirmed_at IS NOT NULL;

  CREATE TABLE identity.sessions (
    id           uuid PRIMARY KEY,
    person_id    uuid NOT NULL REFERENCES identity.people,
    token_hash   bytea NOT NULL UNIQUE,
    last_seen_at timestamptz(3) NOT NULL DEFAULT now(),
    ended_at     timestamptz(3),
    created_at   timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE INDEX sessions_person ON identity.sessions (person_id) WHERE ended_at IS NULL;

  CREATE TABLE identity.links (
    id         uuid PRIMARY KEY,
    kind       text NOT NULL CHECK (kind IN ('EMAIL_CONFIRMATION', 'PASSWORD_RESET')),
    person_id  uuid NOT NULL REFERENCES identity.people,
    token_hash bytea NOT NULL UNIQUE,
    expires_at timestamptz(3) NOT NULL,
    used_at    timestamptz(3),
    created_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE INDEX links_person ON identity.links (person_id);`;

/** A parent is always a network, chosen once: the tree cannot have a cycle. */
const ORGANISATIONS = `
  CREATE TABLE identity.organisations (
    id          uuid PRIMARY KEY,
    kind        text NOT NULL CHECK (kind IN ('operator', 'network', 'institution')),
    name        text NOT NULL CHECK (name <> ''),
    country     text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
    parent_id   uuid CHECK (parent_id <> id),
    parent_kind text GENERATED ALWAYS AS (CASE WHEN parent_id IS NOT NULL THEN 'network' END) STORED,
    network_id  uuid GENERATED ALWAYS AS (CASE WHEN kind = 'network' THEN id ELSE parent_id END) STORED,
    created_at  timestamptz(3) NOT NULL,
    CHECK (kind <> 'operator' OR parent_id IS NOT NULL),
    UNIQUE (id, kind),
    UNIQUE (id, network_id),
    CONSTRAINT organisations_parent FOREIGN KEY (parent_id, parent_kind) REFERENCES identity.organisations (id, kind),
    FOREIGN KEY (network_id) REFERENCES identity.organisations
  );
  CREATE INDEX organisations_children ON identity.organisations (parent_id);

  CREATE TABLE identity.memberships (
    id              uuid PRIMARY KEY,
    person_id       uuid NOT NULL REFERENCES identity.people,
    organisation_id uuid NOT NULL REFERENCES identity.organisations,
    network_id      uuid,
    role            text NOT NULL CHECK (role IN ('nomad', 'space_staff', 'space_manager', 'facilitator',
      'network_admin', 'network_treasurer', 'public_sponsor', 'researcher', 'platform_admin')),
    ended_at        timestamptz(3),
    created_at      timestamptz(3) NOT NULL,
    FOREIGN KEY (organisation_id, network_id) REFERENCES identity.organisations (id, network_id)
  );
  CREATE UNIQUE INDEX memberships_once ON identity.memberships (person_id, organisation_id, role)
    WHERE ended_at IS NULL;
  CREATE INDEX memberships_organisation ON identity.memberships (organisation_id);

  CREATE TABLE identity.invitations (
    id              uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES identity.organisations,
    network_id      uuid,
    email           text NOT NULL CHECK (email = lower(email)),
    role            text NOT NULL,
    language        text NOT NULL,
    token_hash      bytea NOT NULL UNIQUE,
    expires_at      timestamptz(3) NOT NULL,
    accepted_at     timestamptz(3),
    person_id       uuid REFERENCES identity.people,
    membership_id   uuid REFERENCES identity.memberships,
    created_at      timestamptz(3) NOT NULL DEFAULT now(),
    CHECK ((accepted_at IS NULL) = (person_id IS NULL)),
    FOREIGN KEY (organisation_id, network_id) REFERENCES identity.organisations (id, network_id)
  );
  CREATE INDEX invitations_organisation ON identity.invitations (organisation_id);`;

/** Who else may sign in: a partner's program, and the scanner at a door. */
const ACCESS = `
  CREATE TABLE identity.api_keys (
    id              uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES identity.organisations,
    network_id      uuid,
    name            text NOT NULL CHECK (name <> ''),
    prefix          text NOT NULL,
    secret_hash     bytea NOT NULL UNIQUE,
    permissions     text[] NOT NULL CHECK (permissions <> '{}'),
    revoked_at      timestamptz(3),
    created_at      timestamptz(3) NOT NULL,
    FOREIGN KEY (organisation_id, network_id) REFERENCES identity.organisations (id, network_id)
  );
  CREATE INDEX api_keys_organisation ON identity.api_keys (organisation_id);

  CREATE TABLE identity.devices (
    id                   uuid PRIMARY KEY,
    organisation_id      uuid NOT NULL,
    network_id           uuid NOT NULL,
    space_id             uuid NOT NULL,
    name                 text NOT NULL CHECK (name <> ''),
    enrolment_code_hash  bytea,
    enrolment_expires_at timestamptz(3),
    token_hash           bytea UNIQUE,
    enrolled_at          timestamptz(3),
    revoked_at           timestamptz(3),
    created_at           timestamptz(3) NOT NULL,
    CHECK ((token_hash IS NULL) = (enrolled_at IS NULL)),
    FOREIGN KEY (organisation_id, network_id) REFERENCES identity.organisations (id, network_id)
  );
  CREATE INDEX devices_organisation ON identity.devices (organisation_id);
  CREATE INDEX devices_space ON identity.devices (space_id);`;

const ANYWHERE = ['identity', 'operator'];

const POLICIES = [
  ownedBy('identity.people', { person: 'id', scopes: ANYWHERE }),
  ownedBy('identity.sessions', { scopes: ANYWHERE }),
  ownedBy('identity.links', { scopes: ANYWHERE }),
  ownedBy('identity.organisations', { networks: ['network_id'], scopes: ANYWHERE, readableWhen: 'true' }),
  ownedBy('identity.memberships', { networks: ['network_id'], person: 'person_id', scopes: ANYWHERE }),
  ownedBy('identity.invitations', { networks: ['network_id'], scopes: ANYWHERE }),
  ownedBy('identity.api_keys', { networks: ['network_id'], scopes: ANYWHERE }),
  ownedBy('identity.devices', { networks: ['network_id'], scopes: ANYWHERE }),
].join('\n');

/** What other modules may read: organisations are published, people are not. */
const VIEWS = `
  CREATE VIEW identity.pub_organisations WITH (security_invoker = true) AS
    SELECT id, kind, name, country, parent_id FROM identity.organisations;
  CREATE VIEW identity.pub_networks WITH (security_invoker = true) AS
    SELECT id, parent_id, name, country FROM identity.organisations WHERE kind = 'network';`;
