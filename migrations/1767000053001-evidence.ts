import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, APP_ROLE, grantApp, ownedBy } from './tenancy.js';

/** What either side of a line attaches to it: the file itself stands in platform.files, and is the clearing network's. */
export class Evidence1767000053001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE disputes.evidence_files (
        file_id    uuid PRIMARY KEY REFERENCES platform.files,
        record_id  uuid NOT NULL REFERENCES checkin.visit_records,
        network_id uuid NOT NULL REFERENCES directory.networks,
        name       text NOT NULL CHECK (name <> ''),
        added_by   text NOT NULL,
        created_at timestamptz(3) NOT NULL
      );
      ${appendOnly('disputes.evidence_files')}
      ${ownedBy('disputes.evidence_files', { networks: ['network_id'], scopes: ['clearing', 'sweep', 'operator'] })}
      ${grantApp('disputes', { fixed: ['moves', 'evidence_files'] })}
      REVOKE UPDATE, DELETE ON disputes.disputes FROM ${APP_ROLE};
      GRANT UPDATE (state, stage, awaits, due_at, billed_minor, ended_at) ON disputes.disputes TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
