import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, grantApp, ownedBy } from './tenancy.js';

/** The operator sees what somebody sees, for a reason and a while, and changes nothing; who is looked at is told. */
export class Impersonations1767000058002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE identity.impersonations (
        id          uuid PRIMARY KEY,
        operator_id uuid NOT NULL REFERENCES identity.people,
        person_id   uuid NOT NULL REFERENCES identity.people CHECK (person_id <> operator_id),
        reason      text NOT NULL CHECK (reason <> ''),
        ends_at     timestamptz(3) NOT NULL,
        ended_at    timestamptz(3),
        created_at  timestamptz(3) NOT NULL DEFAULT now(),
        CHECK (ends_at <= created_at + interval '15 minutes 1 second')
      );
      CREATE INDEX impersonations_of_person ON identity.impersonations (person_id);
      ${ownedBy('identity.impersonations', { person: 'person_id', scopes: ['identity', 'operator'] })}
      ALTER TABLE identity.sessions ADD COLUMN impersonation_id uuid REFERENCES identity.impersonations;
      ALTER TABLE identity.sign_in_acts ADD COLUMN impersonation_id uuid REFERENCES identity.impersonations;

      ALTER VIEW privacy.personal_columns RENAME TO personal_columns_until_impersonations;
      CREATE VIEW privacy.personal_columns WITH (security_invoker = true) AS
        SELECT * FROM privacy.personal_columns_until_impersonations
        UNION ALL SELECT 'identity.impersonations', 'reason', 'person_id = $1', '''erased''', NULL, NULL;
      ${grantApp('identity', { fixed: ['sign_in_acts'] })}
      GRANT SELECT ON privacy.personal_columns TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
