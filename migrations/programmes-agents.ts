/** Where programmes pay, and for whom: the tables of places and agents. */
import { appendOnly, ownedBy } from './tenancy.js';

/** `clearing` is the reach of a sponsor and of an employer, after they were asked what they may see. */
export const SCOPES = { scopes: ['clearing', 'sweep', 'operator'] } as const;

export const places = `
      CREATE TABLE programmes.programme_spaces (
        programme_id    uuid NOT NULL,
        network_id      uuid NOT NULL,
        space_id        uuid NOT NULL REFERENCES directory.spaces,
        cap_half_days   int CHECK (cap_half_days >= 0),
        floor_half_days int NOT NULL DEFAULT 0 CHECK (floor_half_days >= 0),
        used_half_days  int NOT NULL DEFAULT 0 CHECK (used_half_days >= 0),
        created_at      timestamptz(3) NOT NULL,
        PRIMARY KEY (programme_id, space_id),
        FOREIGN KEY (programme_id, network_id) REFERENCES programmes.programmes (id, network_id),
        CONSTRAINT never_above_cap CHECK (cap_half_days IS NULL OR used_half_days <= cap_half_days)
      );
      ${ownedBy('programmes.programme_spaces', { networks: ['network_id'], ...SCOPES, readableWhen: 'true' })}

      -- What a programme asks about a place, from a day on.
      CREATE TABLE programmes.host_facts (
        id                     uuid PRIMARY KEY,
        request_hash           text NOT NULL,
        space_id               uuid NOT NULL,
        network_id             uuid NOT NULL,
        from_day               date NOT NULL,
        is_public_host         boolean NOT NULL,
        has_subsidised_canteen boolean NOT NULL,
        is_rural               boolean NOT NULL,
        declared_by            text NOT NULL,
        created_at             timestamptz(3) NOT NULL,
        CONSTRAINT one_fact_a_day UNIQUE (space_id, from_day),
        FOREIGN KEY (space_id, network_id) REFERENCES directory.spaces (id, network_id)
      );
      ${appendOnly('programmes.host_facts')}
      ${ownedBy('programmes.host_facts', { networks: ['network_id'], ...SCOPES, readableWhen: 'true' })}

      CREATE TABLE programmes.reserved_pools (
        pool_id             uuid PRIMARY KEY,
        space_id            uuid NOT NULL,
        network_id          uuid NOT NULL,
        release_days_before smallint NOT NULL CHECK (release_days_before BETWEEN 0 AND 30),
        release_time        time NOT NULL,
        declared_by         text NOT NULL,
        created_at          timestamptz(3) NOT NULL,
        FOREIGN KEY (pool_id, space_id) REFERENCES directory.pools (id, space_id),
        FOREIGN KEY (pool_id, network_id) REFERENCES directory.pools (id, network_id)
      );
      ${appendOnly('programmes.reserved_pools')}
      ${ownedBy('programmes.reserved_pools', { networks: ['network_id'], ...SCOPES, readableWhen: 'true' })}`;

export const agents = `
      CREATE TABLE programmes.agents (
        id            uuid PRIMARY KEY,
        request_hash  text NOT NULL,
        person_id     uuid NOT NULL REFERENCES identity.people,
        employer_id   uuid NOT NULL REFERENCES identity.organisations,
        network_id    uuid NOT NULL REFERENCES directory.networks,
        work_email    text NOT NULL,
        state         text NOT NULL CHECK (state IN ('CLAIMED', 'CONFIRMED', 'DECLINED', 'ENDED')),
        days_per_week smallint CHECK (days_per_week BETWEEN 1 AND 3),
        valid_until   date,
        allowance_abroad boolean NOT NULL DEFAULT false,
        state_at      timestamptz(3) NOT NULL,
        state_by      text NOT NULL,
        created_at    timestamptz(3) NOT NULL,
        CHECK (state <> 'CONFIRMED' OR (days_per_week IS NOT NULL AND valid_until IS NOT NULL))
      );
      CREATE UNIQUE INDEX one_claim ON programmes.agents (person_id, employer_id) WHERE state IN ('CLAIMED', 'CONFIRMED');
      CREATE INDEX agents_of_employer ON programmes.agents (employer_id, state);
      ${ownedBy('programmes.agents', { networks: ['network_id'], person: 'person_id', ...SCOPES })}

      CREATE TABLE programmes.mission_orders (
        id           uuid PRIMARY KEY,
        request_hash text NOT NULL,
        agent_id     uuid NOT NULL REFERENCES programmes.agents,
        person_id    uuid NOT NULL REFERENCES identity.people,
        network_id   uuid NOT NULL REFERENCES directory.networks,
        reference    text NOT NULL,
        country      text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
        from_day     date NOT NULL,
        until_day    date NOT NULL CHECK (until_day >= from_day),
        issued_by    text NOT NULL,
        created_at   timestamptz(3) NOT NULL
      );
      CREATE INDEX mission_orders_of ON programmes.mission_orders (person_id, country);
      ${appendOnly('programmes.mission_orders')}
      ${ownedBy('programmes.mission_orders', { networks: ['network_id'], person: 'person_id', ...SCOPES })}

      CREATE TABLE programmes.requests (
        id           uuid PRIMARY KEY,
        request_hash text NOT NULL,
        programme_id uuid NOT NULL,
        network_id   uuid NOT NULL,
        agent_id     uuid NOT NULL REFERENCES programmes.agents,
        person_id    uuid NOT NULL REFERENCES identity.people,
        days         smallint NOT NULL CHECK (days > 0),
        reason       text NOT NULL,
        state        text NOT NULL CHECK (state IN ('ASKED', 'GRANTED', 'DECLINED')),
        answer       text,
        answered_by  text,
        answered_at  timestamptz(3),
        created_at   timestamptz(3) NOT NULL,
        FOREIGN KEY (programme_id, network_id) REFERENCES programmes.programmes (id, network_id),
        CHECK ((state = 'ASKED') = (answered_at IS NULL) AND (answered_at IS NULL) = (answered_by IS NULL))
      );
      CREATE INDEX requests_asked ON programmes.requests (programme_id, id) WHERE state = 'ASKED';
      ${ownedBy('programmes.requests', { networks: ['network_id'], person: 'person_id', ...SCOPES })}`;
