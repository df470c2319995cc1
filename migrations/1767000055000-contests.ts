import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, appendOnly, ownedBy } from './tenancy.js';

const OWNERS = {
  networks: ['host_network_id'],
  person: 'guest_id',
  scopes: ['identity', 'operator'],
} as const;

/** Guests who contest that they were missing, and what the space says to it. */
export class Contests1767000055000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bookings.contests (
        booking_id      uuid PRIMARY KEY REFERENCES bookings.bookings, -- a no-show is contested once
        space_id        uuid NOT NULL REFERENCES directory.spaces,
        guest_id        uuid NOT NULL REFERENCES identity.people,
        host_network_id uuid NOT NULL REFERENCES identity.organisations,
        reason          text NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
        created_at      timestamptz(3) NOT NULL
      );
      CREATE INDEX contests_of_space ON bookings.contests (space_id, created_at);
      ${appendOnly('bookings.contests')}
      ${ownedBy('bookings.contests', OWNERS)}

      -- The manager's word beside the no-show, which stays as it was. CREDITED: what it consumed went back.
      CREATE TABLE bookings.no_show_answers (
        booking_id      uuid PRIMARY KEY REFERENCES bookings.bookings,
        guest_id        uuid NOT NULL REFERENCES identity.people,
        host_network_id uuid NOT NULL REFERENCES identity.organisations,
        outcome         text NOT NULL CHECK (outcome IN ('CREDITED', 'UPHELD')),
        half_days       smallint NOT NULL CHECK (half_days BETWEEN 0 AND 2),
        amount_minor    bigint NOT NULL CHECK (amount_minor >= 0),
        unit            text NOT NULL,
        reason          text NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
        written_by      text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        CHECK ((outcome = 'CREDITED') = (half_days > 0 OR amount_minor > 0))
      );
      ${appendOnly('bookings.no_show_answers')}
      ${ownedBy('bookings.no_show_answers', OWNERS)}

      GRANT SELECT, INSERT ON bookings.contests, bookings.no_show_answers TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
