import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantApp, ownedBy } from './tenancy.js';

/**
 * Bookings: capacity, quotes, bookings. The database keeps the promises itself: no half-hour is overbooked,
 * nobody is booked into two places at once, and nobody holds more than a day of one day.
 */
export class Bookings1767000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS btree_gist; -- "same person" beside "overlapping" in one constraint
      CREATE SCHEMA bookings;
    `);
    await runner.query(SEATS);
    await runner.query(`
      -- Half-hour i (0..47) is [i * 30 min, (i + 1) * 30 min) of the space's local day. Daylight saving needs no
      -- special case: the repeated hour is one half-hour, the missing one is never used.
      CREATE TABLE bookings.pool_days (
        pool_id        uuid NOT NULL,
        day            date NOT NULL,
        network_id     uuid NOT NULL,
        closed_because text CHECK (closed_because IN ('weekly', 'holiday', 'exception')),
        morning_from   smallint,
        morning_to     smallint,
        afternoon_from smallint,
        afternoon_to   smallint,
        offered        smallint[] NOT NULL,
        capacity       smallint[] NOT NULL,
        taken          smallint[] NOT NULL DEFAULT array_fill(0::smallint, ARRAY[48]),
        -- Bookings were there before the space offered less: they are kept, and no new one is taken.
        is_short       boolean NOT NULL GENERATED ALWAYS AS (capacity <> offered) STORED,
        created_at     timestamptz(3) NOT NULL,
        PRIMARY KEY (pool_id, day),
        FOREIGN KEY (pool_id, network_id) REFERENCES directory.pools (id, network_id),
        CHECK (morning_from < morning_to AND (morning_from IS NULL) = (morning_to IS NULL)),
        CHECK (afternoon_from < afternoon_to AND (afternoon_from IS NULL) = (afternoon_to IS NULL)),
        CHECK ((closed_because IS NOT NULL) = (morning_from IS NULL AND afternoon_from IS NULL)),
        CONSTRAINT never_overbooked CHECK (bookings.seats_fit(taken, capacity))
      ) WITH (fillfactor = 50);
      ${ownedBy('bookings.pool_days', { networks: ['network_id'], scopes: ['sweep', 'operator'], readableWhen: 'true' })}

      -- How many more bookings of each part fit; NULL when the space is closed then.
      CREATE VIEW bookings.pub_free_seats WITH (security_invoker = true) AS
        SELECT pool_id, day, network_id, closed_because, morning_from, morning_to, afternoon_from, afternoon_to,
               bookings.seats_free(taken, capacity, morning_from, morning_to) AS morning_free,
               bookings.seats_free(taken, capacity, afternoon_from, afternoon_to) AS afternoon_free,
               bookings.seats_free(taken, capacity, coalesce(morning_from, afternoon_from),
                                   coalesce(afternoon_to, morning_to)) AS day_free
          FROM bookings.pool_days;

      CREATE TABLE bookings.quotes (
        id              uuid PRIMARY KEY,
        person_id       uuid NOT NULL REFERENCES identity.people,
        pool_id         uuid NOT NULL,
        host_network_id uuid NOT NULL,
        request_hash    text NOT NULL,
        offer           jsonb NOT NULL,
        expires_at      timestamptz(3) NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        FOREIGN KEY (pool_id, host_network_id) REFERENCES directory.pools (id, network_id)
      );
      ${ownedBy('bookings.quotes', { person: 'person_id', scopes: ['operator'] })}

      CREATE TABLE bookings.bookings (
        id                   uuid PRIMARY KEY, -- made by the client: it is the idempotency key
        request_hash         text NOT NULL,
        person_id            uuid NOT NULL REFERENCES identity.people,
        space_id             uuid NOT NULL,
        pool_id              uuid NOT NULL,
        resource_kind        text NOT NULL,
        day                  date NOT NULL,
        part                 text NOT NULL CHECK (part IN ('DAY', 'MORNING', 'AFTERNOON')),
        half_days            smallint NOT NULL CHECK (half_days IN (1, 2)),
        from_slot            smallint NOT NULL CHECK (from_slot >= 0),
        to_slot              smallint NOT NULL CHECK (to_slot <= 48),
        starts_at            timestamptz(3) NOT NULL,
        ends_at              timestamptz(3) NOT NULL,
        time_zone            text NOT NULL,
        home_space_id        uuid,
        home_network_id      uuid NOT NULL REFERENCES directory.networks,
        host_network_id      uuid NOT NULL,
        state                text NOT NULL
          CHECK (state IN ('PENDING', 'RESERVED', 'FULFILLED', 'CANCELED', 'NO_SHOW', 'EXPIRED')),
        state_at             timestamptz(3) NOT NULL,
        state_by             text NOT NULL,
        held_until           timestamptz(3),
        funding              text NOT NULL CHECK (funding IN ('VISA_QUOTA', 'PASS_UNITS', 'PAY_AS_YOU_GO')),
        pass_id              uuid REFERENCES passes.passes,
        debtor_party_id      uuid REFERENCES directory.parties,
        agreement_version_id uuid NOT NULL REFERENCES reciprocity.agreement_versions,
        terms                jsonb NOT NULL,
        price_minor          bigint NOT NULL CHECK (price_minor >= 0),
        price_unit           text NOT NULL,
        guest_price_minor    bigint NOT NULL CHECK (guest_price_minor >= 0),
        guest_price_unit     text NOT NULL,
        quote_id             uuid UNIQUE REFERENCES bookings.quotes,
        cancel_reason        text,
        fee_half_days        smallint,
        fee_minor            bigint,
        fee_unit             text,
        created_at           timestamptz(3) NOT NULL,
        FOREIGN KEY (space_id, host_network_id) REFERENCES directory.spaces (id, network_id),
        FOREIGN KEY (pool_id, space_id) REFERENCES directory.pools (id, space_id),
        FOREIGN KEY (home_space_id, home_network_id) REFERENCES directory.spaces (id, network_id),
        CHECK (from_slot < to_slot),
        CHECK (starts_at < ends_at),
        CHECK ((state = 'PENDING') = (held_until IS NOT NULL)),
        CHECK ((funding = 'PASS_UNITS') = (pass_id IS NOT NULL)),
        CHECK ((state IN ('CANCELED', 'NO_SHOW')) = (fee_half_days IS NOT NULL)),
        CHECK ((fee_half_days IS NULL) = (fee_minor IS NULL) AND (fee_minor IS NULL) = (fee_unit IS NULL)),
        CHECK ((state = 'CANCELED') = (cancel_reason IS NOT NULL)),
        CONSTRAINT one_place_at_a_time EXCLUDE USING gist (
          person_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (state IN ('PENDING', 'RESERVED'))
      ) WITH (fillfactor = 80);
      CREATE UNIQUE INDEX once_per_space_and_day ON bookings.bookings (person_id, space_id, day)
        WHERE state IN ('PENDING', 'RESERVED', 'FULFILLED');
      CREATE INDEX bookings_of_person ON bookings.bookings (person_id, id);
      CREATE INDEX bookings_of_day ON bookings.bookings (space_id, day, id);
      CREATE INDEX bookings_on_pool ON bookings.bookings (pool_id, day);
      CREATE INDEX bookings_held ON bookings.bookings (held_until) WHERE state = 'PENDING';
      CREATE INDEX bookings_awaited ON bookings.bookings (ends_at) WHERE state = 'RESERVED';
      ${ownedBy('bookings.bookings', {
        networks: ['home_network_id', 'host_network_id'],
        person: 'person_id',
        scopes: ['sweep', 'operator'],
      })}

      -- What a person holds of one local day, wherever they hold it: private to them, so nobody else waits for it.
      CREATE TABLE bookings.person_days (
        person_id  uuid NOT NULL REFERENCES identity.people,
        day        date NOT NULL,
        half_days  smallint NOT NULL,
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (person_id, day),
        CONSTRAINT never_more_than_a_day CHECK (half_days BETWEEN 0 AND 2)
      );
      ${ownedBy('bookings.person_days', { person: 'person_id', scopes: ['sweep', 'operator'] })}

      CREATE VIEW bookings.pub_bookings WITH (security_invoker = true) AS
        SELECT id, person_id, space_id, pool_id, resource_kind, day, part, half_days, starts_at, ends_at,
               home_space_id, home_network_id, host_network_id, state, funding, pass_id, debtor_party_id,
               agreement_version_id
          FROM bookings.bookings;
      ${grantApp('bookings', { fixed: ['quotes'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

/** Arithmetic of 48 half-hours. plpgsql, because a loop over an array is faster there than unnest in SQL. */
const SEATS = `
  CREATE FUNCTION bookings.seats_fit(taken smallint[], capacity smallint[]) RETURNS boolean
  LANGUAGE plpgsql IMMUTABLE STRICT AS $$
  BEGIN
    FOR i IN 1..48 LOOP
      IF taken[i] > capacity[i] OR taken[i] < 0 THEN RETURN false; END IF;
    END LOOP;
    RETURN cardinality(taken) = 48 AND cardinality(capacity) = 48;
  END $$;

  -- NULL when a half-hour would leave 0..capacity: "does it fit?" and "take it" are the same question.
  CREATE FUNCTION bookings.seats_plus(taken smallint[], capacity smallint[], from_slot int, to_slot int, seats int)
  RETURNS smallint[] LANGUAGE plpgsql IMMUTABLE STRICT AS $$
  BEGIN
    FOR i IN from_slot + 1 .. to_slot LOOP
      IF taken[i] + seats > capacity[i] OR taken[i] + seats < 0 THEN RETURN NULL; END IF;
      taken[i] := taken[i] + seats;
    END LOOP;
    RETURN taken;
  END $$;

  -- How many more bookings of that range fit. NULL for a range that is not open.
  CREATE FUNCTION bookings.seats_free(taken smallint[], capacity smallint[], from_slot int, to_slot int)
  RETURNS int LANGUAGE plpgsql IMMUTABLE STRICT AS $$
  DECLARE free int := 32767;
  BEGIN
    FOR i IN from_slot + 1 .. to_slot LOOP
      free := least(free, capacity[i] - taken[i]);
    END LOOP;
    RETURN free;
  END $$;

  -- The pool's seats from the first open half-hour to the last; none at all when the space is closed.
  CREATE FUNCTION bookings.seats_offered(seats int, from_slot int, to_slot int) RETURNS smallint[]
  LANGUAGE sql IMMUTABLE AS $$
    SELECT array_agg((CASE WHEN slot >= from_slot AND slot < to_slot THEN seats ELSE 0 END)::smallint ORDER BY slot)
      FROM generate_series(0, 47) AS slot
  $$;

  -- What a space offers, but never less than what it has promised already.
  CREATE FUNCTION bookings.seats_kept(offered smallint[], taken smallint[]) RETURNS smallint[]
  LANGUAGE plpgsql IMMUTABLE STRICT AS $$
  BEGIN
    FOR i IN 1..48 LOOP
      offered[i] := greatest(offered[i], taken[i]);
    END LOOP;
    RETURN offered;
  END $$;
`;
