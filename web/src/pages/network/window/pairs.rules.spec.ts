import { heatShare, netsOf, pairCells } from './pairs.rules';

const party = (name: string) => ({ id: name, name });
const pair = (debtor: string, host: string, amountMinor: number, unit: 'EUR' | 'TND' = 'EUR') => ({
  debtor: party(debtor),
  host: party(host),
  unit,
  visits: 1,
  halfDays: 2,
  amountMinor,
});
// Scenario S6.
const PAIRS = [
  pair('MRS', 'BCN', 10_800),
  pair('BCN', 'MRS', 8_000),
  pair('RJK', 'LEC', 3_600),
  pair('LEC', 'MRS', 10_000),
  pair('ATH', 'BCN', 3_600),
  pair('BCN', 'ATH', 5_600),
  pair('LEC', 'RJK', 1_200),
  pair('MRS', 'ATH', 1_400),
];

describe('the square of who owes whom', () => {
  it('has each party once, in both directions, and the golden nets, which are zero in all', () => {
    const cells = pairCells(PAIRS, 'EUR');
    expect(cells.parties.map(({ name }) => name)).toEqual(['ATH', 'BCN', 'LEC', 'MRS', 'RJK']);
    expect(cells.sum).toBe(44_200);
    expect(netsOf(cells)).toEqual([3_400, 800, -7_600, 5_800, -2_400]);
    expect(netsOf(cells).reduce((sum, net) => sum + net, 0)).toBe(0);
  });

  it('keeps currencies apart', () => {
    expect(pairCells([...PAIRS, pair('TUN', 'MRS', 900, 'TND')], 'TND')).toMatchObject({
      sum: 900,
      most: 900,
    });
  });

  it('is tinted from 6 to 52 percent, and not at all where nothing is owed', () => {
    expect([0, 1, 100].map((minor) => heatShare(minor, 100))).toEqual([0, 6.46, 52]);
    expect(heatShare(0, 0)).toBe(0);
  });
});
