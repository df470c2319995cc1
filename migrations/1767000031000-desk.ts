import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, grantApp, ownedBy } from './tenancy.js';

/** The desk: undone and corrected visits, arrivals without a code, overrides, incidents, posters, blocks, rolled tokens. */
export class Desk1767000031000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(arrivals);
    await runner.query(changes);
    await runner.query(incidents);
    await runner.query(blocks);
    await runner.query(`
      ALTER TABLE identity.devices
        ADD COLUMN next_token_hash bytea UNIQUE,
        ADD COLUMN next_token_at timestamptz(3),
        ADD CONSTRAINT next_token_is_dated CHECK ((next_token_hash IS NULL) = (next_token_at IS NULL));
      ALTER TABLE identity.memberships ADD COLUMN extra_permissions text[] NOT NULL DEFAULT '{}';
      ${grantApp('checkin', {
        fixed: [
          'scans',
          'shown_codes',
          'visit_records',
          'visit_changes',
          'overrides',
          'incidents',
          'incident_answers',
          'incident_closures',
          'posters',
        ],
      })}
      ${grantApp('bookings', {
        fixed: ['quotes', 'blocks', 'block_appeals', 'block_decisions', 'block_lifts'],
      })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

/** Not everybody arrives with a code: staff tick a list, a guest reads the poster. A booking may be visited again once its visit was undone. */
const arrivals = `
      ALTER TABLE checkin.scans
        ADD COLUMN kind text NOT NULL DEFAULT 'CODE' CHECK (kind IN ('CODE', 'HAND', 'POSTER', 'OVERRIDE')),
        ADD COLUMN guest_language text,
        DROP CONSTRAINT scans_check2,
        ADD CONSTRAINT accepted_scans_are_somebodys CHECK (state = 'REFUSED' OR (person_id IS NOT NULL
          AND home_network_id IS NOT NULL AND evidence IS NOT NULL
          AND (credential_id IS NOT NULL OR kind <> 'CODE')));

      ALTER TABLE checkin.visits DROP CONSTRAINT visits_booking_id_key;
      CREATE UNIQUE INDEX visits_of_booking ON checkin.visits (booking_id) WHERE state <> 'INVALID';

      CREATE TABLE checkin.overrides (
        id              uuid PRIMARY KEY REFERENCES checkin.scans DEFERRABLE INITIALLY DEFERRED,
        refused_scan_id uuid NOT NULL UNIQUE REFERENCES checkin.scans,
        space_id        uuid NOT NULL,
        host_network_id uuid NOT NULL,
        person_id       uuid NOT NULL REFERENCES identity.people,
        refused_because text NOT NULL,
        reason          text NOT NULL,
        made_by         text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        FOREIGN KEY (space_id, host_network_id) REFERENCES directory.spaces (id, network_id)
      );
      CREATE INDEX overrides_of_space ON checkin.overrides (space_id, id);
      ${appendOnly('checkin.overrides')}
      ${ownedBy('checkin.overrides', { networks: ['host_network_id'], person: 'person_id', scopes: ['operator'] })}

      CREATE TABLE checkin.posters (
        id              uuid PRIMARY KEY,
        request_hash    text NOT NULL,
        space_id        uuid NOT NULL,
        host_network_id uuid NOT NULL,
        code            text NOT NULL,
        made_by         text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        FOREIGN KEY (space_id, host_network_id) REFERENCES directory.spaces (id, network_id)
      );
      CREATE INDEX posters_of_space ON checkin.posters (space_id, id);
      ${appendOnly('checkin.posters')}
      ${ownedBy('checkin.posters', { networks: ['host_network_id'], scopes: ['operator'], readableWhen: 'true' })}`;

/** What was taken back or corrected about a visit, by whom and why; the visit itself shows how it stands now. */
const changes = `
      CREATE TABLE checkin.visit_changes (
        id              uuid PRIMARY KEY,
        visit_id        uuid NOT NULL,
        host_network_id uuid NOT NULL,
        person_id       uuid NOT NULL REFERENCES identity.people,
        kind            text NOT NULL CHECK (kind IN ('UNDO', 'CORRECTION')),
        from_part       text NOT NULL,
        outcome         text NOT NULL CHECK (outcome IN ('DAY', 'MORNING', 'AFTERNOON', 'INVALID', 'LEFT')),
        reason          text NOT NULL,
        changed_by      text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        FOREIGN KEY (visit_id, host_network_id) REFERENCES checkin.visits (id, host_network_id)
      );
      CREATE INDEX changes_of_visit ON checkin.visit_changes (visit_id, id);
      ${appendOnly('checkin.visit_changes')}
      ${ownedBy('checkin.visit_changes', { networks: ['host_network_id'], person: 'person_id', scopes: ['operator'] })}`;

/** Told by one side, answered by both, closed once. Where it stands follows from what was added. */
const incidents = `
      CREATE TABLE checkin.incidents (
        id              uuid PRIMARY KEY,
        request_hash    text NOT NULL,
        space_id        uuid NOT NULL,
        host_network_id uuid NOT NULL,
        visit_id        uuid,
        person_id       uuid NOT NULL REFERENCES identity.people,
        side            text NOT NULL CHECK (side IN ('SPACE', 'GUEST')),
        kind            text NOT NULL,
        text            text NOT NULL,
        reported_by     text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        UNIQUE (id, host_network_id),
        FOREIGN KEY (space_id, host_network_id) REFERENCES directory.spaces (id, network_id),
        FOREIGN KEY (visit_id, host_network_id) REFERENCES checkin.visits (id, host_network_id)
      );
      CREATE INDEX incidents_of_space ON checkin.incidents (space_id, id);
      CREATE INDEX incidents_of_person ON checkin.incidents (person_id, id);
      ${appendOnly('checkin.incidents')}
      ${ownedBy('checkin.incidents', { networks: ['host_network_id'], person: 'person_id', scopes: ['operator'] })}

      CREATE TABLE checkin.incident_answers (
        id              uuid PRIMARY KEY,
        request_hash    text NOT NULL,
        incident_id     uuid NOT NULL,
        host_network_id uuid NOT NULL,
        person_id       uuid NOT NULL REFERENCES identity.people,
        side            text NOT NULL CHECK (side IN ('SPACE', 'GUEST')),
        text            text NOT NULL,
        written_by      text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        FOREIGN KEY (incident_id, host_network_id) REFERENCES checkin.incidents (id, host_network_id)
      );
      CREATE INDEX answers_of_incident ON checkin.incident_answers (incident_id, id);
      ${appendOnly('checkin.incident_answers')}
      ${ownedBy('checkin.incident_answers', { networks: ['host_network_id'], person: 'person_id', scopes: ['operator'] })}

      CREATE TABLE checkin.incident_closures (
        incident_id     uuid PRIMARY KEY,
        host_network_id uuid NOT NULL,
        person_id       uuid NOT NULL REFERENCES identity.people,
        closed_by       text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        FOREIGN KEY (incident_id, host_network_id) REFERENCES checkin.incidents (id, host_network_id)
      );
      ${appendOnly('checkin.incident_closures')}
      ${ownedBy('checkin.incident_closures', { networks: ['host_network_id'], person: 'person_id', scopes: ['operator'] })}`;

/** Who may not come to a space. In force until its day, until the space lifts it, or until an appeal is granted. */
const blocks = `
      ALTER TABLE bookings.bookings ADD COLUMN reopened smallint NOT NULL DEFAULT 0 CHECK (reopened >= 0);

      CREATE TABLE bookings.blocks (
        id              uuid PRIMARY KEY,
        request_hash    text NOT NULL,
        space_id        uuid NOT NULL,
        host_network_id uuid NOT NULL,
        person_id       uuid NOT NULL REFERENCES identity.people,
        reason          text NOT NULL,
        statement       text NOT NULL,
        until_day       date,
        blocked_by      text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        UNIQUE (id, host_network_id),
        FOREIGN KEY (space_id, host_network_id) REFERENCES directory.spaces (id, network_id)
      );
      CREATE INDEX blocks_of_person ON bookings.blocks (person_id, space_id);
      CREATE INDEX blocks_of_space ON bookings.blocks (space_id, id);
      ${appendOnly('bookings.blocks')}
      ${ownedBy('bookings.blocks', { networks: ['host_network_id'], person: 'person_id', scopes: ['identity', 'operator'] })}

      CREATE TABLE bookings.block_appeals (
        block_id        uuid PRIMARY KEY,
        host_network_id uuid NOT NULL,
        person_id       uuid NOT NULL REFERENCES identity.people,
        statement       text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        FOREIGN KEY (block_id, host_network_id) REFERENCES bookings.blocks (id, host_network_id)
      );
      ${appendOnly('bookings.block_appeals')}
      ${ownedBy('bookings.block_appeals', { networks: ['host_network_id'], person: 'person_id', scopes: ['identity', 'operator'] })}

      CREATE TABLE bookings.block_decisions (
        block_id        uuid PRIMARY KEY REFERENCES bookings.block_appeals,
        host_network_id uuid NOT NULL,
        person_id       uuid NOT NULL REFERENCES identity.people,
        outcome         text NOT NULL CHECK (outcome IN ('UPHELD', 'LIFTED')),
        statement       text NOT NULL,
        decided_by      text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        FOREIGN KEY (block_id, host_network_id) REFERENCES bookings.blocks (id, host_network_id)
      );
      ${appendOnly('bookings.block_decisions')}
      ${ownedBy('bookings.block_decisions', { networks: ['host_network_id'], person: 'person_id', scopes: ['identity', 'operator'] })}

      CREATE TABLE bookings.block_lifts (
        block_id        uuid PRIMARY KEY,
        host_network_id uuid NOT NULL,
        person_id       uuid NOT NULL REFERENCES identity.people,
        lifted_by       text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        FOREIGN KEY (block_id, host_network_id) REFERENCES bookings.blocks (id, host_network_id)
      );
      ${appendOnly('bookings.block_lifts')}
      ${ownedBy('bookings.block_lifts', { networks: ['host_network_id'], person: 'person_id', scopes: ['identity', 'operator'] })}`;
