import type { Client } from './client.js';
import { DEMO_NETWORKS, DEMO_SPACES, demoId } from './demo-network.js';

const { MRS, LEC, RJK } = DEMO_SPACES;
const INITIATIVE = demoId(0xb100);

/** What the demo's spaces do together: an initiative over three harbours, its first evening, a service, a welcome. */
export async function putConnectedPlaces(admin: Client): Promise<void> {
  await admin.put(`/v1/initiatives/${INITIATIVE}`, {
    networkId: DEMO_NETWORKS.MED.id,
    title: 'Ports et savoir-faire',
    summary: 'Three evenings about the crafts of the harbour, at three harbours.',
    fromDay: '2026-06-01',
    untilDay: '2026-12-31',
    budget: { unit: 'EUR', minor: 600_000 },
  });
  for (const { id } of [MRS, LEC, RJK])
    await admin.put(`/v1/initiatives/${INITIATIVE}/partners/${id}`, { bringsMinor: 200_000 });
  await admin.put(`/v1/initiatives/${INITIATIVE}/publication`, {});
  await admin.put(`/v1/encounters/${demoId(0xb101)}`, {
    spaceId: MRS.id,
    kind: 'STUDY_VISIT',
    title: 'Officials of the region look at a workshop',
    startsAt: '2026-06-18T07:00:00Z',
    endsAt: '2026-06-18T10:00:00Z',
    capacity: 12,
    initiativeId: INITIATIVE,
  });
  await admin.put(`/v1/cross-services/${demoId(0xb102)}`, {
    spaceId: MRS.id,
    kind: 'mentoring',
    title: 'An hour with somebody who has opened a space',
    per: 'HOUR',
    price: { unit: 'EUR', minor: 2500 },
    validFrom: '2026-06-01',
  });
  await admin.put(`/v1/spaces/${MRS.id}/welcome`, {
    note: 'Come in by the yard; the bell is for parcels.',
    askFor: 'Lina',
    namedAgreed: true,
    moment: 'Soup together at half past twelve.',
  });
}
