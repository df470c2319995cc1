import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantApp, ownedBy } from './tenancy.js';

/** Demo: whether it is loaded, and where its clock stands. */
export class Demo1767000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA demo;

      -- At the real moment real_at, the demo's clock showed shown_at; both go on at the same pace.
      CREATE TABLE demo.clock_moves (
        id         uuid PRIMARY KEY,
        real_at    timestamptz(3) NOT NULL,
        shown_at   timestamptz(3) NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now()
      );
      -- A row when the demo network is there, all of it.
      CREATE TABLE demo.loads (
        id         uuid PRIMARY KEY,
        created_at timestamptz(3) NOT NULL DEFAULT now()
      );
      ${ownedBy('demo.loads', { scopes: ['operator'] })}
      ${ownedBy('demo.clock_moves', { scopes: ['operator'] })}
      ${grantApp('demo', { fixed: ['clock_moves', 'loads'] })}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
