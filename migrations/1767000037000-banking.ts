import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, appendOnly, grantApp, ownedBy } from './tenancy.js';

/** Money at the bank: accounts, batches of payments, statements of banks, and what was matched with what. */
export class Banking1767000037000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA banking;
      ${bankAccounts}
      ${batches}
      ${bankFiles}
      ${matches}
      ${reconciliations}
      ${published}
      ${grantApp('banking', { fixed: ['bank_accounts', 'bank_account_approvals', 'batch_approvals', 'bank_lines'] })}
      REVOKE UPDATE, DELETE ON banking.payment_batches, banking.batch_payments, banking.bank_files,
        banking.openings, banking.matches FROM ${APP_ROLE};
      GRANT UPDATE (state, state_by, state_at, reject_reason) ON banking.payment_batches TO ${APP_ROLE};
      GRANT UPDATE (released_at) ON banking.batch_payments TO ${APP_ROLE};
      GRANT UPDATE (imported_at, imported_by) ON banking.bank_files TO ${APP_ROLE};
      GRANT UPDATE (open_minor) ON banking.openings TO ${APP_ROLE};
      GRANT UPDATE (undone_at, undone_by) ON banking.matches TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

const SCOPES = { scopes: ['clearing', 'operator'] };

/**
 * Changing an account is adding one. It counts from \`usable_from\` of its approval, which somebody else gave:
 * the constraint keeps whoever proposed it from approving it.
 */
const bankAccounts = `
      CREATE TABLE banking.bank_accounts (
        id           uuid PRIMARY KEY,
        party_id     uuid NOT NULL REFERENCES directory.parties,
        network_id   uuid NOT NULL REFERENCES directory.networks,
        holder       text NOT NULL CHECK (holder <> ''),
        country      text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
        unit         text NOT NULL CHECK (unit <> 'HALF_DAY'),
        iban         text,
        bic          text,
        number       text,
        bank         text,
        proposed_by  uuid NOT NULL REFERENCES identity.people,
        proposed_at  timestamptz(3) NOT NULL,
        request_hash text NOT NULL,
        created_at   timestamptz(3) NOT NULL,
        UNIQUE (id, proposed_by),
        UNIQUE (id, network_id),
        CHECK ((iban IS NULL) = (number IS NOT NULL)),
        CHECK ((number IS NULL) = (bank IS NULL))
      );
      CREATE INDEX bank_accounts_of_party ON banking.bank_accounts (party_id, unit);
      ${appendOnly('banking.bank_accounts')}
      ${ownedBy('banking.bank_accounts', { networks: ['network_id'], ...SCOPES })}

      CREATE TABLE banking.bank_account_approvals (
        bank_account_id uuid PRIMARY KEY,
        network_id      uuid NOT NULL,
        proposed_by     uuid NOT NULL,
        approved_by     uuid NOT NULL REFERENCES identity.people,
        approved_at     timestamptz(3) NOT NULL,
        usable_from     timestamptz(3) NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        FOREIGN KEY (bank_account_id, proposed_by) REFERENCES banking.bank_accounts (id, proposed_by),
        FOREIGN KEY (bank_account_id, network_id) REFERENCES banking.bank_accounts (id, network_id),
        CONSTRAINT account_four_eyes CHECK (approved_by <> proposed_by),
        CHECK (usable_from >= approved_at)
      );
      ${appendOnly('banking.bank_account_approvals')}
      ${ownedBy('banking.bank_account_approvals', { networks: ['network_id'], ...SCOPES })}`;

/** A payment is in one batch at a time: rejecting a batch releases its payments. */
const batches = `
      CREATE TABLE banking.payment_batches (
        id               uuid PRIMARY KEY,
        window_id        uuid NOT NULL,
        network_id       uuid NOT NULL,
        payer_party_id   uuid NOT NULL REFERENCES directory.parties,
        payer_network_id uuid NOT NULL REFERENCES directory.networks,
        unit             text NOT NULL,
        execution_day    date NOT NULL,
        due_day          date NOT NULL,
        state            text NOT NULL CHECK (state IN ('PROPOSED', 'APPROVED', 'SENT', 'BOOKED', 'REJECTED')),
        state_by         text NOT NULL,
        state_at         timestamptz(3) NOT NULL,
        reject_reason    text,
        proposed_by      uuid NOT NULL REFERENCES identity.people,
        request_hash     text NOT NULL,
        created_at       timestamptz(3) NOT NULL,
        UNIQUE (id, proposed_by),
        UNIQUE (id, network_id),
        FOREIGN KEY (window_id, network_id) REFERENCES settlement.windows (id, network_id),
        CHECK ((state = 'REJECTED') = (reject_reason IS NOT NULL))
      );
      CREATE INDEX payment_batches_of_window ON banking.payment_batches (window_id);
      ${ownedBy('banking.payment_batches', { networks: ['network_id', 'payer_network_id'], ...SCOPES })}

      CREATE TABLE banking.batch_payments (
        batch_id        uuid NOT NULL,
        payment_id      uuid NOT NULL REFERENCES settlement.payments,
        network_id      uuid NOT NULL,
        bank_account_id uuid REFERENCES banking.bank_accounts,
        released_at     timestamptz(3),
        created_at      timestamptz(3) NOT NULL,
        PRIMARY KEY (batch_id, payment_id),
        FOREIGN KEY (batch_id, network_id) REFERENCES banking.payment_batches (id, network_id)
      );
      CREATE UNIQUE INDEX payment_in_one_batch ON banking.batch_payments (payment_id) WHERE released_at IS NULL;
      ${ownedBy('banking.batch_payments', { networks: ['network_id'], ...SCOPES })}

      CREATE TABLE banking.batch_approvals (
        batch_id    uuid NOT NULL,
        network_id  uuid NOT NULL,
        proposed_by uuid NOT NULL,
        approved_by uuid NOT NULL REFERENCES identity.people,
        approved_at timestamptz(3) NOT NULL,
        created_at  timestamptz(3) NOT NULL,
        PRIMARY KEY (batch_id, approved_by),
        FOREIGN KEY (batch_id, proposed_by) REFERENCES banking.payment_batches (id, proposed_by),
        FOREIGN KEY (batch_id, network_id) REFERENCES banking.payment_batches (id, network_id),
        CONSTRAINT batch_four_eyes CHECK (approved_by <> proposed_by)
      );
      ${appendOnly('banking.batch_approvals')}
      ${ownedBy('banking.batch_approvals', { networks: ['network_id'], ...SCOPES })}`;

/** The file is kept as it came; its lines stand once for each account, however often a bank sends them. */
const bankFiles = `
      CREATE TABLE banking.bank_files (
        id              uuid PRIMARY KEY,
        bank_account_id uuid NOT NULL,
        network_id      uuid NOT NULL,
        name            text NOT NULL,
        format          text NOT NULL CHECK (format IN ('CAMT053', 'MT940', 'CSV')),
        mapping         jsonb,
        bytes           bytea NOT NULL,
        read_by         text NOT NULL,
        imported_at     timestamptz(3),
        imported_by     text,
        request_hash    text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        UNIQUE (id, network_id),
        FOREIGN KEY (bank_account_id, network_id) REFERENCES banking.bank_accounts (id, network_id),
        CHECK ((format = 'CSV') = (mapping IS NOT NULL)),
        CHECK ((imported_at IS NULL) = (imported_by IS NULL))
      );
      CREATE INDEX bank_files_of_account ON banking.bank_files (bank_account_id);
      ${ownedBy('banking.bank_files', { networks: ['network_id'], ...SCOPES })}

      CREATE TABLE banking.bank_lines (
        id                   uuid PRIMARY KEY,
        bank_file_id         uuid NOT NULL,
        bank_account_id      uuid NOT NULL,
        network_id           uuid NOT NULL,
        key                  text NOT NULL,
        booked_day           date NOT NULL,
        value_day            date NOT NULL,
        unit                 text NOT NULL,
        amount_minor         bigint NOT NULL CHECK (amount_minor <> 0),
        counterparty         text,
        counterparty_account text,
        end_to_end_id        text,
        text                 text NOT NULL,
        created_at           timestamptz(3) NOT NULL,
        UNIQUE (bank_account_id, key),
        UNIQUE (id, network_id),
        FOREIGN KEY (bank_file_id, network_id) REFERENCES banking.bank_files (id, network_id),
        FOREIGN KEY (bank_account_id, network_id) REFERENCES banking.bank_accounts (id, network_id)
      );
      ${appendOnly('banking.bank_lines')}
      ${ownedBy('banking.bank_lines', { networks: ['network_id'], ...SCOPES })}`;

/**
 * What is still open of a bank line, or of one side of a payment. The row is locked by whoever takes from it,
 * and the check keeps anybody from taking more than there is.
 */
const matches = `
      CREATE TABLE banking.openings (
        id         text PRIMARY KEY,
        network_id uuid NOT NULL REFERENCES directory.networks,
        whole_minor bigint NOT NULL CHECK (whole_minor > 0),
        open_minor bigint NOT NULL,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT opening_is_enough CHECK (open_minor BETWEEN 0 AND whole_minor)
      );
      ${ownedBy('banking.openings', { networks: ['network_id'], ...SCOPES })}

      CREATE TABLE banking.matches (
        id           uuid PRIMARY KEY,
        bank_line_id uuid NOT NULL,
        payment_id   uuid NOT NULL REFERENCES settlement.payments,
        party_id     uuid NOT NULL REFERENCES directory.parties,
        network_id   uuid NOT NULL,
        amount_minor bigint NOT NULL CHECK (amount_minor > 0),
        reason       text NOT NULL,
        matched_by   text NOT NULL,
        undone_at    timestamptz(3),
        undone_by    text,
        request_hash text NOT NULL,
        created_at   timestamptz(3) NOT NULL,
        FOREIGN KEY (bank_line_id, network_id) REFERENCES banking.bank_lines (id, network_id),
        CHECK ((undone_at IS NULL) = (undone_by IS NULL))
      );
      CREATE INDEX matches_of_line ON banking.matches (bank_line_id);
      CREATE INDEX matches_of_payment ON banking.matches (payment_id);
      ${ownedBy('banking.matches', { networks: ['network_id'], ...SCOPES })}`;

/** The last word about a position: each of its payments stands on a bank line of that party's account. */
const reconciliations = `
      CREATE TABLE settlement.reconciliations (
        payment_id uuid NOT NULL,
        party_id   uuid NOT NULL REFERENCES directory.parties,
        window_id  uuid NOT NULL,
        network_id uuid NOT NULL,
        actor      text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (payment_id, party_id),
        FOREIGN KEY (payment_id, window_id) REFERENCES settlement.payments (id, window_id),
        FOREIGN KEY (window_id, network_id) REFERENCES settlement.windows (id, network_id)
      );
      ${ownedBy('settlement.reconciliations', { networks: ['network_id'], ...SCOPES })}
      ALTER TABLE settlement.positions
        DROP CONSTRAINT positions_state_check,
        ADD CONSTRAINT positions_state_check
          CHECK (state IN ('CALCULATED', 'COMMITTED', 'PAID_OUT', 'COLLECTED', 'RECONCILED'));
      GRANT SELECT, INSERT, DELETE ON settlement.reconciliations TO ${APP_ROLE};`;

/** What banking may know of windows, their payments and documents. */
const published = `
      CREATE VIEW settlement.pub_windows WITH (security_invoker = true) AS
        SELECT w.id, w.network_id, w.number, w.state, step.taken_at AS closed_at
        FROM settlement.windows w
        LEFT JOIN settlement.steps step ON step.window_id = w.id AND step.state = 'CLOSED';
      CREATE VIEW settlement.pub_payments WITH (security_invoker = true) AS
        SELECT payment.id, payment.window_id, payment.network_id, payment.from_party_id, payment.to_party_id,
               payment.unit, payment.amount_minor, execution.executed_at, w.state AS window_state
        FROM settlement.payments payment
        JOIN settlement.windows w ON w.id = payment.window_id
        LEFT JOIN settlement.executions execution ON execution.payment_id = payment.id;
      CREATE VIEW billing.pub_document_numbers WITH (security_invoker = true) AS
        SELECT window_id, issuer_party_id, recipient_party_id, unit, number FROM billing.documents;
      GRANT SELECT ON settlement.pub_windows, settlement.pub_payments, billing.pub_document_numbers TO ${APP_ROLE};`;
