/** What the service can see of each promise of a charter. */
import type { SpaceProfile } from '../directory/index.js';
import type { CheckView, CommitmentCode } from './charter.schema.js';

export const RECIPROCAL_HALF_DAYS_MIN = 6; // three days
export const SHARED_PERCENT_MIN = 50;

export type Seen = {
  readonly isAssessed: boolean;
  /** null for an institution, and for a space that nobody can look up. */
  readonly space: {
    readonly profile: SpaceProfile;
    readonly completeness: number;
    readonly hasHours: boolean;
    readonly isPublic: boolean;
    readonly hasPrice: boolean;
    readonly freeHalfDays: number;
  } | null;
};

/** What is missing; null where nothing that is told here could show it. */
type Check = (seen: Seen) => readonly (string | false)[] | null;

const CHECKS: Readonly<Record<CommitmentCode, Check>> = {
  COMMUNITY: ({ space }) => space && [space.profile.gettingIn.contactName === null && 'CONTACT_NAME'],
  OPENNESS: ({ space }) =>
    space && [
      !space.hasHours && 'OPENING_HOURS',
      !space.hasPrice && 'PRICE',
      space.profile.gettingIn.door === null && 'GETTING_IN',
      space.freeHalfDays < RECIPROCAL_HALF_DAYS_MIN && 'RECIPROCAL_DAYS',
    ],
  COLLABORATION: () => null,
  ACCESSIBILITY: ({ space }) =>
    space && [
      space.profile.accessibility.stepFree.value === null && 'STEP_FREE',
      space.profile.accessibility.toilet.value === null && 'TOILET',
      !space.hasPrice && 'PRICE',
    ],
  SUSTAINABILITY: ({ isAssessed }) => [!isAssessed && 'ASSESSMENT'],
  PUBLIC_INTEREST_BRIDGE: () => null,
  DATA_COMMONS: ({ space }) =>
    space && [!space.isPublic && 'PUBLIC', space.completeness < SHARED_PERCENT_MIN && 'PROFILE'],
};

export function commitmentsOf(seen: Seen, codes: readonly CommitmentCode[]): CheckView[] {
  return codes.map((code) => {
    const found = CHECKS[code](seen);
    if (found === null) return { code, state: 'NOT_SEEN', missing: [] };
    const missing = found.filter((item) => item !== false);
    return { code, state: missing.length === 0 ? 'KEPT' : 'NOT_KEPT', missing };
  });
}
