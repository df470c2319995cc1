import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantApp } from './tenancy.js';

/** Passes: products, passes, credentials, trust and status lists. */
export class Passes1767000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA passes;
      ${grantApp('passes')}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
