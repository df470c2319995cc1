/** The demo network's charter: two versions, so that one sees what has changed, and the first members who sign. */
import { PROPOSED_CHARTER } from '../charter/index.js';
import type { Client, Json } from './client.js';
import { DEMO_NETWORKS, DEMO_SPACES, demoId, type SpaceCode } from './demo-network.js';

type Signer = { readonly code: SpaceCode; readonly name: string; readonly client: Client };

const RENEW_BY = '2026-06-30';
const OPEN_SINCE = '2019-09-01';
const [FIRST, SECOND] = [demoId(0xc00), demoId(0xc01)];

export async function putCharter(admin: Client, signers: readonly Signer[]): Promise<void> {
  const { texts, commitments } = PROPOSED_CHARTER;
  const first = commitments.filter(({ code }) => code !== 'PUBLIC_INTEREST_BRIDGE');
  await publish(admin, FIRST, { texts, commitments: first });
  const { hash } = await publish(admin, SECOND, { texts, commitments });
  for (const [index, signer] of signers.entries()) await join(admin, signer, { index, hash });
}

async function publish(admin: Client, id: string, charter: Json): Promise<{ readonly hash: string }> {
  await admin.put(`/v1/charter-versions/${id}`, { networkId: DEMO_NETWORKS.MED.id, ...charter });
  return admin.put<{ hash: string }>(`/v1/charter-versions/${id}/publication`, { renewBy: RENEW_BY });
}

/** The first members have no peers: their network vouches for them. */
async function join(
  admin: Client,
  { code, name, client }: Signer,
  { index, hash }: { readonly index: number; readonly hash: string },
): Promise<void> {
  const { id: spaceId, operator, city } = DEMO_SPACES[code];
  const ids = (number: number) => demoId(0xc10 + 16 * index + number);
  const member = `/v1/charter-members/${ids(0)}`;
  await client.put(member, { kind: 'SPACE', spaceId });
  const application = { legalName: operator, address: city, vatRegime: 'STANDARD', openSince: OPEN_SINCE };
  await client.put(`${member}/application`, application);
  await client.put(`${member}/assessments/${ids(1)}`, { answers: ANSWERS });
  await admin.put(`${member}/foundings/${ids(2)}`);
  await client.put(`${member}/signatures/${ids(3)}`, {
    versionId: SECOND,
    hash,
    language: 'en',
    signerName: name,
    signerRole: 'President',
  });
}

const ANSWERS = [
  { topic: 'SOCIAL_LINKS', score: 4, evidence: 'A common lunch every Thursday, open to the street.' },
  { topic: 'TERRITORY', score: 3, evidence: 'Suppliers within fifty kilometres, listed by the door.' },
  { topic: 'EMPOWERMENT', score: 3, evidence: 'Members run a workshop of their own each month.' },
  { topic: 'ENVIRONMENT', score: 2, evidence: 'Energy read and published every quarter.' },
  { topic: 'INCLUSION', score: 2, evidence: 'Three desks at half the price.' },
  { topic: 'GOVERNANCE', score: 3, evidence: 'Minutes of the members’ assembly.' },
  { topic: 'COOPERATION', score: 4, evidence: 'Two projects with other spaces this year.' },
  { topic: 'HYBRID_ACTIVITIES', score: 3, evidence: 'A repair café and a reading group.' },
  { topic: 'SHARED_PLACE', score: 4, evidence: 'The kitchen and the terrace belong to everybody.' },
  { topic: 'COMMONS', score: 2, evidence: 'Our opening checklist is free to copy.' },
];
