import { endsOf, startsOf } from './half-hours.rules';

const slot = (from: string, until: string, free = 1) => ({ from, until, free });
/** Nine to half past ten, a break, eleven to half past twelve; from half past eleven on it is taken. */
const DAY = [
  slot('09:00', '09:30'),
  slot('09:30', '10:00'),
  slot('10:00', '10:30'),
  slot('11:00', '11:30'),
  slot('11:30', '12:00', 0),
  slot('12:00', '12:30'),
];

describe('half-hours to choose from', () => {
  it('begin where one is free', () => {
    expect(startsOf(DAY)).toEqual(['09:00', '09:30', '10:00', '11:00', '12:00']);
  });

  it.each([
    ['09:00', ['09:30', '10:00', '10:30']], // until the break
    ['11:00', ['11:30']], // until what is taken
    ['11:30', []],
    ['12:00', ['12:30']],
    ['08:00', []],
  ])('from %s end at %j', (from, ends) => {
    expect(endsOf(DAY, from)).toEqual(ends);
  });
});
