import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, APP_ROLE, grantApp, ownedBy } from './tenancy.js';

const owners = { networks: ['network_id'], scopes: ['clearing', 'operator'] };

/**
 * What two parties owed each other before they settled here, signed by two; and a network with a licensed account
 * that collects before it pays. Acts that take two people are named by modules: the list is open, the form is not.
 */
export class OpeningBalances1767000044003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE treasury.approvals DROP CONSTRAINT approvals_act_check,
        ADD CONSTRAINT approvals_act_check CHECK (act ~ '^[A-Z]+(_[A-Z]+)*$');
      ALTER TABLE treasury.network_rules ADD collects boolean NOT NULL DEFAULT false;
      CREATE VIEW treasury.pub_signed_approvals WITH (security_invoker = true) AS
        SELECT approval.id, approval.network_id, approval.act, approval.written_by, signature.signed_by
        FROM treasury.approvals approval JOIN treasury.signatures signature ON signature.approval_id = approval.id;
      GRANT SELECT ON treasury.pub_signed_approvals TO ${APP_ROLE};

      ALTER TABLE settlement.closures ADD collects boolean NOT NULL DEFAULT false;
      ALTER TABLE settlement.charges DROP CONSTRAINT charges_kind_check,
        ADD CONSTRAINT charges_kind_check CHECK (kind IN ('FEE', 'SOLIDARITY', 'DUES', 'CREDIT', 'RELEASE', 'CARRIED',
          'REBILLED', 'OPENING'));
      CREATE TABLE settlement.opening_balances (
        id                uuid PRIMARY KEY REFERENCES treasury.approvals,
        network_id        uuid NOT NULL REFERENCES directory.networks,
        debtor_party_id   uuid NOT NULL REFERENCES directory.parties,
        creditor_party_id uuid NOT NULL REFERENCES directory.parties,
        unit              text NOT NULL CHECK (unit <> 'HALF_DAY'),
        amount_minor      bigint NOT NULL CHECK (amount_minor > 0),
        day               date NOT NULL,
        note              text NOT NULL CHECK (note <> ''),
        written_by        text NOT NULL,
        request_hash      text NOT NULL,
        created_at        timestamptz(3) NOT NULL,
        CHECK (debtor_party_id <> creditor_party_id)
      );
      CREATE INDEX opening_balances_of_network ON settlement.opening_balances (network_id, id);
      ${appendOnly('settlement.opening_balances')}
      ${ownedBy('settlement.opening_balances', owners)}

      -- Their documents were written elsewhere, long ago: they move money and are on no invoice.
      CREATE OR REPLACE VIEW settlement.documents_due WITH (security_invoker = true) AS
        SELECT item.window_id, item.network_id,
               CASE item.kind WHEN 'CREDIT' THEN 'CREDIT_NOTE' ELSE 'INVOICE' END AS kind,
               CASE item.kind WHEN 'CREDIT' THEN item.debtor_party_id ELSE item.creditor_party_id END AS issuer_party_id,
               CASE item.kind WHEN 'CREDIT' THEN item.creditor_party_id ELSE item.debtor_party_id END AS recipient_party_id,
               item.unit, sum(item.amount_minor)::bigint AS net_minor
        FROM settlement.window_items item
        JOIN settlement.positions debtor
          ON (debtor.window_id, debtor.unit, debtor.party_id) = (item.window_id, item.unit, item.debtor_party_id)
        JOIN settlement.positions creditor
          ON (creditor.window_id, creditor.unit, creditor.party_id) = (item.window_id, item.unit, item.creditor_party_id)
        WHERE item.debtor_party_id <> item.creditor_party_id AND item.unit <> 'HALF_DAY'
          AND item.kind NOT IN ('RELEASE', 'CARRIED', 'OPENING')
          AND 'IN_KIND_ONLY' NOT IN (debtor.profile, creditor.profile)
        GROUP BY 1, 2, 3, 4, 5, 6
        HAVING sum(item.amount_minor) > 0;
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
          'opening_balances',
        ],
      })}
      REVOKE UPDATE, DELETE ON settlement.windows, settlement.positions FROM ${APP_ROLE};
      GRANT UPDATE (state) ON settlement.windows, settlement.positions TO ${APP_ROLE};
      REVOKE DELETE ON settlement.fx_rates FROM ${APP_ROLE};
      REVOKE UPDATE ON settlement.reconciliations FROM ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
