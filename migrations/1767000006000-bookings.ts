import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantApp } from './tenancy.js';

/** Bookings: capacity, search, quotes, bookings, funding. */
export class Bookings1767000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA bookings;
      ${grantApp('bookings')}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
