import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantApp, ownedBy } from './tenancy.js';

/** Terms of a space's own, and bookings that its host answers. */
export class BookingRequests1767000020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bookings.space_terms (
        space_id           uuid PRIMARY KEY,
        network_id         uuid NOT NULL,
        booking_mode       text NOT NULL CHECK (booking_mode IN ('INSTANT', 'ON_REQUEST')),
        answer_hours       smallint CHECK (answer_hours BETWEEN 1 AND 72),
        cancel_until_hours smallint CHECK (cancel_until_hours BETWEEN 0 AND 168),
        grace_minutes      smallint NOT NULL CHECK (grace_minutes BETWEEN 15 AND 1440),
        no_show            text NOT NULL CHECK (no_show IN ('CONSUMED', 'FREE')),
        written_by         text NOT NULL,
        updated_at         timestamptz(3) NOT NULL,
        created_at         timestamptz(3) NOT NULL,
        FOREIGN KEY (space_id, network_id) REFERENCES directory.spaces (id, network_id),
        CHECK ((booking_mode = 'ON_REQUEST') = (answer_hours IS NOT NULL))
      );
      ${ownedBy('bookings.space_terms', { networks: ['network_id'], scopes: ['operator'], readableWhen: 'true' })}

      ALTER TABLE bookings.bookings
        DROP CONSTRAINT bookings_state_check,
        ADD CONSTRAINT bookings_state_check CHECK (
          state IN ('PENDING', 'RESERVED', 'FULFILLED', 'CANCELED', 'NO_SHOW', 'EXPIRED', 'REJECTED')),
        ADD COLUMN decline_reason text,
        ADD CONSTRAINT declined_with_a_reason CHECK ((state = 'REJECTED') = (decline_reason IS NOT NULL));
      CREATE INDEX bookings_asked ON bookings.bookings (space_id, held_until) WHERE state = 'PENDING';
      ${grantApp('bookings', { fixed: ['quotes'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
