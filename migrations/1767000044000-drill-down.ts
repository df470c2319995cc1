import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from './tenancy.js';

/**
 * From a statement line down to the scan: what a visit and its scans look like to those who settle (nobody's name,
 * nobody's code), and indexes in the order in which lines are read page by page.
 */
export class DrillDown1767000044000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW checkin.pub_visits WITH (security_invoker = true) AS
        SELECT id, space_id, host_network_id, home_network_id, day, part, half_days, funding, state, evidence,
               started_at, completed_at
        FROM checkin.visits;
      CREATE VIEW checkin.pub_scans WITH (security_invoker = true) AS
        SELECT id, visit_id, space_id, host_network_id, home_network_id, state, reason, evidence, code_hash,
               scanned_at, decided_at
        FROM checkin.scans;
      CREATE VIEW checkin.pub_record_seals WITH (security_invoker = true) AS
        SELECT id AS record_id, hash, terms ->> 'resourceKind' AS resource_kind
        FROM checkin.visit_records;
      GRANT SELECT ON checkin.pub_visits, checkin.pub_scans, checkin.pub_record_seals TO ${APP_ROLE};

      CREATE INDEX lines_of_debtor_by_day ON settlement.lines (window_id, debtor_party_id, day, record_id);
      CREATE INDEX lines_of_creditor_by_day ON settlement.lines (window_id, creditor_party_id, day, record_id);
      DROP INDEX settlement.lines_of_debtor, settlement.lines_of_creditor;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
