import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Unit } from '../kernel/money.js';
import {
  BankFileUnreadable,
  dayOf,
  minorOf,
  unitOf,
  withKeys,
  type BankFault,
  type BankStatement,
} from './bank-statement.js';

/** Elements that may stand more than once: always read as lists. */
const LISTS = new Set(['Stmt', 'Ntry', 'NtryDtls', 'TxDtls', 'Bal', 'Ustrd', 'Strd']);
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  removeNSPrefix: true,
  isArray: (name) => LISTS.has(name),
});

// A parsed element: text, or its children by name.
type Node = { readonly [name: string]: Node } & readonly Node[];
type Entry = Parameters<typeof withKeys>[0][number];

/** camt.053.001.02 and .08, which differ in where a state and a party's name stand. Only booked entries count. */
export function readCamt053(xml: string): BankStatement {
  if (/<!(DOCTYPE|ENTITY)/i.test(xml))
    throw new BankFileUnreadable('It declares a document type or entities.');
  const root = parsed(xml);
  const statements = root['Document']?.['BkToCstmrStmt']?.['Stmt'];
  if (!statements) throw new BankFileUnreadable('It is no camt.053: BkToCstmrStmt/Stmt is missing.');
  const faults: BankFault[] = [];
  const entries: Entry[] = [];
  let row = 0;
  for (const statement of statements) {
    const before = { faults: faults.length, entries: entries.length };
    for (const entry of statement['Ntry'] ?? []) {
      row += 1;
      if (textOf(entry['Sts']?.['Cd'] ?? entry['Sts']) === 'BOOK')
        entries.push(...linesOf(entry, row, faults));
    }
    if (faults.length === before.faults) checkSum(statement, entries.slice(before.entries), faults);
  }
  const account = statements[0]?.['Acct']?.['Id'];
  return {
    account: textOf(account?.['IBAN'] ?? account?.['Othr']?.['Id']),
    lines: withKeys(entries),
    faults,
  };
}

function parsed(xml: string): Node {
  try {
    if (XMLValidator.validate(xml) === true) return parser.parse(xml) as Node;
  } catch {
    // the parser throws on some broken files that its validator lets pass
  }
  throw new BankFileUnreadable('It is not well-formed XML.');
}

/** One line, or one for each transaction of a batch whose parts are all told and add up. */
function linesOf(entry: Node, row: number, faults: BankFault[]): Entry[] {
  const whole = amountOf(entry, row, faults);
  const bookedDay = dayIn(entry['BookgDt']);
  if (!bookedDay) faults.push({ row, code: 'DAY_UNREADABLE', text: textOf(entry['BookgDt']?.['Dt']) ?? '' });
  if (!whole || !bookedDay) return [];
  const details = (entry['NtryDtls'] ?? []).flatMap((each) => each['TxDtls'] ?? []);
  const line = (detail: Node | undefined, minor: bigint): Entry => ({
    row,
    bookedDay,
    valueDay: dayIn(entry['ValDt']) ?? bookedDay,
    unit: whole.unit,
    minor,
    ...otherSide(detail, minor),
    bankReference: textOf(detail?.['Refs']?.['AcctSvcrRef'] ?? entry['AcctSvcrRef']),
  });
  if (details.length < 2) return [line(details[0], whole.minor)];
  const parts = details.map((detail) => {
    const amount = detail['AmtDtls']?.['TxAmt']?.['Amt'] ?? detail['Amt'];
    const minor = amount && minorOf(textOf(amount) ?? '', whole.unit);
    return typeof minor === 'bigint' ? (whole.minor < 0n ? -minor : minor) : null;
  });
  const sum = parts.reduce<bigint>((total, part) => total + (part ?? 0n), 0n);
  if (parts.includes(null) || sum !== whole.minor) return [line(undefined, whole.minor)];
  return details.map((detail, index) => line(detail, parts[index]!));
}

function amountOf(entry: Node, row: number, faults: BankFault[]): { unit: Unit; minor: bigint } | null {
  const amount = entry['Amt'];
  const text = textOf(amount) ?? '';
  const unit = unitOf(textOf(amount?.['@Ccy']) ?? '');
  if (!unit) {
    faults.push({ row, code: 'CURRENCY_UNKNOWN', text: textOf(amount?.['@Ccy']) ?? '' });
    return null;
  }
  const minor = minorOf(text, unit);
  if (minor === null || minor < 0n) {
    faults.push({ row, code: 'AMOUNT_UNREADABLE', text });
    return null;
  }
  if (minor === 0n) {
    faults.push({ row, code: 'AMOUNT_ZERO', text });
    return null;
  }
  return { unit, minor: textOf(entry['CdtDbtInd']) === 'DBIT' ? -minor : minor };
}

function otherSide(detail: Node | undefined, minor: bigint) {
  const [name, account] = minor < 0n ? ['Cdtr', 'CdtrAcct'] : ['Dbtr', 'DbtrAcct'];
  const parties = detail?.['RltdPties'];
  const party = parties?.[name];
  const id = parties?.[account]?.['Id'];
  const remittance = detail?.['RmtInf'];
  const structured = (remittance?.['Strd'] ?? []).map((each) => textOf(each['CdtrRefInf']?.['Ref']));
  const endToEndId = textOf(detail?.['Refs']?.['EndToEndId']);
  return {
    counterparty: textOf(party?.['Nm'] ?? party?.['Pty']?.['Nm']),
    counterpartyAccount: textOf(id?.['IBAN'] ?? id?.['Othr']?.['Id']),
    endToEndId: endToEndId === 'NOTPROVIDED' ? null : endToEndId,
    text: [...(remittance?.['Ustrd'] ?? []).map((each) => textOf(each)), ...structured]
      .filter((part) => part !== null)
      .join(' '),
  };
}

/** Opening balance and entries must make the closing balance, where the bank gives both in one currency. */
function checkSum(statement: Node, entries: readonly Entry[], faults: BankFault[]): void {
  const balances = (statement['Bal'] ?? []).map((balance) => {
    const unit = unitOf(textOf(balance['Amt']?.['@Ccy']) ?? '');
    const minor = unit && minorOf(textOf(balance['Amt']) ?? '', unit);
    const sign = textOf(balance['CdtDbtInd']) === 'DBIT' ? -1n : 1n;
    return {
      kind: textOf(balance['Tp']?.['CdOrPrtry']?.['Cd']),
      unit,
      minor: typeof minor === 'bigint' ? sign * minor : null,
    };
  });
  const opening =
    balances.find(({ kind }) => kind === 'OPBD') ?? balances.find(({ kind }) => kind === 'PRCD');
  const closing = balances.find(({ kind }) => kind === 'CLBD');
  if (opening?.minor == null || closing?.minor == null || opening.unit !== closing.unit) return;
  const sum = entries
    .filter(({ unit }) => unit === opening.unit)
    .reduce((total, { minor }) => total + minor, opening.minor);
  if (sum !== closing.minor)
    faults.push({ row: null, code: 'SUM_BROKEN', text: `${opening.minor} … ${closing.minor}` });
}

function dayIn(node: Node | undefined): string | null {
  return dayOf((textOf(node?.['Dt']) ?? textOf(node?.['DtTm']) ?? '').slice(0, 10));
}

/** An element with attributes keeps its text under `#text`. */
function textOf(node: Node | string | undefined): string | null {
  if (typeof node === 'string') return node.trim() || null;
  const inner = (node as Record<string, unknown> | undefined)?.['#text'];
  return typeof inner === 'string' ? inner.trim() || null : null;
}
