import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, grantApp, ownedBy } from './tenancy.js';

/** What else two sides agree on, hosts' price floors, agreements between two spaces, and caps over pairs of spaces. */
export class AgreementClauses1767000036000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${agreements}
      ${clauses}
      ${floors}
      ${uses}
      CREATE VIEW ledger.pub_released_holds WITH (security_invoker = true) AS
        SELECT hold_id FROM ledger.transfers WHERE kind IN ('void', 'expire')
         UNION ALL
        SELECT posted.hold_id FROM ledger.transfers back JOIN ledger.transfers posted ON posted.id = back.corrects_id
         WHERE posted.kind = 'post';
      CREATE VIEW reciprocity.pub_clauses WITH (security_invoker = true) AS
        SELECT version.id AS version_id, version.agreement_id, version.home_network_id, version.host_network_id,
               version.mode, version.valid_from, version.solidarity_bps, version.network_fee_bps,
               version.review_days, version.dispute_days, version.reply_days, version.rounding,
               version.balance_band_half_days, version.hand_half_days_per_month
        FROM reciprocity.agreement_versions version;
      CREATE VIEW reciprocity.pub_rates WITH (security_invoker = true) AS
        SELECT version_id, host_space_id, resource_kind, rate_minor, floor_minor, unit FROM reciprocity.rates;
      ${grantApp('ledger', { fixed: ['transfers'] })}
      ${grantApp('reciprocity', { fixed: ['agreement_versions', 'signatures', 'rates', 'floors', 'pair_uses'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

/** Two of the same two parties never hold at once: the database compares their periods, open ends included. */
const agreements = `
      ALTER TABLE reciprocity.agreements
        ADD home_space_id uuid, ADD host_space_id uuid, ADD from_day date, ADD until_day date,
        ADD CHECK ((home_space_id IS NULL) = (host_space_id IS NULL)),
        ADD CHECK (home_space_id <> host_space_id),
        ADD CHECK (until_day >= from_day),
        ADD FOREIGN KEY (home_space_id, home_network_id) REFERENCES directory.spaces (id, network_id),
        ADD FOREIGN KEY (host_space_id, host_network_id) REFERENCES directory.spaces (id, network_id),
        ADD CONSTRAINT agreements_never_overlap EXCLUDE USING gist (
          least(coalesce(home_space_id, home_network_id), coalesce(host_space_id, host_network_id)) WITH =,
          greatest(coalesce(home_space_id, home_network_id), coalesce(host_space_id, host_network_id)) WITH =,
          daterange(from_day, until_day, '[]') WITH &&);
      DROP INDEX reciprocity.agreements_one_per_pair;`;

/** Shares are in basis points of each line, taken from the host; clocks are in days. */
const clauses = `
      ALTER TABLE reciprocity.agreement_versions
        ADD cap_half_days_per_pair_year int CHECK (cap_half_days_per_pair_year >= 0),
        ADD season_caps jsonb NOT NULL DEFAULT '[]',
        ADD balance_band_half_days int CHECK (balance_band_half_days >= 0),
        ADD solidarity_bps int NOT NULL DEFAULT 0 CHECK (solidarity_bps BETWEEN 0 AND 10000),
        ADD network_fee_bps int NOT NULL DEFAULT 0 CHECK (network_fee_bps BETWEEN 0 AND 10000),
        ADD review_days int NOT NULL DEFAULT 10 CHECK (review_days > 0),
        ADD dispute_days int NOT NULL DEFAULT 7 CHECK (dispute_days > 0),
        ADD reply_days int NOT NULL DEFAULT 7 CHECK (reply_days > 0),
        ADD rounding text NOT NULL DEFAULT 'LINE' CHECK (rounding IN ('LINE', 'STATEMENT')),
        ADD hand_half_days_per_month int NOT NULL DEFAULT 20 CHECK (hand_half_days_per_month >= 0),
        ADD CHECK (solidarity_bps + network_fee_bps <= 10000);`;

/** A rate carries the floor that held when it was agreed, and the database compares the two. */
const floors = `
      CREATE TABLE reciprocity.floors (
        id              uuid PRIMARY KEY,
        host_space_id   uuid NOT NULL,
        host_network_id uuid NOT NULL,
        resource_kind   text NOT NULL,
        floor_minor     bigint NOT NULL CHECK (floor_minor >= 0),
        unit            text NOT NULL CHECK (unit <> 'HALF_DAY'),
        from_day        date NOT NULL,
        declared_by     text NOT NULL,
        request_hash    text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        UNIQUE (host_space_id, resource_kind, from_day),
        FOREIGN KEY (host_space_id, host_network_id) REFERENCES directory.spaces (id, network_id)
      );
      ${appendOnly('reciprocity.floors')}
      ${ownedBy('reciprocity.floors', { networks: ['host_network_id'], scopes: ['operator'], readableWhen: 'true' })}

      ALTER TABLE reciprocity.rates
        ADD floor_minor bigint NOT NULL DEFAULT 0,
        ADD CONSTRAINT rates_not_under_floor CHECK (rate_minor >= floor_minor);
      CREATE FUNCTION reciprocity.take_floor() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          NEW.floor_minor := coalesce((
            SELECT floor.floor_minor FROM reciprocity.floors floor
              JOIN reciprocity.agreement_versions version ON version.id = NEW.version_id
             WHERE floor.host_space_id = NEW.host_space_id AND floor.resource_kind = NEW.resource_kind
               AND floor.unit = NEW.unit AND version.mode = 'ACCRUAL_CASH' AND floor.from_day <= version.valid_from
             ORDER BY floor.from_day DESC LIMIT 1), 0);
          RETURN NEW;
        END $$;
      CREATE TRIGGER take_floor BEFORE INSERT ON reciprocity.rates
        FOR EACH ROW EXECUTE FUNCTION reciprocity.take_floor();

      -- And what a visit was priced by is no less than the floor its terms were agreed under.
      CREATE FUNCTION reciprocity.refuse_under_floor() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.mode = 'ACCRUAL_CASH' AND NEW.rate_minor < (
               SELECT min(rate.floor_minor) FROM reciprocity.rates rate
                WHERE rate.version_id = NEW.agreement_version_id AND rate.host_space_id = NEW.host_space_id) THEN
            RAISE EXCEPTION 'a visit is priced under the floor of its host'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_records_not_under_floor';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER not_under_floor BEFORE INSERT ON checkin.visit_records
        FOR EACH ROW EXECUTE FUNCTION reciprocity.refuse_under_floor();`;

/** What the guests of one space used at another, hold by hold; the counter is the lock that makes them queue. */
const uses = `
      CREATE TABLE reciprocity.pair_counters (
        agreement_id    uuid NOT NULL REFERENCES reciprocity.agreements,
        host_space_id   uuid NOT NULL,
        host_network_id uuid NOT NULL,
        year            int NOT NULL,
        holds           int NOT NULL DEFAULT 0,
        created_at      timestamptz(3) NOT NULL,
        PRIMARY KEY (agreement_id, host_space_id, year),
        FOREIGN KEY (host_space_id, host_network_id) REFERENCES directory.spaces (id, network_id)
      );
      ${ownedBy('reciprocity.pair_counters', { networks: ['host_network_id'], scopes: ['sweep', 'operator'] })}

      CREATE TABLE reciprocity.pair_uses (
        hold_id         uuid PRIMARY KEY REFERENCES ledger.transfers,
        agreement_id    uuid NOT NULL REFERENCES reciprocity.agreements,
        home_space_id   uuid NOT NULL REFERENCES directory.spaces,
        host_space_id   uuid NOT NULL,
        host_network_id uuid NOT NULL,
        day             date NOT NULL,
        half_days       int NOT NULL CHECK (half_days > 0),
        created_at      timestamptz(3) NOT NULL,
        FOREIGN KEY (host_space_id, host_network_id) REFERENCES directory.spaces (id, network_id)
      );
      CREATE INDEX pair_uses_of_host ON reciprocity.pair_uses (agreement_id, host_space_id, day);
      ${appendOnly('reciprocity.pair_uses')}
      ${ownedBy('reciprocity.pair_uses', { networks: ['host_network_id'], scopes: ['sweep', 'operator'], readableWhen: 'true' })}`;
