/** The whole book as plain-text accounting: hledger and beancount read the same accounts, days and amounts. */
import { amount, decimalText, UNITS, type Unit } from '../kernel/money.js';
import { accountsByNumber } from './chart.js';
import type { ExportedEntry, ExportedPosting } from './export.queries.js';

const ID_DIGITS = 6;
const FIRST_DAY = '1970-01-01';

/** An account of a party, such as Assets:Receivable:Marseille-1a2b3c: the end of the id keeps namesakes apart. */
export function accountPath({ account, party, partyId }: ExportedPosting): string {
  const plain = party
    .normalize('NFD')
    .replaceAll(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .replaceAll(' ', '-');
  const name = plain === '' ? 'Party' : plain[0]!.toUpperCase() + plain.slice(1);
  return `${accountsByNumber.get(account)!.path}:${name}-${partyId.slice(-ID_DIGITS)}`;
}

export function hledger(entries: readonly ExportedEntry[]): string {
  const commodity = (unit: Unit) => (unit === 'HALF_DAY' ? '"HALF_DAY"' : unit);
  const directives = [
    'decimal-mark .',
    ...unitsOf(entries).map((unit) => `commodity 1000.${'0'.repeat(UNITS[unit].scale)} ${commodity(unit)}`),
    ...pathsOf(entries).map((path) => `account ${path}`),
  ];
  return text(directives, entries, (entry) => [
    `${entry.day} * (${numberOf(entry)}) ${oneLine(entry.label)}  ; ${entry.sourceKind} ${entry.sourceId}`,
    ...entry.postings.map(
      (posting) => `    ${accountPath(posting)}  ${decimal(posting)} ${commodity(posting.unit)}`,
    ),
  ]);
}

export function beancount(entries: readonly ExportedEntry[]): string {
  const opened = pathsOf(entries).map((path) => `${FIRST_DAY} open ${path}`);
  const commodities = unitsOf(entries).map((unit) => `${FIRST_DAY} commodity ${unit}`);
  return text([...commodities, ...opened], entries, (entry) => [
    `${entry.day} * "${numberOf(entry)}" "${oneLine(entry.label).replaceAll('"', "'")}"`,
    `  source: "${entry.sourceKind} ${entry.sourceId}"`,
    ...entry.postings.map((posting) => `  ${accountPath(posting)}  ${decimal(posting)} ${posting.unit}`),
  ]);
}

function text(
  directives: readonly string[],
  entries: readonly ExportedEntry[],
  write: (entry: ExportedEntry) => string[],
): string {
  const byDay = entries.toSorted((a, b) => a.day.localeCompare(b.day));
  return [directives.join('\n'), ...byDay.map((entry) => write(entry).join('\n'))].join('\n\n') + '\n';
}

function unitsOf(entries: readonly ExportedEntry[]): Unit[] {
  return [...new Set(entries.flatMap(({ postings }) => postings.map(({ unit }) => unit)))].toSorted();
}

function pathsOf(entries: readonly ExportedEntry[]): string[] {
  return [...new Set(entries.flatMap(({ postings }) => postings.map(accountPath)))].toSorted();
}

const numberOf = ({ journal, month, number }: ExportedEntry) => `${journal}-${month}-${number}`;
const decimal = ({ unit, minor }: ExportedPosting) => decimalText(amount(unit, minor));

/** A semicolon would begin a comment, and two spaces would end the text. */
function oneLine(label: string): string {
  return label.replaceAll(/[\s;|]+/g, ' ').trim();
}
