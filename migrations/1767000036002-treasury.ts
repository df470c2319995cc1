import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, grantApp, ownedBy } from './tenancy.js';

const owners = { networks: ['network_id'], scopes: ['clearing', 'sweep', 'operator'] };

/** What is written stays; what is in force on a day is the last that began by then. */
const stamped = `
        network_id   uuid NOT NULL REFERENCES directory.networks,
        written_by   text NOT NULL,
        request_hash text NOT NULL,
        created_at   timestamptz(3) NOT NULL`;

/** Treasury: how a network settles, and acts that take two people. */
export class Treasury1767000036002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA treasury;
      ${approvals}
      ${rules}
      ${rates}
      CREATE VIEW treasury.pub_party_rules WITH (security_invoker = true) AS
        SELECT network_id, party_id, from_day, vat_mode, vat_bps, ceiling_minor, ceiling_unit
        FROM treasury.party_rules;
      CREATE VIEW treasury.pub_standings WITH (security_invoker = true) AS
        SELECT network_id, party_id, from_day, standing FROM treasury.standings;
      CREATE VIEW treasury.pub_exchange_rates WITH (security_invoker = true) AS
        SELECT rate.network_id, rate.day, rate.quote, rate.rate, rate.source
        FROM treasury.exchange_rates rate JOIN treasury.signatures ON approval_id = rate.id;
      ${grantApp('treasury', {
        fixed: ['approvals', 'signatures', 'network_rules', 'party_rules', 'standings', 'exchange_rates'],
      })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

/** The composite key lets the database itself see that the two are not the same. */
const approvals = `
      CREATE TABLE treasury.approvals (
        id      uuid PRIMARY KEY,
        act     text NOT NULL CHECK (act IN ('CLOSE_WINDOW', 'CLOSE_PERIOD', 'PAY', 'RATE')),
        subject text NOT NULL,
        note    text NOT NULL DEFAULT '',${stamped},
        UNIQUE (id, written_by),
        UNIQUE (network_id, act, subject)
      );
      ${appendOnly('treasury.approvals')}
      ${ownedBy('treasury.approvals', owners)}
      CREATE TABLE treasury.signatures (
        approval_id uuid PRIMARY KEY,
        network_id  uuid NOT NULL REFERENCES directory.networks,
        proposed_by text NOT NULL,
        signed_by   text NOT NULL,
        created_at  timestamptz(3) NOT NULL,
        CONSTRAINT signatures_four_eyes CHECK (signed_by <> proposed_by),
        FOREIGN KEY (approval_id, proposed_by) REFERENCES treasury.approvals (id, written_by)
      );
      ${appendOnly('treasury.signatures')}
      ${ownedBy('treasury.signatures', owners)}`;

const rules = `
      CREATE TABLE treasury.network_rules (
        id             uuid PRIMARY KEY,
        from_day       date NOT NULL,
        cadence        text NOT NULL CHECK (cadence IN ('WEEKLY', 'MONTHLY')),
        dispute_days   int NOT NULL CHECK (dispute_days >= 0),
        settle_days    int NOT NULL CHECK (settle_days > 0),
        clearance_unit text CHECK (clearance_unit <> 'HALF_DAY'),
        four_eyes      boolean NOT NULL,
        dues_minor     bigint NOT NULL CHECK (dues_minor >= 0),
        dues_unit      text NOT NULL,${stamped},
        UNIQUE (network_id, from_day)
      );
      ${appendOnly('treasury.network_rules')}
      ${ownedBy('treasury.network_rules', { ...owners, readableWhen: 'true' })}
      CREATE TABLE treasury.party_rules (
        id            uuid PRIMARY KEY,
        party_id      uuid NOT NULL REFERENCES directory.parties,
        from_day      date NOT NULL,
        vat_mode      text NOT NULL CHECK (vat_mode IN ('REVERSE_CHARGE', 'OWN_VAT')),
        vat_bps       int NOT NULL CHECK (vat_bps BETWEEN 0 AND 10000),
        ceiling_minor bigint CHECK (ceiling_minor >= 0),
        ceiling_unit  text,${stamped},
        UNIQUE (network_id, party_id, from_day),
        CHECK ((ceiling_minor IS NULL) = (ceiling_unit IS NULL))
      );
      ${appendOnly('treasury.party_rules')}
      ${ownedBy('treasury.party_rules', owners)}
      CREATE TABLE treasury.standings (
        id       uuid PRIMARY KEY,
        party_id uuid NOT NULL REFERENCES directory.parties,
        from_day date NOT NULL,
        standing text NOT NULL CHECK (standing IN ('ACTIVE', 'DEFAULTED', 'LEAVING')),
        reason   text NOT NULL CHECK (reason <> ''),${stamped},
        UNIQUE (network_id, party_id, from_day)
      );
      ${appendOnly('treasury.standings')}
      ${ownedBy('treasury.standings', { ...owners, readableWhen: 'true' })}`;

/** A rate of a day that no central bank publishes; it counts once a second person has signed it. */
const rates = `
      CREATE TABLE treasury.exchange_rates (
        id     uuid PRIMARY KEY REFERENCES treasury.approvals,
        day    date NOT NULL,
        quote  text NOT NULL CHECK (quote ~ '^[A-Z]{3}$' AND quote <> 'EUR'),
        rate   numeric NOT NULL CHECK (rate > 0),
        source text NOT NULL CHECK (source <> ''),${stamped}
      );
      ${appendOnly('treasury.exchange_rates')}
      ${ownedBy('treasury.exchange_rates', owners)}`;
