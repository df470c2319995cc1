import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, grantApp, ownedBy } from './tenancy.js';

/** Doors that judge without a network: what they decided, and what became of it. Codes that people type. */
export class OfflineDoor1767000030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${scans}
      ${offlineScans}
      ${typedKeys}
      ${grantApp('checkin', { fixed: ['scans', 'shown_codes', 'visit_records'] })}
      ${grantApp('passes', { fixed: ['pass_changes', 'issuer_keys', 'issuer_secrets', 'typed_keys'] })}
      REVOKE UPDATE, DELETE ON passes.passes, passes.credentials FROM ${APP_ROLE};
      GRANT UPDATE (state) ON passes.passes TO ${APP_ROLE};
      GRANT UPDATE (revoked_at) ON passes.credentials TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

const scans = `
  ALTER TABLE checkin.scans
    DROP CONSTRAINT scans_state_check,
    ADD CONSTRAINT scans_state_check CHECK (state IN ('ACCEPTED', 'REFUSED', 'ACCEPTED_OFFLINE'));
  CREATE INDEX scans_of_code ON checkin.scans (code_hash);`;

/**
 * The scan says what was read and is never changed. What became of it may change while scans of other doors
 * come in, until the visit is sealed: the outcome depends on all of them, not on the order they came in.
 */
const offlineScans = `
  CREATE TABLE checkin.offline_scans (
    scan_id          uuid PRIMARY KEY REFERENCES checkin.scans,
    host_network_id  uuid NOT NULL REFERENCES directory.networks,
    home_network_id  uuid REFERENCES directory.networks,
    person_id        uuid REFERENCES identity.people,
    verdict          text NOT NULL CHECK (verdict IN ('COME_IN', 'COME_IN_CHECKED', 'REFUSED')),
    package_hash     text,
    package_from     timestamptz(3),
    decided_at       timestamptz(3) NOT NULL,
    outcome          text CHECK (outcome IN ('CONFIRMED', 'CONFLICT')),
    conflict         text,
    visit_id         uuid,
    withdrawn_at     timestamptz(3),
    attempts         smallint NOT NULL DEFAULT 0,
    created_at       timestamptz(3) NOT NULL,
    CHECK (verdict <> 'REFUSED' OR outcome IS NULL),
    CHECK ((outcome IS NOT DISTINCT FROM 'CONFLICT') = (conflict IS NOT NULL)),
    CHECK ((outcome IS NOT DISTINCT FROM 'CONFIRMED') = (visit_id IS NOT NULL)),
    FOREIGN KEY (visit_id, host_network_id) REFERENCES checkin.visits (id, host_network_id)
  );
  CREATE INDEX offline_scans_of_person ON checkin.offline_scans (person_id) WHERE outcome IS NOT NULL;
  CREATE INDEX offline_scans_of_visit ON checkin.offline_scans (visit_id);
  ${ownedBy('checkin.offline_scans', {
    networks: ['host_network_id', 'home_network_id'],
    person: 'person_id',
    scopes: ['sweep', 'clearing', 'operator'],
  })}`;

/** The handle finds the credential, the key proves the half-minute: sealed, because we have to compute with it. */
const typedKeys = `
  CREATE TABLE passes.typed_keys (
    credential_id uuid PRIMARY KEY REFERENCES passes.credentials,
    network_id    uuid NOT NULL REFERENCES directory.networks,
    person_id     uuid NOT NULL REFERENCES identity.people,
    handle        text NOT NULL CHECK (length(handle) = 4),
    sealed_key    bytea NOT NULL,
    created_at    timestamptz(3) NOT NULL
  );
  -- Whose pass a credential shows, for whoever has it in reach.
  CREATE VIEW passes.pub_credentials WITH (security_invoker = true) AS
    SELECT id, pass_id, network_id, person_id, kind, issued_at, expires_at, revoked_at FROM passes.credentials;
  CREATE INDEX typed_keys_handle ON passes.typed_keys (handle);
  ${ownedBy('passes.typed_keys', {
    networks: ['network_id'],
    person: 'person_id',
    scopes: ['identity', 'sweep', 'operator'],
  })}`;
