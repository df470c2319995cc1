import fc from 'fast-check';
import { netPayments, type Position } from './net-payments.js';

const RUNS = { numRuns: 5_000 };
/** Random debts between up to 12 parties: their net positions always sum to zero. */
const positions = fc
  .array(fc.tuple(fc.nat(11), fc.nat(11), fc.bigInt({ min: 1n, max: 100_000n })), {
    minLength: 1,
    maxLength: 120,
  })
  .map((debts): Position[] => {
    const net = Array.from({ length: 12 }, () => 0n);
    for (const [debtor, creditor, minor] of debts) {
      net[debtor]! -= minor;
      net[creditor]! += minor;
    }
    return net.map((minor, index) => ({ party: `party ${index}`, net: minor }));
  });

describe('netPayments', () => {
  it('clears every position with at most parties - 1 payments', () => {
    fc.assert(
      fc.property(positions, (list) => {
        const payments = netPayments(list);
        const open = new Map(list.map(({ party, net }) => [party, net]));
        for (const { debtor, creditor, minor } of payments) {
          expect(minor > 0n).toBe(true);
          open.set(debtor, open.get(debtor)! + minor);
          open.set(creditor, open.get(creditor)! - minor);
        }
        expect([...open.values()].every((rest) => rest === 0n)).toBe(true);
        const taking = list.filter(({ net }) => net !== 0n).length;
        expect(payments.length).toBeLessThanOrEqual(Math.max(0, taking - 1));
      }),
      RUNS,
    );
  });

  it('moves money one way only: nobody both pays and is paid', () => {
    fc.assert(
      fc.property(positions, (list) => {
        const payments = netPayments(list);
        const payers = new Set(payments.map(({ debtor }) => debtor));
        expect(payments.filter(({ creditor }) => payers.has(creditor))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('does not depend on the order of the positions', () => {
    fc.assert(
      fc.property(positions, (list) => {
        expect(netPayments(list.toReversed())).toEqual(netPayments(list));
      }),
    );
  });

  it("settles the treasurer's month of scenario S6 with 100.00", () => {
    const month = { MRS: 5_800n, BCN: 800n, ATH: 3_400n, RJK: -2_400n, LEC: -7_600n };
    const payments = netPayments(Object.entries(month).map(([party, net]) => ({ party, net })));
    expect(payments).toEqual([
      { debtor: 'LEC', creditor: 'MRS', minor: 5_800n },
      { debtor: 'LEC', creditor: 'ATH', minor: 1_800n },
      { debtor: 'RJK', creditor: 'ATH', minor: 1_600n },
      { debtor: 'RJK', creditor: 'BCN', minor: 800n },
    ]);
  });

  it('refuses positions that do not sum to zero', () => {
    expect(() => netPayments([{ party: 'MRS', net: 1n }])).toThrow(RangeError);
  });
});
