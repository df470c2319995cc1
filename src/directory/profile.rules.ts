import { PROFILE_PARTS, untoldParts, type ProfilePart, type SpaceProfile } from './profile.schema.js';

const UNTOLD = { value: null, checkedOn: null } as const;

/** A space that has told nothing yet. */
export const EMPTY_PROFILE: SpaceProfile = {
  gettingIn: { door: null, bell: null, floor: null, lift: null, phone: null, contactName: null },
  accessibility: {
    stepFree: UNTOLD,
    lift: UNTOLD,
    toilet: UNTOLD,
    hearingLoop: UNTOLD,
    parking: UNTOLD,
    doorWidthCm: UNTOLD,
  },
  amenities: [],
  languages: [],
  wifi: null,
  houseRules: null,
};

/** Parts weigh the same. A fact of accessibility counts with the day it was checked, whatever it says. */
export function completenessOf(profile: SpaceProfile): {
  readonly completeness: number;
  readonly missing: ProfilePart[];
} {
  const missing = untoldParts(profile);
  const told = PROFILE_PARTS.length - missing.length;
  return { completeness: Math.floor((100 * told) / PROFILE_PARTS.length), missing };
}
