import type { Unit } from '../kernel/money.js';
import type { Reader } from '../platform/db.js';
import {
  linesPage,
  nextLines,
  statementCharges,
  statementClaims,
  statementVat,
  type StatementClaim,
} from '../settlement/index.js';
import type { ControlSum, ExportFilter } from './export.schema.js';

export type Statement = { readonly windowId: string; readonly partyId: string };
type Read = <Result>(read: (on: Reader) => Promise<Result>) => Promise<Result>;

/** One amount of a statement: a visit, a charge, or the VAT of a document. */
export type Item = {
  readonly day: string;
  readonly kind: string;
  readonly direction: 'RECEIVES' | 'PAYS';
  readonly counterparty: { readonly id: string; readonly name: string };
  readonly halfDays: number | null;
  readonly rateMinor: number | null;
  readonly minor: number;
  readonly unit: Unit;
  readonly late: boolean;
  readonly agreementVersion: number | null;
  /** Where it opens: visit record, visit, scan, charge. */
  readonly ids: readonly (string | null)[];
  readonly note: string;
};
export type Summed = StatementClaim;

const PAGE_SIZE = 500;

/** Page by page, each in a transaction of its own: the lines of a closed window do not change in between. */
export async function* items(read: Read, statement: Statement, filter: ExportFilter): AsyncGenerator<Item[]> {
  const { counterpartyId, direction, unit } = filter;
  let after: string | null | undefined;
  while (after !== null) {
    const query = {
      limit: PAGE_SIZE,
      ...(counterpartyId && { counterpartyId }),
      ...(direction && { direction }),
      ...(unit && { unit }),
      ...(after && { after }),
    };
    const lines = await read((on) => linesPage(on, statement, query));
    after = nextLines(lines, PAGE_SIZE);
    yield lines.map((line) => ({
      day: line.day,
      kind: 'VISIT',
      direction: line.direction,
      counterparty: line.counterparty,
      halfDays: line.halfDays,
      rateMinor: line.rate.minor,
      minor: line.amount.minor,
      unit: line.amount.unit,
      late: line.late,
      agreementVersion: line.agreementVersion,
      ids: [line.recordId, line.visitId, line.scanId, null],
      note: '',
    }));
  }
  yield (await read((on) => besideVisits(on, statement))).filter((item) => passes(item, filter));
}

async function besideVisits(on: Reader, { windowId, partyId }: Statement): Promise<Item[]> {
  const charges = await statementCharges(on, windowId, partyId);
  const vat = await statementVat(on, windowId, partyId);
  const plain = { halfDays: null, rateMinor: null, late: false, agreementVersion: null };
  return [
    ...charges.map((charge) => ({
      ...plain,
      day: charge.day,
      kind: charge.kind,
      direction: charge.direction,
      counterparty: charge.counterparty,
      minor: charge.amount.minor,
      unit: charge.amount.unit,
      ids: [charge.recordId, null, null, charge.chargeId],
      note: charge.note,
    })),
    ...vat.map((line) => ({
      ...plain,
      day: '',
      kind: 'VAT',
      direction: line.direction,
      counterparty: line.counterparty,
      minor: line.vat.minor,
      unit: line.vat.unit,
      ids: [null, null, null, null],
      note: line.document,
    })),
  ];
}

/** Per counterparty, direction and unit; the same rows added up, the VAT beside them. */
export async function summary(read: Read, statement: Statement, filter: ExportFilter): Promise<Summed[]> {
  const claims = await read((on) => statementClaims(on, statement));
  const vat = (await read((on) => besideVisits(on, statement))).filter(({ kind }) => kind === 'VAT');
  const taxes = vat.map(({ counterparty, direction, unit, minor }) => ({
    counterparty,
    direction,
    unit,
    lines: 0,
    halfDays: 0,
    linesMinor: 0,
    charges: 1,
    chargesMinor: minor,
    clearing: 'GROSS' as const,
  }));
  return [...claims, ...taxes].filter((row) => passes(row, filter));
}

function passes(
  row: { readonly counterparty: { id: string }; readonly direction: string; readonly unit: string },
  { counterpartyId, direction, unit }: ExportFilter,
): boolean {
  return (
    (!counterpartyId || row.counterparty.id === counterpartyId) &&
    (!direction || row.direction === direction) &&
    (!unit || row.unit === unit)
  );
}

/** What all rows of a file come to, per unit: whoever opens it can add up the same. */
export class ControlSums {
  private readonly sums = new Map<Unit, ControlSum>();
  rows = 0;

  add(row: { readonly unit: Unit; readonly direction: 'RECEIVES' | 'PAYS' }, minor: number): void {
    const sum = this.sums.get(row.unit) ?? { unit: row.unit, receivesMinor: 0, paysMinor: 0 };
    this.sums.set(row.unit, sum);
    sum[row.direction === 'RECEIVES' ? 'receivesMinor' : 'paysMinor'] += minor;
    this.rows += 1;
  }

  values(): ControlSum[] {
    return [...this.sums.values()].toSorted((a, b) => (a.unit < b.unit ? -1 : 1));
  }
}
