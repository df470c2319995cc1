import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { proposalOf } from '../../src/charter/index.js';
import { newId } from '../../src/kernel/ids.js';
import { ownerSql } from './app.js';
import type { Agent } from './make-identity.js';
import { makeSpace } from './make-directory.js';

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
