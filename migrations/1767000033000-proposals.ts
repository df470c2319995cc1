import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantApp, ownedBy } from './tenancy.js';

/** Spaces that announce that they close, and what each guest they cannot serve is offered instead. */
export class Proposals1767000033000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bookings.closures (
        id           uuid PRIMARY KEY,
        space_id     uuid NOT NULL,
        network_id   uuid NOT NULL,
        from_day     date NOT NULL,
        until_day    date, -- NULL: for good
        reason       text NOT NULL,
        request_hash text NOT NULL,
        announced_by text NOT NULL,
        withdrawn_at timestamptz(3),
        withdrawn_by text,
        created_at   timestamptz(3) NOT NULL,
        UNIQUE (id, network_id),
        FOREIGN KEY (space_id, network_id) REFERENCES directory.spaces (id, network_id),
        CHECK (until_day IS NULL OR until_day >= from_day),
        CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
      );
      CREATE INDEX closures_of_space ON bookings.closures (space_id, from_day) WHERE withdrawn_at IS NULL;
      ${ownedBy('bookings.closures', { networks: ['network_id'], scopes: ['operator'], readableWhen: 'true' })}

      ALTER TABLE bookings.bookings
        DROP CONSTRAINT bookings_state_check,
        ADD CONSTRAINT bookings_state_check CHECK (state IN (
          'PENDING', 'RESERVED', 'FULFILLED', 'CANCELED', 'NO_SHOW', 'EXPIRED', 'REJECTED', 'REPLACED'));

      CREATE TABLE bookings.proposals (
        id                   uuid PRIMARY KEY,
        booking_id           uuid NOT NULL REFERENCES bookings.bookings,
        person_id            uuid NOT NULL REFERENCES identity.people,
        host_network_id      uuid NOT NULL REFERENCES directory.networks,
        cause                text NOT NULL CHECK (cause IN ('CLOSURE', 'HOURS', 'FULL', 'DECLINED', 'EXPIRED')),
        closure_id           uuid,
        state                text NOT NULL
          CHECK (state IN ('SOUGHT', 'OPEN', 'ACCEPTED', 'DECLINED', 'LAPSED', 'UNIT_BACK', 'WITHDRAWN')),
        state_at             timestamptz(3) NOT NULL,
        state_by             text NOT NULL,
        answer_by            timestamptz(3),
        -- What would be booked instead, as a quote keeps it, and what it costs the host's network more.
        offer                jsonb,
        alternative_space_id uuid REFERENCES directory.spaces,
        alternative_pool_id  uuid REFERENCES directory.pools,
        metres               int,
        cost_minor           bigint CHECK (cost_minor >= 0),
        cost_unit            text,
        new_booking_id       uuid REFERENCES bookings.bookings,
        created_at           timestamptz(3) NOT NULL,
        FOREIGN KEY (closure_id, host_network_id) REFERENCES bookings.closures (id, network_id),
        CHECK ((cause = 'CLOSURE') = (closure_id IS NOT NULL)),
        CHECK ((offer IS NULL) = (alternative_space_id IS NULL)),
        CHECK ((offer IS NULL) = (alternative_pool_id IS NULL)),
        CHECK ((offer IS NULL) = (cost_minor IS NULL) AND (cost_minor IS NULL) = (cost_unit IS NULL)),
        CHECK (state <> 'OPEN' OR (offer IS NOT NULL AND answer_by IS NOT NULL)),
        CHECK ((state = 'ACCEPTED') = (new_booking_id IS NOT NULL))
      );
      CREATE UNIQUE INDEX one_live_proposal ON bookings.proposals (booking_id) WHERE state IN ('SOUGHT', 'OPEN');
      CREATE INDEX proposals_of_booking ON bookings.proposals (booking_id, id);
      CREATE INDEX proposals_of_person ON bookings.proposals (person_id, id);
      CREATE INDEX proposals_of_closure ON bookings.proposals (closure_id);
      CREATE INDEX proposals_sought ON bookings.proposals (created_at) WHERE state = 'SOUGHT';
      CREATE INDEX proposals_due ON bookings.proposals (answer_by) WHERE state = 'OPEN';
      CREATE INDEX proposals_promised ON bookings.proposals (alternative_pool_id) WHERE state = 'OPEN';
      ${ownedBy('bookings.proposals', {
        networks: ['host_network_id'],
        person: 'person_id',
        scopes: ['sweep', 'operator'],
      })}
      ${grantApp('bookings', { fixed: ['quotes'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
