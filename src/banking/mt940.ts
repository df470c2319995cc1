import {
  BankFileUnreadable,
  dayOf,
  minorOf,
  unitOf,
  withKeys,
  type BankFault,
  type BankStatement,
} from './bank-statement.js';

type Entry = Parameters<typeof withKeys>[0][number];
type Field = { readonly tag: string; readonly text: string };

/** `:tag:` opens a field; what follows until the next one belongs to it. `-` ends a message. */
const FIELD = /^:(\d{2}[A-Z]?):(.*)$/;
/** Balance: debit or credit, day, currency, amount with a comma. */
const BALANCE = /^([CD])(\d{6})([A-Z]{3})(\d+,\d*)$/;
/** Value day, booking month and day, mark (RC and RD are reversals), funds code, amount, kind, references. */
const LINE = /^(\d{6})(\d{4})?(R?[CD])([A-Z])?(\d+,\d*)([NSF][A-Z0-9]{3})([^/\n]*)(?:\/\/([^\n]*))?/;

/** SWIFT MT940, as banks send it: one or more messages in one file. */
export function readMt940(text: string): BankStatement {
  const fields = fieldsOf(text);
  if (!fields.some(({ tag }) => tag.startsWith('60'))) {
    throw new BankFileUnreadable('It is no MT940: there is no opening balance (:60F:).');
  }
  const faults: BankFault[] = [];
  const entries: Entry[] = [];
  let opening: Balance | null = null;
  let first = 0;
  for (const [index, { tag, text: value }] of fields.entries()) {
    if (tag.startsWith('60')) {
      opening = balanceOf(value);
      first = entries.length;
      if (!opening) faults.push({ row: null, code: 'AMOUNT_UNREADABLE', text: value });
    } else if (tag === '61' && opening) {
      const next = fields[index + 1];
      const entry = entryOf(value, next?.tag === '86' ? next.text : '', opening, entries.length + 1, faults);
      if (entry) entries.push(entry);
    } else if (tag.startsWith('62') && opening) {
      checkSum(opening, value, entries.slice(first), faults);
    }
  }
  const account = fields.find(({ tag }) => tag === '25')?.text.replace(/[A-Z]{3}$/, '') ?? null;
  return { account: account?.split('/').at(-1)?.trim() ?? null, lines: withKeys(entries), faults };
}

function fieldsOf(text: string): Field[] {
  const fields: { tag: string; text: string }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const opens = FIELD.exec(line.replace(/^\{4:/, ''));
    if (opens) fields.push({ tag: opens[1]!, text: opens[2]! });
    else if (fields.length > 0 && line !== '' && !line.startsWith('-')) fields.at(-1)!.text += `\n${line}`;
  }
  return fields;
}

type Balance = { readonly day: string; readonly currency: string; readonly minor: bigint };

function balanceOf(text: string): Balance | null {
  const found = BALANCE.exec(text.trim());
  const unit = found && unitOf(found[3]!);
  const minor = unit && minorOf(pointed(found[4]!), unit);
  if (typeof minor !== 'bigint') return null;
  return { day: found![2]!, currency: found![3]!, minor: found![1] === 'D' ? -minor : minor };
}

function entryOf(
  line: string,
  details: string,
  { currency }: Balance,
  row: number,
  faults: BankFault[],
): Entry | null {
  const found = LINE.exec(line);
  const unit = unitOf(currency)!;
  const minor = found && minorOf(pointed(found[5]!), unit);
  if (typeof minor !== 'bigint') {
    faults.push({ row, code: 'AMOUNT_UNREADABLE', text: line.split('\n')[0]! });
    return null;
  }
  if (minor === 0n) {
    faults.push({ row, code: 'AMOUNT_ZERO', text: line.split('\n')[0]! });
    return null;
  }
  const [, valueText, bookedText, mark, , , , reference, bankReference] = found!;
  const valueDay = dayOf(dated(valueText!));
  const bookedDay = bookedText ? bookedNear(valueText!, bookedText) : valueDay;
  if (!valueDay || !bookedDay) {
    faults.push({ row, code: 'DAY_UNREADABLE', text: `${valueText}${bookedText ?? ''}` });
    return null;
  }
  const isOut = mark === 'D' || mark === 'RC';
  const told = detailsOf(details);
  const given = reference?.trim();
  return {
    row,
    bookedDay,
    valueDay,
    unit,
    minor: isOut ? -minor : minor,
    counterparty: told.name,
    counterpartyAccount: told.account,
    endToEndId: told.endToEndId ?? (given && given !== 'NONREF' ? given : null),
    text: told.text,
    bankReference: bankReference?.trim() || null,
  };
}

/** The booking day has no year: at the turn of the year it is the one nearest to the value day. */
function bookedNear(valueText: string, bookedText: string): string | null {
  const [valueMonth, month] = [Number(valueText.slice(2, 4)), Number(bookedText.slice(0, 2))];
  const year = Number(valueText.slice(0, 2)) + (month - valueMonth > 6 ? -1 : valueMonth - month > 6 ? 1 : 0);
  return dayOf(dated(`${String((year + 100) % 100).padStart(2, '0')}${bookedText}`));
}

/** Field 86 in its two usual shapes, `?20…` (DE, AT, CH …) and `/EREF/…` (NL, IT …), else plain text. */
function detailsOf(text: string) {
  const flat = text.replaceAll('\n', '');
  const parts = new Map(
    flat
      .split(/\?(?=\d{2})/)
      .slice(1)
      .map((part) => [part.slice(0, 2), part.slice(2)]),
  );
  const german = ['20', '21', '22', '23', '24', '25', '26', '27', '28', '29']
    .map((code) => parts.get(code) ?? '')
    .join('');
  const slashed = (code: string) =>
    new RegExp(`/${code}/(.*?)(?=/[A-Z]{3,4}/|$)`).exec(flat)?.[1]?.trim() ?? null;
  const sepa = (code: string) =>
    new RegExp(`${code}\\+(.*?)(?=[A-Z]{4}\\+|$)`).exec(german)?.[1]?.trim() ?? null;
  const name = [parts.get('32'), parts.get('33')].join('').trim();
  return {
    name: name || slashed('NAME'),
    account: parts.get('31')?.trim() || slashed('IBAN'),
    endToEndId: sepa('EREF') ?? slashed('EREF'),
    text: (sepa('SVWZ') ?? (german || null) ?? slashed('REMI') ?? text.replaceAll('\n', ' ')).trim(),
  };
}

function checkSum(
  opening: Balance,
  closingText: string,
  entries: readonly Entry[],
  faults: BankFault[],
): void {
  const closing = balanceOf(closingText);
  const isWhole = !faults.some(({ row }) => row !== null);
  const sum = entries.reduce((total, { minor }) => total + minor, opening.minor);
  if (!closing) faults.push({ row: null, code: 'AMOUNT_UNREADABLE', text: closingText });
  else if (isWhole && (closing.minor !== sum || closing.currency !== opening.currency))
    faults.push({ row: null, code: 'SUM_BROKEN', text: closingText });
}

function dated(yymmdd: string): string {
  return `20${yymmdd.slice(0, 2)}-${yymmdd.slice(2, 4)}-${yymmdd.slice(4, 6)}`;
}

function pointed(amount: string): string {
  return amount.replace(',', '.');
}
