/**
 * The French fichier des écritures comptables (article A47 A-1 of the livre des procédures fiscales): 18 columns, tabs,
 * decimal commas, in euro. A foreign currency is shown beside its euros, at the rate that was kept with the entry.
 */
import { allocate, amount, decimalText, UNITS, type Unit } from '../kernel/money.js';
import { accountsByNumber, CHART, JOURNALS, type Journal } from './chart.js';
import type { ExportedEntry, ExportedPosting } from './export.queries.js';

export const FEC_COLUMNS = [
  'JournalCode',
  'JournalLib',
  'EcritureNum',
  'EcritureDate',
  'CompteNum',
  'CompteLib',
  'CompAuxNum',
  'CompAuxLib',
  'PieceRef',
  'PieceDate',
  'EcritureLib',
  'Debit',
  'Credit',
  'EcritureLet',
  'DateLet',
  'ValidDate',
  'Montantdevise',
  'Idevise',
] as const;

/** Accounts that a party has for itself; the others are the party's own and need no auxiliary. */
const NUMBER_DIGITS = 6;
const compact = (day: string) => day.replaceAll('-', '');
const comma = (minor: bigint, unit: Unit) => decimalText(amount(unit, minor)).replace('.', ',');
/** A tab or a line break in a name would move every column after it. */
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

export class RateMissing extends Error {
  constructor(
    readonly unit: string,
    readonly entry: string,
  ) {
    super(`${entry} has no rate for ${unit}`);
  }
}

export function fecName(siren: string, year: number): string {
  return `${siren}FEC${year}1231.txt`;
}

/**
 * A year of the book, after what the years before left. Commitments in kind have no currency: they are not part of it.
 */
export function fec(all: readonly ExportedEntry[], year: number): string {
  const first = `${year}-01`;
  const earlier = all.filter(({ month }) => month < first);
  const own = all.filter(({ month }) => month.startsWith(`${year}-`));
  const carried = earlier.length === 0 ? [] : carriedRows(earlier, year);
  const rows = own.flatMap((entry) => {
    const number = numberOf(entry);
    return inEuro(entry, number).map(({ posting, cents }) => row(entry, number, posting, cents));
  });
  return (
    [FEC_COLUMNS.join('\t'), ...[...carried, ...rows].map((cells) => cells.join('\t'))].join('\r\n') + '\r\n'
  );
}

const numberOf = ({ journal, month, number }: Pick<ExportedEntry, 'journal' | 'month' | 'number'>) =>
  `${journal}${compact(month)}-${String(number).padStart(NUMBER_DIGITS, '0')}`;

/** Income and expenses end with their year: what they left is the result; everything else goes on. */
function carriedRows(earlier: readonly ExportedEntry[], year: number): string[][] {
  const sums = new Map<string, InEuro>();
  for (const entry of earlier)
    for (const { posting, cents } of inEuro(entry, numberOf(entry))) {
      const account = /^[67]/.test(posting.account) ? CHART.result.number : posting.account;
      const key = `${account} ${posting.partyId}`;
      const sum = (sums.get(key)?.cents ?? 0n) + cents;
      sums.set(key, { posting: { ...posting, account, unit: 'EUR', minor: sum }, cents: sum });
    }
  const day = `${year}-01-01`;
  const entry = { journal: 'AN', month: `${year}-01`, number: 0, day, postedDay: day };
  const told = { ...entry, reference: `AN ${year}`, label: 'À nouveaux' };
  return [...sums.entries()]
    .filter(([, { cents }]) => cents !== 0n)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { posting, cents }]) => row(told, numberOf(entry), posting, cents));
}

type Told = Pick<ExportedEntry, 'journal' | 'day' | 'postedDay' | 'reference' | 'label'>;
function row(entry: Told, number: string, posting: ExportedPosting, cents: bigint): string[] {
  const isDebit = posting.minor > 0n;
  const isForeign = posting.unit !== 'EUR';
  const absolute = comma(cents < 0n ? -cents : cents, 'EUR');
  return [
    entry.journal,
    JOURNALS[entry.journal as Journal],
    number,
    compact(entry.day),
    posting.account,
    oneLine(accountsByNumber.get(posting.account)!.labelFr),
    posting.partyId,
    oneLine(posting.party),
    oneLine(entry.reference),
    compact(entry.day),
    oneLine(entry.label),
    isDebit ? absolute : '0,00',
    isDebit ? '0,00' : absolute,
    '',
    '',
    compact(entry.postedDay),
    isForeign ? comma(posting.minor, posting.unit) : '',
    isForeign ? posting.unit : '',
  ];
}

type InEuro = { readonly posting: ExportedPosting; readonly cents: bigint };

/**
 * Each party's side of each currency is converted as one sum and shared out without losing a cent, so that what balances
 * in its own currency balances in euro.
 */
function inEuro(entry: ExportedEntry, number: string): InEuro[] {
  const groups = new Map<string, ExportedPosting[]>();
  for (const posting of entry.postings.filter(({ unit }) => unit !== 'HALF_DAY')) {
    const key = [posting.partyId, posting.unit, posting.minor > 0n].join('|');
    groups.set(key, [...(groups.get(key) ?? []), posting]);
  }
  const converted = new Map<ExportedPosting, bigint>();
  for (const group of groups.values()) {
    const [{ unit, minor }] = group as [ExportedPosting];
    const sign = minor > 0n ? 1n : -1n;
    const sum = group.reduce((total, posting) => total + sign * posting.minor, 0n);
    const cents = unit === 'EUR' ? sum : toEuro(sum, unit, entry.rates[unit], number);
    const parts = allocate(
      amount('EUR', cents),
      group.map((posting) => sign * posting.minor),
    );
    group.forEach((posting, at) => converted.set(posting, sign * parts[at]!.minor));
  }
  return entry.postings
    .filter((posting) => converted.has(posting))
    .map((posting) => ({ posting, cents: converted.get(posting)! }));
}

/** Half up, as windows convert. */
function toEuro(minor: bigint, unit: Unit, rate: string | undefined, entry: string): bigint {
  if (rate === undefined) throw new RateMissing(unit, entry);
  const [whole, fraction = ''] = rate.split('.') as [string, string?];
  const per = BigInt(whole + fraction);
  const numerator = minor * 10n ** BigInt(fraction.length + UNITS.EUR.scale);
  const denominator = per * 10n ** BigInt(UNITS[unit].scale);
  return (2n * numerator + denominator) / (2n * denominator);
}
