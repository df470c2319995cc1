import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantApp } from './tenancy.js';

/** Settlement: windows, lines, positions, netting, proof, exchange rates. */
export class Settlement1767000009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA settlement;
      ${grantApp('settlement')}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
