import fc from 'fast-check';
import { Temporal } from '../kernel/time.js';
import {
  hostingStopOf,
  isNoticeLong,
  isStillGood,
  mayConfirm,
  moved,
  mustBeForeign,
  outcomeOf,
  topicsAtZero,
  withoutEvidence,
} from './member.rules.js';
import { COMMANDS, MEMBER_STATES, TOPICS, type Command, type MemberState } from './member.schema.js';

const facts = fc.record({ hasSigned: fc.boolean(), isConfirmed: fc.boolean() });
const walk = fc.array(fc.tuple(fc.constantFrom(...COMMANDS), facts), { maxLength: 60 });
const day = (text: string) => Temporal.PlainDate.from(text);

/** Every state and command that a list of orders leads through. */
function play(orders: readonly (readonly [Command, { hasSigned: boolean; isConfirmed: boolean }])[]) {
  const taken: { from: MemberState; command: Command; to: MemberState }[] = [];
  let state: MemberState = 'INTERESTED';
  for (const [command, known] of orders) {
    const to = moved(state, command, known);
    if (to === null) continue;
    taken.push({ from: state, command, to });
    state = to;
  }
  return taken;
}

it('nobody is in force without having signed, and nobody signs what no peer or founder has passed', () => {
  fc.assert(
    fc.property(walk, (orders) => {
      const taken = play(orders);
      const first = taken.findIndex(({ to }) => to === 'PROVISIONAL' || to === 'ACTIVE');
      if (first === -1) return;
      const before = taken.slice(0, first + 1).map(({ command }) => command);
      expect(before.includes('SIGN') || before.includes('RESTORE')).toBe(true);
      expect(before.some((command) => ['RECOMMEND', 'FOUND', 'CLOSE'].includes(command))).toBe(true);
    }),
  );
});

it('whoever has left stays away, and takes no bookings', () => {
  for (const command of COMMANDS)
    expect(moved('EXITED', command, { hasSigned: true, isConfirmed: true })).toBeNull();
  expect(hostingStopOf('EXITED')).toBe('LEFT');
});

it('joining stops nobody from hosting; a lapse, a suspension and leaving do', () => {
  const stopped = MEMBER_STATES.filter((state) => hostingStopOf(state) !== null);
  expect(stopped).toEqual(['CHARTER_LAPSED', 'SUSPENDED', 'TERMINATING', 'CLOSING', 'EXITED']);
});

it('a member that comes back without having signed what is in force gets the time to do so', () => {
  expect(moved('SUSPENDED', 'RESTORE', { hasSigned: false, isConfirmed: true })).toBe('RENEWAL_DUE');
  expect(moved('SUSPENDED', 'RESTORE', { hasSigned: true, isConfirmed: true })).toBe('ACTIVE');
  expect(moved('SUSPENDED', 'RESTORE', { hasSigned: true, isConfirmed: false })).toBe('PROVISIONAL');
});

const verdicts = fc.array(
  fc.record({
    verdict: fc.constantFrom('RECOMMENDED' as const, 'RETURNED' as const),
    country: fc.constantFrom('FR', 'IT', 'HR'),
  }),
  { maxLength: 4 },
);

it('two peers are enough when one is from abroad, and one doubt is enough to send it back', () => {
  fc.assert(
    fc.property(verdicts, (reviews) => {
      const outcome = outcomeOf(reviews, 'FR');
      const hasDoubt = reviews.some(({ verdict }) => verdict === 'RETURNED');
      const isEnough = reviews.length >= 2 && reviews.some(({ country }) => country !== 'FR');
      expect(outcome).toBe(hasDoubt ? 'RETURN' : isEnough ? 'RECOMMEND' : null);
    }),
  );
  expect(mustBeForeign([], 'FR', 'FR')).toBe(false);
  expect(mustBeForeign([{ verdict: 'RECOMMENDED', country: 'FR' }], 'FR', 'FR')).toBe(true);
  expect(mustBeForeign([{ verdict: 'RECOMMENDED', country: 'IT' }], 'FR', 'FR')).toBe(false);
});

it('an assessment names what stands at zero and what has no evidence', () => {
  const answers = TOPICS.map((topic) => ({
    topic,
    score: topic === 'INCLUSION' ? 0 : 2,
    evidence: 'Photographs',
  }));
  expect(topicsAtZero(answers)).toEqual(['INCLUSION']);
  expect(withoutEvidence([{ topic: 'COMMONS', score: 1, evidence: '' }])).toEqual(['COMMONS']);
  expect(withoutEvidence([{ topic: 'COMMONS', score: 0, evidence: '' }])).toEqual([]);
});

it('a space is confirmed after three months, and after five visits or ninety days', () => {
  const space = { openSince: day('2026-09-01'), visits: 5, provisionalSince: day('2026-11-30') };
  expect(mayConfirm(space, day('2026-11-30'))).toBe(false);
  expect(mayConfirm(space, day('2026-12-01'))).toBe(true);
  expect(mayConfirm({ ...space, visits: 4 }, day('2027-02-27'))).toBe(false);
  expect(mayConfirm({ ...space, visits: 4 }, day('2027-02-28'))).toBe(true);
});

it('fifteen days are fifteen days, and an assessment is good for a year', () => {
  expect(isNoticeLong(day('2026-12-01'), day('2026-12-16'), 15)).toBe(true);
  expect(isNoticeLong(day('2026-12-01'), day('2026-12-15'), 15)).toBe(false);
  const at = Temporal.Instant.from('2026-12-01T08:00:00Z');
  expect(isStillGood(at, Temporal.Instant.from('2027-12-01T08:00:00Z'))).toBe(true);
  expect(isStillGood(at, Temporal.Instant.from('2027-12-01T08:00:01Z'))).toBe(false);
});
