import fc from 'fast-check';
import { Temporal } from '../kernel/time.js';
import { inOrder, refuseMoment, UPLOAD_HOURS_MAX, type Ordered } from './merge.rules.js';

const OPENS = Temporal.Instant.from('2026-12-01T08:00:00Z');
const scan = fc.record({
  id: fc.uuid(),
  spaceId: fc.constantFrom('a', 'b', 'c'),
  minutes: fc.integer({ min: 0, max: 5 }), // few, so that many are of the same moment
});
const scans = fc
  .uniqueArray(scan, { selector: ({ id }) => id, maxLength: 12 })
  .map((all) => all.map(({ minutes, ...one }): Ordered => ({ ...one, scannedAt: OPENS.add({ minutes }) })));
const idsOf = (all: readonly Ordered[]) => all.map(({ id }) => id);

describe('the order in which scans of many doors count', () => {
  function compare(known: readonly Ordered[], all: readonly Ordered[]): void {
    expect(idsOf(known)).toEqual(idsOf(all));
  }

  /** Doors tell of what they saw in any order, in any portions; some of it is known already. */
  type Log = { known: Ordered[] };
  class Upload implements fc.Command<{ told: Set<Ordered> }, Log> {
    constructor(readonly some: readonly Ordered[]) {}
    check = () => true;
    run(model: { told: Set<Ordered> }, real: Log): void {
      real.known = inOrder([...real.known.filter((one) => !this.some.includes(one)), ...this.some]);
      for (const one of this.some) model.told.add(one);
      const all = [...model.told].toSorted(
        (a, b) =>
          Number(a.scannedAt.epochNanoseconds - b.scannedAt.epochNanoseconds) ||
          (a.spaceId === b.spaceId ? (a.id < b.id ? -1 : 1) : a.spaceId < b.spaceId ? -1 : 1),
      );
      compare(real.known, all);
    }
    toString = () => `upload ${idsOf(this.some).join()}`;
  }

  it('is the same whatever is uploaded first, in whatever portions, however often', () => {
    fc.assert(
      fc.property(
        scans.chain((all) => fc.commands([fc.subarray(all).map((some) => new Upload(some))])),
        (uploads) =>
          fc.modelRun(() => ({ model: { told: new Set<Ordered>() }, real: { known: [] } }), uploads),
      ),
    );
  });

  it('is by the time at the door, then by the door, then by the id, and nothing is lost', () => {
    fc.assert(
      fc.property(scans, (all) => {
        const ordered = inOrder(all);
        expect(new Set(ordered)).toEqual(new Set(all));
        for (const [index, later] of ordered.slice(1).entries()) {
          const earlier = ordered[index]!;
          const key = ({ scannedAt, spaceId, id }: Ordered) => `${scannedAt.toString()} ${spaceId} ${id}`;
          expect(key(earlier) < key(later)).toBe(true);
        }
      }),
    );
  });

  it('leaves what it was given as it is', () => {
    const late = { id: '1', spaceId: 'a', scannedAt: OPENS.add({ minutes: 1 }) };
    const early = { id: '2', spaceId: 'a', scannedAt: OPENS };
    const given = [late, early];
    expect(inOrder(given)).toEqual([early, late]);
    expect(given).toEqual([late, early]);
  });
});

describe('a scan that is told of later', () => {
  const told = (hours: number, seconds: number) => refuseMoment(OPENS, OPENS.add({ hours, seconds }));

  it('opens a visit until 48 hours have passed, to the second', () => {
    expect(told(UPLOAD_HOURS_MAX, 0)).toBeNull();
    expect(told(UPLOAD_HOURS_MAX, 1)).toBe('device_not_allowed');
  });

  it('may be a minute ahead of the server, and no second more', () => {
    expect(told(0, 0)).toBeNull();
    expect(told(0, -60)).toBeNull();
    expect(told(0, -61)).toBe('clock_skew');
  });
});
