import type { Unit } from '../kernel/money.js';
import { instantFromDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import type { PaymentBatchView } from './banking.schema.js';

export type Batch = Omit<PaymentBatchView, 'approvals' | 'payments' | 'sum' | 'isSepa' | 'stateAt'> & {
  readonly networkId: string;
  readonly unit: Unit;
  readonly stateAt: Date;
  readonly requestHash: string;
};

export type BatchPayment = {
  readonly id: string;
  readonly payee: { readonly id: string; readonly name: string };
  readonly minor: string;
  readonly bankAccountId: string | null;
  readonly holder: string | null;
  readonly country: string | null;
  readonly iban: string | null;
  readonly bic: string | null;
  readonly number: string | null;
  readonly bank: string | null;
  readonly documents: string[];
};

const BATCH = `
  SELECT batch.id, batch.window_id AS "windowId", batch.network_id AS "networkId",
    json_build_object('id', payer.id, 'name', payer.name) AS payer, batch.unit,
    batch.execution_day::text AS "executionDay", batch.due_day::text AS "dueDay", batch.state,
    batch.state_at AS "stateAt", batch.reject_reason AS "rejectReason", batch.proposed_by AS "proposedBy",
    batch.request_hash AS "requestHash"
  FROM banking.payment_batches batch JOIN directory.pub_parties payer ON payer.id = batch.payer_party_id`;

export async function batchRow(on: Reader, id: string): Promise<Batch | undefined> {
  const [row] = await sql<Batch>(on, `${BATCH} WHERE batch.id = $1`, [id]);
  return row;
}

export function batchesOfWindow(on: Reader, windowId: string): Promise<Batch[]> {
  return sql<Batch>(on, `${BATCH} WHERE batch.window_id = $1 ORDER BY batch.created_at, batch.id`, [
    windowId,
  ]);
}

export function batchPayments(on: Reader, batchId: string): Promise<BatchPayment[]> {
  return sql<BatchPayment>(
    on,
    `SELECT payment.id, json_build_object('id', payee.id, 'name', payee.name) AS payee,
       payment.amount_minor::text AS minor, account.id AS "bankAccountId", account.holder, account.country,
       account.iban, account.bic, account.number, account.bank,
       array(SELECT number FROM billing.pub_document_numbers
             WHERE window_id = payment.window_id AND issuer_party_id = payment.to_party_id
               AND recipient_party_id = payment.from_party_id AND unit = payment.unit ORDER BY number) AS documents
     FROM banking.batch_payments taken
     JOIN settlement.pub_payments payment ON payment.id = taken.payment_id
     JOIN directory.pub_parties payee ON payee.id = payment.to_party_id
     LEFT JOIN banking.bank_accounts account ON account.id = taken.bank_account_id
     WHERE taken.batch_id = $1 ORDER BY payment.amount_minor DESC, payment.id`,
    [batchId],
  );
}

export async function batchApprovals(on: Reader, batchId: string): Promise<PaymentBatchView['approvals']> {
  const rows = await sql<{ approvedBy: string; approvedAt: Date }>(
    on,
    `SELECT approved_by AS "approvedBy", approved_at AS "approvedAt" FROM banking.batch_approvals
     WHERE batch_id = $1 ORDER BY approved_at, approved_by`,
    [batchId],
  );
  return rows.map(({ approvedBy, approvedAt }) => ({
    approvedBy,
    approvedAt: instantFromDate(approvedAt).toString(),
  }));
}
