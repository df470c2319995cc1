import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, ownedBy } from './tenancy.js';

/** What managers of a space decide beyond its week: other hours for a season, pools that end, seats kept back. */
export class SpaceOffice1767000035000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Other weekly hours for a while, such as Ramadan or August. Exceptions and holidays come before them.
      CREATE TABLE directory.hour_periods (
        id            uuid PRIMARY KEY,
        space_id      uuid NOT NULL,
        network_id    uuid NOT NULL,
        from_day      date NOT NULL,
        until_day     date NOT NULL,
        opening_hours text NOT NULL,
        reason        text NOT NULL,
        written_by    text NOT NULL,
        created_at    timestamptz(3) NOT NULL,
        CHECK (from_day <= until_day),
        CONSTRAINT one_period_at_a_time EXCLUDE USING gist (
          space_id WITH =, daterange(from_day, until_day, '[]') WITH &&),
        FOREIGN KEY (space_id, network_id) REFERENCES directory.spaces (id, network_id)
      );
      ${ownedBy('directory.hour_periods', { networks: ['network_id'], scopes: ['operator'], readableWhen: 'true' })}
      GRANT SELECT, INSERT, UPDATE, DELETE ON directory.hour_periods TO ${APP_ROLE};

      ALTER TABLE directory.pools ADD COLUMN retired_from date; -- offers no seat from that day on

      CREATE TABLE bookings.seat_blocks (
        id         uuid PRIMARY KEY,
        pool_id    uuid NOT NULL,
        network_id uuid NOT NULL,
        day        date NOT NULL,
        seats      smallint NOT NULL CHECK (seats > 0),
        reason     text NOT NULL,
        written_by text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        lifted_at  timestamptz(3),
        lifted_by  text,
        CHECK ((lifted_at IS NULL) = (lifted_by IS NULL)),
        FOREIGN KEY (pool_id, network_id) REFERENCES directory.pools (id, network_id)
      );
      CREATE INDEX seat_blocks_of_day ON bookings.seat_blocks (pool_id, day) WHERE lifted_at IS NULL;
      ${ownedBy('bookings.seat_blocks', { networks: ['network_id'], scopes: ['sweep', 'operator'], readableWhen: 'true' })}
      GRANT SELECT, INSERT, UPDATE ON bookings.seat_blocks TO ${APP_ROLE};

      ALTER TABLE identity.invitations ADD COLUMN withdrawn_at timestamptz(3);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
