/** What leaves: one function per response. */
import type { DayView, SpaceView } from './directory.schema.js';
import type { OpenDay } from './opening-hours.rules.js';
import { completenessOf } from './profile.rules.js';
import type { SpaceProfile } from './profile.schema.js';
import type { Pool, Space } from './space.js';

const MINUTES = { smallestUnit: 'minute' } as const;

export function spaceFields<Fields extends Space>(space: Fields) {
  return { ...space, halfDayBoundary: space.halfDayBoundary.toString(MINUTES) };
}

export function spaceView(space: Space, pools: readonly Pool[], profile: SpaceProfile): SpaceView {
  return {
    ...spaceFields(space),
    pools: pools.map(({ networkId: _network, ...pool }) => pool),
    profile,
    ...completenessOf(profile),
  };
}

export function openDayView({ day, closedBecause, intervals }: OpenDay): DayView {
  return {
    day: day.toString(),
    closedBecause,
    intervals: intervals.map(({ from, until }) => ({
      from: from.toString(MINUTES),
      until: until?.toString(MINUTES) ?? null,
    })),
  };
}
