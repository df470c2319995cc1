import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, appendOnly, ownedBy } from './tenancy.js';

const ofHolder = {
  networks: ['network_id'],
  person: 'person_id',
  scopes: ['identity', 'sweep', 'operator'],
};

/** The rules of a product. A pass keeps a copy: what was bought does not change. */
const rules = (table: string) => `
  ALTER TABLE ${table}
    DROP CONSTRAINT ${table.split('.')[1]}_half_days_check,
    ADD COLUMN kind text NOT NULL DEFAULT 'DAYS' CHECK (kind IN ('DAYS', 'PERIOD', 'UNLIMITED')),
    ADD COLUMN period_months smallint CHECK (period_months BETWEEN 1 AND 12),
    ADD COLUMN roll_over boolean NOT NULL DEFAULT false,
    ADD COLUMN host_cap_half_days int CHECK (host_cap_half_days > 0),
    ADD COLUMN starts text NOT NULL DEFAULT 'PURCHASE' CHECK (starts IN ('PURCHASE', 'FIRST_USE')),
    ADD COLUMN sharing text NOT NULL DEFAULT 'PERSONAL' CHECK (sharing IN ('PERSONAL', 'TEAM')),
    ADD COLUMN audience text NOT NULL DEFAULT 'EVERYBODY' CHECK (audience IN ('EVERYBODY', 'PUBLIC_AGENTS')),
    ADD COLUMN guests_per_day smallint NOT NULL DEFAULT 0 CHECK (guests_per_day BETWEEN 0 AND 20),
    ADD COLUMN pause_days_per_year smallint NOT NULL DEFAULT 0 CHECK (pause_days_per_year BETWEEN 0 AND 365),
    ADD COLUMN pause_extends boolean NOT NULL DEFAULT true,
    ADD CHECK ((kind = 'UNLIMITED') = (half_days = 0) AND half_days >= 0),
    ADD CHECK ((kind = 'DAYS') = (period_months IS NULL)),
    ADD CHECK ((kind = 'UNLIMITED') = (host_cap_half_days IS NOT NULL));`;

const passes = `
  ${rules('passes.products')}
  ${rules('passes.passes')}
  ALTER TABLE passes.passes
    ADD COLUMN valid_days int,
    ADD COLUMN periods smallint NOT NULL DEFAULT 1 CHECK (periods > 0),
    ADD COLUMN periods_closed smallint NOT NULL DEFAULT 0 CHECK (periods_closed BETWEEN 0 AND periods),
    ADD COLUMN started_on date,
    ADD COLUMN paused_on date,
    ADD COLUMN paused_by text CHECK (paused_by IN ('HOLDER', 'NETWORK')),
    -- A team's pass, as its keeper calls the team.
    ADD COLUMN team_name text,
    -- A member of a team takes half-days from the team's pass, up to a limit of their own.
    ADD COLUMN drawn_from uuid REFERENCES passes.passes,
    ADD COLUMN limit_half_days int CHECK (limit_half_days > 0),
    -- A guest's pass was paid for by the pass of whoever invited them.
    ADD COLUMN guest_of uuid REFERENCES passes.passes,
    -- Over, and nothing is held or left that would have to lapse.
    ADD COLUMN settled_at timestamptz(3),
    ADD CHECK ((paused_on IS NULL) = (paused_by IS NULL)),
    ADD CHECK (team_name IS NULL OR sharing = 'TEAM'),
    ADD CHECK (limit_half_days IS NULL OR drawn_from IS NOT NULL);
  UPDATE passes.passes SET valid_days = valid_until - valid_from + 1;
  ALTER TABLE passes.passes ALTER COLUMN valid_days SET NOT NULL;
  CREATE INDEX passes_drawn_from ON passes.passes (drawn_from) WHERE drawn_from IS NOT NULL;
  CREATE INDEX passes_unsettled ON passes.passes (valid_until) WHERE state = 'EXPIRED' AND settled_at IS NULL;
  CREATE INDEX passes_class ON passes.passes (network_id, product_class) WHERE state IN ('ISSUED', 'ACTIVE');
  -- One membership of a team at a time.
  CREATE UNIQUE INDEX passes_one_membership ON passes.passes (drawn_from, person_id)
    WHERE drawn_from IS NOT NULL AND state NOT IN ('REVOKED', 'EXPIRED');

  ALTER TABLE passes.pass_changes ADD COLUMN reason text;

  CREATE TABLE passes.pauses (
    id         uuid PRIMARY KEY,
    pass_id    uuid NOT NULL,
    network_id uuid NOT NULL,
    person_id  uuid NOT NULL,
    paused_by  text NOT NULL CHECK (paused_by IN ('HOLDER', 'NETWORK')),
    from_day   date NOT NULL,
    -- The first day on which it was good again.
    until_day  date NOT NULL CHECK (until_day >= from_day),
    created_at timestamptz(3) NOT NULL,
    FOREIGN KEY (pass_id, network_id, person_id) REFERENCES passes.passes (id, network_id, person_id)
  );
  CREATE INDEX pauses_pass ON passes.pauses (pass_id);
  ${ownedBy('passes.pauses', ofHolder)}
  ${appendOnly('passes.pauses')}

  -- Each warning once per end of the pass: a pause moves the end, and warns anew.
  CREATE TABLE passes.warnings (
    pass_id     uuid NOT NULL REFERENCES passes.passes,
    days_before smallint NOT NULL,
    valid_until date NOT NULL,
    network_id  uuid NOT NULL REFERENCES directory.networks,
    created_at  timestamptz(3) NOT NULL,
    PRIMARY KEY (pass_id, days_before, valid_until)
  );
  ${ownedBy('passes.warnings', { networks: ['network_id'], scopes: ['sweep', 'operator'] })}
`;

const guests = `
  CREATE TABLE passes.guest_passes (
    id           uuid PRIMARY KEY,
    pass_id      uuid NOT NULL,
    network_id   uuid NOT NULL,
    person_id    uuid NOT NULL,
    guest_name   text NOT NULL,
    guest_email  text NOT NULL,
    language     text NOT NULL,
    space_id     uuid NOT NULL REFERENCES directory.spaces,
    day          date NOT NULL,
    part         text NOT NULL CHECK (part IN ('DAY', 'MORNING', 'AFTERNOON')),
    half_days    smallint NOT NULL CHECK (half_days IN (1, 2)),
    state        text NOT NULL CHECK (state IN ('SENT', 'CONFIRMED', 'USED', 'WITHDRAWN', 'LAPSED')),
    token_hash   text NOT NULL,
    request_hash text NOT NULL,
    created_at   timestamptz(3) NOT NULL,
    FOREIGN KEY (pass_id, network_id, person_id) REFERENCES passes.passes (id, network_id, person_id)
  );
  CREATE INDEX guest_passes_pass ON passes.guest_passes (pass_id, day);
  CREATE INDEX guest_passes_due ON passes.guest_passes (day) WHERE state IN ('SENT', 'CONFIRMED');
  ${ownedBy('passes.guest_passes', ofHolder)}
`;

const credentials = `
  ALTER TABLE passes.credentials
    ADD COLUMN label text,
    -- A key that had to go does not come back: the old phone learns it, and does not take the pass again.
    ADD COLUMN ended_by text CHECK (ended_by IN ('MOVED', 'KILLED')),
    ADD CHECK (ended_by IS NULL OR revoked_at IS NOT NULL);
`;

const ledgerView = `
  CREATE VIEW ledger.pub_transfers WITH (security_invoker = true) AS
    SELECT id, kind, hold_id, group_id, debit_account_id, credit_account_id, unit, minor, reason, created_at
    FROM ledger.transfers;
  GRANT SELECT ON ledger.pub_transfers TO ${APP_ROLE};
`;

const grants = `
  GRANT SELECT, INSERT ON passes.pauses, passes.warnings, passes.guest_passes TO ${APP_ROLE};
  GRANT UPDATE (state, valid_until, started_on, paused_on, paused_by, periods_closed, settled_at)
    ON passes.passes TO ${APP_ROLE};
  GRANT UPDATE (revoked_at, ended_by) ON passes.credentials TO ${APP_ROLE};
  GRANT UPDATE (state) ON passes.guest_passes TO ${APP_ROLE};
`;

/** Products with rules of their own, pauses, guests, teams, phones. */
export class PassProducts1767000034000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${passes}
      ${guests}
      ${credentials}
      ${ledgerView}
      ${grants}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
