import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from './tenancy.js';

/** Each sweep's own signs of life: one that fails is not hidden by the others that succeed. */
export class SweepRuns1767000042001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE platform.sweep_runs (
        name                 text PRIMARY KEY,
        succeeded_at         timestamptz(3),
        failed_at            timestamptz(3),
        consecutive_failures int NOT NULL DEFAULT 0,
        created_at           timestamptz(3) NOT NULL DEFAULT now()
      );
      ALTER TABLE platform.sweep_runs ENABLE ROW LEVEL SECURITY;
      ALTER TABLE platform.sweep_runs FORCE ROW LEVEL SECURITY;
      CREATE POLICY owned ON platform.sweep_runs USING (true) WITH CHECK (true);
      GRANT SELECT, INSERT, UPDATE ON platform.sweep_runs TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
