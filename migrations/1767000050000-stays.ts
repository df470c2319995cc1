import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, APP_ROLE, grantApp, ownedBy } from './tenancy.js';

const scopes = ['stays', 'sweep', 'operator'];
const owners = { networks: ['network_id'], scopes };

const CALLS = `
      CREATE TABLE stays.calls (
        id                   uuid PRIMARY KEY,
        network_id           uuid NOT NULL REFERENCES directory.networks,
        programme            text NOT NULL CHECK (programme <> ''),
        title                text NOT NULL CHECK (title <> ''),
        summary              text NOT NULL,
        direction            text NOT NULL CHECK (direction IN ('INSTITUTION_TO_SPACE', 'SPACE_TO_INSTITUTION')),
        languages            text[] NOT NULL CHECK (languages <> '{}'),
        opens_on             date NOT NULL,
        closes_on            date NOT NULL,
        from_day             date NOT NULL,
        until_day            date NOT NULL,
        slots                int NOT NULL CHECK (slots > 0),
        legal_bases          text[] NOT NULL CHECK (legal_bases <> '{}'),
        grant_scheme         text NOT NULL,
        grant_body_id        uuid NOT NULL REFERENCES identity.organisations,
        first_instalment_pct int NOT NULL CHECK (first_instalment_pct BETWEEN 0 AND 100),
        budget_minor         bigint NOT NULL,
        committed_minor      bigint NOT NULL DEFAULT 0,
        unit                 text NOT NULL CHECK (unit <> 'HALF_DAY'),
        opened_by            text NOT NULL,
        request_hash         text NOT NULL,
        created_at           timestamptz(3) NOT NULL,
        UNIQUE (id, network_id),
        CHECK (opens_on <= closes_on AND from_day <= until_day),
        CONSTRAINT calls_within_budget CHECK (committed_minor BETWEEN 0 AND budget_minor)
      );
      CREATE INDEX calls_open ON stays.calls (closes_on);
      ${ownedBy('stays.calls', { ...owners, readableWhen: 'true' })}`;

/** From the application to the balance. Nobody is on two stays on one day, whatever two requests do at once. */
const STAYS = `
      CREATE TABLE stays.stays (
        id                 uuid PRIMARY KEY,
        call_id            uuid NOT NULL,
        network_id         uuid NOT NULL,
        person_id          uuid NOT NULL REFERENCES identity.people,
        participant_name   text NOT NULL,
        direction          text NOT NULL,
        legal_basis        text NOT NULL,
        employer_id        uuid NOT NULL REFERENCES identity.organisations,
        status             text NOT NULL CHECK (status IN ('CIVIL_SERVANT', 'EMPLOYEE', 'SELF_EMPLOYED')),
        motivation         text NOT NULL,
        questions          text NOT NULL,
        languages          text[] NOT NULL,
        from_day           date NOT NULL,
        until_day          date NOT NULL,
        days               int NOT NULL CHECK (days > 0),
        alternatives       jsonb NOT NULL,
        origin_space_id    uuid NOT NULL REFERENCES directory.spaces (id),
        travel_days        int NOT NULL CHECK (travel_days BETWEEN 0 AND 6),
        is_green           boolean NOT NULL,
        is_early_agreed    boolean NOT NULL,
        earlier_days       int NOT NULL CHECK (earlier_days >= 0),
        state              text NOT NULL CHECK (state IN ('DRAFT', 'EMPLOYER_REVIEW', 'REFUSED', 'DEFERRED', 'MATCHING',
          'MATCHED', 'AGREEMENT_DRAFT', 'SIGNING', 'SIGNED', 'READY', 'IN_PROGRESS', 'AWAITING_REPORTS', 'OVERDUE',
          'REPORTS_ACCEPTED', 'BALANCE_DUE', 'CLOSED', 'CANCELED')),
        employer_due_at    timestamptz(3),
        stay_place_id      uuid,
        host_network_id    uuid,
        legal_host_id      uuid REFERENCES identity.organisations,
        tutor_name         text,
        match_expires_at   timestamptz(3),
        person_accepted_at timestamptz(3),
        host_accepted_at   timestamptz(3),
        planned_minor      bigint CHECK (planned_minor >= 0),
        final_minor        bigint CHECK (final_minor BETWEEN 0 AND planned_minor),
        unit               text NOT NULL,
        interrupted_at     timestamptz(3),
        is_force_majeure   boolean,
        reports_due_on     date,
        request_hash       text NOT NULL,
        created_at         timestamptz(3) NOT NULL,
        UNIQUE (id, network_id),
        FOREIGN KEY (call_id, network_id) REFERENCES stays.calls (id, network_id),
        FOREIGN KEY (stay_place_id, host_network_id) REFERENCES directory.spaces (id, network_id),
        CHECK (from_day <= until_day),
        CHECK ((stay_place_id IS NULL) = (legal_host_id IS NULL)),
        CHECK ((interrupted_at IS NULL) = (is_force_majeure IS NULL)),
        CONSTRAINT stays_never_overlap EXCLUDE USING gist (
          person_id WITH =, daterange(from_day, until_day, '[]') WITH &&
        ) WHERE (state NOT IN ('DRAFT', 'DEFERRED', 'REFUSED', 'CANCELED'))
      );
      CREATE INDEX stays_of_person ON stays.stays (person_id, from_day);
      CREATE INDEX stays_of_call ON stays.stays (call_id);
      CREATE INDEX stays_of_employer ON stays.stays (employer_id);
      CREATE INDEX stays_under_way ON stays.stays (stay_place_id, from_day)
        WHERE state IN ('READY', 'IN_PROGRESS', 'AWAITING_REPORTS', 'OVERDUE');
      CREATE INDEX stays_to_match ON stays.stays (match_expires_at) WHERE state = 'MATCHED';
      ${ownedBy('stays.stays', { networks: ['network_id', 'host_network_id'], person: 'person_id', scopes })}
      CREATE TABLE stays.moves (
        id           uuid PRIMARY KEY,
        stay_id      uuid NOT NULL,
        network_id   uuid NOT NULL,
        act          text NOT NULL,
        side         text NOT NULL,
        from_state   text NOT NULL,
        to_state     text NOT NULL,
        reason       text NOT NULL,
        moved_by     text NOT NULL,
        request_hash text NOT NULL,
        created_at   timestamptz(3) NOT NULL,
        FOREIGN KEY (stay_id, network_id) REFERENCES stays.stays (id, network_id)
      );
      CREATE INDEX moves_of_stay ON stays.moves (stay_id, created_at);
      ${appendOnly('stays.moves')}
      ${ownedBy('stays.moves', owners)}`;

/** What is signed, what is shown before leaving, and who was where. */
const PAPERS = `
      CREATE TABLE stays.agreements (
        id         uuid PRIMARY KEY,
        stay_id    uuid NOT NULL,
        network_id uuid NOT NULL,
        number     int NOT NULL CHECK (number > 0),
        content    jsonb NOT NULL,
        hash       text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
        drafted_by text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        UNIQUE (stay_id, number),
        UNIQUE (id, hash),
        FOREIGN KEY (stay_id, network_id) REFERENCES stays.stays (id, network_id)
      );
      ${appendOnly('stays.agreements')}
      ${ownedBy('stays.agreements', owners)}
      CREATE TABLE stays.signatures (
        agreement_id    uuid NOT NULL,
        side            text NOT NULL CHECK (side IN ('PARTICIPANT', 'EMPLOYER', 'LEGAL_HOST', 'GRANT_BODY')),
        network_id      uuid NOT NULL REFERENCES directory.networks,
        hash            text NOT NULL,
        organisation_id uuid REFERENCES identity.organisations,
        signed_by       text NOT NULL,
        method          text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        PRIMARY KEY (agreement_id, side),
        FOREIGN KEY (agreement_id, hash) REFERENCES stays.agreements (id, hash),
        CHECK ((side = 'PARTICIPANT') = (organisation_id IS NULL))
      );
      ${appendOnly('stays.signatures')}
      ${ownedBy('stays.signatures', owners)}
      CREATE TABLE stays.documents (
        stay_id     uuid NOT NULL,
        network_id  uuid NOT NULL,
        kind        text NOT NULL,
        ground      text NOT NULL,
        reference   text,
        issuer      text,
        valid_from  date,
        valid_until date,
        waiver      text,
        settled_by  text,
        settled_at  timestamptz(3),
        created_at  timestamptz(3) NOT NULL,
        PRIMARY KEY (stay_id, kind),
        CHECK (valid_from <= valid_until),
        CHECK (reference IS NULL OR waiver IS NULL),
        CHECK ((settled_at IS NULL) = (reference IS NULL AND waiver IS NULL)),
        FOREIGN KEY (stay_id, network_id) REFERENCES stays.stays (id, network_id)
      );
      ${ownedBy('stays.documents', owners)}
      CREATE TABLE stays.attested_days (
        stay_id    uuid NOT NULL,
        day        date NOT NULL,
        network_id uuid NOT NULL,
        record_id  uuid NOT NULL UNIQUE REFERENCES checkin.visit_records,
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (stay_id, day),
        FOREIGN KEY (stay_id, network_id) REFERENCES stays.stays (id, network_id)
      );
      ${appendOnly('stays.attested_days')}
      ${ownedBy('stays.attested_days', owners)}
      CREATE VIEW checkin.pub_presences WITH (security_invoker = true) AS
        SELECT id AS visit_id, person_id, space_id, day, state, evidence, started_at FROM checkin.visits;
      GRANT SELECT ON checkin.pub_presences TO ${APP_ROLE};`;

/** What both sides have learnt, what is paid, and what may be told. */
const ENDS = `
      CREATE TABLE stays.statements (
        stay_id    uuid NOT NULL,
        side       text NOT NULL CHECK (side IN ('PARTICIPANT', 'HOST')),
        network_id uuid NOT NULL,
        learnt     text NOT NULL CHECK (learnt <> ''),
        changes    text NOT NULL,
        filed_by   text NOT NULL,
        request_hash text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (stay_id, side),
        FOREIGN KEY (stay_id, network_id) REFERENCES stays.stays (id, network_id)
      );
      ${appendOnly('stays.statements')}
      ${ownedBy('stays.statements', owners)}
      CREATE TABLE stays.instalments (
        id           uuid PRIMARY KEY,
        stay_id      uuid NOT NULL,
        network_id   uuid NOT NULL,
        kind         text NOT NULL CHECK (kind IN ('FIRST', 'BALANCE', 'RECOVERY')),
        amount_minor bigint NOT NULL CHECK (amount_minor > 0),
        unit         text NOT NULL,
        reference    text NOT NULL UNIQUE,
        ordered_at   timestamptz(3),
        paid_on      date,
        paid_by      text,
        canceled_at  timestamptz(3),
        created_at   timestamptz(3) NOT NULL,
        UNIQUE (stay_id, kind),
        CHECK (paid_on IS NULL OR (ordered_at IS NOT NULL AND canceled_at IS NULL)),
        CHECK ((paid_on IS NULL) = (paid_by IS NULL)),
        FOREIGN KEY (stay_id, network_id) REFERENCES stays.stays (id, network_id)
      );
      ${ownedBy('stays.instalments', owners)}
      CREATE TABLE stays.stories (
        id           uuid PRIMARY KEY,
        stay_id      uuid NOT NULL UNIQUE,
        network_id   uuid NOT NULL,
        language     text NOT NULL,
        title        text NOT NULL CHECK (title <> ''),
        text         text NOT NULL CHECK (text <> ''),
        signed_as    text NOT NULL,
        consented_at timestamptz(3) NOT NULL,
        published_at timestamptz(3),
        published_by text,
        withdrawn_at timestamptz(3),
        created_at   timestamptz(3) NOT NULL,
        CHECK ((published_at IS NULL) = (published_by IS NULL)),
        FOREIGN KEY (stay_id, network_id) REFERENCES stays.stays (id, network_id)
      );
      CREATE INDEX stories_public ON stays.stories (published_at) WHERE withdrawn_at IS NULL;
      ${ownedBy('stays.stories', owners)}`;

/** Immersion stays between institutions and spaces, in both directions. */
export class Stays1767000050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA stays;
      ${CALLS}
      ${STAYS}
      ${PAPERS}
      ${ENDS}
      ${grantApp('stays', { fixed: ['moves', 'agreements', 'signatures', 'attested_days', 'statements'] })}
      REVOKE DELETE ON stays.stays, stays.documents, stays.instalments, stays.stories FROM ${APP_ROLE};
      REVOKE UPDATE, DELETE ON stays.calls FROM ${APP_ROLE};
      GRANT UPDATE (committed_minor) ON stays.calls TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
