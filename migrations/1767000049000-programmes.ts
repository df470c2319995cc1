import type { MigrationInterface, QueryRunner } from 'typeorm';
import { agents, places, SCOPES } from './programmes-agents.js';
import { appendOnly, grantApp, ownedBy } from './tenancy.js';

/** Programmes: public money for visits of public agents, in vouchers of a day each. */
export class Programmes1767000049000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA programmes;
      ${programmes}
      ${budgets}
      ${places}
      ${agents}
      ${vouchers}
      ${invoices}
      ${funding}
      ${grantApp('programmes', {
        fixed: [
          'budget_entries',
          'host_facts',
          'offers',
          'mission_orders',
          'invoices',
          'invoice_payments',
          'reserved_pools',
          'programme_employers',
        ],
      })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

const programmes = `
      CREATE TABLE programmes.programmes (
        id                 uuid PRIMARY KEY,
        request_hash       text NOT NULL,
        network_id         uuid NOT NULL REFERENCES directory.networks,
        sponsor_id         uuid NOT NULL REFERENCES identity.organisations,
        name               text NOT NULL,
        purpose            text NOT NULL,
        starts_on          date NOT NULL,
        ends_on            date NOT NULL CHECK (ends_on >= starts_on),
        unit               text NOT NULL CHECK (unit <> 'HALF_DAY'),
        -- A half-day costs half of it, so it is even.
        day_price_minor    bigint NOT NULL CHECK (day_price_minor > 0 AND day_price_minor % 2 = 0),
        price_ceiling_minor bigint CHECK (price_ceiling_minor > 0),
        days_per_week      smallint CHECK (days_per_week BETWEEN 1 AND 7),
        days_per_person    smallint CHECK (days_per_person > 0),
        space_cap_percent  smallint NOT NULL CHECK (space_cap_percent BETWEEN 1 AND 100),
        countries          text[] NOT NULL,
        territories        text[] NOT NULL,
        mail_domains       text[] NOT NULL,
        voucher_days       smallint NOT NULL CHECK (voucher_days > 0),
        needs_mission_order boolean NOT NULL,
        order_number       text NOT NULL,
        service_code       text NOT NULL,
        siret              text NOT NULL,
        state              text NOT NULL CHECK (state IN ('DRAFT', 'APPROVED', 'OPEN', 'PAUSED', 'EXHAUSTED', 'EXPIRED',
          'CLOSING', 'REPORTED', 'ARCHIVED')),
        state_at           timestamptz(3) NOT NULL,
        state_by           text NOT NULL,
        made_by            text NOT NULL,
        decision_ref       text,
        budget_line        text,
        carried_to_id      uuid REFERENCES programmes.programmes,
        created_at         timestamptz(3) NOT NULL,
        UNIQUE (id, network_id),
        CHECK ((state = 'DRAFT') = (decision_ref IS NULL) AND (decision_ref IS NULL) = (budget_line IS NULL))
      );
      CREATE INDEX programmes_of_sponsor ON programmes.programmes (sponsor_id);
      ${ownedBy('programmes.programmes', { networks: ['network_id'], ...SCOPES, readableWhen: 'true' })}

      CREATE TABLE programmes.programme_employers (
        programme_id uuid NOT NULL,
        network_id   uuid NOT NULL,
        employer_id  uuid NOT NULL REFERENCES identity.organisations,
        created_at   timestamptz(3) NOT NULL,
        PRIMARY KEY (programme_id, employer_id),
        FOREIGN KEY (programme_id, network_id) REFERENCES programmes.programmes (id, network_id)
      );
      ${ownedBy('programmes.programme_employers', { networks: ['network_id'], ...SCOPES, readableWhen: 'true' })}`;

/** Whoever holds a voucher of a programme may move what a use of it moves: a guest's transaction knows no sponsor. */
function heldBy(table: string): string {
  const held = `EXISTS (SELECT FROM programmes.vouchers held WHERE held.programme_id = ${table}.programme_id
        AND held.person_id = (SELECT platform.scope_person()))`;
  return `CREATE POLICY held ON ${table} USING (${held}) WITH CHECK (${held});`;
}

/** The four columns of public accounts. Entries are what is true; the sums follow them, in an order nobody can break. */
const budgets = `
      CREATE TABLE programmes.budgets (
        programme_id    uuid PRIMARY KEY,
        network_id      uuid NOT NULL,
        unit            text NOT NULL,
        voted_minor     bigint NOT NULL DEFAULT 0,
        committed_minor bigint NOT NULL DEFAULT 0,
        delivered_minor bigint NOT NULL DEFAULT 0,
        paid_minor      bigint NOT NULL DEFAULT 0,
        created_at      timestamptz(3) NOT NULL,
        FOREIGN KEY (programme_id, network_id) REFERENCES programmes.programmes (id, network_id),
        CONSTRAINT columns_in_order CHECK (voted_minor >= committed_minor AND committed_minor >= delivered_minor
          AND delivered_minor >= paid_minor AND paid_minor >= 0)
      );
      ${ownedBy('programmes.budgets', { networks: ['network_id'], ...SCOPES })}

      CREATE TABLE programmes.budget_entries (
        id              uuid PRIMARY KEY,
        programme_id    uuid NOT NULL REFERENCES programmes.budgets,
        network_id      uuid NOT NULL,
        kind            text NOT NULL CHECK (kind IN
          ('VOTED', 'CARRIED_IN', 'CARRIED_OUT', 'COMMITTED', 'RELEASED', 'DELIVERED', 'UNDONE', 'PAID')),
        unit            text NOT NULL,
        voted_minor     bigint NOT NULL DEFAULT 0,
        committed_minor bigint NOT NULL DEFAULT 0,
        delivered_minor bigint NOT NULL DEFAULT 0,
        paid_minor      bigint NOT NULL DEFAULT 0,
        reason          text NOT NULL,
        made_by         text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        FOREIGN KEY (programme_id, network_id) REFERENCES programmes.programmes (id, network_id)
      );
      CREATE INDEX budget_entries_of ON programmes.budget_entries (programme_id, id);
      ${appendOnly('programmes.budget_entries')}
      ${ownedBy('programmes.budget_entries', { networks: ['network_id'], ...SCOPES })}

      CREATE FUNCTION programmes.add_entry() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE programmes.budgets SET voted_minor = voted_minor + NEW.voted_minor,
          committed_minor = committed_minor + NEW.committed_minor,
          delivered_minor = delivered_minor + NEW.delivered_minor, paid_minor = paid_minor + NEW.paid_minor
        WHERE programme_id = NEW.programme_id AND unit = NEW.unit;
        IF NOT FOUND THEN RAISE EXCEPTION 'no budget in % for %', NEW.unit, NEW.programme_id; END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER add_entry AFTER INSERT ON programmes.budget_entries
        FOR EACH ROW EXECUTE FUNCTION programmes.add_entry();`;

/** One day of one agent. RESERVED and CONSUMED name the booking; what is not used ends and its money goes back. */
const vouchers = `
      CREATE TABLE programmes.offers (
        id           uuid PRIMARY KEY,
        request_hash text NOT NULL,
        programme_id uuid NOT NULL,
        network_id   uuid NOT NULL,
        made_by      text NOT NULL,
        created_at   timestamptz(3) NOT NULL,
        FOREIGN KEY (programme_id, network_id) REFERENCES programmes.programmes (id, network_id)
      );
      ${appendOnly('programmes.offers')}
      ${ownedBy('programmes.offers', { networks: ['network_id'], ...SCOPES })}

      CREATE TABLE programmes.invoices (
        id           uuid PRIMARY KEY,
        request_hash text NOT NULL,
        programme_id uuid NOT NULL,
        network_id   uuid NOT NULL,
        month        text NOT NULL CHECK (month ~ '^\\d{4}-\\d{2}$'),
        unit         text NOT NULL,
        amount_minor bigint NOT NULL CHECK (amount_minor > 0),
        half_days    int NOT NULL CHECK (half_days > 0),
        lines        jsonb NOT NULL,
        drawn_by     text NOT NULL,
        created_at   timestamptz(3) NOT NULL,
        CONSTRAINT one_invoice_a_month UNIQUE (programme_id, month),
        FOREIGN KEY (programme_id, network_id) REFERENCES programmes.programmes (id, network_id)
      );
      ${appendOnly('programmes.invoices')}
      ${ownedBy('programmes.invoices', { networks: ['network_id'], ...SCOPES })}

      CREATE TABLE programmes.vouchers (
        id              uuid PRIMARY KEY,
        programme_id    uuid NOT NULL,
        network_id      uuid NOT NULL,
        offer_id        uuid NOT NULL REFERENCES programmes.offers,
        agent_id        uuid NOT NULL REFERENCES programmes.agents,
        person_id       uuid NOT NULL REFERENCES identity.people,
        state           text NOT NULL CHECK (state IN ('OFFERED', 'ACCEPTED', 'RESERVED', 'CONSUMED', 'RELEASED',
          'EXPIRED', 'CLAWED_BACK')),
        state_at        timestamptz(3) NOT NULL,
        state_by        text NOT NULL,
        expires_at      timestamptz(3) NOT NULL,
        unit            text NOT NULL,
        day_price_minor bigint NOT NULL CHECK (day_price_minor > 0),
        booking_id      uuid REFERENCES bookings.bookings,
        space_id        uuid REFERENCES directory.spaces,
        day             date,
        half_days       smallint CHECK (half_days IN (1, 2)),
        invoice_id      uuid REFERENCES programmes.invoices,
        created_at      timestamptz(3) NOT NULL,
        FOREIGN KEY (programme_id, network_id) REFERENCES programmes.programmes (id, network_id),
        FOREIGN KEY (programme_id, space_id) REFERENCES programmes.programme_spaces (programme_id, space_id),
        CHECK ((state IN ('RESERVED', 'CONSUMED')) = (booking_id IS NOT NULL)),
        CHECK ((booking_id IS NULL) = (space_id IS NULL) AND (space_id IS NULL) = (day IS NULL)
          AND (day IS NULL) = (half_days IS NULL)),
        CHECK (invoice_id IS NULL OR state = 'CONSUMED')
      );
      CREATE UNIQUE INDEX one_voucher_a_booking ON programmes.vouchers (booking_id) WHERE booking_id IS NOT NULL;
      CREATE INDEX vouchers_of_person ON programmes.vouchers (person_id, programme_id, state);
      CREATE INDEX vouchers_of_programme ON programmes.vouchers (programme_id, state, day);
      CREATE INDEX vouchers_to_expire ON programmes.vouchers (expires_at) WHERE state IN ('OFFERED', 'ACCEPTED');
      ${ownedBy('programmes.vouchers', { networks: ['network_id'], person: 'person_id', ...SCOPES })}
      ${['budgets', 'budget_entries', 'programme_spaces'].map((table) => heldBy(`programmes.${table}`)).join('\n')}`;

const invoices = `
      CREATE TABLE programmes.invoice_payments (
        invoice_id uuid PRIMARY KEY REFERENCES programmes.invoices,
        network_id uuid NOT NULL REFERENCES directory.networks,
        paid_on    date NOT NULL,
        reference  text NOT NULL,
        noted_by   text NOT NULL,
        created_at timestamptz(3) NOT NULL
      );
      ${appendOnly('programmes.invoice_payments')}
      ${ownedBy('programmes.invoice_payments', { networks: ['network_id'], ...SCOPES })}

      CREATE VIEW programmes.pub_invoices WITH (security_invoker = true) AS
        SELECT invoice.id, invoice.programme_id, invoice.network_id, sponsor_id, invoice.unit, amount_minor, lines, month,
               order_number, service_code, siret, name AS programme
          FROM programmes.invoices invoice JOIN programmes.programmes programme ON programme.id = programme_id;

      -- A sponsor is on documents as spaces and networks are.
      ALTER TABLE directory.parties DROP CONSTRAINT parties_kind_check,
        ADD CONSTRAINT parties_kind_check CHECK (kind IN ('space', 'network', 'institution'));`;

const FUNDINGS = `CHECK (funding IN ('SPONSOR_VOUCHER', 'VISA_QUOTA', 'PASS_UNITS', 'PAY_AS_YOU_GO'))`;

const funding = `
      ALTER TABLE bookings.bookings DROP CONSTRAINT bookings_funding_check,
        ADD CONSTRAINT bookings_funding_check ${FUNDINGS},
        ADD programme_id uuid REFERENCES programmes.programmes,
        ADD CHECK ((funding = 'SPONSOR_VOUCHER') = (programme_id IS NOT NULL));
      ALTER TABLE checkin.visits DROP CONSTRAINT visits_funding_check, ADD CONSTRAINT visits_funding_check ${FUNDINGS};
      ALTER TABLE checkin.visit_records DROP CONSTRAINT visit_records_funding_check,
        ADD CONSTRAINT visit_records_funding_check ${FUNDINGS};`;
