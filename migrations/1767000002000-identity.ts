import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantApp } from './tenancy.js';

/** Identity: people, organisations, memberships, sessions, keys, door devices; who may do what. */
export class Identity1767000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA identity;
      ${grantApp('identity')}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
