import { csv } from '../kernel/csv.js';
import { amount, decimalText } from '../kernel/money.js';
import type { StatementLine, StatementView } from './statement.schema.js';

const COLUMNS: readonly [string, (line: StatementLine) => string | number | boolean][] = [
  ['day', (line) => line.day],
  ['direction', (line) => line.direction],
  ['counterparty', (line) => line.counterparty.name],
  ['half_days', (line) => line.halfDays],
  ['rate', ({ rate }) => decimalText(amount(rate.unit, rate.minor))],
  ['amount', (line) => decimalText(amount(line.amount.unit, line.amount.minor))],
  ['unit', (line) => line.amount.unit],
  ['late', (line) => line.late],
  ['agreement_version', (line) => line.agreementVersion],
  ['agreement_version_id', (line) => line.agreementVersionId],
  ['visit_record_id', (line) => line.recordId],
  ['visit_id', (line) => line.visitId],
  ['scan_id', (line) => line.scanId],
];

/** One row per line. A statement's amounts are never negative: the direction says who pays. */
export function statementCsv({ lines }: StatementView): string {
  return csv([
    COLUMNS.map(([name]) => name),
    ...lines.map((line) => COLUMNS.map(([, read]) => String(read(line)))),
  ]);
}
