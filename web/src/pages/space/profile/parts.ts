import { t } from '@lingui/core/macro';
import type { ProfilePart } from '@wire/directory/profile.schema.js';

type Part = { readonly name: string; readonly why: string };

/** Each part of a profile by its name, and what it does for a guest: nobody fills in a form for a percentage. */
export function partOf(part: ProfilePart): Part {
  return parts()[part];
}

/** The id of the field that tells a part, to jump there. */
export const fieldId = (part: ProfilePart) => `told-${part.replace('.', '-')}`;

const parts = (): Record<ProfilePart, Part> => ({
  'gettingIn.door': { name: t`Which door`, why: t`The first visit begins in the street.` },
  'gettingIn.bell': { name: t`Which bell`, why: t`Guests ring the neighbours otherwise.` },
  'gettingIn.floor': { name: t`Which floor`, why: t`Nobody likes to search a staircase with a suitcase.` },
  'gettingIn.lift': { name: t`The lift`, why: t`Whoever cannot climb stairs must know before the journey.` },
  'gettingIn.phone': { name: t`A telephone number`, why: t`For the guest who stands before a closed door.` },
  'gettingIn.contactName': {
    name: t`Whom to ask for`,
    why: t`A name makes a stranger a guest; it stands in every confirmation.`,
  },
  'accessibility.stepFree': {
    name: t`Step-free way in`,
    why: t`Asked most; “not told” keeps people with wheels and prams away.`,
  },
  'accessibility.lift': { name: t`Lift`, why: t`Says whether the desks are within reach.` },
  'accessibility.toilet': { name: t`Accessible toilet`, why: t`Decides whether a whole day is possible.` },
  'accessibility.hearingLoop': { name: t`Hearing loop`, why: t`For meetings and events.` },
  'accessibility.parking': {
    name: t`Accessible parking`,
    why: t`For whoever comes by car and cannot walk far.`,
  },
  'accessibility.doorWidthCm': {
    name: t`Width of the narrowest door`,
    why: t`A number helps more than “accessible”: wheelchairs differ.`,
  },
  amenities: { name: t`What there is`, why: t`Guests filter by it; what is not ticked is not found.` },
  languages: { name: t`Languages spoken`, why: t`A guest dares to ask in their own.` },
  wifi: { name: t`Wi-Fi, measured`, why: t`Half of all nomads miss a reliable one and distrust brochures.` },
  houseRules: {
    name: t`Rules of the house`,
    why: t`Read before arrival, they need not be said at the door.`,
  },
});
