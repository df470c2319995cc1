import { isInTime, MACHINE, NEXT, sidesFor, signersOf } from './stay.rules.js';
import { ACTS, SIDES, STAY_STATES } from './stay.words.schema.js';

it('three sign, or four when whoever grants is none of them', () => {
  const parties = { employerId: 'region', legalHostId: 'agency', grantBodyId: 'region' };
  expect(signersOf(parties)).toEqual(['PARTICIPANT', 'EMPLOYER', 'LEGAL_HOST']);
  expect(signersOf({ ...parties, grantBodyId: 'network' })).toContain('GRANT_BODY');
});

it('what is said to come next is in time, and its sides are among those who may', () => {
  for (const [state, next] of Object.entries(NEXT)) {
    expect(isInTime(next.act, state as (typeof STAY_STATES)[number])).toBe(true);
    expect(MACHINE[next.act].by).toEqual(expect.arrayContaining([...next.by]));
  }
});

it('an end is an end: nothing but a payment and a story follows', () => {
  for (const state of ['CLOSED', 'REFUSED', 'CANCELED'] as const) {
    const acts = ACTS.filter((act) => isInTime(act, state));
    expect(acts.filter((act) => act !== 'RECORD_PAYMENT' && act !== 'TELL_STORY')).toEqual([]);
  }
});

it('every step has somebody to take it, and nobody who has no part', () => {
  for (const act of ACTS) {
    expect(sidesFor(act, new Set(SIDES))).not.toEqual([]);
    expect(sidesFor(act, new Set())).toEqual([]);
  }
});
