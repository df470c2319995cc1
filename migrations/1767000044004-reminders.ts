import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, APP_ROLE, ownedBy } from './tenancy.js';

/** Who was reminded of which payment, and how often: a reminder is written once, and mailed from there. */
export class Reminders1767000044004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW treasury.pub_network_rules WITH (security_invoker = true) AS
        SELECT network_id, from_day, settle_days FROM treasury.network_rules;
      CREATE TABLE settlement.reminders (
        payment_id uuid NOT NULL,
        number     int NOT NULL CHECK (number > 0),
        window_id  uuid NOT NULL,
        network_id uuid NOT NULL,
        due_at     timestamptz(3) NOT NULL,
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (payment_id, number),
        FOREIGN KEY (payment_id, window_id) REFERENCES settlement.payments (id, window_id),
        FOREIGN KEY (window_id, network_id) REFERENCES settlement.windows (id, network_id)
      );
      CREATE INDEX reminders_of_window ON settlement.reminders (window_id);
      ${appendOnly('settlement.reminders')}
      ${ownedBy('settlement.reminders', { networks: ['network_id'], scopes: ['clearing', 'operator'] })}
      GRANT SELECT, INSERT ON settlement.reminders TO ${APP_ROLE};
      GRANT SELECT ON treasury.pub_network_rules TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
