import type { MigrationInterface, QueryRunner } from 'typeorm';
import { SETTLEMENT_MOVES, SETTLEMENT_VIEWS } from './settlement-views.js';
import { appendOnly, APP_ROLE, grantApp, ownedBy } from './tenancy.js';

const SCOPES = { scopes: ['clearing', 'sweep', 'operator'] };
const ofWindow = `
        network_id uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        FOREIGN KEY (window_id, network_id) REFERENCES settlement.windows (id, network_id)`;

/** What a window settles beside visits: shares, dues, credits, VAT, currencies, money under dispute, and its own end. */
export class SettlementMoney1767000039000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${states}
      ${charges}
      ${currencies}
      ${suspensions}
      ${payments}
      ${SETTLEMENT_VIEWS}
      ${SETTLEMENT_MOVES}
      ${documents}
      ${grantApp('settlement', {
        fixed: [
          'steps',
          'closures',
          'lines',
          'payments',
          'executions',
          'charges',
          'charge_lines',
          'conversions',
          'vat',
          'suspensions',
          'superseded',
          'failures',
        ],
      })}
      REVOKE UPDATE, DELETE ON settlement.windows, settlement.positions FROM ${APP_ROLE};
      GRANT UPDATE (state) ON settlement.windows, settlement.positions TO ${APP_ROLE};
      REVOKE DELETE ON settlement.fx_rates FROM ${APP_ROLE};
      REVOKE UPDATE ON settlement.reconciliations FROM ${APP_ROLE};
      GRANT SELECT ON billing.pub_documents TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

const states = `
      ALTER TABLE settlement.windows DROP CONSTRAINT windows_state_check, ADD CONSTRAINT windows_state_check
        CHECK (state IN ('OPEN', 'CLOSED', 'ADVISED', 'CALLED', 'SETTLED', 'ABORTED'));
      ALTER TABLE settlement.positions DROP CONSTRAINT positions_state_check, ADD CONSTRAINT positions_state_check
        CHECK (state IN ('CALCULATED', 'RESERVED', 'COMMITTED', 'PAID_OUT', 'COLLECTED', 'RECONCILED', 'FAILED'));
      ALTER TABLE settlement.closures ADD reason text;`;

/** A charge is due from the moment it is written; the next window that closes takes it, once. */
const charges = `
      CREATE TABLE settlement.charges (
        id                   uuid PRIMARY KEY,
        network_id           uuid NOT NULL REFERENCES directory.networks,
        kind                 text NOT NULL CHECK (kind IN ('FEE', 'SOLIDARITY', 'DUES', 'CREDIT', 'RELEASE', 'CARRIED',
          'REBILLED')),
        debtor_party_id      uuid NOT NULL REFERENCES directory.parties,
        creditor_party_id    uuid NOT NULL REFERENCES directory.parties,
        unit                 text NOT NULL,
        amount_minor         bigint NOT NULL CHECK (amount_minor > 0),
        day                  date NOT NULL,
        record_id            uuid REFERENCES checkin.visit_records,
        agreement_version_id uuid REFERENCES reciprocity.agreement_versions,
        note                 text NOT NULL DEFAULT '',
        charged_by           text NOT NULL,
        request_hash         text NOT NULL DEFAULT '',
        created_at           timestamptz(3) NOT NULL,
        CHECK (debtor_party_id <> creditor_party_id),
        CHECK (kind NOT IN ('CREDIT', 'RELEASE', 'REBILLED') OR record_id IS NOT NULL)
      );
      CREATE INDEX charges_of_network ON settlement.charges (network_id, day);
      CREATE INDEX charges_of_record ON settlement.charges (record_id) WHERE record_id IS NOT NULL;
      ${appendOnly('settlement.charges')}
      ${ownedBy('settlement.charges', { networks: ['network_id'], ...SCOPES })}
      CREATE TABLE settlement.charge_lines (
        charge_id  uuid PRIMARY KEY REFERENCES settlement.charges,
        window_id  uuid NOT NULL,${ofWindow}
      );
      CREATE INDEX charge_lines_of_window ON settlement.charge_lines (window_id);
      ${appendOnly('settlement.charge_lines')}
      ${ownedBy('settlement.charge_lines', { networks: ['network_id'], ...SCOPES })}`;

/** Units for one euro, as they stood; exponent is the difference of the decimals. Rounded half up, in whole minor units. */
const currencies = `
      CREATE TABLE settlement.conversions (
        window_id uuid NOT NULL,
        from_unit text NOT NULL,
        to_unit   text NOT NULL CHECK (to_unit <> from_unit),
        from_rate numeric NOT NULL CHECK (from_rate > 0),
        to_rate   numeric NOT NULL CHECK (to_rate > 0),
        exponent  int NOT NULL,
        rate_day  date NOT NULL,
        source    text NOT NULL,
        PRIMARY KEY (window_id, from_unit),${ofWindow}
      );
      ${appendOnly('settlement.conversions')}
      ${ownedBy('settlement.conversions', { networks: ['network_id'], ...SCOPES })}
      CREATE FUNCTION settlement.converted(minor bigint, from_rate numeric, to_rate numeric, exponent int)
      RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
        SELECT div(2 * minor * to_rate * power(10::numeric, exponent) + from_rate, 2 * from_rate)::bigint
      $$;

      CREATE TABLE settlement.vat (
        window_id          uuid NOT NULL,
        kind               text NOT NULL CHECK (kind IN ('INVOICE', 'CREDIT_NOTE')),
        issuer_party_id    uuid NOT NULL REFERENCES directory.parties,
        recipient_party_id uuid NOT NULL REFERENCES directory.parties,
        unit               text NOT NULL,
        net_minor          bigint NOT NULL CHECK (net_minor > 0),
        vat_bps            int NOT NULL CHECK (vat_bps > 0),
        vat_minor          bigint NOT NULL CHECK (vat_minor >= 0),
        PRIMARY KEY (window_id, kind, unit, issuer_party_id, recipient_party_id),${ofWindow}
      );
      ${appendOnly('settlement.vat')}
      ${ownedBy('settlement.vat', { networks: ['network_id'], ...SCOPES })}`;

/** A line whose payment waits for the end of its dispute. */
const suspensions = `
      CREATE TABLE settlement.suspensions (
        record_id         uuid PRIMARY KEY REFERENCES settlement.lines,
        window_id         uuid NOT NULL,
        dispute_id        uuid NOT NULL,
        debtor_party_id   uuid NOT NULL REFERENCES directory.parties,
        creditor_party_id uuid NOT NULL REFERENCES directory.parties,
        unit              text NOT NULL,
        amount_minor      bigint NOT NULL CHECK (amount_minor > 0),${ofWindow}
      );
      CREATE INDEX suspensions_of_window ON settlement.suspensions (window_id);
      ${appendOnly('settlement.suspensions')}
      ${ownedBy('settlement.suspensions', { networks: ['network_id'], ...SCOPES })}`;

/** A plan is never edited: a later one supersedes its payments. */
const payments = `
      ALTER TABLE settlement.payments ADD plan int NOT NULL DEFAULT 1,
        DROP CONSTRAINT payments_kind_check,
        ADD CONSTRAINT payments_kind_check CHECK (kind IN ('NETTED', 'GROSS', 'VAT')),
        DROP CONSTRAINT payments_window_id_kind_unit_from_party_id_to_party_id_key,
        ADD CONSTRAINT payments_one_per_pair UNIQUE (window_id, plan, kind, unit, from_party_id, to_party_id);
      CREATE TABLE settlement.superseded (
        payment_id uuid PRIMARY KEY,
        window_id  uuid NOT NULL,
        FOREIGN KEY (payment_id, window_id) REFERENCES settlement.payments (id, window_id),${ofWindow}
      );
      ${appendOnly('settlement.superseded')}
      ${ownedBy('settlement.superseded', { networks: ['network_id'], ...SCOPES })}
      CREATE TABLE settlement.failures (
        payment_id uuid PRIMARY KEY,
        window_id  uuid NOT NULL,
        reason     text NOT NULL CHECK (reason <> ''),
        failed_by  text NOT NULL,
        FOREIGN KEY (payment_id, window_id) REFERENCES settlement.payments (id, window_id),${ofWindow}
      );
      ${appendOnly('settlement.failures')}
      ${ownedBy('settlement.failures', { networks: ['network_id'], ...SCOPES })}
      CREATE VIEW settlement.current_payments WITH (security_invoker = true) AS
        SELECT payment.* FROM settlement.payments payment
        WHERE NOT EXISTS (SELECT FROM settlement.superseded WHERE payment_id = payment.id);
      CREATE OR REPLACE VIEW settlement.pub_payments WITH (security_invoker = true) AS
        SELECT payment.id, payment.window_id, payment.network_id, payment.from_party_id, payment.to_party_id,
               payment.unit, payment.amount_minor, execution.executed_at, w.state AS window_state
        FROM settlement.current_payments payment
        JOIN settlement.windows w ON w.id = payment.window_id
        LEFT JOIN settlement.executions execution ON execution.payment_id = payment.id
        WHERE NOT EXISTS (SELECT FROM settlement.failures WHERE payment_id = payment.id);`;

const documents = `
      ALTER TABLE billing.series DROP CONSTRAINT series_kind_check,
        ADD CONSTRAINT series_kind_check CHECK (kind IN ('INVOICE', 'CREDIT_NOTE'));
      DO $$
        DECLARE old text;
        BEGIN
          SELECT conname INTO old FROM pg_constraint WHERE conrelid = 'billing.documents'::regclass AND contype = 'u'
            AND pg_get_constraintdef(oid) LIKE 'UNIQUE (window_id,%';
          EXECUTE format('ALTER TABLE billing.documents DROP CONSTRAINT %I', old);
        END $$;
      ALTER TABLE billing.documents
        ADD charges jsonb NOT NULL DEFAULT '[]', ADD refers_to text,
        ADD CONSTRAINT documents_one_per_claim
          UNIQUE NULLS NOT DISTINCT (window_id, kind, issuer_party_id, recipient_party_id, unit, refers_to),
        ADD CONSTRAINT documents_kind_check CHECK (kind IN ('INVOICE', 'CREDIT_NOTE'));
      CREATE VIEW billing.pub_documents WITH (security_invoker = true) AS
        SELECT id, kind, number, network_id, window_id, issuer_party_id, recipient_party_id, unit, net_minor, vat_minor,
               issued_at, year, sequence
        FROM billing.documents;`;
