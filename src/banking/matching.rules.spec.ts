import fc from 'fast-check';
import { sortLine, type OpenPayment } from './matching.rules.js';

const payment = (over: Partial<OpenPayment> = {}): OpenPayment => ({
  id: 'p1',
  endToEndId: '0192f0c4a1b27c3d',
  unit: 'EUR',
  openMinor: 5800n,
  direction: 'OUT',
  otherName: 'Atelier du Vieux-Port',
  otherIban: 'FR7630006000011234567890189',
  ...over,
});
const line = (over: Partial<Parameters<typeof sortLine>[0]> = {}) => ({
  unit: 'EUR' as const,
  minor: -5800n,
  counterparty: null,
  counterpartyAccount: null,
  endToEndId: null,
  text: '',
  ...over,
});

describe('a bank line', () => {
  it.each([
    ['REFERENCE', 'MATCHED', { endToEndId: '0192F0C4 A1B2 7C3D' }],
    ['REFERENCE_IN_TEXT', 'MATCHED', { text: 'vir. 192f0c4-a1b27c3d escale' }],
    ['REFERENCE_OTHER_AMOUNT', 'SUGGESTED', { endToEndId: '0192f0c4a1b27c3d', minor: -3000n }],
    ['ACCOUNT_AND_AMOUNT', 'SUGGESTED', { counterpartyAccount: 'FR76 3000 6000 0112 3456 7890 189' }],
    ['NAME_AND_AMOUNT', 'SUGGESTED', { counterparty: 'ATELIER DU VIEUX' }],
  ] as const)('%s: %s', (reason, pile, over) => {
    expect(sortLine(line(over), [payment()])).toEqual({ pile, candidates: [{ paymentIds: ['p1'], reason }] });
  });

  it('that paid several at once is suggested for all of them', () => {
    const several = [payment(), payment({ id: 'p2', endToEndId: 'other', openMinor: 200n })];
    expect(sortLine(line({ minor: -6000n, counterparty: 'Atelier du Vieux-Port' }), several)).toEqual({
      pile: 'SUGGESTED',
      candidates: [{ paymentIds: ['p1', 'p2'], reason: 'SUM_OF_SEVERAL' }],
    });
  });

  it('matches nothing by itself when two payments fit equally', () => {
    const twins = [payment(), payment({ id: 'p2' })];
    expect(sortLine(line({ endToEndId: '0192f0c4a1b27c3d' }), twins).pile).toBe('SUGGESTED');
  });

  it('is never matched against the direction, the currency or the amount of the payment', () => {
    fc.assert(
      fc.property(
        fc.record({
          minor: fc.bigInt(-6000n, 6000n).filter((minor) => minor !== 0n),
          unit: fc.constantFrom('EUR' as const, 'TND' as const),
          endToEndId: fc.constantFrom(null, '0192f0c4a1b27c3d', '192F0C4A1B27C3D'),
          counterparty: fc.constantFrom(null, 'Atelier du Vieux-Port', 'Somebody'),
        }),
        (over) => {
          const { pile } = sortLine(line(over), [payment()]);
          if (pile === 'MATCHED') expect(over).toMatchObject({ minor: -5800n, unit: 'EUR' });
        },
      ),
    );
  });

  it('of nobody we know stays unknown', () => {
    expect(sortLine(line({ counterparty: 'Electricity', text: 'bill 58' }), [payment()])).toEqual({
      pile: 'UNKNOWN',
      candidates: [],
    });
  });
});
