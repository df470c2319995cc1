import { changeOf, movementKind, namedIn, type LedgerMove } from './movement.rules.js';

const move = (kind: LedgerMove['kind'], sides: 'out' | 'in' | 'both' | 'neither'): LedgerMove => ({
  id: 'move',
  kind,
  debit: ['out', 'both'].includes(sides) ? 'ours' : 'other',
  credit: ['in', 'both'].includes(sides) ? 'ours too' : 'another',
  halfDays: 2,
  reason: 'booking 1',
});
const available = new Set(['ours', 'ours too']);

describe('a move of a pass in words', () => {
  it.each([
    ['hold', 'booking 1', 'BOOKED'],
    ['post', 'booking 1', 'USED'],
    ['void', 'booking 1', 'GIVEN_BACK'],
    ['expire', 'booking 1', 'GIVEN_BACK'],
    ['hold', 'lapsed', 'BOOKED'],
    ['direct', 'pass issued', 'ISSUED'],
    ['direct', 'lapsed', 'LAPSED'],
    ['direct', 'rolled over', 'ROLLED_OVER'],
    ['direct', 'guest returned', 'GUEST_RETURNED'],
    ['direct', 'guest 0199', 'GUEST_INVITED'],
    ['direct', 'no-show credited: booking 1', 'CORRECTED'],
    ['direct', 'guestbook', 'CORRECTED'],
  ] as const)('%s “%s” is %s', (kind, reason, expected) => {
    expect(movementKind({ kind, reason })).toBe(expected);
  });
});

describe('what a move does to what can be taken', () => {
  it.each([
    ['hold', 'out', -2],
    ['hold', 'in', 0],
    ['hold', 'both', -2],
    ['post', 'out', 0],
    ['post', 'in', 0],
    ['post', 'both', 0],
    ['void', 'out', 2],
    ['void', 'in', 0],
    ['expire', 'out', 2],
    ['expire', 'in', 0],
    ['direct', 'out', -2],
    ['direct', 'in', 2],
    ['direct', 'both', 0],
    ['direct', 'neither', 0],
  ] as const)('%s, %s: %i', (kind, sides, expected) => {
    expect(changeOf(move(kind, sides), available) + 0).toBe(expected);
  });
});

describe('what a reason names', () => {
  const id = '01990000-0000-7000-8000-00000000abcd';
  it.each([
    [`booking ${id}`, 'booking', id],
    [`booking ${id}: moved`, 'booking', null],
    [`guest ${id}`, 'guest', id],
    [`guest ${id}`, 'booking', null],
    [`booking x${id}`, 'booking', null],
    [`booking ${id}x`, 'booking', null],
    [`booking ${id.toUpperCase()}`, 'booking', null],
    ['booking', 'booking', null],
    ['guest returned', 'guest', null],
    ['', 'guest', null],
  ] as const)('“%s”, %s: %s', (reason, what, expected) => {
    expect(namedIn(reason, what)).toBe(expected);
  });
});
