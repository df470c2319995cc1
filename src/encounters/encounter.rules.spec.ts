import fc from 'fast-check';
import { Temporal } from '../kernel/time.js';
import { isTakingPlace, mayClose } from './encounter.rules.js';

const startsAt = Temporal.Instant.from('2026-12-03T09:00:00Z');
const times = { startsAt, endsAt: Temporal.Instant.from('2026-12-03T12:00:00Z') };

it('attendance is attested from half an hour before until an hour after', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1000, max: 1000 }), (minutes) => {
      expect(isTakingPlace(times, startsAt.add({ minutes }))).toBe(minutes >= -30 && minutes <= 240);
    }),
  );
});

it('nothing is closed that has not begun', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1000, max: 1000 }), (minutes) => {
      expect(mayClose(times, startsAt.add({ minutes }))).toBe(minutes >= 0);
    }),
  );
});
