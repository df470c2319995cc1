import type { Amount, Unit } from '../kernel/money.js';
import { instantFromDate, type Instant } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import { nextAsk, type PaymentState } from './payment.rules.js';

export type PurchaseState = 'OPEN' | 'PAID' | 'FAILED' | 'EXPIRED' | 'REFUNDED';
export type Purchase = {
  readonly id: string;
  readonly personId: string;
  readonly networkId: string;
  readonly kind: 'ONCE' | 'RENEWING' | 'VISIT';
  readonly productId: string | null;
  readonly visitRecordId: string | null;
  readonly name: string;
  readonly price: Amount;
  readonly discount: Amount;
  readonly tax: Amount;
  readonly total: Amount;
  readonly state: PurchaseState;
  readonly passId: string | null;
  readonly paidAt: Instant | null;
  readonly requestHash: string;
  readonly createdAt: Instant;
};
export type Payment = {
  readonly id: string;
  readonly purchaseId: string;
  readonly networkId: string;
  readonly personId: string;
  readonly amount: Amount;
  readonly state: PaymentState;
  readonly failureCode: string | null;
  readonly method: string | null;
  readonly sessionRef: string | null;
  readonly intentRef: string | null;
  readonly invoiceRef: string | null;
  readonly checkoutUrl: string | null;
  readonly refundedMinor: bigint;
  readonly usedMinor: bigint;
  readonly asks: number;
  readonly askAt: Instant | null;
  readonly createdAt: Instant;
  readonly succeededAt: Instant | null;
};

type Moment = Parameters<typeof instantFromDate>[0];
type PurchaseRow = Omit<Purchase, 'price' | 'discount' | 'tax' | 'total' | 'paidAt' | 'createdAt'> & {
  unit: Unit;
  priceMinor: string;
  discountMinor: string;
  taxMinor: string;
  totalMinor: string;
  paidAt: Moment | null;
  createdAt: Moment;
};
type PaymentRow = Omit<
  Payment,
  'amount' | 'refundedMinor' | 'usedMinor' | 'askAt' | 'createdAt' | 'succeededAt'
> & {
  unit: Unit;
  amountMinor: string;
  refundedMinor: string;
  usedMinor: string;
  askAt: Moment | null;
  createdAt: Moment;
  succeededAt: Moment | null;
};

const PURCHASES = `SELECT id, person_id AS "personId", network_id AS "networkId", kind, product_id AS "productId",
    visit_record_id AS "visitRecordId", name, unit, price_minor AS "priceMinor", discount_minor AS "discountMinor",
    tax_minor AS "taxMinor", total_minor AS "totalMinor", state, pass_id AS "passId", paid_at AS "paidAt",
    request_hash AS "requestHash", created_at AS "createdAt"
  FROM payments.purchases`;
const PAYMENTS = `SELECT id, purchase_id AS "purchaseId", network_id AS "networkId", person_id AS "personId",
    amount_minor AS "amountMinor", unit, state, failure_code AS "failureCode", method, session_ref AS "sessionRef",
    intent_ref AS "intentRef", invoice_ref AS "invoiceRef", checkout_url AS "checkoutUrl",
    refunded_minor AS "refundedMinor", used_minor AS "usedMinor", asks, ask_at AS "askAt", created_at AS "createdAt",
    succeeded_at AS "succeededAt"
  FROM payments.payments`;

export async function purchasesWhere(on: Reader, condition: string, values: unknown[]): Promise<Purchase[]> {
  const rows = await sql<PurchaseRow>(on, `${PURCHASES} WHERE ${condition}`, values);
  return rows.map(({ unit, priceMinor, discountMinor, taxMinor, totalMinor, paidAt, createdAt, ...row }) => ({
    ...row,
    price: { unit, minor: BigInt(priceMinor) },
    discount: { unit, minor: BigInt(discountMinor) },
    tax: { unit, minor: BigInt(taxMinor) },
    total: { unit, minor: BigInt(totalMinor) },
    paidAt: paidAt && instantFromDate(paidAt),
    createdAt: instantFromDate(createdAt),
  }));
}

export async function paymentsWhere(on: Reader, condition: string, values: unknown[]): Promise<Payment[]> {
  const rows = await sql<PaymentRow>(on, `${PAYMENTS} WHERE ${condition}`, values);
  return rows.map(
    ({ unit, amountMinor, refundedMinor, usedMinor, askAt, createdAt, succeededAt, ...row }) => ({
      ...row,
      amount: { unit, minor: BigInt(amountMinor) },
      refundedMinor: BigInt(refundedMinor),
      usedMinor: BigInt(usedMinor),
      askAt: askAt && instantFromDate(askAt),
      createdAt: instantFromDate(createdAt),
      succeededAt: succeededAt && instantFromDate(succeededAt),
    }),
  );
}

export async function findPurchase(on: Reader, id: string): Promise<Purchase | null> {
  return (await purchasesWhere(on, 'id = $1', [id]))[0] ?? null;
}

export async function findPayment(on: Reader, id: string): Promise<Payment | null> {
  return (await paymentsWhere(on, 'id = $1', [id]))[0] ?? null;
}

/** In the order of their making. */
export function paymentsOf(on: Reader, purchaseId: string): Promise<Payment[]> {
  return paymentsWhere(on, 'purchase_id = $1 ORDER BY created_at, id', [purchaseId]);
}

/** Nobody else changes what came and went for it until this transaction ends. */
export async function lockPayment(tx: Tx, id: string): Promise<Payment> {
  const [payment] = await paymentsWhere(tx, 'id = $1 FOR UPDATE', [id]);
  return payment!;
}

export type NewPayment = Pick<Payment, 'id' | 'purchaseId' | 'networkId' | 'personId' | 'amount'> &
  Partial<Pick<Payment, 'invoiceRef'>>;

/** Unknown until the provider has answered. Does nothing when it is there already. */
export async function insertPayment(tx: Tx, payment: NewPayment, now: Instant): Promise<boolean> {
  const rows = await sql(
    tx,
    `INSERT INTO payments.payments (id, purchase_id, network_id, person_id, amount_minor, unit, state, state_at,
       invoice_ref, ask_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'UNKNOWN', $7, $8, $9, $7) ON CONFLICT (id) DO NOTHING RETURNING id`,
    [
      payment.id,
      payment.purchaseId,
      payment.networkId,
      payment.personId,
      payment.amount.minor,
      payment.amount.unit,
      now.toString(),
      payment.invoiceRef ?? null,
      nextAsk('UNKNOWN', 0, now)!.toString(),
    ],
  );
  return rows.length === 1;
}
