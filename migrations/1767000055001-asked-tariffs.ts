import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, appendOnly, ownedBy } from './tenancy.js';

/** What a host asks for its desks, rooms and machines: taken over, or not, by the next version of an agreement. */
export class AskedTariffs1767000055001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE reciprocity.asked_tariffs (
        id              uuid PRIMARY KEY,
        host_space_id   uuid NOT NULL,
        host_network_id uuid NOT NULL,
        resource_kind   text NOT NULL,
        unit            text NOT NULL CHECK (unit <> 'HALF_DAY'),
        per             text NOT NULL CHECK (per IN ('HALF_DAY', 'DAY', 'HOUR')),
        rate_minor      bigint NOT NULL CHECK (rate_minor >= 0),
        step_minutes    int CHECK (step_minutes > 0 AND step_minutes % 30 = 0),
        minimum_minutes int NOT NULL CHECK (minimum_minutes >= 0 AND minimum_minutes % 30 = 0),
        day_max_minor   bigint,
        grace_minutes   int CHECK (grace_minutes >= 0),
        asked_by        text NOT NULL,
        request_hash    text NOT NULL,
        created_at      timestamptz(3) NOT NULL,
        FOREIGN KEY (host_space_id, host_network_id) REFERENCES directory.spaces (id, network_id),
        CHECK (CASE WHEN per = 'HOUR' THEN step_minutes IS NOT NULL
          ELSE step_minutes IS NULL AND minimum_minutes = 0 AND day_max_minor IS NULL AND grace_minutes IS NULL END),
        CHECK (rate_minor * step_minutes % 60 = 0),
        CHECK (day_max_minor >= rate_minor * step_minutes / 60)
      );
      CREATE INDEX asked_tariffs_of_space ON reciprocity.asked_tariffs (host_space_id, resource_kind, id DESC);
      ${appendOnly('reciprocity.asked_tariffs')}
      ${ownedBy('reciprocity.asked_tariffs', { networks: ['host_network_id'], scopes: ['operator'], readableWhen: 'true' })}
      GRANT SELECT, INSERT ON reciprocity.asked_tariffs TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
