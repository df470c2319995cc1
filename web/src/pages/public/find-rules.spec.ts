import { Temporal } from '@wire/kernel/time.js';
import type { ListedSpace } from '../../api/spaces';
import {
  daysOf,
  hints,
  inOrder,
  isFound,
  isOpenThen,
  narrowings,
  toggled,
  without,
  type Found,
} from './find-rules';
import { findSearch } from './find-search';

const at = (moment: string) => Temporal.Instant.from(moment).epochMilliseconds;
const NOON = at('2026-12-01T11:00:00Z'); // noon in Marseille, a Tuesday

function found(space: Partial<ListedSpace>, known: Partial<Found> = {}): Found {
  const usual = {
    name: 'Zona Riu',
    city: "Móra d'Ebre",
    country: 'ES',
    timeZone: 'Europe/Madrid',
    openingHours: 'Mo-Fr 09:00-18:00',
    amenities: ['coffee'],
    languages: ['ca', 'es-ES'],
    stepFree: 'yes',
    toilet: null,
    hearingLoop: 'no',
    today: { intervals: [{ from: '09:00', until: '18:00' }], closedBecause: null },
  };
  return { space: { ...usual, ...space } as ListedSpace, free: null, cost: null, ...known };
}
const mora = found({});
const day = (name: string, desks: number) => ({
  day: name,
  free: { DAY: desks, MORNING: desks, AFTERNOON: 0 },
});

describe('the directory in its address', () => {
  it.each([
    [{}, true],
    [{ q: '  ' }, true],
    [{ q: 'mora' }, true],
    [{ q: 'RIU móra' }, true],
    [{ q: 'mora lecce' }, false],
    [{ country: 'ES' }, true],
    [{ country: 'IT', q: 'mora' }, false],
    [{ access: 'stepFree' }, true],
    [{ access: 'stepFree,toilet' }, false], // not told is not a yes
    [{ access: 'hearingLoop' }, false],
    [{ has: 'coffee' }, true],
    [{ has: 'coffee,shower' }, false],
    [{ speaks: 'es' }, true],
    [{ speaks: 'e' }, false],
    [{ hours: 'now' as const }, true],
    [{ hours: 'weekend' as const }, false],
  ])('%j finds the space: %s', (search, isThere) => {
    expect(isFound(search, mora, NOON)).toBe(isThere);
  });

  it('drops what a hand has put wrong into the address instead of failing', () => {
    const wrong = {
      q: 'x'.repeat(81),
      country: 'Spain',
      from: 'soon',
      hours: 'never',
      has: '<b>',
      every: 'no',
    };
    expect(findSearch.parse(wrong)).toEqual({});
  });

  it('adds a name to a list, takes it away, and leaves no empty list behind', () => {
    expect(toggled(undefined, 'coffee')).toBe('coffee');
    expect(toggled('coffee', 'shower')).toBe('coffee,shower');
    expect(toggled('coffee', 'coffee')).toBeUndefined();
  });
});

describe('days', () => {
  it.each([
    [{}, 0],
    [{ from: '2026-12-07' }, 1],
    [{ from: '2026-12-07', until: '2026-12-11' }, 5],
    [{ from: '2026-12-07', until: '2026-12-01' }, 1], // the wrong way round is the first day alone
    [{ from: '2026-12-07', until: '2027-12-07' }, 14],
  ])('%j are %s', (search, count) => {
    expect(daysOf(search)).toHaveLength(count);
  });

  it('find a space with a desk on some of them, and on every one where that is asked', () => {
    const search = { from: '2026-12-07', until: '2026-12-08' };
    const some = found({}, { free: [day('2026-12-07', 3), day('2026-12-08', 0)] });
    expect(isFound(search, some, NOON)).toBe(true);
    expect(isFound({ ...search, every: true }, some, NOON)).toBe(false);
    expect(isFound({ ...search, part: 'AFTERNOON' }, some, NOON)).toBe(false);
    expect(isFound(search, found({}), NOON)).toBe(false);
  });

  it('put first who has a desk on most of them', () => {
    const search = { from: '2026-12-07', until: '2026-12-08' };
    const few = found({ name: 'A' }, { free: [day('2026-12-07', 30), day('2026-12-08', 0)] });
    const all = found({ name: 'Z' }, { free: [day('2026-12-07', 1), day('2026-12-08', 1)] });
    expect(inOrder(search, [few, all])).toEqual([all, few]);
    expect(inOrder({ ...search, sort: 'name' }, [all, few])).toEqual([few, all]);
  });
});

describe('hours', () => {
  it.each([
    ['early', 'Mo-Fr 07:30-18:00', true],
    ['early', 'Mo-Fr 08:00-18:00', false],
    ['evening', 'Mo-Fr 09:00-20:00', true],
    ['evening', 'Mo-Fr 18:00-02:00', true], // beyond midnight
    ['evening', 'Mo-Fr 09:00-19:30', false],
    ['weekend', 'Mo-Su 09:00-18:00', true],
    ['weekend', '09:00-18:00', true], // every day
    ['weekend', 'Mo-Fr 09:00-18:00; Sa,Su off', false],
    ['weekend', '24/7', true],
  ] as const)('%s in "%s": %s', (when, openingHours, isOpen) => {
    expect(isOpenThen(when, { ...mora.space, openingHours }, NOON)).toBe(isOpen);
  });

  it('now are those of today at the place, closed from the closing minute on', () => {
    expect(isOpenThen('now', mora.space, at('2026-12-01T16:59:00Z'))).toBe(true);
    expect(isOpenThen('now', mora.space, at('2026-12-01T17:00:00Z'))).toBe(false);
  });
});

describe('nothing fits', () => {
  it('names what to give up, the most helpful first', () => {
    const all = [mora, found({ country: 'IT' }), found({ country: 'IT', stepFree: 'no' })];
    const search = { country: 'IT', access: 'stepFree', has: 'coffee', q: 'mora' };
    expect(hints({ ...search, country: 'FR' }, all, NOON)).toEqual([{ key: 'country', count: 2 }]);
    expect(narrowings(without(search, 'access'))).toEqual(['q', 'country', 'has']);
  });

  it('gives up the whole of the dates at once', () => {
    const search = {
      from: '2026-12-07',
      until: '2026-12-08',
      part: 'MORNING' as const,
      every: true as const,
    };
    expect(narrowings(without(search, 'from'))).toEqual([]);
  });
});
