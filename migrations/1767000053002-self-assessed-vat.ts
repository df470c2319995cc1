import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from './tenancy.js';

/** What the books have to know of a document to post the VAT that its recipient accounts for. */
export class SelfAssessedVat1767000053002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW billing.pub_document_vat WITH (security_invoker = true) AS
        SELECT id AS document_id, network_id, vat -> 'decision' ->> 'category' AS category,
               vat -> 'decision' ->> 'country' AS country
        FROM billing.documents WHERE vat IS NOT NULL;
      GRANT SELECT ON billing.pub_document_vat TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}
