import { Temporal } from '../../../../../src/kernel/time.js';
import { isAbout, nextRamadan } from './ramadan';

describe('the proposal for Ramadan', () => {
  it.each([
    // the month of 1447, of 1448 and of 1449
    ['2026-01-15', '2026-02-18', '2026-03-19'],
    ['2026-03-01', '2026-02-18', '2026-03-19'], // in the middle of it
    ['2026-12-01', '2027-02-08', '2027-03-08'],
    ['2027-03-10', '2028-01-28', '2028-02-25'],
  ])('from %s on begins on %s and ends on %s', (from, first, last) => {
    expect(nextRamadan(Temporal.PlainDate.from(from))).toEqual({ first, last });
  });

  it('is met by a period that begins a day earlier or later', () => {
    const proposal = nextRamadan(Temporal.PlainDate.from('2026-12-01'));
    expect(
      ['2027-02-06', '2027-02-07', '2027-02-09', '2027-02-10'].map((day) => isAbout(proposal, day)),
    ).toEqual([false, true, true, false]);
  });
});
