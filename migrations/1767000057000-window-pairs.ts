import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, APP_ROLE, ownedBy } from './tenancy.js';

/**
 * What two parties owe each other in a window, added up once, when it closes. A window takes nothing after that, so
 * the sums stay; positions, documents, VAT and claims are read from them instead of from every line again.
 */
export class WindowPairs1767000057000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE settlement.pairs (
        window_id         uuid NOT NULL,
        network_id        uuid NOT NULL,
        debtor_party_id   uuid NOT NULL,
        creditor_party_id uuid NOT NULL,
        unit              text NOT NULL,
        kind              text NOT NULL CHECK (kind IN ('INVOICE', 'CREDIT_NOTE', 'UNDOCUMENTED')),
        amount_minor      bigint NOT NULL CHECK (amount_minor >= 0),
        item_count        int NOT NULL CHECK (item_count > 0),
        created_at        timestamptz(3) NOT NULL,
        PRIMARY KEY (window_id, debtor_party_id, creditor_party_id, unit, kind)
      );
      ${appendOnly('settlement.pairs')}
      ${ownedBy('settlement.pairs', { networks: ['network_id'], scopes: ['clearing', 'operator'] })}
      GRANT SELECT, INSERT ON settlement.pairs TO ${APP_ROLE};

      CREATE VIEW settlement.added_up WITH (security_invoker = true) AS
        SELECT window_id, network_id, debtor_party_id, creditor_party_id, unit,
               CASE WHEN kind = 'CREDIT' THEN 'CREDIT_NOTE'
                    WHEN kind IN ('RELEASE', 'CARRIED', 'OPENING') THEN 'UNDOCUMENTED' ELSE 'INVOICE' END AS kind,
               sum(amount_minor)::bigint AS amount_minor, count(*)::int AS item_count
        FROM settlement.window_items GROUP BY 1, 2, 3, 4, 5, 6;
      GRANT SELECT ON settlement.added_up TO ${APP_ROLE};
      INSERT INTO settlement.pairs (window_id, network_id, debtor_party_id, creditor_party_id, unit, kind,
        amount_minor, item_count, created_at)
        SELECT item.*, closure.created_at FROM settlement.added_up item
        JOIN settlement.closures closure ON closure.window_id = item.window_id;
      ${claims}
      ${documentsDue}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

const claims = `
      CREATE OR REPLACE VIEW settlement.claims WITH (security_invoker = true) AS
        SELECT item.window_id, item.debtor_party_id, item.creditor_party_id, item.unit, item.amount_minor,
               item.line_count,
               CASE WHEN item.unit = 'HALF_DAY' OR 'IN_KIND_ONLY' IN (debtor.profile, creditor.profile) THEN 'IN_KIND'
                    WHEN 'GROSS_ONLY' IN (debtor.profile, creditor.profile) THEN 'GROSS'
                    ELSE 'NETTED' END AS clearing
        FROM (
          SELECT window_id, debtor_party_id, creditor_party_id, unit, sum(amount_minor)::bigint AS amount_minor,
                 sum(item_count)::int AS line_count
          FROM settlement.pairs WHERE debtor_party_id <> creditor_party_id GROUP BY 1, 2, 3, 4) AS item
        JOIN settlement.positions debtor
          ON (debtor.window_id, debtor.unit, debtor.party_id) = (item.window_id, item.unit, item.debtor_party_id)
        JOIN settlement.positions creditor
          ON (creditor.window_id, creditor.unit, creditor.party_id)
           = (item.window_id, item.unit, item.creditor_party_id);`;

const documentsDue = `
      CREATE OR REPLACE VIEW settlement.documents_due WITH (security_invoker = true) AS
        SELECT item.window_id, item.network_id, item.kind,
               CASE item.kind WHEN 'CREDIT_NOTE' THEN item.debtor_party_id ELSE item.creditor_party_id END
                 AS issuer_party_id,
               CASE item.kind WHEN 'CREDIT_NOTE' THEN item.creditor_party_id ELSE item.debtor_party_id END
                 AS recipient_party_id,
               item.unit, item.amount_minor AS net_minor
        FROM settlement.pairs item
        JOIN settlement.positions debtor
          ON (debtor.window_id, debtor.unit, debtor.party_id) = (item.window_id, item.unit, item.debtor_party_id)
        JOIN settlement.positions creditor
          ON (creditor.window_id, creditor.unit, creditor.party_id)
           = (item.window_id, item.unit, item.creditor_party_id)
        WHERE item.debtor_party_id <> item.creditor_party_id AND item.unit <> 'HALF_DAY'
          AND item.kind <> 'UNDOCUMENTED' AND item.amount_minor > 0
          AND 'IN_KIND_ONLY' NOT IN (debtor.profile, creditor.profile);`;
