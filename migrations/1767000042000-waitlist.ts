import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, ownedBy } from './tenancy.js';

/** Those who wait for a seat, in the order in which they came. */
export class Waitlist1767000042000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bookings.waits (
        id              uuid PRIMARY KEY, -- made by the client: it is the idempotency key
        -- The order of joining. Whoever joins holds the rows of the seats they wait for, so that of two who want
        -- the same seat the one with the smaller number was first.
        place           bigint NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
        request_hash    text NOT NULL,
        person_id       uuid NOT NULL REFERENCES identity.people,
        home_network_id uuid NOT NULL REFERENCES directory.networks,
        space_id        uuid NOT NULL,
        host_network_id uuid NOT NULL,
        resource_kind   text NOT NULL,
        pool_id         uuid, -- NULL: any pool of the kind
        day             date NOT NULL,
        part            text NOT NULL CHECK (part IN ('DAY', 'MORNING', 'AFTERNOON')),
        ends_at         timestamptz(3) NOT NULL,
        state           text NOT NULL CHECK (state IN ('WAITING', 'KEPT', 'OFFERED', 'ACCEPTED', 'DECLINED', 'LAPSED',
                          'SKIPPED', 'LEFT', 'OVER')),
        state_at        timestamptz(3) NOT NULL,
        answer_by       timestamptz(3),
        skipped_because text,
        -- The seat that is taken for this person, or was.
        kept_pool_id    uuid,
        kept_from_slot  smallint,
        kept_to_slot    smallint,
        booking_id      uuid UNIQUE REFERENCES bookings.bookings,
        created_at      timestamptz(3) NOT NULL,
        FOREIGN KEY (space_id, host_network_id) REFERENCES directory.spaces (id, network_id),
        FOREIGN KEY (pool_id, space_id) REFERENCES directory.pools (id, space_id),
        FOREIGN KEY (kept_pool_id, space_id) REFERENCES directory.pools (id, space_id),
        CHECK (kept_from_slot < kept_to_slot),
        CHECK (num_nulls(kept_pool_id, kept_from_slot, kept_to_slot) IN (0, 3)),
        CHECK (state NOT IN ('KEPT', 'OFFERED') OR kept_pool_id IS NOT NULL),
        CHECK ((state = 'SKIPPED') = (skipped_because IS NOT NULL)),
        CHECK ((state = 'ACCEPTED') = (booking_id IS NOT NULL)),
        CHECK (state <> 'OFFERED' OR answer_by IS NOT NULL)
      ) WITH (fillfactor = 80);
      CREATE UNIQUE INDEX one_wait_per_day ON bookings.waits (person_id, space_id, resource_kind, day)
        WHERE state IN ('WAITING', 'KEPT', 'OFFERED');
      CREATE INDEX waits_in_line ON bookings.waits (space_id, day, place) WHERE state = 'WAITING';
      CREATE INDEX waits_of_person ON bookings.waits (person_id, id);
      CREATE INDEX waits_kept ON bookings.waits (state_at) WHERE state = 'KEPT';
      CREATE INDEX waits_due ON bookings.waits (answer_by) WHERE state = 'OFFERED';
      CREATE INDEX waits_over ON bookings.waits (ends_at) WHERE state = 'WAITING';
      ${ownedBy('bookings.waits', {
        networks: ['host_network_id'],
        person: 'person_id',
        scopes: ['identity', 'sweep', 'operator'],
      })}

      -- How long a space keeps a freed seat for whoever is first in line.
      CREATE TABLE bookings.wait_terms (
        space_id       uuid PRIMARY KEY,
        network_id     uuid NOT NULL,
        answer_minutes smallint NOT NULL CHECK (answer_minutes BETWEEN 10 AND 1440),
        written_by     text NOT NULL,
        updated_at     timestamptz(3) NOT NULL,
        created_at     timestamptz(3) NOT NULL,
        FOREIGN KEY (space_id, network_id) REFERENCES directory.spaces (id, network_id)
      );
      ${ownedBy('bookings.wait_terms', { networks: ['network_id'], scopes: ['sweep', 'operator'], readableWhen: 'true' })}

      GRANT SELECT, INSERT, UPDATE ON bookings.waits, bookings.wait_terms TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
