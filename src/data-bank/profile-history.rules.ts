/** How one profile followed another. Pure. */
import type { SpaceProfile } from '../directory/index.js';
import type { ProfileVersionView } from './space-record.schema.js';

export type Told = {
  readonly day: string;
  readonly profile: SpaceProfile;
  readonly writtenBy: string;
  readonly writtenAt: string;
  readonly isAnnounced: boolean;
};

const PARTS = ['gettingIn', 'accessibility', 'amenities', 'languages', 'wifi', 'houseRules'] as const;

/** In the order of their days. A version that was written over on its own day never held until another one. */
export function history(told: readonly Told[]): ProfileVersionView[] {
  const inOrder = told.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const lastInForce = inOrder.findLastIndex(({ isAnnounced }) => !isAnnounced);
  return inOrder.map(({ day, profile, writtenBy, writtenAt, isAnnounced }, at) => ({
    number: at + 1,
    validFrom: day,
    validUntil: inOrder[at + 1]?.day ?? null,
    state: isAnnounced ? 'ANNOUNCED' : at === lastInForce ? 'IN_FORCE' : 'PAST',
    changed: changedParts(inOrder[at - 1]?.profile, profile),
    writtenBy,
    writtenAt,
    amenities: profile.amenities,
    languages: profile.languages,
    houseRules: profile.houseRules,
    accessibility: profile.accessibility,
  }));
}

function changedParts(before: SpaceProfile | undefined, after: SpaceProfile): string[] {
  if (!before) return [];
  return PARTS.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]));
}
