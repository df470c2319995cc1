import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { proposalOf } from '../../src/charter/index.js';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, ownerSql } from './app.js';
import { makeMember, type Nomad } from './make-bookings.js';
import { makeNetwork, makeSpace } from './make-directory.js';
import { makePerson, type Agent } from './make-identity.js';
import { makeAgreement } from './make-reciprocity.js';

export const TOPICS = [
  'SOCIAL_LINKS',
  'TERRITORY',
  'EMPOWERMENT',
  'ENVIRONMENT',
  'INCLUSION',
  'GOVERNANCE',
  'COOPERATION',
  'HYBRID_ACTIVITIES',
  'SHARED_PLACE',
  'COMMONS',
] as const;

/** Five values first; the second version adds the bridge to the public interest. */
export const FIRST = proposalOf([
  'COMMUNITY',
  'OPENNESS',
  'COLLABORATION',
  'ACCESSIBILITY',
  'SUSTAINABILITY',
]);
export const SECOND = proposalOf([
  'COMMUNITY',
  'OPENNESS',
  'COLLABORATION',
  'ACCESSIBILITY',
  'SUSTAINABILITY',
  'PUBLIC_INTEREST_BRIDGE',
]);

export type Version = { id: string; hash: string; number: number };

export async function publish(
  admin: Agent,
  networkId: string,
  { renewBy, charter = FIRST }: { renewBy: string; charter?: typeof FIRST },
): Promise<Version> {
  const id = newId();
  await admin
    .put(`/v1/charter-versions/${id}`)
    .send({ networkId, ...charter })
    .expect(200);
  return (await admin.put(`/v1/charter-versions/${id}/publication`).send({ renewBy }).expect(200)).body;
}

export const answers = (changed: Partial<Record<(typeof TOPICS)[number], number>> = {}) =>
  TOPICS.map((topic) => {
    const score = changed[topic] ?? 3;
    return { topic, score, evidence: score === 0 ? '' : 'Minutes and photographs of the last year' };
  });

export const APPLICATION = {
  legalName: 'Association Vieux-Port',
  address: '1 quai du Port, Marseille',
  vatRegime: 'STANDARD',
  openSince: '2020-01-01',
};

export type Member = Awaited<ReturnType<typeof makeSpace>> & { memberId: string };

/** A space that has begun to join. */
export async function makeCandidate(
  app: NestFastifyApplication,
  networkId: string,
  fields: Partial<Parameters<typeof makeSpace>[1]> = {},
): Promise<Member> {
  const space = await makeSpace(app, { networkId, openingHours: 'Mo-Su 09:00-18:00', ...fields });
  const memberId = newId();
  await space.manager
    .put(`/v1/charter-members/${memberId}`)
    .send({ kind: 'SPACE', spaceId: space.id })
    .expect(200);
  return { ...space, memberId };
}

export const act = (
  agent: Agent,
  { memberId }: Pick<Member, 'memberId'>,
  what: string,
  body: object = {},
  id = newId(),
) => agent.put(`/v1/charter-members/${memberId}/${what}/${id}`).send(body);

export const assess = (agent: Agent, member: Pick<Member, 'memberId'>, scores = answers()) =>
  act(agent, member, 'assessments', { answers: scores });

export const sign = (
  agent: Agent,
  member: Pick<Member, 'memberId'>,
  { id, hash }: Version,
  body: object = {},
) =>
  act(agent, member, 'signatures', {
    versionId: id,
    hash,
    language: 'fr',
    signerName: 'Amina Roux',
    signerRole: 'President',
    ...body,
  });

/** Up to its assessment, which its peers may look at. */
export async function makeAssessed(
  app: NestFastifyApplication,
  networkId: string,
  fields: Partial<Parameters<typeof makeSpace>[1]> = {},
): Promise<Member> {
  const member = await makeCandidate(app, networkId, fields);
  await member.manager
    .put(`/v1/charter-members/${member.memberId}/application`)
    .send(APPLICATION)
    .expect(200);
  await assess(member.manager, member).expect(200);
  return member;
}

/** One of the first members: vouched for, signed, confirmed after its ninety days. */
export async function makeFounder(
  app: NestFastifyApplication,
  { networkId, admin, version }: { networkId: string; admin: Agent; version: Version },
  fields: Partial<Parameters<typeof makeSpace>[1]> = {},
): Promise<Member> {
  const member = await makeAssessed(app, networkId, fields);
  await act(admin, member, 'foundings').expect(200);
  await sign(member.manager, member, version).expect(200);
  await confirmLater(admin, member);
  return member;
}

export async function confirmLater(admin: Agent, member: Pick<Member, 'memberId'>): Promise<void> {
  await ownerSql(
    `UPDATE charter.members SET provisional_at = provisional_at - interval '90 days' WHERE id = $1`,
    [member.memberId],
  );
  await act(admin, member, 'confirmations').expect(200);
}

export const REASONS = 'Two visitors were turned away in November without any explanation.';
export const RJK_FACTS = { name: 'Kvarner Desk', city: 'Rijeka', country: 'HR', lat: 45.327, lon: 14.442 };

export type CharterWorld = {
  networkId: string;
  admin: Agent;
  v1: Version;
  MRS: Member;
  LEC: Member;
  FLR: Member;
  guest: Nomad;
};

/** A network with a charter, its three founders (one in France, two in Italy), and a guest whose home is Marseille. */
export async function makeCharterWorld(app: NestFastifyApplication): Promise<CharterWorld> {
  await emptyDatabase();
  const { id: networkId, admin } = await makeNetwork(app);
  const v1 = await publish(admin, networkId, { renewBy: '2026-12-16' });
  const founder = (fields: object) =>
    makeFounder(app, { networkId, admin, version: v1 }, { country: 'IT', ...fields });
  const MRS = await founder({ country: 'FR' });
  const LEC = await founder({ name: 'Officine Salento', city: 'Lecce', lat: 40.35, lon: 18.17 });
  const FLR = await founder({ name: 'Oltrarno Lab', city: 'Firenze', lat: 43.76, lon: 11.25 });
  const rates = [MRS, LEC].map(({ id }) => ({ hostSpaceId: id }));
  await makeAgreement(app, { homeNetworkId: networkId, rates });
  const home = { networkId, operatorId: MRS.operatorId, spaceId: MRS.id, poolId: MRS.pools[0]!.id };
  return { networkId, admin, v1, MRS, LEC, FLR, guest: await makeMember(app, home) };
}

/** There is one agreement inside a network; its host is added to it. */
export const addRate = ({ networkId }: Pick<CharterWorld, 'networkId'>, { id }: { readonly id: string }) =>
  ownerSql(
    `INSERT INTO reciprocity.rates (version_id, host_space_id, resource_kind, rate_minor, unit, home_network_id,
       host_network_id, created_at)
     SELECT id, $1, 'hot_desk', 1200, 'EUR', home_network_id, host_network_id, now()
       FROM reciprocity.agreement_versions WHERE home_network_id = $2`,
    [id, networkId],
  );

export const review = (
  agent: Agent,
  member: Pick<Member, 'memberId'>,
  reviewer: Pick<Member, 'id'>,
  verdict = 'RECOMMENDED',
) =>
  act(agent, member, 'peer-reviews', {
    reviewerSpaceId: reviewer.id,
    verdict,
    reasons: REASONS,
    hasNoInterest: true,
  });

/** Reviewed by Marseille and Lecce, signed, confirmed. */
export async function makeActive(
  app: NestFastifyApplication,
  { networkId, admin, v1, MRS, LEC }: CharterWorld,
  fields: object,
): Promise<Member> {
  const member = await makeAssessed(app, networkId, fields);
  await review(MRS.manager, member, MRS).expect(200);
  await review(LEC.manager, member, LEC).expect(200);
  await sign(member.manager, member, v1).expect(200);
  await confirmLater(admin, member);
  return member;
}

export const stateOf = async (agent: Agent, { memberId }: Pick<Member, 'memberId'>): Promise<string> =>
  (await agent.get(`/v1/charter-members/${memberId}`).expect(200)).body.state;

export const asPublic = (app: NestFastifyApplication) => request(app.getHttpServer());

export const newAdmin = async (app: NestFastifyApplication, networkId: string): Promise<Agent> =>
  (await makePerson(app, { grants: [{ organisationId: networkId, role: 'network_admin' }] })).agent;
export const newManager = async (app: NestFastifyApplication, { operatorId }: Member): Promise<Agent> =>
  (await makePerson(app, { grants: [{ organisationId: operatorId, role: 'space_manager' }] })).agent;
