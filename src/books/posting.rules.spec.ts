import fc from 'fast-check';
import { derivedId } from '../platform/derived-id.js';
import { CHART, PARTY_ACCOUNTS } from './chart.js';
import type { Claim, Conversion, Fact, Suspension } from './facts.js';
import { postingsOf, type Posting } from './posting.rules.js';

const told = {
  sourceId: derivedId('0', 'fact'),
  networkId: derivedId('0', 'network'),
  windowId: derivedId('0', 'window'),
  at: '2026-12-01T08:00:00.000Z',
  day: '2026-12-01',
  reference: 'Window 1',
  label: 'A fact',
  sourceHash: null,
};
const parties = ['MRS', 'BCN', 'ATH', 'RJK', 'LEC'];
const unit = fc.constantFrom('EUR' as const, 'TND' as const, 'HALF_DAY' as const);
const minor = fc.bigInt(1n, 10n ** 12n);
const pair = fc
  .tuple(fc.constantFrom(...parties), fc.constantFrom(...parties))
  .filter(([a, b]) => a !== b)
  .map(([debtorPartyId, creditorPartyId]) => ({ debtorPartyId, creditorPartyId }));
const clearing = fc.constantFrom('NETTED' as const, 'GROSS' as const, 'IN_KIND' as const);
const kind = fc.constantFrom(
  'VISIT',
  'FEE',
  'SOLIDARITY',
  'DUES',
  'CREDIT',
  'REBILLED',
  'RELEASE',
  'CARRIED',
  'OPENING',
  'SERVICE',
);
const claim: fc.Arbitrary<Claim> = fc
  .tuple(pair, fc.record({ kind, clearing, unit, minor }))
  .map(([between, of]) => ({ ...between, ...of }));
const conversion: fc.Arbitrary<Conversion> = fc
  .tuple(pair, minor, minor)
  .map(([between, billedMinor, netted]) => ({
    ...between,
    billedUnit: 'TND',
    billedMinor,
    unit: 'EUR',
    minor: netted,
  }));
const suspension: fc.Arbitrary<Suspension> = fc
  .tuple(conversion, clearing, fc.boolean())
  .map(([one, how, isConverted]) =>
    isConverted
      ? { ...one, clearing: 'NETTED' }
      : { ...one, unit: one.billedUnit, minor: one.billedMinor, clearing: how },
  );
const creditVat = fc.tuple(pair, minor).map(([{ debtorPartyId, creditorPartyId }, vat]) => ({
  issuerPartyId: debtorPartyId,
  recipientPartyId: creditorPartyId,
  unit: 'EUR' as const,
  minor: vat,
}));
const billed = fc
  .tuple(
    pair,
    fc.constantFrom('INVOICE' as const, 'CREDIT_NOTE' as const),
    fc.dictionary(kind, minor, { minKeys: 1, maxKeys: 4 }),
    fc.bigInt(0n, 10n ** 9n),
    fc.bigInt(0n, 10n ** 9n),
  )
  .map(([{ debtorPartyId, creditorPartyId }, documentKind, parts, vat, selfAssessed]) => ({
    documentKind,
    issuerPartyId: creditorPartyId,
    recipientPartyId: debtorPartyId,
    unit: 'EUR' as const,
    vat,
    selfAssessed,
    parts,
  }));
const match = fc
  .tuple(fc.boolean(), fc.boolean(), minor, minor, minor)
  .map(([isIncoming, isForeign, paid, line, expected]) => ({
    partyId: 'TUN',
    isIncoming,
    unit: 'EUR' as const,
    minor: paid,
    lineUnit: isForeign ? ('TND' as const) : ('EUR' as const),
    lineMinor: isForeign ? line : paid,
    expectedMinor: isForeign ? expected : paid,
  }));
const payment = fc
  .tuple(pair, fc.constantFrom('NETTED' as const, 'GROSS' as const, 'VAT' as const), minor)
  .map(([{ debtorPartyId, creditorPartyId }, paymentKind, paid]) => ({
    paymentKind,
    fromPartyId: debtorPartyId,
    toPartyId: creditorPartyId,
    unit: 'EUR' as const,
    minor: paid,
  }));
const claims = fc.array(claim, { maxLength: 30 });

const fact: fc.Arbitrary<Fact> = fc.oneof(
  billed.map((document) => ({ ...told, kind: 'DOCUMENT' as const, document })),
  fc
    .record({ claims, creditVat: fc.array(creditVat, { maxLength: 5 }) })
    .map((of) => ({ ...told, kind: 'WINDOW' as const, ...of })),
  fc.array(conversion).map((conversions) => ({ ...told, kind: 'CONVERSION' as const, conversions })),
  fc
    .record({
      claims,
      creditVat: fc.array(creditVat),
      conversions: fc.array(conversion),
      suspensions: fc.array(suspension),
    })
    .map((of) => ({ ...told, kind: 'ABORT' as const, ...of })),
  suspension.map((one) => ({ ...told, kind: 'SUSPENSION' as const, suspension: one })),
  fc
    .tuple(fc.constantFrom('PAYMENT' as const, 'FAILURE' as const), payment)
    .map(([which, one]) => ({ ...told, kind: which, payment: one })),
  fc.bigInt(-(10n ** 9n), 10n ** 9n).map((one) => ({
    ...told,
    kind: 'BANK_LINE' as const,
    partyId: 'LEC',
    unit: 'EUR' as const,
    minor: one,
  })),
  fc
    .tuple(fc.constantFrom('MATCH' as const, 'MATCH_UNDONE' as const), match)
    .map(([which, one]) => ({ ...told, kind: which, match: one })),
);

function sums(postings: readonly Posting[], key: (posting: Posting) => string): Map<string, bigint> {
  const found = new Map<string, bigint>();
  for (const posting of postings) found.set(key(posting), (found.get(key(posting)) ?? 0n) + posting.minor);
  return found;
}
const owed = (postings: readonly Posting[]) =>
  sums(
    postings.filter(({ account }) => PARTY_ACCOUNTS.includes(account)),
    ({ partyId, unit: of }) => `${partyId} ${of}`,
  );

it('every entry balances for each party in each currency, and posts nothing of zero', () => {
  fc.assert(
    fc.property(fact, (one) => {
      const postings = postingsOf(one);
      const balance = sums(postings, ({ partyId, unit: of }) => `${partyId} ${of}`);
      expect([...balance.values()].every((sum) => sum === 0n)).toBe(true);
      expect(postings.every(({ minor: of }) => of !== 0n)).toBe(true);
      expect(postings.length).not.toBe(1);
    }),
  );
});

it('a window’s claims and its documents give every party its position, and over all parties nothing', () => {
  fc.assert(
    fc.property(fc.array(claim, { minLength: 1, maxLength: 40 }), (some) => {
      const documents = some
        .filter((one) => one.clearing !== 'IN_KIND' && !['RELEASE', 'CARRIED', 'OPENING'].includes(one.kind))
        .map((one): Fact => {
          const isCredit = one.kind === 'CREDIT';
          return {
            ...told,
            kind: 'DOCUMENT',
            document: {
              documentKind: isCredit ? 'CREDIT_NOTE' : 'INVOICE',
              issuerPartyId: isCredit ? one.debtorPartyId : one.creditorPartyId,
              recipientPartyId: isCredit ? one.creditorPartyId : one.debtorPartyId,
              unit: one.unit,
              vat: 0n,
              selfAssessed: 0n,
              parts: { [one.kind]: one.minor },
            },
          };
        });
      const window: Fact = { ...told, kind: 'WINDOW', claims: some, creditVat: [] };
      const found = owed([window, ...documents].flatMap(postingsOf));
      const positions = new Map<string, bigint>();
      for (const one of some) {
        const [to, from] = [`${one.creditorPartyId} ${one.unit}`, `${one.debtorPartyId} ${one.unit}`];
        positions.set(to, (positions.get(to) ?? 0n) + one.minor);
        positions.set(from, (positions.get(from) ?? 0n) - one.minor);
      }
      for (const [key, position] of positions) expect(found.get(key) ?? 0n).toBe(position);
      for (const currency of ['EUR', 'TND', 'HALF_DAY']) {
        const all = [...found]
          .filter(([key]) => key.endsWith(currency))
          .reduce((sum, [, one]) => sum + one, 0n);
        expect(all).toBe(0n);
      }
    }),
  );
});

it('an abort takes back what a window, its currencies and its disputes posted', () => {
  fc.assert(
    fc.property(claims, fc.array(conversion), fc.array(suspension), (some, conversions, suspensions) => {
      const facts: Fact[] = [
        { ...told, kind: 'WINDOW', claims: some, creditVat: [] },
        { ...told, kind: 'CONVERSION', conversions },
        ...suspensions.map((one): Fact => ({ ...told, kind: 'SUSPENSION', suspension: one })),
        { ...told, kind: 'ABORT', claims: some, creditVat: [], conversions, suspensions },
      ];
      const left = sums(
        facts.flatMap(postingsOf),
        ({ partyId, account, unit: of }) => `${partyId} ${account} ${of}`,
      );
      expect([...left.values()].every((sum) => sum === 0n)).toBe(true);
    }),
  );
});

it.each([
  ['gets more than the window’s rate said: a gain', true, 339_200n, CHART.fxGain.number, -1_200n],
  ['gets less: a loss', true, 337_000n, CHART.fxLoss.number, 1_000n],
  ['pays more: a loss', false, 339_200n, CHART.fxLoss.number, 1_200n],
  ['pays less: a gain', false, 337_000n, CHART.fxGain.number, -1_000n],
] as const)('a party whose bank keeps dinars and %s', (_name, isIncoming, lineMinor, account, difference) => {
  // 100.00 EUR at 3.38 = 338.000 TND
  const postings = postingsOf({
    ...told,
    kind: 'MATCH',
    match: {
      partyId: 'TUN',
      isIncoming,
      unit: 'EUR',
      minor: 10_000n,
      lineUnit: 'TND',
      lineMinor,
      expectedMinor: 338_000n,
    },
  });
  const sign = isIncoming ? 1n : -1n;
  expect(postings.map((posting) => [posting.account, posting.unit, posting.minor])).toEqual(
    [
      [CHART.unknownBank.number, 'TND', sign * lineMinor],
      [CHART.conversion.number, 'EUR', sign * 10_000n],
      [CHART.conversion.number, 'TND', sign * -338_000n],
      [CHART.inTransit.number, 'EUR', sign * -10_000n],
      [account, 'TND', difference],
    ].toSorted((a, b) => (String(a) < String(b) ? -1 : 1)),
  );
});
