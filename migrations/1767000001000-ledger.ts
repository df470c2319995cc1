import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, grantApp } from './tenancy.js';

/** The database keeps the ledger's promises itself: no overdraft, one outcome per hold, nothing edited. */
export class Ledger1767000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA ledger;

      CREATE TABLE ledger.accounts (
        id           uuid PRIMARY KEY,
        kind         text NOT NULL,
        unit         text NOT NULL,
        floor        text NOT NULL CHECK (floor IN ('none', 'no_overdraft')),
        debits       bigint NOT NULL DEFAULT 0 CHECK (debits >= 0),
        credits      bigint NOT NULL DEFAULT 0 CHECK (credits >= 0),
        debits_held  bigint NOT NULL DEFAULT 0 CHECK (debits_held >= 0),
        credits_held bigint NOT NULL DEFAULT 0 CHECK (credits_held >= 0),
        created_at   timestamptz(3) NOT NULL,
        UNIQUE (id, unit),
        CONSTRAINT accounts_no_overdraft CHECK (floor = 'none' OR debits + debits_held <= credits)
      );

      CREATE TABLE ledger.transfers (
        id                uuid PRIMARY KEY,
        kind              text NOT NULL CHECK (kind IN ('direct', 'hold', 'post', 'void', 'expire')),
        hold_id           uuid UNIQUE REFERENCES ledger.transfers,
        corrects_id       uuid REFERENCES ledger.transfers,
        group_id          uuid NOT NULL,
        debit_account_id  uuid NOT NULL,
        credit_account_id uuid NOT NULL,
        unit              text NOT NULL,
        minor             bigint NOT NULL CHECK (minor > 0),
        reason            text NOT NULL,
        created_at        timestamptz(3) NOT NULL,
        CHECK (debit_account_id <> credit_account_id),
        CHECK ((kind IN ('post', 'void', 'expire')) = (hold_id IS NOT NULL)),
        FOREIGN KEY (debit_account_id, unit) REFERENCES ledger.accounts (id, unit),
        FOREIGN KEY (credit_account_id, unit) REFERENCES ledger.accounts (id, unit)
      );
      CREATE INDEX transfers_debit ON ledger.transfers (debit_account_id);
      CREATE INDEX transfers_credit ON ledger.transfers (credit_account_id);
      CREATE INDEX transfers_group ON ledger.transfers (group_id);

      -- What modules that own accounts may read in a query of theirs.
      CREATE VIEW ledger.pub_accounts WITH (security_invoker = true) AS
        SELECT id, unit, debits, credits, debits_held, credits_held FROM ledger.accounts;

      ${appendOnly('ledger.transfers')}
      ${grantApp('ledger', { fixed: ['transfers'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
