import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from './tenancy.js';

const cleared = (table: string) =>
  `CREATE POLICY cleared ON ${table} FOR SELECT USING ((SELECT platform.scope_name()) = 'clearing');`;

/**
 * What a guest of another space had beside a desk, and the guest's home space has confirmed, is settled as a charge of
 * its own kind. Rooms and machines are booked like desks and settle as visits: they are left out here.
 */
export class ServiceCharges1767000059000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE settlement.charges DROP CONSTRAINT charges_kind_check,
        ADD CONSTRAINT charges_kind_check CHECK (kind IN ('FEE', 'SOLIDARITY', 'DUES', 'CREDIT', 'RELEASE', 'CARRIED',
          'REBILLED', 'OPENING', 'SERVICE'));
      ${cleared('encounters.service_uses')}
      ${cleared('encounters.service_use_confirmations')}
      CREATE VIEW encounters.pub_confirmed_uses WITH (security_invoker = true) AS
        SELECT used.id, service.kind, service.title, service.per, used.quantity, used.unit, used.amount_minor, used.day,
               used.host_space_id, used.network_id AS host_network_id, used.home_space_id, used.home_network_id,
               confirmed.confirmed_by
        FROM encounters.service_uses used
        JOIN encounters.cross_services service ON service.id = used.service_id
        JOIN encounters.service_use_confirmations confirmed ON confirmed.use_id = used.id
        WHERE service.kind NOT IN ('machine_time', 'meeting_room');
      GRANT SELECT ON encounters.pub_confirmed_uses TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
