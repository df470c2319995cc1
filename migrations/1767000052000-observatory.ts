import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, appendOnly, grantApp, ownedBy } from './tenancy.js';

const owners = { networks: ['network_id'], scopes: ['clearing', 'operator'] };

/** Impact periods: what was frozen, what came out of it, what of that may be told. */
const periods = `
      CREATE TABLE observatory.impact_periods (
        id             uuid PRIMARY KEY,
        network_id     uuid NOT NULL REFERENCES directory.networks,
        publisher_id   uuid NOT NULL REFERENCES identity.organisations,
        quarter        text NOT NULL CHECK (quarter ~ '^20[0-9]{2}-Q[1-4]$'),
        version        int NOT NULL CHECK (version > 0),
        corrects_id    uuid,
        state          text NOT NULL CHECK (state IN ('COLLECTING', 'FROZEN', 'COMPUTED', 'DISCLOSURE_CHECKED',
                         'REVIEWED', 'PUBLISHED', 'CORRECTED')),
        from_day       date NOT NULL,
        until_day      date NOT NULL CHECK (until_day > from_day),
        frozen_at      timestamptz(3),
        snapshot_hash  text,
        publication_ref text UNIQUE,
        request_hash   text NOT NULL,
        created_at     timestamptz(3) NOT NULL,
        UNIQUE (id, network_id),
        CONSTRAINT impact_periods_version UNIQUE (network_id, quarter, version),
        FOREIGN KEY (corrects_id, network_id) REFERENCES observatory.impact_periods (id, network_id),
        CHECK ((version = 1) = (corrects_id IS NULL)),
        CHECK ((state = 'COLLECTING') = (frozen_at IS NULL) AND (frozen_at IS NULL) = (snapshot_hash IS NULL)),
        CHECK ((state IN ('PUBLISHED', 'CORRECTED')) = (publication_ref IS NOT NULL))
      );
      CREATE UNIQUE INDEX impact_periods_in_work ON observatory.impact_periods (network_id, quarter)
        WHERE state NOT IN ('PUBLISHED', 'CORRECTED');
      CREATE UNIQUE INDEX impact_periods_in_force ON observatory.impact_periods (network_id, quarter)
        WHERE state = 'PUBLISHED';
      ${ownedBy('observatory.impact_periods', owners)}

      CREATE TABLE observatory.steps (
        period_id  uuid NOT NULL,
        network_id uuid NOT NULL,
        state      text NOT NULL,
        taken_by   text NOT NULL,
        note       text,
        limits     text,
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (period_id, state),
        FOREIGN KEY (period_id, network_id) REFERENCES observatory.impact_periods (id, network_id),
        CHECK (state <> 'REVIEWED' OR (note <> '' AND limits <> ''))
      );
      ${appendOnly('observatory.steps')}
      ${ownedBy('observatory.steps', owners)}

      -- COMPUTED holds what nobody outside may see; REPORT is what the disclosure control left of it.
      CREATE TABLE observatory.results (
        period_id  uuid NOT NULL,
        network_id uuid NOT NULL,
        kind       text NOT NULL CHECK (kind IN ('COMPUTED', 'REPORT')),
        content    jsonb NOT NULL,
        hash       text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (period_id, kind),
        FOREIGN KEY (period_id, network_id) REFERENCES observatory.impact_periods (id, network_id)
      );
      ${appendOnly('observatory.results')}
      ${ownedBy('observatory.results', owners)}

      -- What was owed and what was paid after netting, as it stood when the period was computed.
      CREATE TABLE observatory.settlement_inputs (
        period_id     uuid NOT NULL,
        network_id    uuid NOT NULL,
        window_id     uuid NOT NULL,
        kind          text NOT NULL CHECK (kind IN ('CLAIM', 'PAYMENT')),
        from_party_id uuid NOT NULL REFERENCES directory.parties,
        to_party_id   uuid NOT NULL REFERENCES directory.parties,
        unit          text NOT NULL,
        amount_minor  bigint NOT NULL CHECK (amount_minor > 0),
        created_at    timestamptz(3) NOT NULL,
        PRIMARY KEY (period_id, window_id, kind, from_party_id, to_party_id, unit),
        FOREIGN KEY (period_id, network_id) REFERENCES observatory.impact_periods (id, network_id),
        FOREIGN KEY (window_id) REFERENCES settlement.windows
      );
      ${appendOnly('observatory.settlement_inputs')}
      ${ownedBy('observatory.settlement_inputs', owners)}`;

/** The keys are made under a secret of the service: an answer names neither the person nor the visit. */
const sources = `
      CREATE TABLE observatory.exit_answers (
        id             uuid PRIMARY KEY,
        visit_key      text NOT NULL CONSTRAINT exit_answers_once UNIQUE,
        person_key     text NOT NULL,
        network_id     uuid NOT NULL REFERENCES directory.networks,
        host_space_id  uuid NOT NULL REFERENCES directory.spaces,
        month          date NOT NULL CHECK (extract(day FROM month) = 1),
        consent        text NOT NULL,
        counterfactual text CHECK (counterfactual IN ('OFFICE', 'HOME', 'CAFE', 'OTHER_SPACE', 'NO_WORK')),
        own_words      text,
        met_someone    boolean,
        first_time     boolean,
        spent_minor    bigint CHECK (spent_minor >= 0),
        spent_unit     text CHECK ((spent_unit IS NULL) = (spent_minor IS NULL)),
        office_km      numeric(6, 1),
        office_mode    text,
        space_km       numeric(6, 1),
        space_mode     text,
        trip_km        numeric(6, 1),
        trip_mode      text,
        request_hash   text NOT NULL,
        -- The day alone: a moment would point at the visit.
        created_at     timestamptz(3) NOT NULL CHECK (created_at = date_trunc('day', created_at, 'UTC'))
      );
      CREATE INDEX exit_answers_of_month ON observatory.exit_answers (network_id, month);
      ${ownedBy('observatory.exit_answers', { networks: ['network_id'], scopes: ['clearing', 'sweep', 'operator'] })}

      CREATE TABLE observatory.declarations (
        id           uuid PRIMARY KEY,
        network_id   uuid NOT NULL,
        space_id     uuid NOT NULL,
        indicator    text NOT NULL,
        measure      text NOT NULL,
        quarter      text NOT NULL,
        value        bigint NOT NULL CHECK (value >= 0),
        unit         text NOT NULL,
        source       text NOT NULL CHECK (source <> ''),
        declared_by  text NOT NULL,
        request_hash text NOT NULL,
        created_at   timestamptz(3) NOT NULL,
        FOREIGN KEY (space_id, network_id) REFERENCES directory.spaces (id, network_id)
      );
      CREATE INDEX declarations_of_quarter ON observatory.declarations (network_id, quarter, space_id);
      ${appendOnly('observatory.declarations')}
      ${ownedBy('observatory.declarations', owners)}

      -- Whose visit it was, for those who may ask that person something.
      CREATE VIEW checkin.pub_visit_guests WITH (security_invoker = true) AS
        SELECT id AS visit_id, booking_id, person_id, space_id, host_network_id, home_network_id, day, state,
               completed_at
        FROM checkin.visits;
      GRANT SELECT ON checkin.pub_visit_guests TO ${APP_ROLE};`;

/** The observatory: periods, exit answers, declarations. Published figures are results, and results never change. */
export class Observatory1767000052000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA observatory;
      ${periods}
      ${sources}
      ${grantApp('observatory', { fixed: ['steps', 'results', 'settlement_inputs', 'declarations'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
