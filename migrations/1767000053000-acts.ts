import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from './tenancy.js';

/**
 * Who did what, as each module knows it from its own facts: the same columns everywhere, so that they can be read in
 * one list. Nothing is written twice for it.
 */
export class Acts1767000053000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${treasuryActs}
      ${settlementActs}
      ${bankingActs}
      ${otherActs}
      GRANT SELECT ON treasury.pub_acts, settlement.pub_acts, banking.pub_acts, books.pub_acts, disputes.pub_acts
        TO ${APP_ROLE};
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write a new one.');
  }
}

/** What has no party or no amount. */
const NO_PARTY = 'NULL::uuid AS party_id';
const NO_AMOUNT = 'NULL::text AS unit, NULL::bigint AS amount_minor';

/** The subject of an approval is named where it says something to a reader: a month, a rate. */
const treasuryActs = `
      CREATE VIEW treasury.pub_acts WITH (security_invoker = true) AS
        SELECT done.network_id, 'TWO_PEOPLE' AS section, approval.id AS thing_id, approval.act AS thing, done.step,
          CASE WHEN rate.id IS NOT NULL THEN format('1 EUR = %s %s, %s', rate.rate, rate.quote, rate.day)
               WHEN approval.note <> '' THEN approval.note
               WHEN approval.act = 'CLOSE_PERIOD' THEN approval.subject ELSE '' END AS note,
          ${NO_PARTY}, ${NO_AMOUNT}, done.actor, done.at AS done_at
        FROM (
          SELECT network_id, id, 'PROPOSED' AS step, written_by AS actor, created_at AS at FROM treasury.approvals
          UNION ALL
          SELECT network_id, approval_id, 'APPROVED', signed_by, created_at FROM treasury.signatures) AS done
        JOIN treasury.approvals approval ON approval.id = done.id
        LEFT JOIN treasury.exchange_rates rate ON rate.id = done.id
        UNION ALL
        SELECT network_id, 'RULES', id, 'NETWORK_RULES', 'WRITTEN', from_day::text, ${NO_PARTY}, ${NO_AMOUNT},
          written_by, created_at FROM treasury.network_rules
        UNION ALL
        SELECT network_id, 'RULES', id, 'PARTY_RULES', 'WRITTEN', from_day::text, party_id, ceiling_unit, ceiling_minor,
          written_by, created_at FROM treasury.party_rules
        UNION ALL
        SELECT network_id, 'RULES', id, 'STANDING', standing, reason, party_id, ${NO_AMOUNT}, written_by, created_at
        FROM treasury.standings;`;

const settlementActs = `
      CREATE VIEW settlement.pub_acts WITH (security_invoker = true) AS
        SELECT step.network_id, 'WINDOWS' AS section, step.window_id AS thing_id, 'WINDOW' AS thing, step.state AS step,
          w.number::text AS note, ${NO_PARTY}, ${NO_AMOUNT}, step.actor, step.taken_at AS done_at
        FROM settlement.steps step JOIN settlement.windows w ON w.id = step.window_id
        UNION ALL
        SELECT payment.network_id, 'WINDOWS', payment.id, 'PAYMENT', 'MADE', w.number::text, payment.from_party_id,
          payment.unit, payment.amount_minor, execution.actor, execution.executed_at
        FROM settlement.executions execution JOIN settlement.payments payment ON payment.id = execution.payment_id
        JOIN settlement.windows w ON w.id = payment.window_id
        UNION ALL
        SELECT payment.network_id, 'WINDOWS', payment.id, 'PAYMENT', 'FAILED', failure.reason, payment.from_party_id,
          payment.unit, payment.amount_minor, failure.failed_by, failure.created_at
        FROM settlement.failures failure JOIN settlement.payments payment ON payment.id = failure.payment_id;`;

/** Of an account number the last four characters are enough to know it again. */
const bankingActs = `
      CREATE VIEW banking.pub_acts WITH (security_invoker = true) AS
        SELECT network_id, 'BANK' AS section, id AS thing_id, 'BANK_ACCOUNT' AS thing, 'PROPOSED' AS step,
          '…' || right(coalesce(iban, number), 4) AS note, party_id, ${NO_AMOUNT}, 'person:' || proposed_by AS actor,
          proposed_at AS done_at
        FROM banking.bank_accounts
        UNION ALL
        SELECT account.network_id, 'BANK', account.id, 'BANK_ACCOUNT', 'APPROVED',
          '…' || right(coalesce(iban, number), 4), account.party_id, ${NO_AMOUNT}, 'person:' || approval.approved_by,
          approval.approved_at
        FROM banking.bank_account_approvals approval
        JOIN banking.bank_accounts account ON account.id = approval.bank_account_id
        UNION ALL
        SELECT batch.network_id, 'BANK', batch.id, 'BATCH', done.step, coalesce(batch.reject_reason, ''),
          batch.payer_party_id, batch.unit, sums.minor, done.actor, done.at
        FROM banking.payment_batches batch
        CROSS JOIN LATERAL (
          SELECT 'PROPOSED' AS step, 'person:' || batch.proposed_by AS actor, batch.created_at AS at
          UNION ALL
          SELECT 'APPROVED', 'person:' || approved_by, approved_at FROM banking.batch_approvals
          WHERE batch_id = batch.id
          UNION ALL
          SELECT batch.state, batch.state_by, batch.state_at
          WHERE batch.state IN ('SENT', 'BOOKED', 'REJECTED')) AS done
        LEFT JOIN LATERAL (
          SELECT sum(payment.amount_minor)::bigint AS minor FROM banking.batch_payments part
          JOIN settlement.payments payment ON payment.id = part.payment_id WHERE part.batch_id = batch.id) AS sums ON true
        UNION ALL
        SELECT file.network_id, 'BANK', file.id, 'BANK_FILE', 'IMPORTED', file.name, account.party_id, ${NO_AMOUNT},
          file.imported_by, file.imported_at
        FROM banking.bank_files file JOIN banking.bank_accounts account ON account.id = file.bank_account_id
        WHERE file.imported_at IS NOT NULL;`;

const otherActs = `
      CREATE VIEW books.pub_acts WITH (security_invoker = true) AS
        SELECT network_id, 'BOOKS' AS section, network_id AS thing_id, 'PERIOD' AS thing, state AS step,
          to_char(month, 'YYYY-MM') AS note, ${NO_PARTY}, ${NO_AMOUNT}, actor, taken_at AS done_at
        FROM books.period_steps;
      CREATE VIEW disputes.pub_acts WITH (security_invoker = true) AS
        SELECT move.network_id, 'DISPUTES' AS section, move.dispute_id AS thing_id, 'DISPUTE' AS thing, move.kind AS step,
          move.side AS note, dispute.debtor_party_id AS party_id, dispute.unit, move.amount_minor,
          move.moved_by AS actor, move.created_at AS done_at
        FROM disputes.moves move JOIN disputes.disputes dispute ON dispute.id = move.dispute_id;`;
