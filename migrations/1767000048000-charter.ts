import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, APP_ROLE, grantApp, ownedBy } from './tenancy.js';

const SCOPES = ['operator', 'sweep', 'identity'];
const stamped = `
        network_id   uuid NOT NULL REFERENCES directory.networks,
        request_hash text NOT NULL,
        created_at   timestamptz(3) NOT NULL`;
const ofMember = `
        FOREIGN KEY (member_id, network_id) REFERENCES charter.members (id, network_id)`;

/** Charter: versions, members and their steps, signatures, self-assessments, peer reviews, appeals. */
export class Charter1767000048000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA charter;
      ${hostingStops}
      ${versions}
      ${members}
      ${saidByMembers}
      ${grantApp('directory')}
      ${grantApp('charter', { fixed: ['comments', 'steps', 'applications', 'signatures', 'assessments', 'peer_reviews'] })}
      REVOKE DELETE ON directory.hosting_stops, charter.versions, charter.members, charter.appeals FROM ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

/** Without a stop a space hosts: only what has begun and not ended keeps new bookings away. */
const hostingStops = `
      CREATE TABLE directory.hosting_stops (
        id         uuid PRIMARY KEY,
        space_id   uuid NOT NULL,
        network_id uuid NOT NULL,
        code       text NOT NULL CHECK (code IN ('CHARTER_LAPSED', 'SUSPENDED', 'LEAVING', 'CLOSING', 'LEFT')),
        stopped_by text NOT NULL,
        begun_at   timestamptz(3) NOT NULL,
        ended_at   timestamptz(3) CHECK (ended_at >= begun_at),
        created_at timestamptz(3) NOT NULL,
        FOREIGN KEY (space_id, network_id) REFERENCES directory.spaces (id, network_id)
      );
      CREATE UNIQUE INDEX hosting_stops_one ON directory.hosting_stops (space_id) WHERE ended_at IS NULL;
      ${ownedBy('directory.hosting_stops', { networks: ['network_id'], scopes: SCOPES, readableWhen: 'true' })}
      CREATE VIEW reciprocity.pub_free_days WITH (security_invoker = true) AS
        SELECT rate.version_id, rate.host_space_id, rate.resource_kind,
               coalesce(rate.free_half_days, version.free_half_days) AS free_half_days
        FROM reciprocity.rates rate JOIN reciprocity.agreement_versions version ON version.id = rate.version_id;
      CREATE VIEW bookings.pub_closures WITH (security_invoker = true) AS
        SELECT id, space_id, network_id, from_day, until_day, reason, withdrawn_at, created_at FROM bookings.closures;
      GRANT SELECT ON reciprocity.pub_free_days, bookings.pub_closures TO ${APP_ROLE};`;

/** A draft is rewritten; what was published stays as it was signed. */
const versions = `
      CREATE TABLE charter.versions (
        id           uuid PRIMARY KEY,
        number       int CHECK (number > 0),
        texts        jsonb NOT NULL CHECK (texts ?& ARRAY['en', 'fr', 'es', 'it', 'ar']),
        commitments  jsonb NOT NULL CHECK (jsonb_typeof(commitments) = 'array'),
        hash         text NOT NULL CHECK (length(hash) = 64),
        drafted_by   text NOT NULL,
        published_at timestamptz(3),
        published_by text,
        renew_by     date,${stamped},
        UNIQUE (id, network_id),
        CONSTRAINT versions_numbered UNIQUE (network_id, number),
        CHECK (num_nulls(number, published_at, published_by, renew_by) IN (0, 4))
      );
      CREATE FUNCTION charter.refuse_change_of_published() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.published_at IS NOT NULL THEN
          RAISE EXCEPTION 'a published charter stays as it is: draft a new version';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER published_stays BEFORE UPDATE ON charter.versions
        FOR EACH ROW EXECUTE FUNCTION charter.refuse_change_of_published();
      ${ownedBy('charter.versions', {
        networks: ['network_id'],
        scopes: SCOPES,
        readableWhen: 'published_at IS NOT NULL',
      })}
      CREATE TABLE charter.comments (
        id           uuid PRIMARY KEY,
        version_id   uuid NOT NULL,
        text         text NOT NULL,
        commented_by text NOT NULL,
        author       text NOT NULL,${stamped},
        FOREIGN KEY (version_id, network_id) REFERENCES charter.versions (id, network_id)
      );
      CREATE INDEX comments_of_version ON charter.comments (version_id, created_at);
      ${appendOnly('charter.comments')}
      ${ownedBy('charter.comments', { networks: ['network_id'], scopes: SCOPES })}`;

/** A member changes its state by steps that are never changed; its row is where the steps have led. */
const members = `
      CREATE TABLE charter.members (
        id              uuid PRIMARY KEY,
        kind            text NOT NULL CHECK (kind IN ('SPACE', 'INSTITUTION')),
        organisation_id uuid NOT NULL REFERENCES identity.organisations,
        space_id        uuid,
        state           text NOT NULL CHECK (state IN ('INTERESTED', 'APPLIED', 'ASSESSED', 'RETURNED', 'REVIEWED',
          'PROVISIONAL', 'ACTIVE', 'RENEWAL_DUE', 'CHARTER_LAPSED', 'SUSPENDED', 'TERMINATING', 'CLOSING', 'EXITED')),
        since           timestamptz(3) NOT NULL,
        deadline        date,
        provisional_at  timestamptz(3),
        confirmed_at    timestamptz(3),
        supported_by    text,
        created_by      text NOT NULL,${stamped},
        UNIQUE (id, network_id),
        CHECK ((kind = 'SPACE') = (space_id IS NOT NULL)),
        CHECK (state <> 'RENEWAL_DUE' OR deadline IS NOT NULL),
        FOREIGN KEY (space_id, network_id) REFERENCES directory.spaces (id, network_id)
      );
      CREATE UNIQUE INDEX members_once ON charter.members (network_id, organisation_id, coalesce(space_id, organisation_id))
        WHERE state <> 'EXITED';
      CREATE INDEX members_due ON charter.members (deadline) WHERE deadline IS NOT NULL;
      ${ownedBy('charter.members', {
        networks: ['network_id'],
        scopes: SCOPES,
        readableWhen: 'provisional_at IS NOT NULL',
      })}
      CREATE TABLE charter.steps (
        id         uuid PRIMARY KEY,
        member_id  uuid NOT NULL,
        command    text NOT NULL,
        from_state text NOT NULL,
        to_state   text NOT NULL,
        ground     text,
        reasons    text,
        until_day  date,
        taken_by   text NOT NULL,${stamped},
        UNIQUE (id, member_id),${ofMember}
      );
      CREATE INDEX steps_of_member ON charter.steps (member_id, created_at, id);
      ${appendOnly('charter.steps')}
      ${ownedBy('charter.steps', { networks: ['network_id'], scopes: SCOPES })}`;

const saidByMembers = `
      CREATE TABLE charter.applications (
        member_id  uuid PRIMARY KEY,
        body       jsonb NOT NULL CHECK (body ?& ARRAY['legalName', 'address', 'vatRegime', 'openSince']),
        applied_by text NOT NULL,${stamped},${ofMember}
      );
      ${appendOnly('charter.applications')}
      ${ownedBy('charter.applications', { networks: ['network_id'], scopes: SCOPES })}
      CREATE TABLE charter.signatures (
        id          uuid PRIMARY KEY,
        member_id   uuid NOT NULL,
        version_id  uuid NOT NULL REFERENCES charter.versions,
        hash        text NOT NULL,
        language    text NOT NULL CHECK (language IN ('en', 'fr', 'es', 'it', 'ar')),
        method      text NOT NULL CHECK (method IN ('SIMPLE', 'ADVANCED', 'QUALIFIED')),
        signer_name text NOT NULL,
        signer_role text NOT NULL,
        signed_by   text NOT NULL,${stamped},
        CONSTRAINT signatures_once UNIQUE (member_id, version_id),${ofMember}
      );
      ${appendOnly('charter.signatures')}
      ${ownedBy('charter.signatures', { networks: ['network_id'], scopes: SCOPES, readableWhen: 'true' })}
      CREATE TABLE charter.assessments (
        id          uuid PRIMARY KEY,
        member_id   uuid NOT NULL,
        answers     jsonb NOT NULL CHECK (jsonb_typeof(answers) = 'array'),
        assessed_by text NOT NULL,${stamped},
        UNIQUE (id, member_id),${ofMember}
      );
      CREATE INDEX assessments_of_member ON charter.assessments (member_id, created_at);
      ${appendOnly('charter.assessments')}
      ${ownedBy('charter.assessments', { networks: ['network_id'], scopes: SCOPES })}
      CREATE TABLE charter.peer_reviews (
        id                uuid PRIMARY KEY,
        member_id         uuid NOT NULL,
        assessment_id     uuid NOT NULL,
        reviewer_space_id uuid NOT NULL REFERENCES directory.spaces,
        reviewer_country  text NOT NULL,
        verdict           text NOT NULL CHECK (verdict IN ('RECOMMENDED', 'RETURNED')),
        reasons           text NOT NULL,
        reviewed_by       text NOT NULL,${stamped},
        CONSTRAINT peer_reviews_once UNIQUE (assessment_id, reviewer_space_id),
        FOREIGN KEY (assessment_id, member_id) REFERENCES charter.assessments (id, member_id),${ofMember}
      );
      ${appendOnly('charter.peer_reviews')}
      ${ownedBy('charter.peer_reviews', { networks: ['network_id'], scopes: SCOPES })}
      CREATE TABLE charter.appeals (
        id           uuid PRIMARY KEY,
        member_id    uuid NOT NULL,
        step_id      uuid NOT NULL,
        text         text NOT NULL,
        appealed_by  text NOT NULL,
        outcome      text CHECK (outcome IN ('UPHELD', 'REJECTED')),
        statement    text,
        decided_by   text,
        decided_at   timestamptz(3),${stamped},
        CONSTRAINT appeals_once UNIQUE (step_id),
        CHECK (num_nulls(outcome, statement, decided_by, decided_at) IN (0, 4)),
        FOREIGN KEY (step_id, member_id) REFERENCES charter.steps (id, member_id),${ofMember}
      );
      ${ownedBy('charter.appeals', { networks: ['network_id'], scopes: SCOPES })}`;
