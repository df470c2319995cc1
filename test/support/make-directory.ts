import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import type { Unit } from '../../src/kernel/money.js';
import { makeOrganisation, makePerson, type Agent } from './make-identity.js';
import type { ResourceKind } from '../../src/kernel/words.js';

type Answer = { status: number; body: unknown };

function stored(answer: Answer): { id: string } {
  if (answer.status !== 200) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body as { id: string };
}

/** A network with a short id and a currency, and somebody who administers it. */
export async function makeNetwork(
  app: NestFastifyApplication,
  {
    name = 'CoMed',
    country = 'FR',
    parentId = null,
    shortId = newId().slice(-8),
    unit = 'EUR',
    settlementProfile = 'NETTING_ALLOWED',
  }: NetworkToMake = {},
): Promise<{ id: string; shortId: string; admin: Agent }> {
  const { id } = await makeOrganisation(app, { kind: 'network', parentId, name, country });
  const { agent } = await makePerson(app, { grants: [{ organisationId: id, role: 'network_admin' }] });
  stored(await agent.put(`/v1/networks/${id}`).send({ shortId, unit, settlementProfile }));
  return { id, shortId, admin: agent };
}
type NetworkToMake = {
  name?: string;
  country?: string;
  parentId?: string | null;
  shortId?: string;
  unit?: Unit;
  settlementProfile?: string;
};

type PoolToMake = { resourceKind?: ResourceKind; name?: string; capacity?: number };

export const MARSEILLE = {
  name: 'Atelier du Vieux-Port',
  city: 'Marseille',
  country: 'FR',
  timeZone: 'Europe/Paris',
  territoryCode: 'FRL04',
  lat: 43.2951,
  lon: 5.3739,
  openingHours: 'Mo-Fr 09:00-18:00',
  closesOnHolidays: true,
  halfDayBoundary: '13:00',
  unit: 'EUR' as Unit,
  visibility: 'public' as 'public' | 'hidden',
  settlementProfile: 'NETTING_ALLOWED',
};

/** A space with an operator of its own, a manager, and desk pools: one of ten hot desks unless told otherwise. */
export async function makeSpace(
  app: NestFastifyApplication,
  {
    networkId,
    pools = [{}],
    ...fields
  }: { networkId: string; pools?: PoolToMake[] } & Partial<typeof MARSEILLE>,
): Promise<{ id: string; networkId: string; operatorId: string; pools: { id: string }[]; manager: Agent }> {
  const body = { ...MARSEILLE, ...fields };
  const { id: operatorId } = await makeOrganisation(app, {
    kind: 'operator',
    parentId: networkId,
    name: `${body.name} SARL`,
    country: body.country,
  });
  const { agent } = await makePerson(app, {
    grants: [{ organisationId: operatorId, role: 'space_manager' }],
  });
  const id = newId();
  stored(await agent.put(`/v1/spaces/${id}`).send({ operatorId, ...body }));
  const made = [];
  for (const { resourceKind = 'hot_desk', name = 'Hot desks', capacity = 10 } of pools) {
    const pool = { spaceId: id, resourceKind, name, capacity };
    made.push(stored(await agent.put(`/v1/pools/${newId()}`).send(pool)));
  }
  return { id, networkId, operatorId, pools: made, manager: agent };
}

/** Says that a person belongs to a space, as its network's administrator. */
export async function makeHome(
  admin: Agent,
  home: { personId: string; spaceId: string; fromDay?: string },
): Promise<{ id: string }> {
  const { personId, spaceId, fromDay = '2026-01-01' } = home;
  return stored(await admin.put(`/v1/homes/${newId()}`).send({ personId, spaceId, fromDay }));
}
