import type { SpaceProfile } from '../../../src/directory/profile.schema.js';
import type { Agent } from '../../support/make-identity.js';

/** A space that has told nearly everything about itself; of its parking it has said nothing. */
export const TOLD: SpaceProfile = {
  gettingIn: {
    door: 'Green door, left of the bakery',
    bell: 'Vieux-Port, second from the top',
    floor: 'Second',
    lift: 'In the courtyard, on the left',
    phone: '+33 4 91 00 00 00',
    contactName: 'Camille',
  },
  accessibility: {
    stepFree: { value: 'yes', checkedOn: '2026-10-02' },
    lift: { value: 'yes', checkedOn: '2026-10-02' },
    toilet: { value: 'yes', checkedOn: '2026-09-14' },
    hearingLoop: { value: 'no', checkedOn: '2026-09-14' },
    parking: { value: null, checkedOn: null },
    doorWidthCm: { value: 92, checkedOn: '2026-10-02' },
  },
  amenities: ['coffee', 'quiet_room', 'phone_booth', 'monitor', 'bicycle_parking', 'prayer_room'],
  languages: ['fr', 'en', 'ar'],
  wifi: { mbps: 480, measuredOn: '2026-11-03' },
  houseRules: 'Calls in the booths.\nCoffee is on the house.',
};

export async function tellProfile(
  { id, manager }: { id: string; manager: Agent },
  profile: SpaceProfile = TOLD,
): Promise<void> {
  await manager.put(`/v1/spaces/${id}/profile`).send(profile).expect(200);
}
