import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantApp } from './tenancy.js';

/** A tablet that let somebody in without us may have taken it back: told with the scan, and never merged. */
export class UndoneScans1767000040001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE checkin.offline_scans
        ADD COLUMN undone_at timestamptz(3),
        ADD CONSTRAINT undone_is_no_visit CHECK (undone_at IS NULL OR (verdict <> 'REFUSED' AND outcome IS NULL));
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
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
