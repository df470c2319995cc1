/** A region pays for days of a town's agents: fictional, like everything of the demo. */
import type { Identity, Role } from '../identity/index.js';
import type { Tx } from '../platform/db.js';
import type { Client } from './client.js';
import { DEMO_NETWORKS, DEMO_PASSWORD, DEMO_SPACES, demoId, type SpaceCode } from './demo-network.js';

const REGION = { id: demoId(0x900), name: 'Conseil régional de la Mer' };
const TOWN = { id: demoId(0x901), name: 'Ville du Vieux-Port' };
const PROGRAMME_ID = demoId(0x902);
const AGENT_ID = demoId(0x903);
const OFFER_ID = demoId(0x904);
const PLACES: readonly SpaceCode[] = ['MRS', 'MNQ', 'EBR', 'REG', 'BCN', 'LEC'];
const FLOOR_DAYS = 20;
const AGENT_DAYS = 8;

export const DEMO_PUBLIC = [
  {
    number: 20,
    email: 'sponsor@demo.invalid',
    name: 'Hélène Aubanel',
    role: 'public_sponsor',
    at: REGION.id,
  },
  { number: 21, email: 'employer@demo.invalid', name: 'Karim Djellal', role: 'public_sponsor', at: TOWN.id },
  { number: 22, email: 'agent@demo.invalid', name: 'Paul Ferrand', role: 'nomad', at: TOWN.id },
] as const satisfies { number: number; email: string; name: string; role: Role; at: string }[];

export async function seedInstitutions(tx: Tx, identity: Identity): Promise<void> {
  for (const institution of [REGION, TOWN]) {
    const of = { kind: 'institution', country: 'FR', parentId: DEMO_NETWORKS.MED.id } as const;
    await identity.registerOrganisation(tx, { ...institution, ...of });
  }
  for (const { number, email, name, role, at } of DEMO_PUBLIC) {
    const id = demoId(0x5000 + number);
    await identity.registerPerson(tx, { id, email, name, language: 'fr', password: DEMO_PASSWORD });
    await identity.grant(tx, { id: demoId(0x6000 + number), personId: id, organisationId: at, role });
  }
}

/** 200 days at 18.00 €: approved by the treasurer, whose colleague at the region wrote it. */
export async function putProgramme(
  signedIn: (email: string) => Promise<Client>,
  treasurer: Client,
): Promise<void> {
  const sponsor = await signedIn('sponsor@demo.invalid');
  const agent = await signedIn('agent@demo.invalid');
  const employer = await signedIn('employer@demo.invalid');
  const programme = `/v1/programmes/${PROGRAMME_ID}`;
  await sponsor.put(programme, {
    networkId: DEMO_NETWORKS.MED.id,
    sponsorId: REGION.id,
    name: 'Agents nomades 2026',
    purpose: 'Travailler près de chez soi, dans des lieux ouverts à tous',
    startsOn: '2026-06-01',
    endsOn: '2026-12-31',
    dayPrice: { unit: 'EUR', minor: 1800 },
    daysPerWeek: 2,
    spaceCapPercent: 40,
    employerIds: [TOWN.id],
    places: PLACES.map((code) => ({
      spaceId: DEMO_SPACES[code].id,
      floorDays: code === 'MNQ' ? FLOOR_DAYS : 0,
    })),
    orderNumber: 'BC-2026-0417',
    serviceCode: 'DRH-TELETRAVAIL',
    siret: '00000000000000',
  });
  const voted = { unit: 'EUR', minor: 360_000 };
  await treasurer.put(`${programme}/approval`, { decisionRef: '26-311', budgetLine: '930-6188', voted });
  await sponsor.put(`${programme}/step`, { step: 'open' });
  const claim = { employerId: TOWN.id, workEmail: 'paul@demo.invalid' };
  await agent.put(`/v1/agents/${AGENT_ID}`, claim);
  const confirmed = { answer: 'CONFIRMED', daysPerWeek: 2, validUntil: '2026-12-31' };
  await employer.put(`/v1/agents/${AGENT_ID}/confirmation`, confirmed);
  const offer = { programmeId: PROGRAMME_ID, agentIds: [AGENT_ID], daysEach: AGENT_DAYS };
  await sponsor.put(`/v1/voucher-offers/${OFFER_ID}`, offer);
}
