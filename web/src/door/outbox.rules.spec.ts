/**
 * Proves the outbox of the door.
 * Promise: whatever the network answers, a scan leaves the list only through an accepted answer.
 */
import fc from 'fast-check';
import {
  afterFault,
  bodyOf,
  inTurn,
  undone,
  waitSeconds,
  type Decided,
  type WaitingScan,
} from './outbox.rules';

const scan = (id: string): WaitingScan => ({
  id,
  spaceId: 'space',
  code: `ESC1:${id}`,
  scannedAt: '2026-06-01T07:00:00Z',
  tries: 0,
  lastFault: null,
  state: 'WAITING',
  offline: null,
});

const anyStatus = fc.option(fc.integer({ min: 400, max: 599 }), { nil: null });

describe('the outbox of the door', () => {
  it('keeps every scan whatever the faults, with its id, its code and the moment it was made', () => {
    fc.assert(
      fc.property(fc.array(anyStatus), (statuses) => {
        const first = scan('a');
        const last = statuses.reduce((item, status) => afterFault(item, status, 'fault'), first);
        const { id, code, scannedAt, spaceId } = last;
        expect({ id, code, scannedAt, spaceId }).toEqual({
          id: first.id,
          code: first.code,
          scannedAt: first.scannedAt,
          spaceId: first.spaceId,
        });
        expect(last.tries).toBe(statuses.length);
      }),
    );
  });

  it.each([
    [null, 'WAITING'],
    [401, 'WAITING'],
    [403, 'WAITING'],
    [429, 'WAITING'],
    [500, 'WAITING'],
    [503, 'WAITING'],
    [404, 'STUCK'],
    [409, 'STUCK'],
    [422, 'STUCK'],
  ])('after %s it is %s: only what no retry can cure waits for a person', (status, state) => {
    expect(afterFault(scan('a'), status, 'fault').state).toBe(state);
  });

  it('keeps what was decided when it is undone, and tells of both', () => {
    const decided: Decided = {
      verdict: 'COME_IN',
      reason: null,
      packageId: 'p',
      packageFrom: null,
      decidedAt: 't',
    };
    const taken = undone({ ...scan('a'), offline: decided }, 'later');
    expect(bodyOf(taken!)).toMatchObject({ code: 'ESC1:a', offline: { ...decided, undoneAt: 'later' } });
    expect(undone(taken!, 'again')).toBeNull();
  });

  it.each([
    ['a refusal', { verdict: 'REFUSED', reason: 'full' } as const],
    ['a scan that nobody has decided', null],
  ])('undoes no %s', (_what, made) => {
    const offline = made && { ...made, packageId: null, packageFrom: null, decidedAt: 't' };
    expect(undone({ ...scan('a'), offline }, 'later')).toBeNull();
  });

  it('sends the oldest first and steps over what is stuck', () => {
    const items = [scan('c'), afterFault(scan('a'), 422, 'request.invalid'), scan('b')];
    expect(inTurn(items).map(({ id }) => id)).toEqual(['b', 'c']);
  });

  it('backs off, and never longer than half a minute', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1000 }), (tries) => {
        const seconds = waitSeconds({ ...scan('a'), tries });
        expect(seconds).toBeLessThanOrEqual(30);
        expect(seconds).toBeGreaterThanOrEqual(Math.min(tries, 1) * 5);
      }),
    );
  });
});
