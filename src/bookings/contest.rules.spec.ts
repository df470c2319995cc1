import fc from 'fast-check';
import { amount } from '../kernel/money.js';
import { Temporal } from '../kernel/time.js';
import { BOOKING_STATES, type BookingState } from './booking.js';
import { contestUntil, obstacleTo } from './contest.rules.js';

const endsAt = Temporal.Instant.from('2026-12-03T17:00:00Z');
const missed = (state: BookingState, halfDays: number, minor = 0) => ({
  state,
  endsAt,
  fee: { halfDays, amount: amount('EUR', minor) },
});
const anyHours = fc.integer({ min: 0, max: 60 * 24 });

it('lets a no-show that cost something be contested for fourteen days, and nothing else, nor later', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...BOOKING_STATES),
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 0, max: 5000 }),
      anyHours,
      (state, halfDays, minor, hours) => {
        const now = endsAt.add({ hours });
        const may = state === 'NO_SHOW' && halfDays + minor > 0 && hours <= 14 * 24;
        expect(obstacleTo(missed(state, halfDays, minor), now) === null).toBe(may);
      },
    ),
  );
});

it('never makes an answer late where the guest asked in time', () => {
  fc.assert(
    fc.property(anyHours, (hours) => {
      expect(obstacleTo(missed('NO_SHOW', 2), endsAt.add({ hours }), true)).toBeNull();
    }),
  );
});

it('counts the days from the end of what was booked', () => {
  expect(contestUntil({ endsAt }).toString()).toBe('2026-12-17T17:00:00Z');
});
