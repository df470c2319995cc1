import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, APP_ROLE, grantApp, ownedBy } from './tenancy.js';

/**
 * Settlement: windows, lines, positions, netting, exchange rates. Of a window and a position only the
 * state ever moves; everything else a closing writes is fixed.
 */
export class Settlement1767000009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA settlement;
      ${windows}
      ${lines}
      ${positions}
      ${payments}
      ${claims}
      ${planPayments}
      ${fxRates}
      ALTER TABLE billing.documents ADD FOREIGN KEY (window_id, network_id)
        REFERENCES settlement.windows (id, network_id);
      ALTER TABLE billing.payment_instructions ADD FOREIGN KEY (payment_id, window_id)
        REFERENCES settlement.payments (id, window_id);
      ${grantApp('settlement', { fixed: ['steps', 'closures', 'lines', 'payments', 'executions'] })}
      REVOKE UPDATE, DELETE ON settlement.windows, settlement.positions FROM ${APP_ROLE};
      GRANT UPDATE (state) ON settlement.windows, settlement.positions TO ${APP_ROLE};
      REVOKE DELETE ON settlement.fx_rates FROM ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

const SCOPES = { scopes: ['clearing', 'operator'] };

/** A step says when a window reached a state, and by whose hand. A closure keeps what its proof compares with. */
const windows = `
      CREATE TABLE settlement.windows (
        id           uuid PRIMARY KEY,
        network_id   uuid NOT NULL REFERENCES directory.networks,
        number       int NOT NULL CHECK (number > 0),
        state        text NOT NULL CHECK (state IN ('OPEN', 'CLOSED', 'ADVISED', 'CALLED', 'SETTLED')),
        from_day     date NOT NULL,
        request_hash text NOT NULL,
        created_at   timestamptz(3) NOT NULL,
        UNIQUE (network_id, number),
        UNIQUE (id, network_id)
      );
      CREATE UNIQUE INDEX windows_one_open ON settlement.windows (network_id) WHERE state = 'OPEN';
      ${ownedBy('settlement.windows', { networks: ['network_id'], ...SCOPES })}

      CREATE TABLE settlement.steps (
        window_id  uuid NOT NULL,
        network_id uuid NOT NULL,
        state      text NOT NULL,
        actor      text NOT NULL,
        taken_at   timestamptz(3) NOT NULL,
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (window_id, state),
        FOREIGN KEY (window_id, network_id) REFERENCES settlement.windows (id, network_id)
      );
      ${appendOnly('settlement.steps')}
      ${ownedBy('settlement.steps', { networks: ['network_id'], ...SCOPES })}

      CREATE TABLE settlement.closures (
        window_id    uuid PRIMARY KEY,
        network_id   uuid NOT NULL,
        until_day    date NOT NULL,
        line_count   int NOT NULL CHECK (line_count >= 0),
        lines_hash   text NOT NULL,
        request_hash text NOT NULL,
        created_at   timestamptz(3) NOT NULL,
        FOREIGN KEY (window_id, network_id) REFERENCES settlement.windows (id, network_id)
      );
      ${appendOnly('settlement.closures')}
      ${ownedBy('settlement.closures', { networks: ['network_id'], ...SCOPES })}`;

/** The primary key is the promise: a visit record stands on one line, of one window, for ever. */
const lines = `
      CREATE TABLE settlement.lines (
        record_id           uuid PRIMARY KEY REFERENCES checkin.visit_records,
        window_id           uuid NOT NULL,
        network_id          uuid NOT NULL,
        debtor_party_id     uuid NOT NULL REFERENCES directory.parties,
        creditor_party_id   uuid NOT NULL REFERENCES directory.parties,
        unit                text NOT NULL,
        amount_minor        bigint NOT NULL CHECK (amount_minor >= 0),
        day                 date NOT NULL,
        late                boolean NOT NULL,
        created_at          timestamptz(3) NOT NULL,
        FOREIGN KEY (window_id, network_id) REFERENCES settlement.windows (id, network_id)
      );
      CREATE INDEX lines_of_debtor ON settlement.lines (window_id, debtor_party_id);
      CREATE INDEX lines_of_creditor ON settlement.lines (window_id, creditor_party_id);
      ${appendOnly('settlement.lines')}
      ${ownedBy('settlement.lines', { networks: ['network_id'], ...SCOPES })}`;

/** The profile is the one of the closing day. netting_minor is the part of the net that may be offset. */
const positions = `
      CREATE TABLE settlement.positions (
        window_id      uuid NOT NULL,
        network_id     uuid NOT NULL,
        party_id       uuid NOT NULL REFERENCES directory.parties,
        unit           text NOT NULL,
        profile        text NOT NULL CHECK (profile IN ('NETTING_ALLOWED', 'GROSS_ONLY', 'IN_KIND_ONLY')),
        receives_minor bigint NOT NULL CHECK (receives_minor >= 0),
        pays_minor     bigint NOT NULL CHECK (pays_minor >= 0),
        net_minor      bigint NOT NULL,
        netting_minor  bigint NOT NULL,
        state          text NOT NULL CHECK (state IN ('CALCULATED', 'COMMITTED', 'PAID_OUT', 'COLLECTED')),
        created_at     timestamptz(3) NOT NULL,
        PRIMARY KEY (window_id, unit, party_id),
        CHECK (net_minor = receives_minor - pays_minor),
        CHECK (netting_minor = 0 OR (profile = 'NETTING_ALLOWED' AND unit <> 'HALF_DAY')),
        FOREIGN KEY (window_id, network_id) REFERENCES settlement.windows (id, network_id)
      );
      CREATE INDEX positions_of_party ON settlement.positions (party_id);
      ${ownedBy('settlement.positions', { networks: ['network_id'], ...SCOPES })}`;

const payments = `
      CREATE TABLE settlement.payments (
        id            uuid PRIMARY KEY,
        window_id     uuid NOT NULL,
        network_id    uuid NOT NULL,
        from_party_id uuid NOT NULL REFERENCES directory.parties,
        to_party_id   uuid NOT NULL REFERENCES directory.parties,
        unit          text NOT NULL CHECK (unit <> 'HALF_DAY'),
        amount_minor  bigint NOT NULL CHECK (amount_minor > 0),
        kind          text NOT NULL CHECK (kind IN ('NETTED', 'GROSS')),
        created_at    timestamptz(3) NOT NULL,
        UNIQUE (id, window_id),
        UNIQUE (window_id, kind, unit, from_party_id, to_party_id),
        CHECK (from_party_id <> to_party_id),
        FOREIGN KEY (window_id, network_id) REFERENCES settlement.windows (id, network_id)
      );
      ${appendOnly('settlement.payments')}
      ${ownedBy('settlement.payments', { networks: ['network_id'], ...SCOPES })}

      CREATE TABLE settlement.executions (
        payment_id  uuid PRIMARY KEY,
        window_id   uuid NOT NULL,
        network_id  uuid NOT NULL,
        actor       text NOT NULL,
        executed_at timestamptz(3) NOT NULL,
        created_at  timestamptz(3) NOT NULL,
        FOREIGN KEY (payment_id, window_id) REFERENCES settlement.payments (id, window_id),
        FOREIGN KEY (window_id, network_id) REFERENCES settlement.windows (id, network_id)
      );
      CREATE INDEX executions_of_window ON settlement.executions (window_id);
      ${appendOnly('settlement.executions')}
      ${ownedBy('settlement.executions', { networks: ['network_id'], ...SCOPES })}`;

/** What one party owes another in a window, and how it is cleared: in kind before gross, gross before netted. */
const claims = `
      CREATE VIEW settlement.claims WITH (security_invoker = true) AS
        SELECT line.window_id, line.debtor_party_id, line.creditor_party_id, line.unit,
               sum(line.amount_minor)::bigint AS amount_minor, count(*)::int AS line_count,
               CASE WHEN line.unit = 'HALF_DAY' OR 'IN_KIND_ONLY' IN (debtor.profile, creditor.profile) THEN 'IN_KIND'
                    WHEN 'GROSS_ONLY' IN (debtor.profile, creditor.profile) THEN 'GROSS'
                    ELSE 'NETTED' END AS clearing
        FROM settlement.lines line
        JOIN settlement.positions debtor
          ON (debtor.window_id, debtor.unit, debtor.party_id) = (line.window_id, line.unit, line.debtor_party_id)
        JOIN settlement.positions creditor
          ON (creditor.window_id, creditor.unit, creditor.party_id) = (line.window_id, line.unit, line.creditor_party_id)
        WHERE line.debtor_party_id <> line.creditor_party_id
        GROUP BY line.window_id, line.debtor_party_id, line.creditor_party_id, line.unit,
                 debtor.profile, creditor.profile;`;

/**
 * The payments that clear what may be offset, without a loop; the twin of net-payments.ts. Lay the debts
 * end to end on a line, largest first, and the credits on a second line of the same length. Every end of
 * a piece on either line is a cut; the pieces between cuts are the payments. Parties travel as text,
 * because max(uuid) came with PostgreSQL 18; collation "C" keeps the order of the bytes.
 */
const planPayments = `
      CREATE FUNCTION settlement.plan_payments(of_window uuid)
      RETURNS TABLE (unit text, debtor_id uuid, creditor_id uuid, minor bigint)
      LANGUAGE sql STABLE AS $$
        WITH ends AS (
          SELECT unit, party_id::text AS debtor, NULL AS creditor,
                 sum(-netting_minor) OVER (PARTITION BY unit ORDER BY netting_minor, party_id) AS cut
            FROM settlement.positions WHERE window_id = of_window AND netting_minor < 0
          UNION ALL
          SELECT unit, NULL, party_id::text,
                 sum(netting_minor) OVER (PARTITION BY unit ORDER BY netting_minor DESC, party_id)
            FROM settlement.positions WHERE window_id = of_window AND netting_minor > 0
        ),
        cuts AS (
          SELECT unit, cut, max(debtor COLLATE "C") AS debtor, max(creditor COLLATE "C") AS creditor
            FROM ends GROUP BY unit, cut
        ),
        pieces AS (
          SELECT unit, cut, debtor, creditor,
                 cut - lag(cut, 1, 0) OVER (PARTITION BY unit ORDER BY cut) AS minor,
                 -- a piece belongs to the next end at or after it: number the ends from the far side
                 count(debtor) OVER (PARTITION BY unit ORDER BY cut DESC) AS debtor_no,
                 count(creditor) OVER (PARTITION BY unit ORDER BY cut DESC) AS creditor_no
            FROM cuts
        )
        SELECT unit,
               (max(debtor) OVER (PARTITION BY unit, debtor_no))::uuid,
               (max(creditor) OVER (PARTITION BY unit, creditor_no))::uuid,
               minor::bigint
          FROM pieces ORDER BY unit, cut
      $$;

      -- An id that follows from a window: the closing, run again, would meet its own rows (UUID version 8, a hash).
      CREATE FUNCTION settlement.derived_id(of_window uuid, role text) RETURNS uuid
      LANGUAGE sql IMMUTABLE AS $$
        SELECT (substr(hex, 1, 12) || '8' || substr(hex, 14, 3) || '8' || substr(hex, 18, 15))::uuid
          FROM encode(sha256(convert_to(of_window::text || '/' || role, 'UTF8')), 'hex') AS hex
      $$;`;

const fxRates = `
      CREATE TABLE settlement.fx_rates (
        day        date NOT NULL,
        base       text NOT NULL CHECK (base ~ '^[A-Z]{3}$'),
        quote      text NOT NULL CHECK (quote ~ '^[A-Z]{3}$'),
        rate       numeric NOT NULL CHECK (rate > 0),
        source     text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        PRIMARY KEY (day, base, quote),
        CHECK (base <> quote)
      );
      ${ownedBy('settlement.fx_rates', { scopes: ['operator'], readableWhen: 'true' })}`;
