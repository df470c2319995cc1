import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A tablet that has not been seen for long may be lost. */
export class DeviceLife1767000035100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE identity.devices ADD COLUMN last_seen_at timestamptz(3)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
