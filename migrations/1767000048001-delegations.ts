import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, APP_ROLE, ownedBy } from './tenancy.js';

const owners = { networks: ['network_id'], scopes: ['identity', 'operator'] };

/** An organisation lets another one act for it: what, from when until when; and what was done in its name. */
export class Delegations1767000048001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE identity.delegations (
        id              uuid PRIMARY KEY,
        organisation_id uuid NOT NULL REFERENCES identity.organisations,
        delegate_id     uuid NOT NULL REFERENCES identity.organisations,
        network_id      uuid NOT NULL REFERENCES identity.organisations,
        tasks           text[] NOT NULL CHECK (cardinality(tasks) > 0
          AND tasks <@ ARRAY['CALENDAR', 'BOOKINGS', 'BILLING', 'REPORTS', 'CHARTER']),
        from_day        date NOT NULL,
        until_day       date NOT NULL CHECK (until_day >= from_day),
        granted_by      text NOT NULL,
        request_hash    text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        revoked_at      timestamptz(3),
        revoked_by      text,
        UNIQUE (id, network_id),
        CHECK (delegate_id <> organisation_id),
        CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
      );
      CREATE INDEX delegations_to ON identity.delegations (delegate_id, until_day) WHERE revoked_at IS NULL;
      CREATE INDEX delegations_of ON identity.delegations (organisation_id);
      ${ownedBy('identity.delegations', owners)}
      CREATE TABLE identity.delegated_acts (
        id            uuid PRIMARY KEY,
        delegation_id uuid NOT NULL,
        network_id    uuid NOT NULL,
        acted_by      text NOT NULL,
        method        text NOT NULL,
        path          text NOT NULL,
        created_at    timestamptz(3) NOT NULL,
        FOREIGN KEY (delegation_id, network_id) REFERENCES identity.delegations (id, network_id)
      );
      CREATE INDEX delegated_acts_of ON identity.delegated_acts (delegation_id, created_at);
      ${appendOnly('identity.delegated_acts')}
      ${ownedBy('identity.delegated_acts', owners)}
      GRANT SELECT, INSERT ON identity.delegations, identity.delegated_acts TO ${APP_ROLE};
      GRANT UPDATE (revoked_at, revoked_by) ON identity.delegations TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
