import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantApp } from './tenancy.js';

/** Rooms by the half-hour, and rates that are tariffs: per half-day, per day, or per hour with steps and overstay. */
export class Tariffs1767000041000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(rates);
    await runner.query(bookings);
    await runner.query(visits);
    await runner.query(records);
    await runner.query(`
      ${grantApp('reciprocity', { fixed: ['agreement_versions', 'signatures', 'rates', 'floors', 'pair_uses'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

/** What was agreed before is a tariff per half-day. A step always costs a whole amount. */
const rates = `
      ALTER TABLE reciprocity.rates
        ADD per text NOT NULL DEFAULT 'HALF_DAY' CHECK (per IN ('HALF_DAY', 'DAY', 'HOUR')),
        ADD step_minutes int,
        ADD minimum_minutes int NOT NULL DEFAULT 0,
        ADD day_max_minor bigint,
        ADD grace_minutes int CHECK (grace_minutes >= 0),
        ADD CONSTRAINT rates_by_the_hour_alone CHECK (CASE WHEN per = 'HOUR' THEN step_minutes IS NOT NULL
          ELSE step_minutes IS NULL AND minimum_minutes = 0 AND day_max_minor IS NULL AND grace_minutes IS NULL END),
        ADD CONSTRAINT rates_in_half_hours CHECK (step_minutes > 0 AND step_minutes % 30 = 0
          AND minimum_minutes >= 0 AND minimum_minutes % 30 = 0),
        ADD CONSTRAINT rates_of_whole_steps CHECK (rate_minor * step_minutes % 60 = 0),
        ADD CONSTRAINT rates_up_to_a_day CHECK (day_max_minor >= rate_minor * step_minutes / 60),
        ADD CONSTRAINT rates_in_kind_per_half_day CHECK (unit <> 'HALF_DAY' OR per = 'HALF_DAY');

      -- A floor is per half-day: a day is two of them, and an hour is not measured by it.
      CREATE OR REPLACE FUNCTION reciprocity.take_floor() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          NEW.floor_minor := CASE NEW.per WHEN 'HALF_DAY' THEN 1 WHEN 'DAY' THEN 2 ELSE 0 END * coalesce((
            SELECT floor.floor_minor FROM reciprocity.floors floor
              JOIN reciprocity.agreement_versions version ON version.id = NEW.version_id
             WHERE floor.host_space_id = NEW.host_space_id AND floor.resource_kind = NEW.resource_kind
               AND floor.unit = NEW.unit AND version.mode = 'ACCRUAL_CASH' AND floor.from_day <= version.valid_from
             ORDER BY floor.from_day DESC LIMIT 1), 0);
          RETURN NEW;
        END $$;

      CREATE OR REPLACE FUNCTION reciprocity.refuse_under_floor() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.mode = 'ACCRUAL_CASH' AND NEW.rate_minor < (
               SELECT min(rate.floor_minor) FROM reciprocity.rates rate
                WHERE rate.version_id = NEW.agreement_version_id AND rate.host_space_id = NEW.host_space_id
                  AND rate.per = NEW.per) THEN
            RAISE EXCEPTION 'a visit is priced under the floor of its host'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_records_not_under_floor';
          END IF;
          RETURN NEW;
        END $$;`;

/** A room is taken from one half-hour until another, beside a desk in the same house if its guest has one there. */
const bookings = `
      ALTER TABLE bookings.bookings
        DROP CONSTRAINT bookings_part_check,
        ADD CONSTRAINT bookings_part_check CHECK (part IN ('DAY', 'MORNING', 'AFTERNOON', 'HOURS')),
        ADD CONSTRAINT bookings_by_time CHECK (part <> 'HOURS' OR resource_kind IN ('meeting_room', 'machine_time')),
        DROP CONSTRAINT one_place_at_a_time,
        ADD CONSTRAINT one_place_at_a_time EXCLUDE USING gist (person_id WITH =,
          (CASE part WHEN 'HOURS' THEN 1 ELSE 0 END) WITH =, tstzrange(starts_at, ends_at) WITH &&)
          WHERE (state IN ('PENDING', 'RESERVED')),
        ADD CONSTRAINT one_house_at_a_time EXCLUDE USING gist (person_id WITH =, space_id WITH <>,
          tstzrange(starts_at, ends_at) WITH &&) WHERE (state IN ('PENDING', 'RESERVED'));
      DROP INDEX bookings.once_per_space_and_day;
      CREATE UNIQUE INDEX once_per_space_and_day ON bookings.bookings (person_id, space_id, day)
        WHERE state IN ('PENDING', 'RESERVED', 'FULFILLED') AND part <> 'HOURS';`;

/** A guest may be at a desk and in a room of the same house. When the room was theirs until, for whoever stays longer. */
const visits = `
      ALTER TABLE checkin.visits
        DROP CONSTRAINT visits_part_check,
        ADD CONSTRAINT visits_part_check CHECK (part IN ('DAY', 'MORNING', 'AFTERNOON', 'HOURS')),
        ADD minutes int CHECK (minutes > 0),
        ADD ends_at timestamptz(3),
        ADD over_minutes int NOT NULL DEFAULT 0 CHECK (over_minutes >= 0),
        ADD CHECK (over_minutes = 0 OR ends_at IS NOT NULL);
      DROP INDEX checkin.visits_one_inside;
      CREATE UNIQUE INDEX visits_one_inside ON checkin.visits (person_id, (part = 'HOURS')) WHERE state = 'ACTIVE';`;

/**
 * A record carries the whole tariff and the stay, and the database prices it again. Records sealed before know no
 * minutes and are priced per half-day, as they were.
 */
const records = `
      CREATE FUNCTION checkin.tariff_minor(per text, rate bigint, step int, minimum int, day_max bigint, grace int,
        half_days int, minutes int, over_minutes int) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
        SELECT CASE per WHEN 'HALF_DAY' THEN half_days * rate WHEN 'DAY' THEN rate
          ELSE least(day_max, (rate * step / 60) * (ceil(greatest(minutes, minimum)::numeric / step)::bigint
            + CASE WHEN over_minutes > grace THEN ceil(over_minutes::numeric / step)::bigint ELSE 0 END)) END
      $$;

      ALTER TABLE checkin.visit_records
        ADD part text CHECK (part IN ('DAY', 'MORNING', 'AFTERNOON', 'HOURS')),
        ADD per text NOT NULL DEFAULT 'HALF_DAY' CHECK (per IN ('HALF_DAY', 'DAY', 'HOUR')),
        ADD step_minutes int,
        ADD minimum_minutes int NOT NULL DEFAULT 0,
        ADD day_max_minor bigint,
        ADD grace_minutes int,
        ADD minutes int CHECK (minutes > 0),
        ADD over_minutes int NOT NULL DEFAULT 0 CHECK (over_minutes >= 0),
        ADD CHECK (per <> 'HOUR' OR (minutes IS NOT NULL AND step_minutes IS NOT NULL)),
        DROP CONSTRAINT visit_records_check,
        ADD CONSTRAINT visit_records_priced_by_tariff CHECK (amount_minor = CASE mode WHEN 'GIFT' THEN 0
          WHEN 'ACCRUAL_CASH' THEN checkin.tariff_minor(per, rate_minor, step_minutes, minimum_minutes, day_max_minor,
            grace_minutes, half_days, minutes, over_minutes)
          ELSE half_days END);

      CREATE OR REPLACE VIEW checkin.pub_visit_records WITH (security_invoker = true) AS
        SELECT id, visit_id, scan_id, person_ref, sealed_at, day, home_space_id, home_network_id,
               host_space_id, host_network_id, debtor_party_id, creditor_party_id, agreement_version_id,
               clearing_network_id, mode, unit, half_days, rate_minor, amount_minor, funding, evidence, settles,
               part, per, step_minutes, minimum_minutes, day_max_minor, grace_minutes, minutes, over_minutes
        FROM checkin.visit_records;`;
