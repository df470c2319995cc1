import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, appendOnly, grantApp, ownedBy } from './tenancy.js';

/** What every table below has: whose network it is of, and that it points to a space of it. */
const ofSpace = `
    space_id   uuid NOT NULL,
    network_id uuid NOT NULL,
    FOREIGN KEY (space_id, network_id) REFERENCES directory.spaces (id, network_id)`;
const open = (table: string) => ownedBy(table, { networks: ['network_id'], readableWhen: 'true' });

const SERVICES = `
  -- What a space shares beside its desks, at which price among spaces; a later version holds from its day on.
  CREATE TABLE encounters.cross_services (
    id           uuid PRIMARY KEY,
    request_hash text NOT NULL,
    kind         text NOT NULL CHECK (kind IN
      ('machine_time', 'meeting_room', 'mentoring', 'studio', 'event_seat', 'business_address')),
    title        text NOT NULL,
    per          text NOT NULL CHECK (per IN ('HOUR', 'DAY', 'SEAT', 'MONTH')),
    unit         text NOT NULL CHECK (unit <> 'HALF_DAY'),
    price_minor  bigint NOT NULL CHECK (price_minor >= 0),
    is_offered   boolean NOT NULL,
    valid_from   date NOT NULL,
    written_by   text NOT NULL,
    created_at   timestamptz(3) NOT NULL,${ofSpace},
    CONSTRAINT cross_services_day UNIQUE (space_id, kind, valid_from),
    UNIQUE (id, network_id)
  );
  ${appendOnly('encounters.cross_services')}
  ${open('encounters.cross_services')}

  -- One use that the host states, at the price of its day. It counts once the guest's home space has confirmed it.
  CREATE TABLE encounters.service_uses (
    id              uuid PRIMARY KEY,
    request_hash    text NOT NULL,
    service_id      uuid NOT NULL REFERENCES encounters.cross_services,
    network_id      uuid NOT NULL,
    host_space_id   uuid NOT NULL,
    home_space_id   uuid NOT NULL CHECK (home_space_id <> host_space_id),
    home_network_id uuid NOT NULL,
    day             date NOT NULL,
    quantity        int NOT NULL CHECK (quantity > 0),
    unit            text NOT NULL,
    amount_minor    bigint NOT NULL CHECK (amount_minor >= 0),
    stated_by       text NOT NULL,
    created_at      timestamptz(3) NOT NULL,
    UNIQUE (id, network_id, home_network_id),
    FOREIGN KEY (host_space_id, network_id) REFERENCES directory.spaces (id, network_id),
    FOREIGN KEY (home_space_id, home_network_id) REFERENCES directory.spaces (id, network_id)
  );
  ${appendOnly('encounters.service_uses')}
  ${ownedBy('encounters.service_uses', { networks: ['network_id', 'home_network_id'] })}
  CREATE TABLE encounters.service_use_confirmations (
    use_id          uuid PRIMARY KEY,
    network_id      uuid NOT NULL,
    home_network_id uuid NOT NULL,
    confirmed_by    text NOT NULL,
    created_at      timestamptz(3) NOT NULL,
    FOREIGN KEY (use_id, network_id, home_network_id)
      REFERENCES encounters.service_uses (id, network_id, home_network_id)
  );
  ${appendOnly('encounters.service_use_confirmations')}
  ${ownedBy('encounters.service_use_confirmations', { networks: ['network_id', 'home_network_id'] })}`;

const INITIATIVES = `
  CREATE TABLE encounters.initiatives (
    id           uuid PRIMARY KEY,
    request_hash text NOT NULL,
    network_id   uuid NOT NULL REFERENCES directory.networks,
    title        text NOT NULL,
    summary      text NOT NULL,
    from_day     date NOT NULL,
    until_day    date NOT NULL CHECK (until_day >= from_day),
    unit         text NOT NULL CHECK (unit <> 'HALF_DAY'),
    budget_minor bigint NOT NULL CHECK (budget_minor >= 0),
    created_by   text NOT NULL,
    created_at   timestamptz(3) NOT NULL,
    UNIQUE (id, network_id)
  );
  ${appendOnly('encounters.initiatives')}
  ${open('encounters.initiatives')}

  -- Each space joins by itself, with what it brings of the budget.
  CREATE TABLE encounters.initiative_partners (
    initiative_id uuid NOT NULL REFERENCES encounters.initiatives,
    country       text NOT NULL,
    brings_minor  bigint NOT NULL CHECK (brings_minor >= 0),
    joined_by     text NOT NULL,
    created_at    timestamptz(3) NOT NULL,${ofSpace},
    PRIMARY KEY (initiative_id, space_id)
  );
  ${appendOnly('encounters.initiative_partners')}
  ${open('encounters.initiative_partners')}

  -- Published means: by two spaces or more, of two countries or more. Whoever writes, the database looks.
  CREATE TABLE encounters.initiative_publications (
    initiative_id uuid PRIMARY KEY,
    network_id    uuid NOT NULL,
    published_by  text NOT NULL,
    created_at    timestamptz(3) NOT NULL,
    FOREIGN KEY (initiative_id, network_id) REFERENCES encounters.initiatives (id, network_id)
  );
  ${appendOnly('encounters.initiative_publications')}
  ${open('encounters.initiative_publications')}
  CREATE FUNCTION encounters.demand_wide_initiative() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE spaces int; countries int;
    BEGIN
      SELECT count(*), count(DISTINCT country) INTO spaces, countries
        FROM encounters.initiative_partners WHERE initiative_id = NEW.initiative_id;
      IF spaces < 2 OR countries < 2 THEN
        RAISE EXCEPTION 'an initiative is of two spaces and two countries at least'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'initiative_publications_wide';
      END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER wide BEFORE INSERT ON encounters.initiative_publications
    FOR EACH ROW EXECUTE FUNCTION encounters.demand_wide_initiative();`;

const ENCOUNTERS = `
  -- follows_id: the encounter before it in its series.
  CREATE TABLE encounters.encounters (
    id            uuid PRIMARY KEY,
    request_hash  text NOT NULL,
    kind          text NOT NULL CHECK (kind IN ('ENCOUNTER', 'STUDY_VISIT', 'OPEN_DAY', 'PEER_EXCHANGE')),
    title         text NOT NULL,
    starts_at     timestamptz(3) NOT NULL,
    ends_at       timestamptz(3) NOT NULL CHECK (ends_at > starts_at),
    capacity      int NOT NULL CHECK (capacity > 0),
    initiative_id uuid REFERENCES encounters.initiatives,
    follows_id    uuid REFERENCES encounters.encounters,
    created_by    text NOT NULL,
    closed_at     timestamptz(3),
    created_at    timestamptz(3) NOT NULL,${ofSpace},
    CONSTRAINT encounters_one_next UNIQUE (follows_id),
    CHECK (follows_id <> id),
    UNIQUE (id, network_id)
  );
  ${ownedBy('encounters.encounters', { networks: ['network_id'], scopes: ['catalogue'], readableWhen: 'true' })}
  CREATE INDEX encounters_by_time ON encounters.encounters (starts_at);

  -- Who was there, from which side: attested by the code on the spot.
  CREATE TABLE encounters.attendances (
    encounter_id uuid NOT NULL,
    network_id   uuid NOT NULL,
    person_id    uuid NOT NULL REFERENCES identity.people,
    side         text NOT NULL CHECK (side IN ('INSTITUTION', 'USER')),
    created_at   timestamptz(3) NOT NULL,
    PRIMARY KEY (encounter_id, person_id),
    FOREIGN KEY (encounter_id, network_id) REFERENCES encounters.encounters (id, network_id)
  );
  ${ownedBy('encounters.attendances', { networks: ['network_id'], person: 'person_id', scopes: ['catalogue'] })}

  CREATE TABLE encounters.closings (
    encounter_id uuid PRIMARY KEY,
    network_id   uuid NOT NULL,
    request_hash text NOT NULL,
    minutes      text NOT NULL CHECK (minutes <> ''),
    closed_by    text NOT NULL,
    created_at   timestamptz(3) NOT NULL,
    FOREIGN KEY (encounter_id, network_id) REFERENCES encounters.encounters (id, network_id)
  );
  ${appendOnly('encounters.closings')}
  ${ownedBy('encounters.closings', { networks: ['network_id'], scopes: ['catalogue'] })}

  CREATE TABLE encounters.follow_ups (
    id           uuid PRIMARY KEY,
    encounter_id uuid NOT NULL,
    network_id   uuid NOT NULL,
    what         text NOT NULL,
    owner        text NOT NULL, -- a role or an organisation, never a person
    due_on       date NOT NULL,
    created_at   timestamptz(3) NOT NULL,
    UNIQUE (id, network_id),
    FOREIGN KEY (encounter_id, network_id) REFERENCES encounters.encounters (id, network_id)
  );
  ${appendOnly('encounters.follow_ups')}
  ${ownedBy('encounters.follow_ups', { networks: ['network_id'] })}
  CREATE TABLE encounters.follow_up_outcomes (
    follow_up_id uuid PRIMARY KEY,
    network_id   uuid NOT NULL,
    outcome      text NOT NULL CHECK (outcome IN ('DONE', 'DROPPED')),
    note         text NOT NULL,
    told_by      text NOT NULL,
    created_at   timestamptz(3) NOT NULL,
    FOREIGN KEY (follow_up_id, network_id) REFERENCES encounters.follow_ups (id, network_id)
  );
  ${appendOnly('encounters.follow_up_outcomes')}
  ${ownedBy('encounters.follow_up_outcomes', { networks: ['network_id'] })}`;

const PEOPLE = `
  -- "I come": what somebody lets others see of a stay, until they take it back.
  CREATE TABLE encounters.sharings (
    id           uuid PRIMARY KEY,
    request_hash text NOT NULL,
    person_id    uuid NOT NULL REFERENCES identity.people,
    from_day     date NOT NULL,
    until_day    date NOT NULL CHECK (until_day >= from_day),
    skills       text NOT NULL,
    withdrawn_at timestamptz(3),
    created_at   timestamptz(3) NOT NULL,${ofSpace},
    UNIQUE (id, space_id),
    CONSTRAINT sharings_once EXCLUDE USING gist (person_id WITH =, space_id WITH =, daterange(from_day, until_day, '[]') WITH &&)
      WHERE (withdrawn_at IS NULL)
  );
  ${ownedBy('encounters.sharings', { networks: ['network_id'], person: 'person_id', scopes: ['catalogue'] })}

  CREATE TABLE encounters.introductions (
    id            uuid PRIMARY KEY,
    request_hash  text NOT NULL,
    one_id        uuid NOT NULL,
    other_id      uuid NOT NULL CHECK (other_id <> one_id),
    note          text NOT NULL,
    introduced_by text NOT NULL,
    created_at    timestamptz(3) NOT NULL,${ofSpace},
    FOREIGN KEY (one_id, space_id) REFERENCES encounters.sharings (id, space_id),
    FOREIGN KEY (other_id, space_id) REFERENCES encounters.sharings (id, space_id)
  );
  CREATE UNIQUE INDEX introductions_once
    ON encounters.introductions (least(one_id, other_id), greatest(one_id, other_id));
  ${appendOnly('encounters.introductions')}
  ${ownedBy('encounters.introductions', { networks: ['network_id'], scopes: ['catalogue'] })}
  CREATE TABLE encounters.introduction_outcomes (
    introduction_id uuid NOT NULL REFERENCES encounters.introductions,
    person_id       uuid NOT NULL REFERENCES identity.people,
    network_id      uuid NOT NULL REFERENCES directory.networks,
    outcome         text NOT NULL CHECK (outcome IN ('CONTACT', 'PROJECT', 'NOTHING')),
    created_at      timestamptz(3) NOT NULL,
    PRIMARY KEY (introduction_id, person_id)
  );
  ${ownedBy('encounters.introduction_outcomes', { networks: ['network_id'], person: 'person_id', scopes: ['catalogue'] })}

  CREATE TABLE encounters.welcomes (
    note       text NOT NULL,
    ask_for    text NOT NULL, -- a first name, of somebody who agreed to be named
    moment     text,
    written_by text NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    created_at timestamptz(3) NOT NULL,${ofSpace},
    PRIMARY KEY (space_id)
  );
  ${open('encounters.welcomes')}`;

const WORKSTREAMS = `
  -- What a working group wrote down. The groups themselves are starting data of the module.
  CREATE TABLE encounters.workstream_entries (
    id           uuid PRIMARY KEY,
    request_hash text NOT NULL,
    workstream   text NOT NULL CHECK (workstream IN
      ('data_bank', 'connected_places', 'charter', 'immersion_stays', 'public_agents')),
    network_id   uuid NOT NULL REFERENCES directory.networks,
    kind         text NOT NULL CHECK (kind IN ('MINUTES', 'PROPOSAL', 'DECISION')),
    text         text NOT NULL,
    written_by   text NOT NULL,
    created_at   timestamptz(3) NOT NULL
  );
  ${appendOnly('encounters.workstream_entries')}
  ${open('encounters.workstream_entries')}
  CREATE TABLE encounters.workstream_members (
    workstream text NOT NULL,
    network_id uuid NOT NULL REFERENCES directory.networks,
    person_id  uuid NOT NULL REFERENCES identity.people,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (workstream, network_id, person_id)
  );
  ${ownedBy('encounters.workstream_members', { networks: ['network_id'], person: 'person_id', scopes: ['catalogue'] })}`;

/** Connected places: cross services, initiatives, encounters, introductions, workstreams. */
export class Encounters1767000051001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA encounters;
      ${SERVICES}
      ${INITIATIVES}
      ${ENCOUNTERS}
      ${PEOPLE}
      ${WORKSTREAMS}
      ${grantApp('encounters', {
        fixed: [
          'cross_services',
          'service_uses',
          'service_use_confirmations',
          'initiatives',
          'initiative_partners',
          'initiative_publications',
          'closings',
          'follow_ups',
          'follow_up_outcomes',
          'introductions',
          'workstream_entries',
        ],
      })}
      REVOKE DELETE ON encounters.encounters, encounters.attendances, encounters.sharings FROM ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
