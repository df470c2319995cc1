import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, grantApp, ownedBy } from './tenancy.js';

/** Checkin: scans, visits, sealed visit records. */
export class Checkin1767000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA checkin;
      ${visits}
      ${scans}
      ${visitRecords}
      ${grantApp('checkin', { fixed: ['scans', 'shown_codes', 'visit_records'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

/**
 * Everything a record will say is copied from the booking when the guest comes in. closes_at and
 * seals_at are moments fixed at the door, so that sweeping is a comparison with now.
 */
const visits = `
      CREATE TABLE checkin.visits (
        id               uuid PRIMARY KEY,
        booking_id       uuid NOT NULL UNIQUE REFERENCES bookings.bookings,
        person_id        uuid NOT NULL REFERENCES identity.people,
        space_id         uuid NOT NULL,
        host_network_id  uuid NOT NULL,
        home_space_id    uuid,
        home_network_id  uuid NOT NULL REFERENCES directory.networks,
        guest_first_name text NOT NULL,
        day              date NOT NULL,
        part             text NOT NULL CHECK (part IN ('DAY', 'MORNING', 'AFTERNOON')),
        half_days        smallint NOT NULL CHECK (half_days IN (1, 2)),
        funding          text NOT NULL CHECK (funding IN ('VISA_QUOTA', 'PASS_UNITS', 'PAY_AS_YOU_GO')),
        debtor_party_id  uuid REFERENCES directory.parties,
        terms            jsonb NOT NULL,
        state            text NOT NULL CHECK (state IN ('ACTIVE', 'COMPLETED', 'SEALED', 'INVALID')),
        evidence         text NOT NULL CHECK (evidence IN ('A', 'B', 'C', 'D')),
        started_at       timestamptz(3) NOT NULL,
        closes_at        timestamptz(3) NOT NULL,
        seals_at         timestamptz(3) NOT NULL,
        completed_at     timestamptz(3),
        completed_by     text,
        invalidated_at   timestamptz(3),
        invalidated_by   text,
        invalid_reason   text,
        created_at       timestamptz(3) NOT NULL,
        UNIQUE (id, host_network_id),
        FOREIGN KEY (space_id, host_network_id) REFERENCES directory.spaces (id, network_id),
        FOREIGN KEY (home_space_id, home_network_id) REFERENCES directory.spaces (id, network_id),
        CHECK (closes_at <= seals_at),
        CHECK ((state = 'ACTIVE') = (completed_at IS NULL) OR state = 'INVALID'),
        CHECK ((completed_at IS NULL) = (completed_by IS NULL)),
        CHECK ((state = 'INVALID') = (invalidated_at IS NOT NULL AND invalidated_by IS NOT NULL
          AND invalid_reason IS NOT NULL))
      );
      CREATE UNIQUE INDEX visits_one_inside ON checkin.visits (person_id) WHERE state = 'ACTIVE';
      CREATE INDEX visits_of_space ON checkin.visits (space_id, day);
      CREATE INDEX visits_of_person ON checkin.visits (person_id, day);
      CREATE INDEX visits_to_complete ON checkin.visits (closes_at) WHERE state = 'ACTIVE';
      CREATE INDEX visits_to_seal ON checkin.visits (seals_at) WHERE state = 'COMPLETED';
      ${ownedBy('checkin.visits', {
        networks: ['host_network_id', 'home_network_id'],
        person: 'person_id',
        scopes: ['sweep', 'clearing', 'operator'],
      })}`;

/** A code is kept as its hash: the text would let whoever reads the table show it again. */
const scans = `
      CREATE TABLE checkin.scans (
        id               uuid PRIMARY KEY,
        request_hash     text NOT NULL,
        code_hash        text NOT NULL,
        space_id         uuid NOT NULL,
        host_network_id  uuid NOT NULL,
        home_network_id  uuid REFERENCES directory.networks,
        person_id        uuid REFERENCES identity.people,
        credential_id    uuid REFERENCES passes.credentials,
        visit_id         uuid,
        state            text NOT NULL CHECK (state IN ('ACCEPTED', 'REFUSED')),
        reason           text,
        refusal          text,
        evidence         text CHECK (evidence IN ('A', 'B', 'C', 'D')),
        day              date NOT NULL,
        scanned_at       timestamptz(3) NOT NULL,
        decided_at       timestamptz(3) NOT NULL,
        scanned_by       text NOT NULL,
        created_at       timestamptz(3) NOT NULL,
        CHECK ((state = 'REFUSED') = (reason IS NOT NULL)),
        CHECK ((state = 'ACCEPTED') = (visit_id IS NOT NULL)),
        CHECK (state = 'REFUSED' OR (person_id IS NOT NULL AND home_network_id IS NOT NULL
          AND credential_id IS NOT NULL AND evidence IS NOT NULL)),
        FOREIGN KEY (space_id, host_network_id) REFERENCES directory.spaces (id, network_id),
        FOREIGN KEY (visit_id, host_network_id) REFERENCES checkin.visits (id, host_network_id)
      );
      CREATE INDEX scans_of_space ON checkin.scans (space_id, day);
      CREATE INDEX scans_of_visit ON checkin.scans (visit_id);
      ${appendOnly('checkin.scans')}
      ${ownedBy('checkin.scans', {
        networks: ['host_network_id', 'home_network_id'],
        person: 'person_id',
        scopes: ['sweep', 'clearing', 'operator'],
      })}

      CREATE TABLE checkin.shown_codes (
        cti              bytea NOT NULL,
        shown_at         timestamptz(3) NOT NULL,
        space_tag        bytea NOT NULL,
        scan_id          uuid NOT NULL REFERENCES checkin.scans DEFERRABLE INITIALLY DEFERRED,
        host_network_id  uuid NOT NULL REFERENCES directory.networks,
        created_at       timestamptz(3) NOT NULL,
        PRIMARY KEY (cti, shown_at, space_tag)
      );
      ${appendOnly('checkin.shown_codes')}
      ${ownedBy('checkin.shown_codes', { networks: ['host_network_id'], scopes: ['sweep', 'operator'] })}`;

/** person_ref stands for the person without naming them: records outlive the people they are about. */
const visitRecords = `
      CREATE TABLE checkin.visit_records (
        id                   uuid PRIMARY KEY,
        visit_id             uuid NOT NULL UNIQUE,
        scan_id              uuid NOT NULL REFERENCES checkin.scans,
        person_ref           uuid NOT NULL,
        sealed_at            timestamptz(3) NOT NULL,
        day                  date NOT NULL,
        home_space_id        uuid,
        home_network_id      uuid NOT NULL REFERENCES directory.networks,
        host_space_id        uuid NOT NULL,
        host_network_id      uuid NOT NULL,
        debtor_party_id      uuid REFERENCES directory.parties,
        creditor_party_id    uuid NOT NULL REFERENCES directory.parties,
        agreement_version_id uuid NOT NULL REFERENCES reciprocity.agreement_versions,
        clearing_network_id  uuid NOT NULL REFERENCES directory.networks,
        mode                 text NOT NULL CHECK (mode IN ('GIFT', 'ACCRUAL_CASH', 'ACCRUAL_IN_KIND')),
        unit                 text NOT NULL,
        half_days            smallint NOT NULL CHECK (half_days IN (1, 2)),
        rate_minor           bigint NOT NULL CHECK (rate_minor >= 0),
        amount_minor         bigint NOT NULL,
        funding              text NOT NULL CHECK (funding IN ('VISA_QUOTA', 'PASS_UNITS', 'PAY_AS_YOU_GO')),
        evidence             text NOT NULL CHECK (evidence IN ('A', 'B', 'C', 'D')),
        settles              boolean NOT NULL,
        terms                jsonb NOT NULL,
        hash                 text NOT NULL,
        created_at           timestamptz(3) NOT NULL,
        CHECK (amount_minor = CASE mode WHEN 'GIFT' THEN 0 WHEN 'ACCRUAL_CASH' THEN half_days * rate_minor
          ELSE half_days END),
        CHECK (mode <> 'ACCRUAL_IN_KIND' OR unit = 'HALF_DAY'),
        CHECK (NOT settles OR debtor_party_id IS NOT NULL),
        CHECK (creditor_party_id = host_space_id),
        FOREIGN KEY (visit_id, host_network_id) REFERENCES checkin.visits (id, host_network_id),
        FOREIGN KEY (host_space_id, host_network_id) REFERENCES directory.spaces (id, network_id),
        FOREIGN KEY (home_space_id, home_network_id) REFERENCES directory.spaces (id, network_id)
      );
      CREATE INDEX visit_records_to_clear ON checkin.visit_records (clearing_network_id, sealed_at);
      ${appendOnly('checkin.visit_records')}
      ${ownedBy('checkin.visit_records', {
        networks: ['home_network_id', 'host_network_id'],
        scopes: ['clearing', 'sweep', 'operator'],
      })}

      CREATE VIEW checkin.pub_visit_records WITH (security_invoker = true) AS
        SELECT id, visit_id, scan_id, person_ref, sealed_at, day, home_space_id, home_network_id,
               host_space_id, host_network_id, debtor_party_id, creditor_party_id, agreement_version_id,
               clearing_network_id, mode, unit, half_days, rate_minor, amount_minor, funding, evidence, settles
        FROM checkin.visit_records;`;
