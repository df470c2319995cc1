import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, APP_ROLE, grantApp, ownedBy } from './tenancy.js';

/** VAT: how parties stand in it, what each pass is for it, and what fell due when. */
export class Vat1767000047000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA vat;
      ${statuses}
      ${vouchers}
      ${events}
      ${scopes}
      ${grantApp('vat', { fixed: ['statuses', 'vouchers', 'events'] })}
      GRANT UPDATE (redeemed_half_days) ON vat.vouchers TO ${APP_ROLE};
      GRANT SELECT ON passes.pub_roots, checkin.pub_visits TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

/** Dated, never edited: a later row takes over on its day. Numbers of businesses are published by their own invoices. */
const statuses = `
      CREATE TABLE vat.statuses (
        id           uuid PRIMARY KEY,
        party_id     uuid NOT NULL,
        network_id   uuid NOT NULL,
        from_day     date NOT NULL,
        status       text NOT NULL CHECK (status IN ('STANDARD', 'OPTED', 'EXEMPT_LETTING', 'SME_DOMESTIC',
          'SME_CROSS_BORDER', 'NON_PROFIT_EXEMPT', 'NON_EU')),
        vat_number   text,
        ex_number    text CHECK (ex_number ~ '^[A-Z]{2}.+EX$'),
        declared_by  text NOT NULL,
        request_hash text NOT NULL,
        created_at   timestamptz(3) NOT NULL,
        UNIQUE (party_id, from_day),
        CHECK ((status = 'SME_CROSS_BORDER') = (ex_number IS NOT NULL)),
        FOREIGN KEY (party_id, network_id) REFERENCES directory.parties (id, network_id)
      );
      ${appendOnly('vat.statuses')}
      ${ownedBy('vat.statuses', {
        networks: ['network_id'],
        scopes: ['clearing', 'sweep', 'operator'],
        readableWhen: 'true',
      })}`;

/** Frozen at issue but for the count of what was redeemed, which only grows. */
const vouchers = `
      CREATE TABLE vat.vouchers (
        pass_id            uuid PRIMARY KEY,
        network_id         uuid NOT NULL,
        person_id          uuid NOT NULL,
        character          text NOT NULL CHECK (character IN ('SINGLE_PURPOSE', 'MULTI_PURPOSE', 'NOT_A_VOUCHER')),
        price_minor        bigint NOT NULL CHECK (price_minor >= 0),
        price_unit         text NOT NULL,
        half_days          int NOT NULL CHECK (half_days >= 0),
        redeemed_half_days int NOT NULL DEFAULT 0 CHECK (redeemed_half_days >= 0),
        inputs             jsonb NOT NULL,
        decision           jsonb NOT NULL,
        created_at         timestamptz(3) NOT NULL,
        FOREIGN KEY (pass_id, network_id, person_id) REFERENCES passes.passes (id, network_id, person_id)
      );
      CREATE FUNCTION vat.keep_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF to_jsonb(NEW) - 'redeemed_half_days' IS DISTINCT FROM to_jsonb(OLD) - 'redeemed_half_days'
          OR NEW.redeemed_half_days < OLD.redeemed_half_days THEN
          RAISE EXCEPTION 'what a pass is for VAT is frozen at issue' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER frozen BEFORE UPDATE ON vat.vouchers FOR EACH ROW EXECUTE FUNCTION vat.keep_frozen();
      ${ownedBy('vat.vouchers', {
        networks: ['network_id'],
        person: 'person_id',
        scopes: ['clearing', 'sweep', 'operator'],
      })}`;

/** Each supply once: at sale, or at the sealed visit that redeemed it. */
const events = `
      CREATE TABLE vat.events (
        id              uuid PRIMARY KEY,
        kind            text NOT NULL CHECK (kind IN ('SALE', 'REDEMPTION')),
        pass_id         uuid NOT NULL REFERENCES vat.vouchers,
        record_id       uuid REFERENCES checkin.visit_records,
        network_id      uuid NOT NULL REFERENCES directory.networks,
        host_network_id uuid NOT NULL REFERENCES directory.networks,
        supplier_id     uuid NOT NULL REFERENCES directory.parties,
        person_id       uuid NOT NULL REFERENCES identity.people,
        day             date NOT NULL,
        half_days       int NOT NULL CHECK (half_days >= 0),
        unit            text NOT NULL,
        gross_minor     bigint NOT NULL CHECK (gross_minor >= 0),
        net_minor       bigint NOT NULL CHECK (net_minor >= 0),
        vat_minor       bigint NOT NULL CHECK (vat_minor >= 0),
        inputs          jsonb NOT NULL,
        decision        jsonb NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        CHECK (gross_minor = net_minor + vat_minor),
        CHECK ((kind = 'REDEMPTION') = (record_id IS NOT NULL)),
        UNIQUE NULLS NOT DISTINCT (pass_id, kind, record_id)
      );
      CREATE INDEX events_of_network ON vat.events (network_id, day);
      CREATE INDEX events_of_host ON vat.events (host_network_id, day);
      CREATE INDEX events_of_supplier ON vat.events (supplier_id, day);
      ${appendOnly('vat.events')}
      ${ownedBy('vat.events', {
        networks: ['network_id', 'host_network_id'],
        person: 'person_id',
        scopes: ['clearing', 'sweep', 'operator'],
      })}`;

/** A pass opens what it opened when it was issued: its character for VAT rests on that. */
const scopes = `
      CREATE FUNCTION passes.keep_scope() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (NEW.network_ids, NEW.space_ids, NEW.resource_kinds, NEW.price_minor, NEW.price_unit, NEW.half_days)
          IS DISTINCT FROM
          (OLD.network_ids, OLD.space_ids, OLD.resource_kinds, OLD.price_minor, OLD.price_unit, OLD.half_days) THEN
          RAISE EXCEPTION 'the scope and the price of a pass are frozen at issue'
            USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER frozen_scope BEFORE UPDATE ON passes.passes FOR EACH ROW EXECUTE FUNCTION passes.keep_scope();
      -- Members of a team and guests take from the pass that was paid for.
      CREATE VIEW passes.pub_roots WITH (security_invoker = true) AS
        SELECT id, coalesce(drawn_from, guest_of, id) AS root_id FROM passes.passes;
      CREATE OR REPLACE VIEW checkin.pub_visits WITH (security_invoker = true) AS
        SELECT id, space_id, host_network_id, home_network_id, day, part, half_days, funding, state, evidence,
               started_at, completed_at, booking_id
        FROM checkin.visits;`;
