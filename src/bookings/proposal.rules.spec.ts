import fc from 'fast-check';
import { amount } from '../kernel/money.js';
import { Temporal } from '../kernel/time.js';
import { FUNDINGS } from '../kernel/words.js';
import type { FrozenTerms } from './booking.js';
import type { FundingOption } from './booking.rules.js';
import type { Offer } from './offers.js';
import { kinder, neverWorse, owesSeat, sameCityFirst, type Before } from './proposal.rules.js';

const cost = fc.integer({ min: 0, max: 50_000 });
const funding = fc.constantFrom(...FUNDINGS);
const moment = fc
  .integer({ min: 0, max: 1_000_000 })
  .map((minutes) => Temporal.Instant.from('2026-12-01T00:00:00Z').add({ minutes }).toString());
const consumed = fc.constantFrom('CONSUMED' as const, 'FREE' as const);
const terms = fc
  .record({
    cancelUntil: moment,
    graceMinutes: fc.integer({ min: 15, max: 1440 }),
    noShow: consumed,
    lateCancellation: consumed,
    bookingMode: fc.constantFrom('INSTANT', 'ON_REQUEST'),
    mode: fc.constantFrom('GIFT', 'ACCRUAL_CASH', 'ACCRUAL_IN_KIND'),
  })
  .map((some) => some as unknown as FrozenTerms);

const before: fc.Arbitrary<Before> = fc
  .record({ halfDays: fc.constantFrom(1 as const, 2 as const), funding, minor: cost, terms })
  .map(({ minor, ...rest }) => ({
    ...rest,
    price: amount('EUR', minor),
    guestPrice: amount('EUR', rest.funding === 'PAY_AS_YOU_GO' ? minor : 0),
    hostNetworkId: 'host',
  }));

const option = (kind: FundingOption['funding'], isPossible: boolean): FundingOption => ({
  funding: kind,
  outcome: isPossible ? 'POSSIBLE' : 'SKIPPED',
  because: isPossible ? null : 'NO_PASS',
  passId: kind === 'PASS_UNITS' && isPossible ? 'pass' : null,
  programmeId: null,
  leftHalfDays: null,
  leftAfterHalfDays: null,
  debtorPartyId: 'home',
});
const offer = fc
  .record({
    halfDays: fc.constantFrom(1 as const, 2 as const),
    unit: fc.constantFrom('EUR' as const, 'TND' as const),
    minor: cost,
    terms,
    possible: fc.uniqueArray(funding, { minLength: 1 }),
  })
  .map(
    ({ unit, minor, possible, ...rest }) =>
      ({
        ...rest,
        funding: possible[0]!,
        price: amount(unit, minor),
        guestPrice: amount(unit, 0),
        options: FUNDINGS.map((kind) => option(kind, possible.includes(kind))),
      }) as unknown as Offer,
  );

describe('what is proposed instead', () => {
  it('never costs the guest more, nor is left on worse terms', () => {
    fc.assert(
      fc.property(before, offer, (old, offered) => {
        const kept = neverWorse(old, offered, true);
        if (!kept) return;
        expect(kept.offer.guestPrice.minor).toBeLessThanOrEqual(old.guestPrice.minor);
        expect(kept.offer.price).toEqual(offered.price);
        expect(kept.offer.halfDays).toBeLessThanOrEqual(old.halfDays);
        const until = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
        expect(until(kept.offer.terms.cancelUntil)).toBeGreaterThanOrEqual(until(old.terms.cancelUntil));
        expect(old.terms.noShow === 'FREE' && kept.offer.terms.noShow !== 'FREE').toBe(false);
        expect(kept.offer.terms.bookingMode).toBe('INSTANT');
      }),
    );
  });

  it('is paid in full by guest, debtor and the host that owes the seat', () => {
    fc.assert(
      fc.property(before, offer, (old, offered) => {
        const kept = neverWorse(old, offered, true);
        if (!kept) return;
        const isSameWay = kept.offer.funding === old.funding;
        const saved = old.price.minor > offered.price.minor ? old.price.minor - offered.price.minor : 0n;
        if (isSameWay) expect(old.price.minor + kept.cost.minor - saved).toBe(offered.price.minor);
        else expect(kept).toMatchObject({ cost: offered.price, offer: { debtorPartyId: 'host' } });
      }),
    );
  });

  it('costs nobody anything where no seat was owed', () => {
    fc.assert(
      fc.property(before, offer, (old, offered) => {
        expect(neverWorse(old, offered, false)?.cost.minor ?? 0n).toBe(0n);
      }),
    );
  });

  it('has the better of two terms, whatever the other is', () => {
    fc.assert(
      fc.property(terms, terms, (a, b) => {
        expect(kinder(a, kinder(a, b))).toEqual(kinder(a, b));
        expect(kinder(a, b).graceMinutes).toBe(Math.max(a.graceMinutes, b.graceMinutes));
      }),
    );
  });

  it('is owed by a host that promised a seat, and by no other', () => {
    expect((['CLOSURE', 'HOURS', 'FULL', 'DECLINED', 'EXPIRED'] as const).map(owesSeat)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('is in the same city first, nearest first within it', () => {
    const place = (name: string, city: string, country = 'GR') => ({ name, city, country });
    const near = [
      place('a', 'Marousi'),
      place('b', 'Athens'),
      place('c', 'Athens', 'US'),
      place('d', 'Athens'),
    ];
    expect(sameCityFirst(near, place('', 'Athens')).map(({ name }) => name)).toEqual(['b', 'd', 'a', 'c']);
  });
});
