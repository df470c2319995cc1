import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, grantApp, ownedBy } from './tenancy.js';

const owners = {
  networks: ['network_id', 'home_network_id', 'host_network_id'],
  scopes: ['clearing', 'sweep', 'operator'],
};
const record = `
        record_id       uuid PRIMARY KEY REFERENCES checkin.visit_records,
        network_id      uuid NOT NULL REFERENCES directory.networks,
        home_network_id uuid NOT NULL REFERENCES directory.networks,
        host_network_id uuid NOT NULL REFERENCES directory.networks,`;

/**
 * Review: what both sides say about a sealed record. A record is plausible unless it bounced, and stands unless it
 * was declined: only what differs from that is written, and none of it is ever changed.
 */
export class Review1767000036001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA review;
      CREATE TABLE review.bounces (${record}
        code       text NOT NULL CHECK (code IN ('FUTURE_DAY', 'TERMS_NOT_IN_FORCE', 'RATE_UNKNOWN',
          'DAY_ALREADY_CHARGED', 'HAND_LIMIT')),
        created_at timestamptz(3) NOT NULL
      );
      ${appendOnly('review.bounces')}
      ${ownedBy('review.bounces', owners)}

      CREATE TABLE review.decisions (${record}
        decision   text NOT NULL CHECK (decision IN ('APPROVED', 'DECLINED', 'DEEMED_APPROVED')),
        code       text CHECK (code IN ('NOT_OUR_GUEST', 'NOT_THERE', 'WRONG_DAY', 'WRONG_TERMS', 'DUPLICATE')),
        note       text,
        decided_by text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        CHECK ((decision = 'DECLINED') = (code IS NOT NULL))
      );
      ${appendOnly('review.decisions')}
      ${ownedBy('review.decisions', owners)}

      CREATE TABLE review.confirmations (${record}
        confirmed_by text NOT NULL,
        created_at   timestamptz(3) NOT NULL
      );
      ${appendOnly('review.confirmations')}
      ${ownedBy('review.confirmations', owners)}

      -- What may not be settled: what bounced, what was declined, and what was read from a card without the guest's word.
      CREATE VIEW review.pub_decisions WITH (security_invoker = true) AS
        SELECT record_id, decision, code FROM review.decisions;
      CREATE VIEW review.pub_bounces WITH (security_invoker = true) AS
        SELECT record_id, code FROM review.bounces;
      CREATE VIEW review.pub_confirmations WITH (security_invoker = true) AS
        SELECT record_id FROM review.confirmations;

      -- While a window of the clearing network is closing, a decline waits; afterwards the line is there and it is too late.
      CREATE FUNCTION review.refuse_after_line() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.decision = 'DECLINED' THEN
            PERFORM FROM settlement.windows WHERE network_id = NEW.network_id AND state = 'OPEN' FOR SHARE;
            IF EXISTS (SELECT FROM settlement.lines WHERE record_id = NEW.record_id) THEN
              RAISE EXCEPTION 'the record stands on a line'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'decisions_before_line';
            END IF;
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER before_line BEFORE INSERT ON review.decisions
        FOR EACH ROW EXECUTE FUNCTION review.refuse_after_line();
      ${grantApp('review', { fixed: ['bounces', 'decisions', 'confirmations'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
