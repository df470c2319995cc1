import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, APP_ROLE, grantApp, ownedBy } from './tenancy.js';

const owners = { networks: ['network_id'], scopes: ['clearing', 'sweep', 'operator'] };

/** Disputes: one per record, moved on by moves that are never changed. */
export class Disputes1767000039001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA disputes;
      CREATE TABLE disputes.disputes (
        id                uuid PRIMARY KEY,
        record_id         uuid NOT NULL REFERENCES checkin.visit_records,
        window_id         uuid NOT NULL,
        network_id        uuid NOT NULL,
        debtor_party_id   uuid NOT NULL REFERENCES directory.parties,
        creditor_party_id uuid NOT NULL REFERENCES directory.parties,
        unit              text NOT NULL,
        disputed_minor    bigint NOT NULL CHECK (disputed_minor > 0),
        code              text NOT NULL,
        is_suspended      boolean NOT NULL,
        reply_days        int NOT NULL CHECK (reply_days > 0),
        state             text NOT NULL CHECK (state IN ('OPEN', 'RESPONDED', 'ESCALATED', 'CORRESPONDENCE',
          'AUTHORISED_TO_BILL', 'DEFAULTED', 'SETTLED_BETWEEN_PARTIES', 'ARBITRATED')),
        stage             int NOT NULL CHECK (stage BETWEEN 1 AND 3),
        awaits            text CHECK (awaits IN ('CREDITOR', 'DEBTOR')),
        due_at            timestamptz(3),
        billed_minor      bigint CHECK (billed_minor BETWEEN 0 AND disputed_minor),
        opened_by         text NOT NULL,
        request_hash      text NOT NULL,
        created_at        timestamptz(3) NOT NULL,
        ended_at          timestamptz(3),
        CONSTRAINT disputes_one_per_record UNIQUE (record_id),
        UNIQUE (id, network_id),
        CHECK ((awaits IS NULL) = (due_at IS NULL)),
        CHECK ((billed_minor IS NULL) = (ended_at IS NULL)),
        CHECK ((ended_at IS NULL) = (state IN ('OPEN', 'RESPONDED', 'ESCALATED', 'CORRESPONDENCE'))),
        FOREIGN KEY (window_id, network_id) REFERENCES settlement.windows (id, network_id)
      );
      CREATE INDEX disputes_due ON disputes.disputes (due_at) WHERE due_at IS NOT NULL;
      CREATE INDEX disputes_of_network ON disputes.disputes (network_id, created_at);
      ${ownedBy('disputes.disputes', owners)}
      CREATE TABLE disputes.moves (
        id           uuid PRIMARY KEY,
        dispute_id   uuid NOT NULL,
        network_id   uuid NOT NULL,
        kind         text NOT NULL,
        side         text NOT NULL CHECK (side IN ('CREDITOR', 'DEBTOR', 'TREASURER', 'CLOCK')),
        stage        int NOT NULL,
        text         text NOT NULL,
        amount_minor bigint CHECK (amount_minor >= 0),
        scan_ids     uuid[] NOT NULL,
        file_ids     uuid[] NOT NULL,
        moved_by     text NOT NULL,
        request_hash text NOT NULL,
        created_at   timestamptz(3) NOT NULL,
        FOREIGN KEY (dispute_id, network_id) REFERENCES disputes.disputes (id, network_id)
      );
      CREATE INDEX moves_of_dispute ON disputes.moves (dispute_id, created_at);
      ${appendOnly('disputes.moves')}
      ${ownedBy('disputes.moves', owners)}
      ALTER TABLE settlement.suspensions ADD FOREIGN KEY (dispute_id) REFERENCES disputes.disputes
        DEFERRABLE INITIALLY DEFERRED;
      CREATE VIEW settlement.pub_lines WITH (security_invoker = true) AS
        SELECT line.record_id, line.window_id, line.network_id, line.debtor_party_id, line.creditor_party_id, line.unit,
               line.amount_minor, advised.taken_at AS advised_at
        FROM settlement.lines line
        LEFT JOIN settlement.steps advised ON advised.window_id = line.window_id AND advised.state = 'ADVISED';
      GRANT SELECT ON settlement.pub_lines TO ${APP_ROLE};
      ${grantApp('disputes', { fixed: ['moves'] })}
      REVOKE UPDATE, DELETE ON disputes.disputes FROM ${APP_ROLE};
      GRANT UPDATE (state, stage, awaits, due_at, billed_minor, ended_at) ON disputes.disputes TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
