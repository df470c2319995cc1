import fc from 'fast-check';
import { signsOf, type Seen } from './fragility.rules.js';

const well: Seen = {
  owesMinor: 0n,
  ceilingMinor: 10_000n,
  standing: 'ACTIVE',
  visitsRecent: 4,
  visitsBefore: 12,
  closedDays: 0,
  state: 'ACTIVE',
  isAssessed: true,
};

it('a space that does well shows no sign, and one without a charter or a ceiling is not suspected for it', () => {
  expect(signsOf(well)).toEqual([]);
  expect(
    signsOf({ ...well, state: null, isAssessed: false, ceilingMinor: null, owesMinor: 99_999n }),
  ).toEqual([]);
});

it.each([
  ['DEBIT', { owesMinor: 8000n }, { owesMinor: 7999n }],
  ['DEBIT', { standing: 'DEFAULTED' }, { standing: 'LEAVING' }],
  ['VISITS', { visitsRecent: 1 }, { visitsRecent: 2 }],
  ['CLOSURES', { closedDays: 6 }, { closedDays: 5 }],
  ['CLOSURES', { closedDays: null }, { closedDays: 0 }],
  ['CHARTER', { state: 'CHARTER_LAPSED' }, { state: 'RENEWAL_DUE' }],
  ['CHARTER', { isAssessed: false }, { isAssessed: true }],
] as const)('%s shows at its threshold and not before', (sign, over, under) => {
  expect(signsOf({ ...well, ...over })).toEqual([sign]);
  expect(signsOf({ ...well, ...under })).toEqual([]);
});

it('few visits that stop are no sign, and what is owed to a space never is one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 5 }),
      fc.bigInt({ min: -100_000n, max: 0n }),
      (visitsBefore, owesMinor) => {
        expect(signsOf({ ...well, visitsRecent: 0, visitsBefore, owesMinor })).toEqual([]);
      },
    ),
  );
});
