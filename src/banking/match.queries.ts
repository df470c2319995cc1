import type { Unit } from '../kernel/money.js';
import { sql, type Reader } from '../platform/db.js';
import type { BankAccount } from './bank-account.queries.js';
import type { OpenPayment } from './matching.rules.js';
import { endToEndId } from './payment-batch.rules.js';

export type StoredLine = {
  readonly id: string;
  readonly bankAccountId: string;
  readonly networkId: string;
  readonly bookedDay: string;
  readonly valueDay: string;
  readonly unit: Unit;
  readonly minor: bigint;
  readonly counterparty: string | null;
  readonly counterpartyAccount: string | null;
  readonly endToEndId: string | null;
  readonly text: string;
  readonly openMinor: bigint;
};

const LINE = `
  SELECT line.id, line.bank_account_id AS "bankAccountId", line.network_id AS "networkId",
    booked_day::text AS "bookedDay", value_day::text AS "valueDay", unit, amount_minor::text AS minor, counterparty,
    counterparty_account AS "counterpartyAccount", end_to_end_id AS "endToEndId", text,
    coalesce(opening.open_minor, abs(amount_minor))::text AS "openMinor"
  FROM banking.bank_lines line LEFT JOIN banking.openings opening ON opening.id = 'line/' || line.id`;
type LineRow = Omit<StoredLine, 'minor' | 'openMinor'> & { minor: string; openMinor: string };
const lineOf = (row: LineRow): StoredLine => ({
  ...row,
  minor: BigInt(row.minor),
  openMinor: BigInt(row.openMinor),
});

export async function lineById(on: Reader, id: string): Promise<StoredLine | undefined> {
  const [row] = await sql<LineRow>(on, `${LINE} WHERE line.id = $1`, [id]);
  return row && lineOf(row);
}

/** The newest first. */
export async function linesOfAccount(on: Reader, accountId: string): Promise<StoredLine[]> {
  const rows = await sql<LineRow>(
    on,
    `${LINE} WHERE line.bank_account_id = $1 ORDER BY booked_day DESC, line.id`,
    [accountId],
  );
  return rows.map(lineOf);
}

/** Called payments, in one currency or in all, of the account's owner, and what no line of its accounts has met yet. */
export async function openPayments(
  on: Reader,
  { party, unit }: Pick<BankAccount, 'party'> & { readonly unit: Unit | null },
): Promise<OpenPayment[]> {
  const rows = await sql<Omit<OpenPayment, 'openMinor' | 'endToEndId'> & { openMinor: string }>(
    on,
    `SELECT payment.id, payment.unit, coalesce(opening.open_minor, payment.amount_minor)::text AS "openMinor",
       CASE WHEN payment.from_party_id = $1 THEN 'OUT' ELSE 'IN' END AS direction, other.name AS "otherName",
       (SELECT account.iban FROM banking.bank_accounts account
        JOIN banking.bank_account_approvals approval ON approval.bank_account_id = account.id
        WHERE account.party_id = other.id AND account.unit = payment.unit
        ORDER BY approval.usable_from DESC LIMIT 1) AS "otherIban"
     FROM settlement.pub_payments payment
     JOIN directory.pub_parties other
       ON other.id = CASE WHEN payment.from_party_id = $1 THEN payment.to_party_id ELSE payment.from_party_id END
     LEFT JOIN banking.openings opening ON opening.id = 'payment/' || payment.id || '/' || $1
     WHERE $1 IN (payment.from_party_id, payment.to_party_id) AND ($2::text IS NULL OR payment.unit = $2)
       AND payment.window_state IN ('CALLED', 'SETTLED')
       AND coalesce(opening.open_minor, payment.amount_minor) > 0
     ORDER BY payment.id`,
    [party.id, unit],
  );
  return rows.map((row) => ({ ...row, openMinor: BigInt(row.openMinor), endToEndId: endToEndId(row.id) }));
}

export type StoredMatch = {
  readonly id: string;
  readonly bankLineId: string;
  readonly paymentId: string;
  readonly partyId: string;
  readonly networkId: string;
  readonly minor: string;
  /** What was taken of the line, in its own currency. */
  readonly lineMinor: string;
  readonly reason: string;
  readonly matchedBy: string;
  readonly undoneAt: Date | null;
  readonly requestHash: string;
};
const MATCH = `
  SELECT id, bank_line_id AS "bankLineId", payment_id AS "paymentId", party_id AS "partyId", network_id AS "networkId",
    amount_minor::text AS minor, coalesce(line_minor, amount_minor)::text AS "lineMinor", reason, matched_by AS "matchedBy", undone_at AS "undoneAt",
    request_hash AS "requestHash"
  FROM banking.matches`;

export async function matchById(on: Reader, id: string): Promise<StoredMatch | undefined> {
  const [row] = await sql<StoredMatch>(on, `${MATCH} WHERE id = $1`, [id]);
  return row;
}

export function matchesOfLines(on: Reader, lineIds: readonly string[]): Promise<StoredMatch[]> {
  return sql<StoredMatch>(on, `${MATCH} WHERE bank_line_id = ANY ($1) AND undone_at IS NULL ORDER BY id`, [
    lineIds,
  ]);
}
