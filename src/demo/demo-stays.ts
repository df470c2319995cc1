/** Two calls for immersion stays, one in each direction, and an application under way. All fictional but the offices' names. */
import type { NewOrganisation } from '../identity/index.js';
import type { Client } from './client.js';
import { DEMO_NETWORKS, DEMO_SPACES, demoId } from './demo-network.js';

export const DEMO_INSTITUTIONS: readonly NewOrganisation[] = [
  { id: demoId(0x801), kind: 'institution', name: 'Région Sud', country: 'FR', parentId: null },
  {
    id: demoId(0x802),
    kind: 'institution',
    name: 'Agència de Coworking Barcelona',
    country: 'ES',
    parentId: null,
  },
];
const REGION_ID = demoId(0x801);
const CALLS = { intoSpace: demoId(0x810), intoInstitution: demoId(0x811) };

const COMMON = {
  networkId: DEMO_NETWORKS.MED.id,
  programme: 'Passerelles 2026',
  opensOn: '2026-05-01',
  closesOn: '2026-12-31',
  fromDay: '2026-06-01',
  untilDay: '2027-06-30',
  grantBodyId: REGION_ID,
};

export async function putStays(coordinator: Client, nikos: Client): Promise<void> {
  await coordinator.put(`/v1/stay-calls/${CALLS.intoSpace}`, {
    ...COMMON,
    title: 'A week in a coworking space',
    summary: 'For officials who write rules for places that they have never worked in.',
    direction: 'INSTITUTION_TO_SPACE',
    languages: ['fr', 'es', 'it', 'en'],
    slots: 8,
    legalBases: ['FR_IMMERSION_PRO', 'MISSION_ORDER', 'ERASMUS_STAFF'],
    grantScheme: 'ERASMUS_STAFF_2025',
    budgetMinor: 800_000,
  });
  await coordinator.put(`/v1/stay-calls/${CALLS.intoInstitution}`, {
    ...COMMON,
    title: 'Two days inside the Region',
    summary: 'For people who run or use a space and want to see how a budget is made.',
    direction: 'SPACE_TO_INSTITUTION',
    languages: ['fr', 'en'],
    slots: 4,
    legalBases: ['OTHER', 'ECHN_P2P'],
    grantScheme: 'PEER_TO_PEER',
    budgetMinor: 400_000,
  });
  const stay = `/v1/stays/${demoId(0x820)}`;
  await nikos.put(stay, {
    callId: CALLS.intoInstitution,
    legalBasis: 'OTHER',
    employerId: DEMO_SPACES.ATH.operatorId,
    status: 'SELF_EMPLOYED',
    motivation: 'We ask the Region for money every year and have never met who reads it.',
    questions: 'Which sentence of an application is read first?',
    languages: ['en'],
    fromDay: '2026-09-14',
    untilDay: '2026-09-15',
    days: 2,
    originSpaceId: DEMO_SPACES.ATH.id,
  });
  await nikos.put(`${stay}/submission`, {});
}
