import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A treasurer reads the visits of a clearing network backwards from the last day, a page at a time. */
export class UsageIndex1767000045000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX visit_records_of_clearing ON checkin.visit_records (clearing_network_id, day DESC, id DESC)',
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
