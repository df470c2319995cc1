import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantApp, ownedBy } from './tenancy.js';

/** What a space says about itself beyond hours and desks; whose shape is the wire's SpaceProfile. */
export class SpaceProfiles1767000011000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE directory.space_profiles (
        space_id   uuid PRIMARY KEY,
        network_id uuid NOT NULL,
        profile    jsonb NOT NULL CHECK (profile ?& ARRAY['gettingIn', 'accessibility', 'amenities', 'languages']),
        written_by text NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        created_at timestamptz(3) NOT NULL,
        FOREIGN KEY (space_id, network_id) REFERENCES directory.spaces (id, network_id)
      );
      ${ownedBy('directory.space_profiles', { networks: ['network_id'], scopes: ['operator'], readableWhen: 'true' })}
      ${grantApp('directory')}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
