import fc from 'fast-check';
import { Temporal } from '../kernel/time.js';
import {
  dueStep,
  exclusionOf,
  LETTER_DAYS,
  missingOf,
  reportDueDay,
  RESTRICTION_DAYS,
  wholeUnits,
  type SellerProfile,
} from './seller.rules.js';
import { RETAINED_RECORDS, retentionIn } from './retention.data.js';
import { VOLUME_LIMIT_MINOR, volumeLevel } from './volume.rules.js';

const SPACE = '019a0000-0000-7000-8000-000000000001';
const whole: SellerProfile = {
  isPublicBody: false,
  legalName: 'Atelier du Port SCIC',
  street: '1 quai du Port',
  postcode: '13002',
  city: 'Marseille',
  country: 'FR',
  tin: '404833048',
  tinCountry: 'FR',
  vatNumber: null,
  registrationNumber: null,
  account: 'FR1420041010050500013M02606',
  properties: [
    {
      spaceId: SPACE,
      street: '1 quai du Port',
      postcode: '13002',
      city: 'Marseille',
      country: 'FR',
      landRegistration: null,
    },
  ],
};
const UNION = new Set(['FR', 'ES', 'IT']);

it('a seller is whole with a name, an address, a tax number, an account and the address of each space', () => {
  expect(missingOf(whole, [SPACE])).toEqual([]);
  expect(missingOf({ ...whole, tin: null }, [SPACE])).toEqual(['tin']);
  expect(missingOf({ ...whole, properties: [] }, [SPACE])).toEqual([`property:${SPACE}`]);
  expect(missingOf(null, [])).toHaveLength(8);
});

it.each([
  ['a public body in the Union', { ...whole, isPublicBody: true }, ['FR'], 'PUBLIC_BODY'],
  ['a seller with nothing in the Union', null, ['TN'], 'OUTSIDE_UNION'],
  ['a seller outside that lets in the Union', whole, ['TN', 'FR'], null],
  ['a seller of one day for one euro', whole, ['FR'], null], // no floor for whoever lets property
])('%s: %s', (_who, profile, countries, exclusion) => {
  expect(exclusionOf(profile, countries, UNION)).toBe(exclusion);
});

describe('asking', () => {
  const first = Temporal.PlainDate.from('2026-01-01');
  const on = (days: number) => first.add({ days });

  it('is a request and two reminders, and a restriction sixty days after the request', () => {
    const none = { sent: 0, requestedOn: null };
    expect(dueStep(first, none, on(13))).toBeNull();
    expect(dueStep(first, none, on(14))).toEqual({ is: 'LETTER', number: 1 });
    const asked = (sent: number) => ({ sent, requestedOn: on(LETTER_DAYS[0]) });
    expect(dueStep(first, asked(1), on(43))).toBeNull();
    expect(dueStep(first, asked(1), on(44))).toEqual({ is: 'LETTER', number: 2 });
    expect(dueStep(first, asked(2), on(59))).toEqual({ is: 'LETTER', number: 3 });
    expect(dueStep(first, asked(3), on(RESTRICTION_DAYS - 1))).toBeNull();
    expect(dueStep(first, asked(3), on(RESTRICTION_DAYS))).toEqual({ is: 'RESTRICTION' });
  });

  it('that began late still leaves sixty days and two reminders', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }), (late, later) => {
        const requestedOn = on(LETTER_DAYS[0] + late);
        const step = dueStep(first, { sent: 3, requestedOn }, requestedOn.add({ days: later }));
        return (step !== null) === later >= 60;
      }),
    );
  });
});

it('the report of a year is due on the 31 January after it', () => {
  expect(reportDueDay(2026).toString()).toBe('2027-01-31');
});

it('amounts are told in whole units, rounded half away from zero', () => {
  expect([1249n, 1250n, 1251n, -1250n, 49n].map((minor) => wholeUnits(minor * 10n, 3))).toEqual([
    12n,
    13n,
    13n,
    -13n,
    0n,
  ]);
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (minor) => {
      const off = wholeUnits(minor, 2) * 100n - minor;
      return off >= -50n && off <= 50n;
    }),
  );
});

it.each([
  [79_999_999n, 'BELOW'],
  [80_000_000n, 'NEAR'],
  [VOLUME_LIMIT_MINOR, 'NEAR'],
  [VOLUME_LIMIT_MINOR + 1n, 'OVER'],
] as const)('%s cents in twelve months are %s', (minor, level) => {
  expect(volumeLevel(minor)).toBe(level);
});

it('every kind of record has a period everywhere, and France keeps documents for ten years', () => {
  for (const country of ['FR', 'IT', 'ES', 'TN', 'XX'])
    expect(retentionIn(country).map(({ record }) => record)).toEqual([...RETAINED_RECORDS]);
  expect(retentionIn('FR')[0]).toMatchObject({ record: 'DOCUMENT', years: 10, keptYears: 10 });
  expect(retentionIn('ES')[0]).toMatchObject({ years: 6, keptYears: 6 });
  expect(retentionIn('GR')[0]).toMatchObject({ years: null, keptYears: 10 }); // not established: the longest known
  expect(retentionIn('FR').find(({ record }) => record === 'ACCESS_LOG')).toMatchObject({ months: 3 });
});
