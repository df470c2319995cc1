import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantApp } from './tenancy.js';

/** Reciprocity: who accepts whom, on which terms; visa quotas. */
export class Reciprocity1767000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA reciprocity;
      ${grantApp('reciprocity')}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
