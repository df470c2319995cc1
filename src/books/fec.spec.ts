import { derivedId } from '../platform/derived-id.js';
import type { ExportedEntry, ExportedPosting } from './export.queries.js';
import { fec, FEC_COLUMNS, RateMissing } from './fec.js';

const MRS = { partyId: derivedId('0', 'MRS'), party: 'MRS\tMarseille' };
const posting = (account: string, minor: bigint, unit: ExportedPosting['unit'] = 'EUR'): ExportedPosting => ({
  ...MRS,
  account,
  unit,
  minor,
});
const entry = (month: string, postings: readonly ExportedPosting[], rates = {}): ExportedEntry => ({
  id: derivedId('0', month),
  month,
  journal: 'VT',
  number: 1,
  day: `${month}-15`,
  postedDay: `${month}-16`,
  reference: 'MRS-1',
  label: 'Invoice MRS-1',
  sourceKind: 'DOCUMENT',
  sourceId: derivedId('0', 'document'),
  postings,
  rates,
});
const rowsOf = (text: string) =>
  text
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => Object.fromEntries(line.split('\t').map((cell, at) => [FEC_COLUMNS[at]!, cell])));

it('begins a year with what the years before left: accounts go on, income and expenses are their result', () => {
  const rows = rowsOf(
    fec(
      [
        entry('2026-11', [posting('411000', 1_200n), posting('706100', -1_000n), posting('445710', -200n)]),
        entry('2027-02', [posting('512000', 1_200n), posting('411000', -1_200n)]),
        entry('2028-01', [posting('512000', 1n), posting('411000', -1n)]),
      ],
      2027,
    ),
  );
  expect(
    rows.map((row) => [
      row['EcritureNum'],
      row['EcritureDate'],
      row['CompteNum'],
      row['Debit'],
      row['Credit'],
    ]),
  ).toEqual([
    ['AN202701-000000', '20270101', '120000', '0,00', '10,00'],
    ['AN202701-000000', '20270101', '411000', '12,00', '0,00'],
    ['AN202701-000000', '20270101', '445710', '0,00', '2,00'],
    ['VT202702-000001', '20270215', '512000', '12,00', '0,00'],
    ['VT202702-000001', '20270215', '411000', '0,00', '12,00'],
  ]);
  expect(rows[0]!['CompAuxLib']).toBe('MRS Marseille'); // a tab in a name moves no column
});

it('shares out the cents of a conversion, so that an entry balances in euro as it does in dinars', () => {
  const dinars = [
    posting('411000', 10_001n, 'TND'),
    posting('706100', -5_001n, 'TND'),
    posting('445710', -5_000n, 'TND'),
  ];
  const kind = [posting('802000', 4n, 'HALF_DAY'), posting('809000', -4n, 'HALF_DAY')];
  const rows = rowsOf(fec([entry('2026-11', [...dinars, ...kind], { TND: '3.38' })], 2026));
  // 10.001 ÷ 3.38 = 2.9589 → 2.96; of its parts 1.4801 and 1.4799 the cent that is left over goes to the first.
  expect(rows.map((row) => [row['Debit'], row['Credit'], row['Montantdevise'], row['Idevise']])).toEqual([
    ['2,96', '0,00', '10,001', 'TND'],
    ['0,00', '1,49', '-5,001', 'TND'],
    ['0,00', '1,47', '-5,000', 'TND'],
  ]);
  expect(() => fec([entry('2026-11', dinars)], 2026)).toThrow(RateMissing);
});
