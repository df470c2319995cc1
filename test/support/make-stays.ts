import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import type { TestClock } from './app.js';
import { deliverAll } from './deliver.js';
import { enterSpace, makeDoor, type Door } from './make-checkin.js';
import { makeHome, makeNetwork } from './make-directory.js';
import { makeOrganisation, makePerson, type Agent } from './make-identity.js';
import { makeCredential, makePass } from './make-passes.js';
import { makeAgreement } from './make-reciprocity.js';

type Person = { id: string; agent: Agent };

/** A region in Marseille, an agency and a space in Barcelona, a collective in Athens, and who speaks for each. */
export type StayScene = {
  readonly networkId: string;
  readonly coordinator: Agent;
  readonly treasurer: Agent;
  readonly region: { readonly id: string; readonly agent: Agent };
  readonly agency: { readonly id: string; readonly agent: Agent };
  readonly marseille: Door;
  readonly barcelona: Door;
  readonly athens: Door;
  readonly claire: Person;
  readonly nikos: Person;
};

async function makeInstitution(app: NestFastifyApplication, name: string, country: string) {
  const { id } = await makeOrganisation(app, { kind: 'institution', name, country });
  const grants = [{ organisationId: id, role: 'public_sponsor' as const }];
  const { agent } = await makePerson(app, { name: `For ${name}`, grants });
  return { id, agent };
}

export async function makeStayScene(app: NestFastifyApplication): Promise<StayScene> {
  const root = await makeNetwork(app, { name: 'Escale Méditerranée' });
  const chapter = (name: string, country: string) => makeNetwork(app, { name, country, parentId: root.id });
  const [provence, catalunya] = [await chapter('Provence', 'FR'), await chapter('Catalunya', 'ES')];
  const attiki = await chapter('Attiki', 'GR');
  const marseille = await makeDoor(app, {
    networkId: provence.id,
    name: 'Salle des agents',
    lat: 43.3041,
    lon: 5.3762,
  });
  const barcelona = await makeDoor(app, {
    networkId: catalunya.id,
    name: 'Taller Poblenou',
    city: 'Barcelona',
    country: 'ES',
    timeZone: 'Europe/Madrid',
    territoryCode: 'ES511',
    lat: 41.4036,
    lon: 2.2034,
  });
  const athens = await makeDoor(app, {
    networkId: attiki.id,
    name: 'Psyrri Commons',
    city: 'Athens',
    country: 'GR',
    timeZone: 'Europe/Athens',
    territoryCode: 'EL303',
    lat: 37.9787,
    lon: 23.7227,
  });
  const doors = [marseille, barcelona, athens];
  const rates = doors.map(({ id }) => ({ hostSpaceId: id }));
  await makeAgreement(app, { homeNetworkId: root.id, rates, freeHalfDays: 20 });
  const treasurer = await makePerson(app, {
    grants: [{ organisationId: root.id, role: 'network_treasurer' }],
  });
  const [claire, nikos] = [
    await makePerson(app, { name: 'Claire Vidal' }),
    await makePerson(app, { name: 'Nikos Andreou' }),
  ];
  await makeHome(root.admin, { personId: claire.id, spaceId: marseille.id });
  await makeHome(root.admin, { personId: nikos.id, spaceId: athens.id });
  return {
    networkId: root.id,
    coordinator: root.admin,
    treasurer: treasurer.agent,
    region: await makeInstitution(app, 'Région Sud', 'FR'),
    agency: await makeInstitution(app, 'Agència Barcelona Activa', 'ES'),
    marseille,
    barcelona,
    athens,
    claire,
    nikos,
  };
}

/** Five days in Barcelona, granted by the region: nobody signs twice. */
export function callBody(scene: StayScene, changes: object = {}) {
  return {
    networkId: scene.networkId,
    programme: 'Immersions 2026',
    title: 'A week in another place',
    summary: 'See how a space works.',
    direction: 'INSTITUTION_TO_SPACE',
    languages: ['fr', 'es'],
    opensOn: '2026-05-01',
    closesOn: '2026-12-31',
    fromDay: '2026-06-01',
    untilDay: '2027-06-30',
    slots: 2,
    legalBases: ['FR_IMMERSION_PRO', 'MISSION_ORDER', 'ERASMUS_STAFF'],
    grantScheme: 'ERASMUS_STAFF_2025',
    grantBodyId: scene.region.id,
    budgetMinor: 500_000,
    ...changes,
  };
}

export async function makeCall(scene: StayScene, changes: object = {}): Promise<string> {
  const id = newId();
  await scene.coordinator.put(`/v1/stay-calls/${id}`).send(callBody(scene, changes)).expect(200);
  return id;
}

/** Claire, civil servant of the region, for the five days from 14 September. */
export function stayBody(scene: StayScene, callId: string, changes: object = {}) {
  return {
    callId,
    legalBasis: 'FR_IMMERSION_PRO',
    employerId: scene.region.id,
    status: 'CIVIL_SERVANT',
    motivation: 'I write the rules for places that I have never worked in.',
    questions: 'Who pays for the quiet hours?',
    languages: ['fr'],
    fromDay: '2026-09-14',
    untilDay: '2026-09-18',
    days: 5,
    originSpaceId: scene.marseille.id,
    travelDays: 2,
    ...changes,
  };
}

export const CLAUSES = {
  functionsObserved: 'Welcome, bookings, the books of a space.',
  insurance: 'Liability of the employer.',
  confidentiality: 'What members say stays in the room.',
  intellectualProperty: 'Notes belong to who writes them.',
  dataProtection: 'No member’s data leaves the space.',
  expenses: 'As on a mission.',
};

/** A pass and a phone for the days of a stay; made when the days come, because credentials live for a week. */
export async function attend(
  app: NestFastifyApplication,
  { id, agent }: Person,
  at: { readonly door: Door; readonly networkId: string; readonly days: readonly string[] },
): Promise<void> {
  const clock = app.get<TestClock>(Clock);
  const { door, networkId, days } = at;
  const scope = { networkIds: [networkId], spaceIds: [], resourceKinds: ['hot_desk'] };
  const pass = await makePass(app, { personId: id, networkId, scope });
  for (const day of days) {
    clock.travelTo(`${day}T08:00:00Z`);
    const phone = await makeCredential(agent, pass.id);
    await enterSpace(app, { door, spaceId: door.id, phone });
    await app.get(Sweeps).runAll();
  }
}

/** Time passes: visits are sealed, what falls due moves on, events are delivered. */
export async function passTo(app: NestFastifyApplication, moment: string): Promise<void> {
  app.get<TestClock>(Clock).travelTo(moment);
  await app.get(Sweeps).runAll();
  await deliverAll(app);
  await app.get(Sweeps).runAll();
}

/** A document that holds for Claire's days. */
export const ORDER = {
  reference: 'OM 2026-118',
  issuer: 'Région Sud',
  validFrom: '2026-09-13',
  validUntil: '2026-09-19',
};

/** The steps of one stay of Claire's, each as a request, and the way to each of its states. */
export function staySteps(scene: StayScene, callId: string, id = newId()) {
  const { claire, region, agency, barcelona, coordinator } = scene;
  const put = (agent: Agent, step: string, body: object = {}) =>
    agent.put(`/v1/stays/${id}${step && `/${step}`}`).send(body);
  const apply = (changes: object = {}) => put(claire.agent, '', stayBody(scene, callId, changes));
  const submit = () => put(claire.agent, 'submission');
  const decide = (decision: string, reasons = '', agent = region.agent) =>
    put(agent, 'decision', { decision, reasons });
  const match = (changes: object = {}, agent = coordinator) =>
    put(agent, 'match', {
      stayPlaceId: barcelona.id,
      legalHostId: agency.id,
      tutorName: 'Marta Soler',
      fromDay: '2026-09-14',
      untilDay: '2026-09-18',
      ...changes,
    });
  const answer = (agent: Agent, changes: object = {}) =>
    put(agent, 'match-answer', { answer: 'ACCEPTED', ...changes });
  const draft = (changes: object = {}) => put(coordinator, 'agreement', { ...CLAUSES, ...changes });
  const sign = (agent: Agent, side: string, hash: string) => put(agent, 'signature', { side, hash });
  const settle = (kind: string, body: object = ORDER) => put(coordinator, `documents/${kind}`, body);
  const view = async (agent = coordinator) => (await agent.get(`/v1/stays/${id}`).expect(200)).body;

  const submitted = async (changes: object = {}) => {
    await apply(changes).expect(200);
    await submit().expect(200);
  };
  const matching = async (changes: object = {}) => {
    await submitted(changes);
    await decide('AGREED').expect(200);
  };
  const drafted = async () => {
    await matching();
    await match().expect(200);
    await answer(claire.agent).expect(200);
    await answer(barcelona.manager).expect(200);
    await draft().expect(200);
  };
  const signed = async () => {
    await drafted();
    const { hash } = (await view()).agreement;
    await sign(agency.agent, 'LEGAL_HOST', hash).expect(200);
    await sign(claire.agent, 'PARTICIPANT', hash).expect(200);
    await sign(region.agent, 'EMPLOYER', hash).expect(200);
  };
  const ready = async () => {
    await signed();
    await settle('MISSION_ORDER').expect(200);
    await settle('A1').expect(200);
    await put(coordinator, 'readiness').expect(200);
  };
  const told = async () => {
    const learnt = { learnt: 'A space lives by who opens it.', changes: 'We pay for hours, not for desks.' };
    await put(claire.agent, 'statement', { ...learnt, side: 'PARTICIPANT' }).expect(200);
    await put(barcelona.manager, 'statement', { ...learnt, side: 'HOST' }).expect(200);
  };
  const requests = { put, apply, submit, decide, match, answer, draft, sign, settle, view };
  return { id, ...requests, submitted, matching, drafted, signed, ready, told };
}
