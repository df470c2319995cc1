import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, grantApp, ownedBy } from './tenancy.js';

/** How guests and spaces reach each other: calendar feeds, messages about a booking, mails with files. */
export class Calls1767000033001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The address is a secret: whoever has it reads the feed, so only its hash is here.
      CREATE TABLE bookings.calendar_feeds (
        id          uuid PRIMARY KEY,
        person_id   uuid NOT NULL REFERENCES identity.people,
        space_id    uuid,
        network_id  uuid,
        secret_hash bytea NOT NULL UNIQUE,
        revoked_at  timestamptz(3),
        created_at  timestamptz(3) NOT NULL,
        FOREIGN KEY (space_id, network_id) REFERENCES directory.spaces (id, network_id),
        CHECK ((space_id IS NULL) = (network_id IS NULL))
      );
      CREATE INDEX calendar_feeds_of_person ON bookings.calendar_feeds (person_id);
      ${ownedBy('bookings.calendar_feeds', { person: 'person_id', scopes: ['identity', 'operator'] })}

      CREATE TABLE bookings.messages (
        id              uuid PRIMARY KEY,
        booking_id      uuid NOT NULL REFERENCES bookings.bookings,
        guest_id        uuid NOT NULL REFERENCES identity.people,
        host_network_id uuid NOT NULL REFERENCES directory.networks,
        side            text NOT NULL CHECK (side IN ('GUEST', 'HOST')),
        author_id       uuid NOT NULL REFERENCES identity.people,
        text            text NOT NULL,
        created_at      timestamptz(3) NOT NULL
      );
      CREATE INDEX messages_of_booking ON bookings.messages (booking_id, id);
      ${ownedBy('bookings.messages', { networks: ['host_network_id'], person: 'guest_id', scopes: ['operator'] })}
      ${appendOnly('bookings.messages')}

      -- Up to which message a side has read.
      CREATE TABLE bookings.message_reads (
        booking_id      uuid NOT NULL REFERENCES bookings.bookings,
        side            text NOT NULL CHECK (side IN ('GUEST', 'HOST')),
        guest_id        uuid NOT NULL REFERENCES identity.people,
        host_network_id uuid NOT NULL REFERENCES directory.networks,
        read_at         timestamptz(3) NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        PRIMARY KEY (booking_id, side)
      );
      ${ownedBy('bookings.message_reads', { networks: ['host_network_id'], person: 'guest_id', scopes: ['operator'] })}
      ${grantApp('bookings', { fixed: ['quotes', 'messages'] })}

      ALTER TABLE platform.mails ADD COLUMN html text;
      CREATE TABLE platform.mail_attachments (
        mail_id    uuid NOT NULL REFERENCES platform.mails ON DELETE CASCADE,
        name       text NOT NULL,
        media_type text NOT NULL,
        bytes      bytea NOT NULL,
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (mail_id, name)
      );
      ALTER TABLE platform.mail_attachments ENABLE ROW LEVEL SECURITY;
      ALTER TABLE platform.mail_attachments FORCE ROW LEVEL SECURITY;
      CREATE POLICY written ON platform.mail_attachments FOR INSERT WITH CHECK (true);
      CREATE POLICY handled ON platform.mail_attachments
        USING ((SELECT platform.scope_name()) IN ('relay', 'sweep', 'operator'))
        WITH CHECK ((SELECT platform.scope_name()) IN ('relay', 'sweep', 'operator'));
      ${grantApp('platform')}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
