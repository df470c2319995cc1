import fc from 'fast-check';
import { ROLES } from './permission.schema.js';
import { isSessionOver, SESSION_SECONDS_MAX, sessionLimits } from './session.rules.js';

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

it('a nomad stays signed in for two weeks of silence and ninety days in all', () => {
  expect(sessionLimits([])).toEqual({ idleSeconds: 14 * DAY_SECONDS, lifeSeconds: 90 * DAY_SECONDS });
  expect(sessionLimits(['nomad'])).toEqual(sessionLimits([]));
});

it('one role in an office is enough for the short limits', () => {
  const limits = { idleSeconds: HOUR_SECONDS / 2, lifeSeconds: 12 * HOUR_SECONDS };
  expect(sessionLimits(['nomad', 'network_treasurer'])).toEqual(limits);
});

it('more roles never lengthen a session, and none outlives its cookie', () => {
  const seconds = fc.integer({ min: 0, max: 2 * SESSION_SECONDS_MAX });
  const roles = fc.array(fc.constantFrom(...ROLES));
  fc.assert(
    fc.property(
      seconds,
      seconds,
      roles,
      fc.constantFrom(...ROLES),
      (idleSeconds, lifeSeconds, held, more) => {
        const age = { idleSeconds, lifeSeconds };
        const wasOver = isSessionOver(age, held);
        expect(isSessionOver(age, [...held, more]) || !wasOver).toBe(true);
        expect(wasOver || lifeSeconds < SESSION_SECONDS_MAX).toBe(true);
      },
    ),
  );
});
