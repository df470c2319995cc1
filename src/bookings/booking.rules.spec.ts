import fc from 'fast-check';
import { amount } from '../kernel/money.js';
import { newId } from '../kernel/ids.js';
import { Temporal } from '../kernel/time.js';
import { BOOKING_STATES, type FrozenTerms } from './booking.js';
import {
  awaitsHost,
  decideFunding,
  feeOf,
  guestPriceOf,
  isTooFarAhead,
  TRANSITIONS,
  type FundingCase,
} from './booking.rules.js';
import { FUNDINGS, type Mode } from '../kernel/words.js';

const [HOME, HOST, NETWORK, ISSUER, RUNNER] = [newId(), newId(), newId(), newId(), newId()];
const modes = fc.constantFrom<Mode[]>('GIFT', 'ACCRUAL_CASH', 'ACCRUAL_IN_KIND');
const few = fc.integer({ min: 0, max: 10 });
const cases: fc.Arbitrary<FundingCase> = fc.record({
  halfDays: fc.constantFrom(1, 2),
  hostSpaceId: fc.constant(HOST),
  home: fc.constantFrom(null, { spaceId: HOME, networkId: NETWORK }, { spaceId: HOST, networkId: NETWORK }),
  leftOfQuota: few,
  passes: fc.array(fc.record({ passId: fc.uuid(), networkId: fc.constant(ISSUER), leftHalfDays: few }), {
    maxLength: 4,
  }),
  homeNetworkId: fc.constant(NETWORK),
  mode: modes,
  isByTime: fc.boolean(),
  sponsorship: fc.option(
    fc.record({
      programmeId: fc.uuid(),
      networkId: fc.constant(RUNNER),
      unit: fc.constant('EUR' as const),
      dayPriceMinor: fc.constant(1800n),
      because: fc.constantFrom(null, 'SPACE_CAP_REACHED' as const),
      leftHalfDays: fc.integer({ min: 1, max: 20 }).map((days) => days * 2),
      alternatives: fc.constant([]),
    }),
  ),
});
const ines: FundingCase = {
  halfDays: 2,
  hostSpaceId: HOST,
  home: { spaceId: HOME, networkId: NETWORK },
  leftOfQuota: 6,
  passes: [],
  homeNetworkId: NETWORK,
  mode: 'ACCRUAL_CASH',
};
const takenOf = (funding: FundingCase) => decideFunding(funding).find(({ outcome }) => outcome === 'TAKEN');

describe('who pays', () => {
  it('is explained for every option, in one order, with at most one taken', () => {
    fc.assert(
      fc.property(cases, (funding) => {
        const options = decideFunding(funding);
        const kinds = FUNDINGS.filter((kind) => kind !== 'SPONSOR_VOUCHER' || funding.sponsorship);
        expect(options.map((option) => option.funding)).toEqual(kinds);
        expect(options.filter(({ outcome }) => outcome === 'TAKEN').length).toBeLessThanOrEqual(1);
        for (const { outcome, because } of options) expect(because === null).toBe(outcome !== 'SKIPPED');
      }),
    );
  });

  it('is the first that can: everything before it is skipped, nothing possible is passed over', () => {
    fc.assert(
      fc.property(cases, (funding) => {
        const outcomes = decideFunding(funding).map(({ outcome }) => outcome);
        const first = outcomes.findIndex((outcome) => outcome !== 'SKIPPED');
        if (first !== -1) expect(outcomes[first]).toBe('TAKEN');
      }),
    );
  });

  it('never leaves less than nothing', () => {
    fc.assert(
      fc.property(cases, (funding) => {
        for (const option of decideFunding(funding)) {
          const { outcome, leftAfterHalfDays, leftHalfDays, funding: kind } = option;
          if (outcome === 'SKIPPED' || leftHalfDays === null) continue;
          // A voucher is a day, also for whoever comes for half of it.
          const used = kind === 'SPONSOR_VOUCHER' ? 2 : funding.halfDays;
          expect(leftAfterHalfDays).toBe(leftHalfDays - used);
          expect(leftAfterHalfDays).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('is the home space for a quota, the issuer for a pass, the home network once the guest has paid', () => {
    fc.assert(
      fc.property(cases, (funding) => {
        const taken = takenOf(funding);
        if (!taken) return;
        const debtors = {
          SPONSOR_VOUCHER: RUNNER,
          VISA_QUOTA: HOME,
          PASS_UNITS: ISSUER,
          PAY_AS_YOU_GO: NETWORK,
        };
        expect(taken.debtorPartyId).toBe(debtors[taken.funding]);
      }),
    );
  });

  it('plays five days in Marseille with three free: 3 × quota, 2 × pay-as-you-go', () => {
    let leftOfQuota = 6; // three days
    const fundings = Array.from({ length: 5 }, () => {
      const taken = takenOf({ ...ines, leftOfQuota })!;
      if (taken.funding === 'VISA_QUOTA') leftOfQuota -= 2;
      return taken.funding;
    });
    expect(fundings).toEqual(['VISA_QUOTA', 'VISA_QUOTA', 'VISA_QUOTA', 'PAY_AS_YOU_GO', 'PAY_AS_YOU_GO']);
  });

  it('takes the pass that expires first, unless another one was shown and suffices', () => {
    const passes = [
      { passId: 'soon', networkId: ISSUER, leftHalfDays: 2 },
      { passId: 'later', networkId: ISSUER, leftHalfDays: 9 },
      { passId: 'nearly-empty', networkId: ISSUER, leftHalfDays: 1 },
    ];
    const without = { ...ines, leftOfQuota: 1, passes };
    expect(takenOf(without)).toMatchObject({ passId: 'soon', leftAfterHalfDays: 0 });
    expect(takenOf({ ...without, preferPassId: 'later' })).toMatchObject({ passId: 'later' });
    expect(takenOf({ ...without, preferPassId: 'nearly-empty' })).toMatchObject({ passId: 'soon' });
  });

  it.each<[string, Partial<FundingCase>, string, string]>([
    ['a person of no space', { home: null }, 'VISA_QUOTA', 'NO_HOME_SPACE'],
    ['a guest at home', { home: { spaceId: HOST, networkId: NETWORK } }, 'VISA_QUOTA', 'AT_HOME'],
    ['half a day left for a whole one', { leftOfQuota: 1 }, 'VISA_QUOTA', 'QUOTA_USED_UP'],
    ['no pass', {}, 'PASS_UNITS', 'NO_PASS'],
    [
      'a used up pass',
      { passes: [{ passId: 'p', networkId: ISSUER, leftHalfDays: 1 }] },
      'PASS_UNITS',
      'PASS_USED_UP',
    ],
    ['a room, to a quota', { isByTime: true }, 'VISA_QUOTA', 'PAID_BY_TIME'],
    ['a room, to a pass', { isByTime: true }, 'PASS_UNITS', 'PAID_BY_TIME'],
    ['gifts', { mode: 'GIFT' }, 'PAY_AS_YOU_GO', 'NO_PRICE_IN_MONEY'],
  ])('says why not: %s', (_what, change, funding, because) => {
    const option = decideFunding({ ...ines, ...change }).find((candidate) => candidate.funding === funding);
    expect(option).toMatchObject({ outcome: 'SKIPPED', because });
  });
});

describe('what it costs', () => {
  it('is the guest’s to pay only when nothing else pays', () => {
    expect(FUNDINGS.map((funding) => guestPriceOf(amount('EUR', 2000), funding).minor)).toEqual([
      0n,
      0n,
      0n,
      2000n,
    ]);
  });
});

describe('leaving', () => {
  const moment = (text: string) => Temporal.Instant.from(text);

  it('costs nothing in time and the whole booking afterwards: half-days, or money where the guest pays', () => {
    const terms = { cancelUntil: '2026-12-02T17:00:00Z' } as FrozenTerms;
    const booking = { state: 'RESERVED', terms, halfDays: 2, guestPrice: amount('EUR', 0) } as const;
    const inTime = moment('2026-12-02T17:00:00Z');
    const late = moment('2026-12-02T17:00:01Z');
    const byQuota = { ...booking, funding: 'VISA_QUOTA' } as const;
    const byGuest = { ...booking, funding: 'PAY_AS_YOU_GO', guestPrice: amount('EUR', 2000) } as const;
    expect(feeOf(byQuota, inTime)).toEqual({ halfDays: 0, amount: amount('EUR', 0) });
    expect(feeOf(byQuota, late)).toEqual({ halfDays: 2, amount: amount('EUR', 0) });
    expect(feeOf(byGuest, late)).toEqual({ halfDays: 0, amount: amount('EUR', 2000) });
    expect(feeOf({ ...byGuest, terms: { ...terms, noShow: 'FREE' } }, late).amount.minor).toBe(0n);
    expect(feeOf({ ...byGuest, state: 'PENDING' }, late)).toEqual({ halfDays: 0, amount: amount('EUR', 0) });
  });
});

describe('states', () => {
  it('end: no act leads out of an end but the undoing of one, and every state is reached', () => {
    const acts = Object.values(TRANSITIONS);
    const {
      restore: _undone,
      reopen: _notCome,
      takeBack: _notThere,
      comeLate: _came,
      ...forward
    } = TRANSITIONS;
    const open = new Set(Object.values(forward).flatMap(({ from }) => from));
    expect([...open].toSorted()).toEqual(['PENDING', 'RESERVED']);
    expect(BOOKING_STATES.filter((state) => !acts.some(({ into }) => into === state))).toEqual(['PENDING']);
  });
});

describe('a request', () => {
  it('awaits its host only while it is pending, and only where bookings are on request', () => {
    for (const state of BOOKING_STATES)
      for (const bookingMode of ['INSTANT', 'ON_REQUEST'] as const)
        expect(awaitsHost({ state, terms: { bookingMode } as FrozenTerms })).toBe(
          state === 'PENDING' && bookingMode === 'ON_REQUEST',
        );
  });
});

describe('the horizon', () => {
  const now = Temporal.Instant.from('2026-12-01T22:30:00Z'); // 2 December in Beirut, still the 1st in Paris
  it.each([
    ['2027-05-30', 'Europe/Paris', false], // 1 December + 180 days
    ['2027-05-31', 'Europe/Paris', true],
    ['2027-05-31', 'Asia/Beirut', false],
    ['2027-06-01', 'Asia/Beirut', true],
  ])('moves at the midnight of the space: %s in %s is too far ahead: %s', (day, zone, expected) => {
    expect(isTooFarAhead(Temporal.PlainDate.from(day), now, zone)).toBe(expected);
  });
});
