import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A closing writes a line for each of its records in one statement. That they are the records' own is asked once for
 * all of them, and of more than a foreign key could ask: whose, how much, of which network. A key for each line and
 * column took most of the time of a closing, and wrote a lock into each record. Records are never deleted, and
 * positions keep the parties of a window.
 */
export class LinesByStatement1767000053003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION settlement.lines_are_records() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (
          SELECT FROM added LEFT JOIN checkin.visit_records record ON record.id = added.record_id
            AND record.clearing_network_id = added.network_id AND record.debtor_party_id = added.debtor_party_id
            AND record.creditor_party_id = added.creditor_party_id AND record.unit = added.unit
            AND record.amount_minor = added.amount_minor
          WHERE record.id IS NULL)
        THEN RAISE foreign_key_violation USING CONSTRAINT = 'lines_are_records',
          MESSAGE = 'a line is a visit record of its network, with its parties and its amount';
        END IF;
        IF EXISTS (
          SELECT FROM (SELECT DISTINCT window_id, network_id FROM added) AS line
          LEFT JOIN settlement.windows w ON (w.id, w.network_id) = (line.window_id, line.network_id)
          WHERE w.id IS NULL)
        THEN RAISE foreign_key_violation USING CONSTRAINT = 'lines_are_records',
          MESSAGE = 'a line stands in a window of its network';
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER lines_are_records AFTER INSERT ON settlement.lines
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION settlement.lines_are_records();
      ALTER TABLE settlement.lines
        DROP CONSTRAINT lines_record_id_fkey,
        DROP CONSTRAINT lines_debtor_party_id_fkey,
        DROP CONSTRAINT lines_creditor_party_id_fkey,
        DROP CONSTRAINT lines_window_id_network_id_fkey;
      ${claims}
      ${documentsDue}
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

/** Added up before it is asked how the two parties settle: pairs are few, lines are many. */
const claims = `
      CREATE OR REPLACE VIEW settlement.claims WITH (security_invoker = true) AS
        SELECT item.window_id, item.debtor_party_id, item.creditor_party_id, item.unit, item.amount_minor,
               item.line_count,
               CASE WHEN item.unit = 'HALF_DAY' OR 'IN_KIND_ONLY' IN (debtor.profile, creditor.profile) THEN 'IN_KIND'
                    WHEN 'GROSS_ONLY' IN (debtor.profile, creditor.profile) THEN 'GROSS'
                    ELSE 'NETTED' END AS clearing
        FROM (
          SELECT window_id, debtor_party_id, creditor_party_id, unit, sum(amount_minor)::bigint AS amount_minor,
                 count(*)::int AS line_count
          FROM settlement.window_items WHERE debtor_party_id <> creditor_party_id GROUP BY 1, 2, 3, 4) AS item
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
               item.unit, item.net_minor
        FROM (
          SELECT window_id, network_id, CASE kind WHEN 'CREDIT' THEN 'CREDIT_NOTE' ELSE 'INVOICE' END AS kind,
                 debtor_party_id, creditor_party_id, unit, sum(amount_minor)::bigint AS net_minor
          FROM settlement.window_items
          WHERE debtor_party_id <> creditor_party_id AND unit <> 'HALF_DAY'
            AND kind NOT IN ('RELEASE', 'CARRIED', 'OPENING')
          GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(amount_minor) > 0) AS item
        JOIN settlement.positions debtor
          ON (debtor.window_id, debtor.unit, debtor.party_id) = (item.window_id, item.unit, item.debtor_party_id)
        JOIN settlement.positions creditor
          ON (creditor.window_id, creditor.unit, creditor.party_id)
           = (item.window_id, item.unit, item.creditor_party_id)
        WHERE 'IN_KIND_ONLY' NOT IN (debtor.profile, creditor.profile);`;
