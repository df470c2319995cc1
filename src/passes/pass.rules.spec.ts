import fc from 'fast-check';
import { Temporal } from '../kernel/time.js';
import {
  cardEnd,
  credentialEnd,
  endOf,
  isInScope,
  lastDayOver,
  PASS_ACTIONS,
  PASS_STATES,
  stateAt,
  TRANSITIONS,
  type PassState,
} from './pass.rules.js';

const day = (text: string) => Temporal.PlainDate.from(text);
const moment = (text: string) => Temporal.Instant.from(text);
const anyMoment = fc
  .integer({ min: 1_767_225_600_000, max: 1_830_297_600_000 }) // 2026 and 2027
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
const anyDay = fc.integer({ min: 0, max: 700 }).map((days) => day('2026-01-01').add({ days }));
const anyState = fc.constantFrom(...PASS_STATES);

describe('a pass', () => {
  it.each<PassState>(['EXPIRED', 'REVOKED', 'REFUNDED'])('is at its end when %s', (state) => {
    expect(TRANSITIONS[state]).toEqual({});
  });

  it('can be revoked and expires from every state that is not its end', () => {
    const living = PASS_STATES.filter((state) => Object.keys(TRANSITIONS[state]).length > 0);
    expect(living).toEqual(['ISSUED', 'ACTIVE', 'PAUSED', 'EXHAUSTED']);
    for (const state of living) {
      expect(TRANSITIONS[state].revoke).toBe('REVOKED');
      expect(TRANSITIONS[state].expire).toBe('EXPIRED');
    }
  });

  it('reaches every state by some move', () => {
    const reached = PASS_STATES.flatMap((state) => PASS_ACTIONS.map((action) => TRANSITIONS[state][action]));
    expect(new Set([...reached, 'ISSUED'])).toEqual(new Set([...PASS_STATES, undefined]));
  });

  it('is good through its last day in every zone, and EXPIRED at reading from then on', () => {
    const pass = { state: 'ACTIVE', validUntil: day('2026-06-30') } as const;
    expect(endOf(pass).toString()).toBe('2026-07-01T12:00:00Z'); // midnight at UTC-12
    expect(stateAt(pass, moment('2026-07-01T11:59:59Z'))).toBe('ACTIVE');
    expect(stateAt(pass, moment('2026-07-01T12:00:00Z'))).toBe('EXPIRED');
    expect(stateAt({ ...pass, state: 'REVOKED' }, moment('2027-01-01T00:00:00Z'))).toBe('REVOKED');
  });

  it('is due for the sweep exactly when reading calls it EXPIRED', () => {
    fc.assert(
      fc.property(anyDay, anyMoment, (validUntil, now) => {
        const isDue = Temporal.PlainDate.compare(validUntil, lastDayOver(now)) <= 0;
        expect(stateAt({ state: 'ACTIVE', validUntil }, now) === 'EXPIRED').toBe(isDue);
      }),
    );
  });

  it('changes by reading only into EXPIRED', () => {
    fc.assert(
      fc.property(anyState, anyDay, anyMoment, (state, validUntil, now) => {
        expect([state, 'EXPIRED']).toContain(stateAt({ state, validUntil }, now));
      }),
    );
  });
});

describe('what is signed for a pass', () => {
  it('lives a week at most, and never longer than the pass', () => {
    fc.assert(
      fc.property(anyDay, anyMoment, (validUntil, now) => {
        const end = credentialEnd({ validUntil }, now);
        expect(Temporal.Instant.compare(end, now.add({ hours: 7 * 24 }))).toBeLessThanOrEqual(0);
        expect(Temporal.Instant.compare(end, endOf({ validUntil }))).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('is, on a card, good until the pass ends or its key verifies no more', () => {
    const until = moment('2026-03-01T00:00:00Z');
    expect(cardEnd({ validUntil: day('2026-12-31') }, until).toString()).toBe('2026-03-08T00:00:00Z');
    expect(cardEnd({ validUntil: day('2026-01-31') }, until).toString()).toBe('2026-02-01T12:00:00Z');
  });
});

describe('the scope', () => {
  const scope = { networkIds: ['med'], spaceIds: ['dar'], resourceKinds: ['hot_desk'] };
  const at = (spaceId: string, networkChain: string[], resourceKind = 'hot_desk') =>
    isInScope(scope, { spaceId, networkChain, resourceKind });

  it('reaches every space of its networks and of the networks below them', () => {
    expect(at('atelier', ['med'])).toBe(true);
    expect(at('atelier', ['provence', 'med'])).toBe(true);
    expect(at('atelier', ['tunis'])).toBe(false);
  });

  it('reaches a space that it names, and its resource kinds only', () => {
    expect(at('dar', ['tunis'])).toBe(true);
    expect(at('dar', ['tunis'], 'meeting_room')).toBe(false);
    expect(at('atelier', ['med'], 'meeting_room')).toBe(false);
  });
});
