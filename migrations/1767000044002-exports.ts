import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, grantApp, ownedBy } from './tenancy.js';

/** Files that people ask for and fetch later; and files too long for one row, in pieces. */
export class Exports1767000044002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE platform.file_pieces (
        file_id    uuid NOT NULL REFERENCES platform.files,
        number     int NOT NULL CHECK (number >= 0),
        network_id uuid NOT NULL,
        bytes      bytea NOT NULL,
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (file_id, number)
      );
      ${ownedBy('platform.file_pieces', { networks: ['network_id'] })}
      ${grantApp('platform')}

      CREATE SCHEMA exports;
      CREATE TABLE exports.exports (
        id            uuid PRIMARY KEY,
        network_id    uuid NOT NULL REFERENCES directory.networks,
        window_id     uuid NOT NULL,
        party_id      uuid NOT NULL REFERENCES directory.parties,
        format        text NOT NULL CHECK (format IN ('PDF', 'CSV', 'XLSX')),
        detail        text NOT NULL CHECK (detail IN ('SUMMARY', 'ITEMISED')),
        language      text NOT NULL,
        filter        jsonb NOT NULL,
        state         text NOT NULL CHECK (state IN ('QUEUED', 'RUNNING', 'DONE', 'FAILED')),
        rows_expected int NOT NULL CHECK (rows_expected >= 0),
        rows_written  int NOT NULL DEFAULT 0,
        control_sums  jsonb NOT NULL DEFAULT '[]',
        file_id       uuid REFERENCES platform.files,
        sha256        text,
        size_bytes    bigint,
        failure       text,
        asked_by      text NOT NULL,
        request_hash  text NOT NULL,
        started_at    timestamptz(3),
        ended_at      timestamptz(3),
        expires_at    timestamptz(3),
        expired_at    timestamptz(3),
        created_at    timestamptz(3) NOT NULL,
        CHECK ((state = 'DONE') = (file_id IS NOT NULL AND sha256 IS NOT NULL AND expires_at IS NOT NULL)),
        CHECK ((state = 'FAILED') = (failure IS NOT NULL)),
        FOREIGN KEY (window_id, network_id) REFERENCES settlement.windows (id, network_id)
      );
      CREATE INDEX exports_of_party ON exports.exports (party_id, id);
      CREATE INDEX exports_of_network ON exports.exports (network_id, id);
      CREATE INDEX exports_to_expire ON exports.exports (expires_at) WHERE state = 'DONE' AND expired_at IS NULL;
      ${ownedBy('exports.exports', { networks: ['network_id'], scopes: ['clearing', 'sweep', 'operator'] })}
      ${grantApp('exports')}
      REVOKE UPDATE, DELETE ON exports.exports FROM ${APP_ROLE};
      GRANT UPDATE (state, rows_written, control_sums, file_id, sha256, size_bytes, failure, started_at, ended_at,
        expires_at, expired_at) ON exports.exports TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
