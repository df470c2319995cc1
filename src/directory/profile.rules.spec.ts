import fc from 'fast-check';
import { completenessOf, EMPTY_PROFILE } from './profile.rules.js';
import { AMENITIES, PROFILE_PARTS, SpaceProfile } from './profile.schema.js';

const day = fc.constant('2026-05-04');
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const fact = fc.record({
  value: maybe(fc.constantFrom('yes' as const, 'no' as const)),
  checkedOn: maybe(day),
});
const line = maybe(fc.constant('Second floor'));

const profiles: fc.Arbitrary<SpaceProfile> = fc.record({
  gettingIn: fc.record({
    door: line,
    bell: line,
    floor: line,
    lift: line,
    phone: line,
    contactName: line,
  }),
  accessibility: fc.record({
    stepFree: fact,
    lift: fact,
    toilet: fact,
    hearingLoop: fact,
    parking: fact,
    doorWidthCm: fc.record({ value: maybe(fc.integer({ min: 1, max: 200 })), checkedOn: maybe(day) }),
  }),
  amenities: fc.uniqueArray(fc.constantFrom(...AMENITIES)),
  languages: fc.subarray(['fr', 'ar-TN']),
  wifi: maybe(fc.record({ mbps: fc.integer({ min: 1, max: 900 }), measuredOn: day })),
  houseRules: line,
});

describe('completeness', () => {
  it('is nothing for a space that has told nothing', () => {
    expect(completenessOf(EMPTY_PROFILE)).toEqual({ completeness: 0, missing: PROFILE_PARTS });
    expect(SpaceProfile.parse(EMPTY_PROFILE)).toEqual(EMPTY_PROFILE);
  });

  it('is a hundred exactly when nothing is missing, and its parts are named in order', () => {
    fc.assert(
      fc.property(profiles, (profile) => {
        const { completeness, missing } = completenessOf(SpaceProfile.parse(profile));
        expect(completeness === 100).toBe(missing.length === 0);
        expect(completeness).toBe(Math.floor((100 * (16 - missing.length)) / 16));
        expect(missing).toEqual(PROFILE_PARTS.filter((part) => missing.includes(part)));
      }),
    );
  });

  it('never falls when more is told, and "no" tells as much as "yes"', () => {
    fc.assert(
      fc.property(profiles, fc.constantFrom('yes' as const, 'no' as const), (profile, value) => {
        const before = completenessOf(profile).completeness;
        const accessibility = { ...profile.accessibility, lift: { value, checkedOn: '2026-05-04' } };
        const after = completenessOf({ ...profile, accessibility, houseRules: 'Be kind' });
        expect(after.completeness).toBeGreaterThanOrEqual(before);
        expect(after.missing).not.toContain('accessibility.lift');
        expect(after.missing).not.toContain('houseRules');
      }),
    );
  });

  it('does not count a fact without the day it was checked', () => {
    const stepFree = { value: 'yes', checkedOn: null } as const;
    const profile = { ...EMPTY_PROFILE, accessibility: { ...EMPTY_PROFILE.accessibility, stepFree } };
    expect(completenessOf(profile).missing).toContain('accessibility.stepFree');
  });
});
