import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Bookings } from '../../src/bookings/index.js';
import { Identity, type Actor } from '../../src/identity/index.js';
import { newId } from '../../src/kernel/ids.js';
import { Temporal } from '../../src/kernel/time.js';
import { Db } from '../../src/platform/db.js';
import { namedScope } from '../../src/platform/scope.js';
import { makeNetwork, makeSpace } from './make-directory.js';
import { makeOrganisation, makePerson, type Agent } from './make-identity.js';
import { makeAgreement } from './make-reciprocity.js';

/** S5's places: three of them rural or public. */
const PLACES = {
  MRS: { name: 'Atelier du Vieux-Port', city: 'Marseille', country: 'FR', isRural: false },
  MNQ: { name: 'La Garrigue', city: 'Manosque', country: 'FR', isRural: true },
  EBR: { name: 'Zona Riu', city: 'Móra d’Ebre', country: 'ES', isRural: true },
  REG: { name: 'Salle des agents', city: 'Marseille', country: 'FR', isRural: false },
  BCN: { name: 'Taller Poblenou', city: 'Barcelona', country: 'ES', isRural: false },
  LEC: { name: 'Officine Salento', city: 'Lecce', country: 'IT', isRural: false },
} as const;
export type Code = keyof typeof PLACES;
type Made = Awaited<ReturnType<typeof makeSpace>>;

export type Nomad = { id: string; agent: Agent; actor: Actor; agentId: string };

export type Sponsored = {
  readonly networkId: string;
  readonly sponsorId: string;
  readonly employerId: string;
  readonly spaces: Record<Code, Made>;
  /** Of the sponsor: who writes, and who approves. */
  readonly writer: Agent;
  readonly approver: Agent;
  readonly treasurer: Agent;
  /** Of the employer. */
  readonly employer: Agent;
};

/** One network, its six places, a region that pays and a town that employs. */
export async function makeSponsored(app: NestFastifyApplication): Promise<Sponsored> {
  const { id: networkId } = await makeNetwork(app);
  const made: Partial<Record<Code, Made>> = {};
  for (const [code, { isRural, ...place }] of Object.entries(PLACES)) {
    const space = await makeSpace(app, {
      networkId,
      ...place,
      closesOnHolidays: false,
      pools: [{ capacity: 90 }],
    });
    made[code as Code] = space;
    const fact = { spaceId: space.id, fromDay: '2026-01-01', isRural, hasSubsidisedCanteen: false };
    await space.manager
      .put(`/v1/host-facts/${newId()}`)
      .send({ ...fact, isPublicHost: code === 'REG' })
      .expect(200);
  }
  const spaces = made as Record<Code, Made>;
  await makeAgreement(app, {
    homeNetworkId: networkId,
    rates: Object.values(spaces).map(({ id }) => ({ hostSpaceId: id })),
  });
  const region = { kind: 'institution' as const, parentId: networkId, name: 'Région Sud' };
  const { id: sponsorId } = await makeOrganisation(app, region);
  const { id: employerId } = await makeOrganisation(app, { ...region, name: 'Ville de Marseille' });
  const of = async (organisationId: string, role: 'public_sponsor' | 'network_treasurer') =>
    (await makePerson(app, { grants: [{ organisationId, role }] })).agent;
  return {
    networkId,
    sponsorId,
    employerId,
    spaces,
    writer: await of(sponsorId, 'public_sponsor'),
    approver: await of(sponsorId, 'public_sponsor'),
    treasurer: await of(networkId, 'network_treasurer'),
    employer: await of(employerId, 'public_sponsor'),
  };
}

/** S5: 18.00 € a day everywhere, 40 % for one place at most, two days a week, twenty days promised to Manosque. */
export function programmeBody(of: Sponsored, over: object = {}) {
  return {
    networkId: of.networkId,
    sponsorId: of.sponsorId,
    name: 'Agents nomades 2026',
    purpose: 'Travailler près de chez soi',
    startsOn: '2026-09-01',
    endsOn: '2027-06-30',
    dayPrice: { unit: 'EUR', minor: 1800 },
    daysPerWeek: 2,
    spaceCapPercent: 40,
    employerIds: [of.employerId],
    places: Object.entries(of.spaces).map(([code, { id }]) => ({
      spaceId: id,
      floorDays: code === 'MNQ' ? 20 : 0,
    })),
    orderNumber: 'BC-2026-0417',
    serviceCode: 'DRH-TELETRAVAIL',
    siret: '23130002100012',
    ...over,
  };
}

export const VOTED = { unit: 'EUR', minor: 360_000 };

export async function makeProgramme(
  of: Sponsored,
  {
    voted = VOTED,
    isOpen = true,
    ...over
  }: { voted?: object; isOpen?: boolean } & Record<string, unknown> = {},
): Promise<string> {
  const id = newId();
  await of.writer.put(`/v1/programmes/${id}`).send(programmeBody(of, over)).expect(200);
  const decision = { decisionRef: 'Délibération 26-311', budgetLine: '930-6188', voted };
  await of.approver.put(`/v1/programmes/${id}/approval`).send(decision).expect(200);
  if (isOpen) await of.writer.put(`/v1/programmes/${id}/step`).send({ step: 'open' }).expect(200);
  return id;
}

/** Somebody whom the employer has confirmed for two days a week. */
export async function makeAgent(
  app: NestFastifyApplication,
  { employer, employerId }: Pick<Sponsored, 'employer' | 'employerId'>,
  name = 'Paul Ferrand',
): Promise<Nomad> {
  const { id, agent } = await makePerson(app, { name });
  const agentId = newId();
  await agent
    .put(`/v1/agents/${agentId}`)
    .send({ employerId, workEmail: `${agentId}@marseille.example` })
    .expect(200);
  await employer
    .put(`/v1/agents/${agentId}/confirmation`)
    .send({ answer: 'CONFIRMED', daysPerWeek: 2, validUntil: '2027-12-31' })
    .expect(200);
  const actor = await app.get(Db).read(namedScope('identity'), (on) => app.get(Identity).actor(on, id));
  return { id, agent, actor, agentId };
}

/** Offered to all of them, and accepted by each. */
export async function giveVouchers(
  of: Sponsored,
  programmeId: string,
  agents: readonly Nomad[],
  daysEach: number,
): Promise<void> {
  await of.writer
    .put(`/v1/voucher-offers/${newId()}`)
    .send({ programmeId, agentIds: agents.map(({ agentId }) => agentId), daysEach })
    .expect(200);
  for (const { agent } of agents) await acceptAll(agent);
}

export async function acceptAll(agent: Agent): Promise<string[]> {
  const { body } = await agent.get('/v1/vouchers').expect(200);
  const offered = body.items.filter(({ state }: { state: string }) => state === 'OFFERED');
  const voucherIds: string[] = offered.map(({ id }: { id: string }) => id);
  if (voucherIds.length > 0)
    await agent.put('/v1/vouchers/answer').send({ voucherIds, answer: 'ACCEPTED' }).expect(200);
  return voucherIds;
}

/** Booked for a whole day through the use case, as the route does: many in little time. */
export function bookDay(
  app: NestFastifyApplication,
  { actor }: Pick<Nomad, 'actor'>,
  { pools }: Pick<Made, 'pools'>,
  day: string,
) {
  const wish = { poolId: pools[0]!.id, day: Temporal.PlainDate.from(day), part: 'DAY' as const, hold: false };
  return app.get(Bookings).put(actor, newId(), wish);
}

/** The door has seen them: the booking is fulfilled, in the reach that a door has. */
export async function attend(
  app: NestFastifyApplication,
  { id }: Pick<Nomad, 'id'>,
  booking: { id: string; hostNetworkId: string },
): Promise<void> {
  const scope = { networks: [booking.hostNetworkId], person: id };
  await app.get(Db).tx(scope, (tx) => app.get(Bookings).fulfil(tx, booking.id));
}
