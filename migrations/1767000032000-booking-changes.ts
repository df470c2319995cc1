import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, grantApp, ownedBy } from './tenancy.js';

/** Bookings that become other bookings, and bookings made together. */
export class BookingChanges1767000032000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Several bookings made as one; each of them says so itself.
      CREATE TABLE bookings.itineraries (
        id             uuid PRIMARY KEY, -- made by the client: it is the idempotency key
        person_id      uuid NOT NULL REFERENCES identity.people,
        request_hash   text NOT NULL,
        skip_conflicts boolean NOT NULL,
        created_at     timestamptz(3) NOT NULL
      );
      ${appendOnly('bookings.itineraries')}
      ${ownedBy('bookings.itineraries', { person: 'person_id', scopes: ['operator'] })}
      CREATE INDEX itineraries_of_person ON bookings.itineraries (person_id, id);

      -- What was asked for with the rest and could not be had.
      CREATE TABLE bookings.itinerary_refusals (
        itinerary_id uuid NOT NULL REFERENCES bookings.itineraries,
        line         smallint NOT NULL,
        person_id    uuid NOT NULL REFERENCES identity.people,
        wish         jsonb NOT NULL,
        code         text NOT NULL,
        detail       text NOT NULL,
        created_at   timestamptz(3) NOT NULL,
        PRIMARY KEY (itinerary_id, line)
      );
      ${appendOnly('bookings.itinerary_refusals')}
      ${ownedBy('bookings.itinerary_refusals', { person: 'person_id', scopes: ['operator'] })}

      CREATE TABLE bookings.itinerary_quotes (
        id           uuid PRIMARY KEY,
        person_id    uuid NOT NULL REFERENCES identity.people,
        request_hash text NOT NULL,
        lines        jsonb NOT NULL,
        expires_at   timestamptz(3) NOT NULL,
        created_at   timestamptz(3) NOT NULL
      );
      ${appendOnly('bookings.itinerary_quotes')}
      ${ownedBy('bookings.itinerary_quotes', { person: 'person_id', scopes: ['operator'] })}

      ALTER TABLE bookings.bookings
        -- Grows with whatever a calendar has to show: a change, a cancellation, its undoing.
        ADD COLUMN sequence     int NOT NULL DEFAULT 0,
        -- The same for a booking and what it was changed into, so that a calendar moves one entry.
        ADD COLUMN calendar_uid uuid,
        ADD COLUMN changed_from uuid UNIQUE REFERENCES bookings.bookings,
        ADD COLUMN itinerary_id uuid REFERENCES bookings.itineraries,
        ADD COLUMN state_before text,
        DROP CONSTRAINT bookings_state_check,
        ADD CONSTRAINT bookings_state_check CHECK (state IN (
          'PENDING', 'RESERVED', 'FULFILLED', 'CANCELED', 'NO_SHOW', 'EXPIRED', 'REJECTED', 'REPLACED')),
        DROP CONSTRAINT bookings_check4,
        ADD CONSTRAINT left_at_a_fee CHECK (
          state = 'REPLACED' OR (state IN ('CANCELED', 'NO_SHOW')) = (fee_half_days IS NOT NULL));
      UPDATE bookings.bookings SET calendar_uid = id;
      ALTER TABLE bookings.bookings ALTER COLUMN calendar_uid SET NOT NULL;
      CREATE INDEX bookings_of_itinerary ON bookings.bookings (itinerary_id) WHERE itinerary_id IS NOT NULL;
      ${grantApp('bookings', { fixed: FIXED })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

const FIXED = ['quotes', 'itineraries', 'itinerary_refusals', 'itinerary_quotes'];
