import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A no-show of a room who was there after all: the visit counts as the hours that were booked. */
export class PresenceInRooms1767000042002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE checkin.visit_changes DROP CONSTRAINT visit_changes_outcome_check;
      ALTER TABLE checkin.visit_changes ADD CONSTRAINT visit_changes_outcome_check
        CHECK (outcome IN ('DAY', 'MORNING', 'AFTERNOON', 'HOURS', 'INVALID', 'LEFT'))`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
