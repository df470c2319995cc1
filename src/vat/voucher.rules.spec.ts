import fc from 'fast-check';
import { taxWithin } from './vat.rules.js';
import { decideVoucher, redemptionAt, unitsPrice, type ScopeSpace } from './voucher.rules.js';

const DAY = '2026-11-02';
const space = (country: string, status: ScopeSpace['status'] = 'STANDARD'): ScopeSpace => ({
  spaceId: `${country}-${status}`,
  country,
  territoryCode: null,
  status,
});
const [LEC, ATH, MNQ, MRS] = [space('SI'), space('GR'), space('FR', 'SME_DOMESTIC'), space('FR')];
const decide = (spaces: readonly ScopeSpace[], halfDays = 20) =>
  decideVoucher({
    day: DAY,
    sellerCountry: 'FR',
    sellerStatus: 'STANDARD',
    halfDays,
    resourceKinds: ['hot_desk'],
    spaces,
  });

describe('ten days for 150.00 over three regimes (S2)', () => {
  it('are a multi-purpose voucher, without VAT at sale', () => {
    expect(decide([LEC, ATH, MNQ])).toMatchObject({ character: 'MULTI_PURPOSE', atSale: null });
  });

  it('come out to the cent: 36.90 + 8.10, 24.20 + 5.80, 15.00, and 60.00 stay', () => {
    const visits = [LEC, ATH, LEC, MNQ, LEC, ATH]; // one day each, in the order of the journey
    const sums = new Map<string, { net: bigint; vat: bigint }>();
    let used = 0;
    let spent = 0n;
    for (const host of visits) {
      const gross = unitsPrice(15_000n, 20, used, 2);
      expect(gross).toBe(1500n); // 150.00 / 10
      const { rateBps } = redemptionAt(host, 'hot_desk', DAY);
      const { netMinor, vatMinor } = taxWithin('EUR', gross, rateBps);
      const { net, vat } = sums.get(host.country) ?? { net: 0n, vat: 0n };
      sums.set(host.country, { net: net + netMinor, vat: vat + vatMinor });
      used += 2;
      spent += gross;
    }
    expect(Object.fromEntries(sums)).toEqual({
      SI: { net: 3690n, vat: 810n },
      GR: { net: 2420n, vat: 580n },
      FR: { net: 1500n, vat: 0n },
    });
    expect([spent, 15_000n - spent]).toEqual([9000n, 6000n]);
    expect(redemptionAt(MNQ, 'hot_desk', DAY)).toMatchObject({ category: 'E', mention: 'SME_DOMESTIC' });
  });
});

it('a pass of one country and one rate is a single-purpose voucher, with VAT at sale', () => {
  expect(decide([MRS, { ...MRS, spaceId: 'another' }])).toMatchObject({
    character: 'SINGLE_PURPOSE',
    atSale: { country: 'FR', category: 'S', rateBps: 2000 },
  });
});

it('one exempt space among taxed ones of the same country makes it multi-purpose', () => {
  expect(decide([MRS, MNQ]).character).toBe('MULTI_PURPOSE');
});

it('a pass that opens nothing yet has no known place, and is multi-purpose', () => {
  expect(decide([])).toMatchObject({ character: 'MULTI_PURPOSE', treatments: [] });
});

it('a subscription without a number of days is no voucher: VAT at sale, where it is sold', () => {
  expect(decide([LEC, ATH], 0)).toMatchObject({
    character: 'NOT_A_VOUCHER',
    atSale: { country: 'FR', rateBps: 2000 },
  });
});

it('the price of a pass is spent once, whatever the visits', () => {
  fc.assert(
    fc.property(
      fc.bigInt(0n, 2n ** 53n),
      fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 60 }),
      (price, visits) => {
        const total = visits.reduce((sum, taken) => sum + taken, 0);
        let used = 0;
        let spent = 0n;
        for (const taken of visits) {
          const part = unitsPrice(price, total, used, taken);
          expect(part >= 0n).toBe(true);
          used += taken;
          spent += part;
        }
        expect(spent).toBe(price);
      },
    ),
  );
});

it('the character depends on no order of spaces', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([LEC, ATH, MNQ, MRS]), (spaces) => {
      expect(decide(spaces)).toEqual({ ...decide(spaces.toReversed()), atSale: decide(spaces).atSale });
    }),
  );
});
