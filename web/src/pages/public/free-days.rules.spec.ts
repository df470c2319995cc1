import { freeByDay, poolFor } from './free-days.rules';

const free = (DAY: number, MORNING = DAY, AFTERNOON = DAY) => ({ DAY, MORNING, AFTERNOON });
const pools = [
  { poolId: 'hall', days: [{ day: '2026-12-01', free: free(2, 4, 2) }] },
  {
    poolId: 'loft',
    days: [
      { day: '2026-12-01', free: free(0, 5, 0) },
      { day: '2026-12-02', free: free(0) },
    ],
  },
];

describe('desks of a space', () => {
  it('are those of all its pools, day by day', () => {
    expect(freeByDay(pools)).toEqual([
      { day: '2026-12-01', free: free(2, 9, 2) },
      { day: '2026-12-02', free: free(0) },
    ]);
  });

  it.each([
    ['2026-12-01', 'DAY', 'hall'],
    ['2026-12-01', 'MORNING', 'loft'],
    ['2026-12-02', 'DAY', undefined],
    ['2026-12-03', 'DAY', undefined],
  ] as const)('on %s, %s, come from %s', (day, part, poolId) => {
    expect(poolFor(pools, day, part)?.poolId).toBe(poolId);
  });
});
