import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, appendOnly, grantApp, ownedBy } from './tenancy.js';

/** Money that comes in: what was bought, what the provider says of it, what went back, and what it told us. */
export class Payments1767000046000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA payments;
      ${customers}
      ${purchases}
      ${payments}
      ${refunds}
      ${subscriptions}
      ${provider}
      ${published}
      ${grantApp('payments', { fixed: ['balance_entries'] })}
      REVOKE UPDATE, DELETE ON payments.purchases, payments.payments, payments.refunds, payments.provider_events
        FROM ${APP_ROLE};
      GRANT UPDATE (state, state_at, pass_id, paid_at) ON payments.purchases TO ${APP_ROLE};
      GRANT UPDATE (state, state_at, failure_code, method, session_ref, intent_ref, invoice_ref, checkout_url,
        refunded_minor, used_minor, asks, ask_at, succeeded_at) ON payments.payments TO ${APP_ROLE};
      GRANT UPDATE (state, state_at, provider_ref, asks, ask_at, failure_code) ON payments.refunds TO ${APP_ROLE};
      GRANT UPDATE (state, state_at) ON payments.provider_events TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

const SCOPES = { scopes: ['relay', 'sweep', 'operator'] };
const OWNED = { networks: ['network_id'], person: 'person_id', ...SCOPES };

const customers = `
      CREATE TABLE payments.customers (
        person_id    uuid PRIMARY KEY REFERENCES identity.people,
        provider_ref text NOT NULL UNIQUE,
        created_at   timestamptz(3) NOT NULL
      );
      ${ownedBy('payments.customers', { person: 'person_id', ...SCOPES })}

      CREATE TABLE payments.promotion_codes (
        id           uuid PRIMARY KEY,
        network_id   uuid NOT NULL REFERENCES directory.networks,
        code         text NOT NULL CHECK (code = upper(code) AND code <> ''),
        percent      smallint CHECK (percent BETWEEN 1 AND 100),
        amount_minor bigint CHECK (amount_minor > 0),
        unit         text,
        sponsor_id   uuid REFERENCES identity.organisations,
        uses         integer NOT NULL DEFAULT 0,
        uses_max     integer NOT NULL CHECK (uses_max > 0),
        valid_until  date NOT NULL,
        request_hash text NOT NULL,
        created_at   timestamptz(3) NOT NULL,
        UNIQUE (network_id, code),
        UNIQUE (id, network_id),
        CHECK ((percent IS NULL) <> (amount_minor IS NULL)),
        CHECK ((amount_minor IS NULL) = (unit IS NULL)),
        CONSTRAINT promotion_has_uses CHECK (uses BETWEEN 0 AND uses_max)
      );
      ${ownedBy('payments.promotion_codes', { networks: ['network_id'], ...SCOPES })}`;

/** The price as it was. A visit beyond quota and pass is bought by its sealed record; everything else by a product. */
const purchases = `
      CREATE TABLE payments.purchases (
        id                uuid PRIMARY KEY,
        person_id         uuid NOT NULL REFERENCES identity.people,
        network_id        uuid NOT NULL REFERENCES directory.networks,
        kind              text NOT NULL CHECK (kind IN ('ONCE', 'RENEWING', 'VISIT')),
        product_id        uuid REFERENCES passes.products,
        visit_record_id   uuid UNIQUE REFERENCES checkin.visit_records,
        name              text NOT NULL,
        unit              text NOT NULL CHECK (unit <> 'HALF_DAY'),
        price_minor       bigint NOT NULL CHECK (price_minor >= 0),
        discount_minor    bigint NOT NULL DEFAULT 0 CHECK (discount_minor >= 0),
        tax_minor         bigint NOT NULL DEFAULT 0 CHECK (tax_minor >= 0),
        total_minor       bigint NOT NULL CHECK (total_minor >= 0),
        promotion_code_id uuid,
        state             text NOT NULL CHECK (state IN ('OPEN', 'PAID', 'FAILED', 'EXPIRED', 'REFUNDED')),
        state_at          timestamptz(3) NOT NULL,
        pass_id           uuid REFERENCES passes.passes,
        paid_at           timestamptz(3),
        request_hash      text NOT NULL,
        created_at        timestamptz(3) NOT NULL,
        UNIQUE (id, network_id),
        CHECK (total_minor = price_minor - discount_minor + tax_minor),
        CHECK ((kind = 'VISIT') = (product_id IS NULL)),
        CHECK ((kind = 'VISIT') = (visit_record_id IS NOT NULL)),
        CHECK ((paid_at IS NOT NULL) = (state IN ('PAID', 'REFUNDED'))),
        FOREIGN KEY (promotion_code_id, network_id) REFERENCES payments.promotion_codes (id, network_id)
      );
      CREATE INDEX purchases_of_person ON payments.purchases (person_id, id);
      CREATE INDEX purchases_of_network ON payments.purchases (network_id, state, id);
      ${ownedBy('payments.purchases', OWNED)}`;

/**
 * One try to collect money. What went back and what was used are together never more than what came, whoever
 * asks for it and how often; a purchase is paid once, or once for each invoice.
 */
const payments = `
      CREATE TABLE payments.payments (
        id             uuid PRIMARY KEY,
        purchase_id    uuid NOT NULL,
        network_id     uuid NOT NULL,
        person_id      uuid NOT NULL REFERENCES identity.people,
        amount_minor   bigint NOT NULL CHECK (amount_minor >= 0),
        unit           text NOT NULL,
        state          text NOT NULL CHECK (state IN ('PENDING', 'UNKNOWN', 'SUCCEEDED', 'FAILED', 'CANCELED')),
        state_at       timestamptz(3) NOT NULL,
        failure_code   text,
        method         text,
        session_ref    text UNIQUE,
        intent_ref     text UNIQUE,
        invoice_ref    text UNIQUE,
        checkout_url   text,
        refunded_minor bigint NOT NULL DEFAULT 0 CHECK (refunded_minor >= 0),
        used_minor     bigint NOT NULL DEFAULT 0 CHECK (used_minor >= 0),
        asks           smallint NOT NULL DEFAULT 0,
        ask_at         timestamptz(3),
        succeeded_at   timestamptz(3),
        created_at     timestamptz(3) NOT NULL,
        UNIQUE (id, network_id),
        FOREIGN KEY (purchase_id, network_id) REFERENCES payments.purchases (id, network_id),
        CONSTRAINT refunds_within_payment CHECK (refunded_minor + used_minor <= amount_minor),
        CHECK (refunded_minor = 0 OR state = 'SUCCEEDED'),
        CHECK ((succeeded_at IS NOT NULL) = (state = 'SUCCEEDED')),
        CHECK ((ask_at IS NULL) OR (state IN ('PENDING', 'UNKNOWN')))
      );
      CREATE UNIQUE INDEX purchase_paid_once ON payments.payments (purchase_id)
        WHERE state = 'SUCCEEDED' AND invoice_ref IS NULL;
      CREATE INDEX payments_of_purchase ON payments.payments (purchase_id);
      CREATE INDEX payments_to_ask ON payments.payments (ask_at) WHERE ask_at IS NOT NULL;
      ${ownedBy('payments.payments', OWNED)}`;

const refunds = `
      CREATE TABLE payments.refunds (
        id           uuid PRIMARY KEY,
        payment_id   uuid NOT NULL,
        network_id   uuid NOT NULL,
        person_id    uuid NOT NULL REFERENCES identity.people,
        amount_minor bigint NOT NULL CHECK (amount_minor > 0),
        unit         text NOT NULL,
        kind         text NOT NULL CHECK (kind IN ('WITHDRAWAL', 'GOODWILL', 'PROVIDER')),
        reason       text NOT NULL,
        asked_by     text NOT NULL,
        state        text NOT NULL CHECK (state IN ('PENDING', 'UNKNOWN', 'SUCCEEDED', 'FAILED')),
        state_at     timestamptz(3) NOT NULL,
        provider_ref text UNIQUE,
        failure_code text,
        asks         smallint NOT NULL DEFAULT 0,
        ask_at       timestamptz(3),
        request_hash text NOT NULL,
        created_at   timestamptz(3) NOT NULL,
        FOREIGN KEY (payment_id, network_id) REFERENCES payments.payments (id, network_id)
      );
      CREATE INDEX refunds_of_payment ON payments.refunds (payment_id);
      CREATE INDEX refunds_to_ask ON payments.refunds (ask_at) WHERE ask_at IS NOT NULL;
      ${ownedBy('payments.refunds', OWNED)}

      CREATE TABLE payments.disputes (
        id           uuid PRIMARY KEY,
        payment_id   uuid NOT NULL,
        network_id   uuid NOT NULL,
        person_id    uuid NOT NULL REFERENCES identity.people,
        provider_ref text NOT NULL UNIQUE,
        amount_minor bigint NOT NULL CHECK (amount_minor > 0),
        unit         text NOT NULL,
        reason       text NOT NULL,
        answer_by    timestamptz(3),
        state        text NOT NULL CHECK (state IN ('OPEN', 'WON', 'LOST')),
        state_at     timestamptz(3) NOT NULL,
        created_at   timestamptz(3) NOT NULL,
        FOREIGN KEY (payment_id, network_id) REFERENCES payments.payments (id, network_id)
      );
      ${ownedBy('payments.disputes', OWNED)}`;

/** A purchase that renews itself: each of its invoices is a payment, and each payment issues a pass. */
const subscriptions = `
      CREATE TABLE payments.subscriptions (
        id            uuid PRIMARY KEY,
        network_id    uuid NOT NULL,
        person_id     uuid NOT NULL REFERENCES identity.people,
        product_id    uuid NOT NULL REFERENCES passes.products,
        provider_ref  text NOT NULL UNIQUE,
        state         text NOT NULL CHECK (state IN ('ACTIVE', 'PAST_DUE', 'PAUSED', 'ENDED')),
        state_at      timestamptz(3) NOT NULL,
        is_ending     boolean NOT NULL DEFAULT false,
        period_until  timestamptz(3) NOT NULL,
        created_at    timestamptz(3) NOT NULL,
        FOREIGN KEY (id, network_id) REFERENCES payments.purchases (id, network_id)
      );
      ${ownedBy('payments.subscriptions', OWNED)}`;

/** What the provider tells and keeps. Of an event only what names the object: the object is asked for again. */
const provider = `
      CREATE TABLE payments.provider_events (
        id          uuid PRIMARY KEY,
        source      text NOT NULL,
        message_ref text NOT NULL,
        type        text NOT NULL,
        object_kind text NOT NULL,
        object_ref  text NOT NULL,
        occurred_at timestamptz(3) NOT NULL,
        state       text NOT NULL CHECK (state IN ('RECEIVED', 'PROCESSED', 'KEPT')),
        state_at    timestamptz(3) NOT NULL,
        created_at  timestamptz(3) NOT NULL,
        UNIQUE (source, message_ref)
      );
      CREATE INDEX provider_events_waiting ON payments.provider_events (created_at) WHERE state = 'RECEIVED';
      ${ownedBy('payments.provider_events', SCOPES)}

      CREATE TABLE payments.provider_endpoints (
        url          text PRIMARY KEY,
        provider_ref text NOT NULL,
        secret       bytea NOT NULL,
        created_at   timestamptz(3) NOT NULL
      );
      ${ownedBy('payments.provider_endpoints', SCOPES)}

      CREATE TABLE payments.balance_entries (
        id           uuid PRIMARY KEY,
        provider_ref text NOT NULL UNIQUE,
        network_id   uuid NOT NULL REFERENCES directory.networks,
        kind         text NOT NULL,
        source_ref   text NOT NULL,
        amount_minor bigint NOT NULL,
        fee_minor    bigint NOT NULL,
        unit         text NOT NULL,
        booked_at    timestamptz(3) NOT NULL,
        created_at   timestamptz(3) NOT NULL
      );
      ${appendOnly('payments.balance_entries')}
      ${ownedBy('payments.balance_entries', { networks: ['network_id'], ...SCOPES })}`;

/** What whoever makes documents and settles visits may know. */
const published = `
      CREATE VIEW checkin.pub_record_guests WITH (security_invoker = true) AS
        SELECT record.id AS record_id, visit.person_id, visit.booking_id
        FROM checkin.visit_records record JOIN checkin.visits visit ON visit.id = record.visit_id;
      GRANT SELECT ON checkin.pub_record_guests TO ${APP_ROLE};
      CREATE VIEW payments.pub_purchases WITH (security_invoker = true) AS
        SELECT purchase.id, purchase.person_id, purchase.network_id, purchase.kind, purchase.product_id,
               purchase.visit_record_id, purchase.pass_id, purchase.name, purchase.unit, purchase.price_minor,
               purchase.discount_minor, purchase.tax_minor, purchase.total_minor, code.sponsor_id,
               purchase.state, purchase.paid_at
        FROM payments.purchases purchase
        LEFT JOIN payments.promotion_codes code ON code.id = purchase.promotion_code_id;
      CREATE VIEW payments.pub_payments WITH (security_invoker = true) AS
        SELECT id, purchase_id, network_id, person_id, amount_minor, unit, state, method, refunded_minor, succeeded_at
        FROM payments.payments;
      CREATE VIEW payments.pub_refunds WITH (security_invoker = true) AS
        SELECT id, payment_id, network_id, person_id, amount_minor, unit, kind, state, state_at FROM payments.refunds;`;
