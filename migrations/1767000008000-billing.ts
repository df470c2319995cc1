import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, grantApp, ownedBy, APP_ROLE } from './tenancy.js';

/** Billing: numbered documents and payment instructions. Numbers have no gap: the series row is locked while one is taken. */
export class Billing1767000008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA billing;
      ${series}
      ${documents}
      ${paymentInstructions}
      ${grantApp('billing', { fixed: ['documents'] })}
      REVOKE UPDATE, DELETE ON billing.series, billing.payment_instructions FROM ${APP_ROLE};
      GRANT UPDATE (last_number) ON billing.series TO ${APP_ROLE};
      GRANT UPDATE (state, executed_at) ON billing.payment_instructions TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

/** The prefix stays what it was at the first number of the year, whatever the party is called later. */
const series = `
      CREATE TABLE billing.series (
        issuer_party_id   uuid NOT NULL REFERENCES directory.parties,
        issuer_network_id uuid NOT NULL REFERENCES directory.networks,
        kind              text NOT NULL CHECK (kind IN ('INVOICE')),
        year              int NOT NULL,
        prefix            text NOT NULL CHECK (prefix <> ''),
        last_number       int NOT NULL DEFAULT 0 CHECK (last_number >= 0),
        created_at        timestamptz(3) NOT NULL,
        PRIMARY KEY (issuer_party_id, kind, year)
      );
      ${ownedBy('billing.series', { networks: ['issuer_network_id'], scopes: ['clearing', 'operator'] })}`;

/** network_id is the clearing network: its treasurer reads what a window billed. */
const documents = `
      CREATE TABLE billing.documents (
        id                   uuid PRIMARY KEY,
        kind                 text NOT NULL,
        issuer_party_id      uuid NOT NULL,
        issuer_network_id    uuid NOT NULL REFERENCES directory.networks,
        recipient_party_id   uuid NOT NULL REFERENCES directory.parties,
        recipient_network_id uuid NOT NULL REFERENCES directory.networks,
        network_id           uuid NOT NULL REFERENCES directory.networks,
        window_id            uuid NOT NULL,
        year                 int NOT NULL,
        sequence             int NOT NULL CHECK (sequence > 0),
        number               text NOT NULL,
        unit                 text NOT NULL,
        net_minor            bigint NOT NULL CHECK (net_minor > 0),
        vat_minor            bigint NOT NULL CHECK (vat_minor >= 0),
        vat_note             text NOT NULL,
        lines                jsonb NOT NULL,
        issued_at            timestamptz(3) NOT NULL,
        created_at           timestamptz(3) NOT NULL,
        UNIQUE (issuer_party_id, kind, year, sequence),
        UNIQUE (issuer_party_id, number),
        UNIQUE (window_id, issuer_party_id, recipient_party_id, unit),
        CHECK (issuer_party_id <> recipient_party_id),
        FOREIGN KEY (issuer_party_id, kind, year) REFERENCES billing.series (issuer_party_id, kind, year)
      );
      CREATE INDEX documents_of_recipient ON billing.documents (recipient_party_id);
      ${appendOnly('billing.documents')}
      ${ownedBy('billing.documents', {
        networks: ['network_id', 'issuer_network_id', 'recipient_network_id'],
        scopes: ['clearing', 'operator'],
      })}`;

const paymentInstructions = `
      CREATE TABLE billing.payment_instructions (
        id               uuid PRIMARY KEY,
        payment_id       uuid NOT NULL UNIQUE,
        window_id        uuid NOT NULL,
        network_id       uuid NOT NULL REFERENCES directory.networks,
        payer_party_id   uuid NOT NULL REFERENCES directory.parties,
        payer_network_id uuid NOT NULL REFERENCES directory.networks,
        payee_party_id   uuid NOT NULL REFERENCES directory.parties,
        payee_network_id uuid NOT NULL REFERENCES directory.networks,
        unit             text NOT NULL,
        amount_minor     bigint NOT NULL CHECK (amount_minor > 0),
        remittance       text NOT NULL,
        state            text NOT NULL CHECK (state IN ('ISSUED', 'EXECUTED')),
        issued_at        timestamptz(3) NOT NULL,
        executed_at      timestamptz(3),
        created_at       timestamptz(3) NOT NULL,
        CHECK ((state = 'EXECUTED') = (executed_at IS NOT NULL)),
        CHECK (payer_party_id <> payee_party_id)
      );
      CREATE INDEX payment_instructions_of_window ON billing.payment_instructions (window_id);
      ${ownedBy('billing.payment_instructions', {
        networks: ['network_id', 'payer_network_id', 'payee_network_id'],
        scopes: ['clearing', 'operator'],
      })}`;
