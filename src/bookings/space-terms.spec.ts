import fc from 'fast-check';
import { Temporal } from '../kernel/time.js';
import { PutSpaceTerms } from './space-terms.schema.js';
import { answerBy, cancelUntil, DEFAULT_TERMS } from './space-terms.js';

const moment = (text: string) => Temporal.Instant.from(text);
const stayOn = (day: string) => ({
  day: Temporal.PlainDate.from(day),
  timeZone: 'Europe/Paris',
  startsAt: moment(`${day}T08:00:00Z`),
});

describe('leaving', () => {
  it('is free until 18:00 of the day before at the space, and for a quarter of an hour in any case', () => {
    const until = (day: string, bookedAt: string) =>
      cancelUntil(stayOn(day), DEFAULT_TERMS, moment(bookedAt)).toString();
    expect(until('2026-12-03', '2026-12-01T08:00:00Z')).toBe('2026-12-02T17:00:00Z');
    expect(until('2026-12-03', '2026-12-02T22:00:00Z')).toBe('2026-12-02T22:15:00Z');
    // 18:00 on 24 October is UTC+2, although the booked day ends in UTC+1
    expect(until('2026-10-25', '2026-10-01T00:00:00Z')).toBe('2026-10-24T16:00:00Z');
  });

  it('is free for as long before the beginning as the space says, and never less than its grace', () => {
    const stay = stayOn('2026-12-03');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 168 }),
        fc.integer({ min: 15, max: 1440 }),
        fc.integer({ min: -20_000, max: 600 }),
        (cancelUntilHours, graceMinutes, minutes) => {
          const bookedAt = stay.startsAt.add({ minutes });
          const until = cancelUntil(stay, { cancelUntilHours, graceMinutes }, bookedAt);
          const grace = bookedAt.add({ minutes: graceMinutes });
          const agreed = stay.startsAt.subtract({ hours: cancelUntilHours });
          expect(until.epochMilliseconds).toBe(Math.max(grace.epochMilliseconds, agreed.epochMilliseconds));
        },
      ),
    );
  });
});

describe('an answer', () => {
  it('is due within the hours of the space, and before what was asked for begins or is over', () => {
    const [startsAt, endsAt] = [moment('2026-12-03T08:00:00Z'), moment('2026-12-03T17:00:00Z')];
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 72 }),
        fc.integer({ min: -10_000, max: 539 }),
        (hours, minutes) => {
          const askedAt = startsAt.add({ minutes });
          const due = answerBy({ startsAt, endsAt }, hours, askedAt).epochMilliseconds;
          expect(due).toBeGreaterThan(askedAt.epochMilliseconds);
          expect(due).toBeLessThanOrEqual(askedAt.add({ hours }).epochMilliseconds);
          expect(due).toBeLessThanOrEqual((minutes < 0 ? startsAt : endsAt).epochMilliseconds);
        },
      ),
    );
  });
});

describe('terms of a space', () => {
  it('name the hours to answer when, and only when, bookings are on request', () => {
    const isTaken = (bookingMode: string, answerHours: number | null) =>
      PutSpaceTerms.safeParse({ ...DEFAULT_TERMS, bookingMode, answerHours }).success;
    expect(isTaken('ON_REQUEST', 4)).toBe(true);
    expect(isTaken('INSTANT', null)).toBe(true);
    expect(isTaken('ON_REQUEST', null)).toBe(false);
    expect(isTaken('INSTANT', 4)).toBe(false);
    expect(isTaken('ON_REQUEST', 73)).toBe(false);
  });
});
