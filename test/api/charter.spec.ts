import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { deliverAll } from '../support/deliver.js';
import { codeOf, makeBooking, makeMember, putBooking, type Nomad } from '../support/make-bookings.js';
import {
  act,
  answers,
  APPLICATION,
  assess,
  confirmLater,
  FIRST,
  makeAssessed,
  makeCandidate,
  makeFounder,
  publish,
  SECOND,
  sign,
  type Member,
  type Version,
} from '../support/make-charter.js';
import { makeNetwork, makeSpace } from '../support/make-directory.js';
import { lastMail, makeOrganisation, makePerson, type Agent } from '../support/make-identity.js';
import { makeAgreement } from '../support/make-reciprocity.js';

const REASONS = 'Two visitors were turned away in November without any explanation.';
const RJK_FACTS = { name: 'Kvarner Desk', city: 'Rijeka', country: 'HR', lat: 45.327, lon: 14.442 };
const IT = { country: 'IT' };

let app: NestFastifyApplication;
let clock: TestClock;
let network: Awaited<ReturnType<typeof makeNetwork>>;
let admin: Agent;
let v1: Version;
let [MRS, LEC, FLR]: Member[] = [];
let guest: Nomad;

beforeAll(async () => {
  app = await startApp();
  clock = app.get(Clock);
  await emptyDatabase();
  network = await makeNetwork(app);
  admin = network.admin;
  v1 = await publish(admin, network.id, { renewBy: '2026-12-16' });
  const founding = { networkId: network.id, admin, version: v1 };
  MRS = await makeFounder(app, founding);
  LEC = await makeFounder(app, founding, {
    name: 'Officine Salento',
    city: 'Lecce',
    ...IT,
    lat: 40.35,
    lon: 18.17,
  });
  FLR = await makeFounder(app, founding, {
    name: 'Oltrarno Lab',
    city: 'Firenze',
    ...IT,
    lat: 43.76,
    lon: 11.25,
  });
  const home = {
    networkId: network.id,
    operatorId: MRS.operatorId,
    spaceId: MRS.id,
    poolId: MRS.pools[0]!.id,
  };
  await makeAgreement(app, {
    homeNetworkId: network.id,
    rates: [MRS, LEC].map(({ id }) => ({ hostSpaceId: id })),
  });
  guest = await makeMember(app, home);
});
afterAll(() => app.close());
beforeEach(() => clock.travelTo('2026-12-01T08:00:00Z'));

const stateOf = async ({ memberId }: Pick<Member, 'memberId'>, agent = admin) =>
  (await agent.get(`/v1/charter-members/${memberId}`).expect(200)).body.state;
const review = (agent: Agent, member: Pick<Member, 'memberId'>, reviewer: Member, verdict = 'RECOMMENDED') =>
  act(agent, member, 'peer-reviews', {
    reviewerSpaceId: reviewer.id,
    verdict,
    reasons: REASONS,
    hasNoInterest: true,
  });
const asPublic = () => request(app.getHttpServer());
const search = (lat: number, lon: number, day: string) =>
  asPublic()
    .post('/v1/search')
    .send({ near: { lat, lon }, days: [day] })
    .expect(200);
/** Somebody new with the same office, for after a session has ended. */
const managerOf = async ({ operatorId }: Member) =>
  (await makePerson(app, { grants: [{ organisationId: operatorId, role: 'space_manager' }] })).agent;
const newAdmin = async () =>
  (await makePerson(app, { grants: [{ organisationId: network.id, role: 'network_admin' }] })).agent;

/** There is one agreement inside a network; its host is added to it. */
const addRate = ({ id }: Member) =>
  ownerSql(
    `INSERT INTO reciprocity.rates (version_id, host_space_id, resource_kind, rate_minor, unit, home_network_id,
       host_network_id, created_at)
     SELECT id, $1, 'hot_desk', 1200, 'EUR', home_network_id, host_network_id, now()
       FROM reciprocity.agreement_versions WHERE home_network_id = $2`,
    [id, network.id],
  );

describe('a charter', () => {
  it('is drafted, commented on and rewritten by its network, and then published once for all', async () => {
    const id = newId();
    const draft = { networkId: network.id, ...SECOND };
    await admin.put(`/v1/charter-versions/${id}`).send(draft).expect(200);
    expect(await codeOf(asPublic().get(`/v1/charter-versions/${id}`))).toBe('charter.not_found');
    const comment = { versionId: id, text: 'One place a year is a lot for a small space.' };
    const { body } = await MRS!.manager.put(`/v1/charter-comments/${newId()}`).send(comment).expect(200);
    expect(body).toMatchObject({ author: 'Atelier du Vieux-Port SARL' });
    const { body: comments } = await admin.get(`/v1/charter-comments?versionId=${id}`).expect(200);
    expect(comments.items).toHaveLength(1);
    await admin
      .put(`/v1/charter-versions/${id}`)
      .send({ networkId: network.id, ...FIRST })
      .expect(200);
    await MRS!.manager.put(`/v1/charter-versions/${id}`).send(draft).expect(403);
    expect(
      await codeOf(admin.put(`/v1/charter-versions/${v1.id}`).send({ networkId: network.id, ...SECOND })),
    ).toBe('charter.published');
    const tooSoon = admin.put(`/v1/charter-versions/${id}/publication`).send({ renewBy: '2026-12-15' });
    expect(await codeOf(tooSoon)).toBe('charter.notice_too_short');
    await expect(ownerSql('UPDATE charter.versions SET hash = hash WHERE id = $1', [v1.id])).rejects.toThrow(
      'stays as it is',
    );
  });

  it('is read by everybody in five languages, with its signatories and the days they signed', async () => {
    const { body } = await asPublic().get(`/v1/charter-versions?networkId=${network.id}`).expect(200);
    expect(body.items).toMatchObject([{ number: 1, hash: v1.hash, renewBy: '2026-12-16' }]);
    expect(Object.keys(body.items[0].texts).toSorted()).toEqual(['ar', 'en', 'es', 'fr', 'it']);
    const { body: signatories } = await asPublic()
      .get(`/v1/charter-signatories?networkId=${network.id}`)
      .expect(200);
    expect(signatories.items).toHaveLength(3);
    expect(signatories.items[0]).toMatchObject({
      name: 'Atelier du Vieux-Port',
      state: 'ACTIVE',
      signatures: [{ number: 1, at: '2026-12-01T08:00:00.000Z', language: 'fr' }],
    });
    expect(JSON.stringify(signatories)).not.toContain('Amina');
  });

  it('is proposed as words to begin with, in nobody’s name', async () => {
    const { body } = await asPublic().get('/v1/charter-proposal').expect(200);
    expect(body.commitments).toHaveLength(7);
    expect(JSON.stringify(body).toLowerCase()).not.toContain('coworkmed');
  });
});

describe('a space that joins', () => {
  it('says what it is first, and goes on from there step by step', async () => {
    const space = await makeCandidate(app, network.id, RJK_FACTS);
    const again = space.manager
      .put(`/v1/charter-members/${newId()}`)
      .send({ kind: 'SPACE', spaceId: space.id });
    expect(await codeOf(again)).toBe('charter.member_already');
    const apply = () =>
      space.manager.put(`/v1/charter-members/${space.memberId}/application`).send(APPLICATION);
    await ownerSql('UPDATE directory.spaces SET territory_code = NULL WHERE id = $1', [space.id]);
    expect(await codeOf(apply())).toBe('charter.territory_missing');
    await ownerSql(`UPDATE directory.spaces SET territory_code = 'HR031' WHERE id = $1`, [space.id]);
    expect((await apply().expect(200)).body.state).toBe('APPLIED');
    expect((await apply().expect(200)).body.steps).toHaveLength(1);
    expect(await codeOf(sign(space.manager, space, v1))).toBe('charter.assessment_missing');
    const silent = answers().map((answer) => ({ ...answer, evidence: '' }));
    expect(await codeOf(assess(space.manager, space, silent))).toBe('charter.evidence_missing');
    await assess(space.manager, space, answers({ INCLUSION: 0 })).expect(200);
    expect(await stateOf(space)).toBe('APPLIED');
    expect(await codeOf(sign(space.manager, space, v1))).toBe('charter.topic_at_zero');
    await assess(space.manager, space).expect(200);
    expect(await codeOf(sign(space.manager, space, v1))).toBe('charter.wrong_state');
  });

  it('is reviewed by two member spaces, one of them from another country, without an interest of their own', async () => {
    const prato = await makeAssessed(app, network.id, { name: 'Prato Tessile', ...IT });
    const outsider = await makeSpace(app, { networkId: network.id });
    expect(await codeOf(act(admin, prato, 'foundings'))).toBe('charter.founders_over');
    const { body: candidates } = await LEC!.manager
      .get(`/v1/charter-members?reviewableBy=${LEC!.id}`)
      .expect(200);
    expect(candidates.items.map(({ id }: { id: string }) => id)).toContain(prato.memberId);
    await outsider.manager.get(`/v1/charter-members/${prato.memberId}`).expect(404);
    const { agent: both } = await makePerson(app, {
      grants: [prato, LEC!].map(({ operatorId }) => ({
        organisationId: operatorId,
        role: 'space_manager' as const,
      })),
    });
    expect(await codeOf(review(both, prato, LEC!))).toBe('charter.peer_conflict');
    expect(await codeOf(review(LEC!.manager, prato, { ...LEC!, id: outsider.id }))).toBe(
      'charter.peer_not_member',
    );
    await review(LEC!.manager, prato, LEC!).expect(200);
    expect(await codeOf(review(LEC!.manager, prato, LEC!))).toBe('charter.peer_reviewed');
    expect(await codeOf(review(FLR!.manager, prato, FLR!))).toBe('charter.peer_must_be_foreign');
    expect((await review(MRS!.manager, prato, MRS!).expect(200)).body.state).toBe('REVIEWED');
    expect((await sign(prato.manager, prato, v1).expect(200)).body.state).toBe('PROVISIONAL');
    expect(await codeOf(act(admin, prato, 'confirmations'))).toBe('charter.too_early_to_confirm');
    await act(prato.manager, prato, 'confirmations').expect(403);
    await confirmLater(admin, prato);
    expect(await stateOf(prato)).toBe('ACTIVE');
  });

  it('is sent back with reasons by a peer who has doubts, and may assess itself again', async () => {
    const space = await makeAssessed(app, network.id, { name: 'Split Waterfront', country: 'HR' });
    expect((await review(MRS!.manager, space, MRS!, 'RETURNED').expect(200)).body).toMatchObject({
      state: 'RETURNED',
      steps: [{ command: 'RETURN', reasons: REASONS }, {}, {}],
    });
    expect((await assess(space.manager, space).expect(200)).body).toMatchObject({
      state: 'ASSESSED',
      reviews: [],
    });
  });

  it('signs the version in force, as it was read, once', async () => {
    const lyon = await makeAssessed(app, network.id, { name: 'Presqu’île' });
    await review(LEC!.manager, lyon, LEC!).expect(200);
    await review(FLR!.manager, lyon, FLR!).expect(200);
    const other = { ...v1, hash: v1.hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) };
    expect(await codeOf(sign(lyon.manager, lyon, other))).toBe('charter.hash_differs');
    expect(await codeOf(sign(lyon.manager, lyon, { ...v1, id: newId() }))).toBe('charter.not_current');
    await sign(admin, lyon, v1).expect(403); // a network does not sign for its members
    await sign(lyon.manager, lyon, v1).expect(200);
    const { body } = await lyon.manager.get(`/v1/charter-members/${lyon.memberId}`).expect(200);
    expect(body.signatures).toMatchObject([{ number: 1, hash: v1.hash, language: 'fr', method: 'SIMPLE' }]);
    expect(await codeOf(sign(lyon.manager, lyon, v1))).toBe('charter.signed_already');
  });

  it('waits where its network has no charter yet', async () => {
    const bare = await makeNetwork(app, { country: 'TN' });
    const space = await makeAssessed(app, bare.id, { name: 'Dar el Bhira', country: 'TN' });
    expect(await codeOf(act(bare.admin, space, 'foundings'))).toBe('charter.no_charter');
    const foreign = await publish(bare.admin, bare.id, { renewBy: '2026-12-16' });
    const diff = `/v1/charter-versions/${v1.id}/diff?against=${foreign.id}&language=ar`;
    expect(await codeOf(asPublic().get(diff))).toBe('charter.language_differs');
    expect((await act(bare.admin, space, 'foundings').expect(200)).body.state).toBe('REVIEWED');
    expect(await codeOf(admin.get(`/v1/charter-members/${space.memberId}`))).toBe('charter.member_not_found');
  });
});

describe('an institution', () => {
  it('joins by its word and its signature, without peers', async () => {
    const { id: organisationId } = await makeOrganisation(app, { kind: 'institution', name: 'Région Sud' });
    const { agent } = await makePerson(app, { grants: [{ organisationId, role: 'public_sponsor' }] });
    const join = (body: object, id = newId()) =>
      agent.put(`/v1/charter-members/${id}`).send({ kind: 'INSTITUTION', ...body });
    const operator = { organisationId: MRS!.operatorId, networkId: network.id };
    expect(
      await codeOf(admin.put(`/v1/charter-members/${newId()}`).send({ kind: 'INSTITUTION', ...operator })),
    ).toBe('charter.institution_unfit');
    const region = { memberId: newId() };
    await join({ organisationId, networkId: network.id }, region.memberId).expect(200);
    await agent.put(`/v1/charter-members/${region.memberId}/application`).send(APPLICATION).expect(200);
    expect((await assess(agent, region).expect(200)).body.state).toBe('REVIEWED');
    expect((await sign(agent, region, v1, { method: 'QUALIFIED' }).expect(200)).body.state).toBe(
      'PROVISIONAL',
    );
    expect((await act(admin, region, 'confirmations').expect(200)).body.state).toBe('ACTIVE');
    const { body } = await asPublic().get(`/v1/charter-signatories?networkId=${network.id}`).expect(200);
    expect(body.items).toContainEqual(
      expect.objectContaining({ name: 'Région Sud', kind: 'INSTITUTION', spaceId: null }),
    );
  });
});

describe('what a member promises', () => {
  it('is checked against what it publishes, promise by promise', async () => {
    const checks = async () =>
      (await MRS!.manager.get(`/v1/charter-members/${MRS!.memberId}/commitments`).expect(200)).body.items;
    expect(await checks()).toEqual([
      { code: 'COMMUNITY', state: 'NOT_KEPT', missing: ['CONTACT_NAME'] },
      { code: 'OPENNESS', state: 'NOT_KEPT', missing: ['GETTING_IN'] },
      { code: 'COLLABORATION', state: 'NOT_SEEN', missing: [] },
      { code: 'ACCESSIBILITY', state: 'NOT_KEPT', missing: ['STEP_FREE', 'TOILET'] },
      { code: 'SUSTAINABILITY', state: 'KEPT', missing: [] },
    ]);
    await ownerSql(
      `INSERT INTO directory.space_profiles (space_id, network_id, profile, written_by, updated_at, created_at)
       SELECT $1, $2, jsonb_set(jsonb_set($3::jsonb, '{gettingIn,contactName}', '"Amina"'), '{gettingIn,door}', '"Blue"'),
         'person', now(), now()`,
      [MRS!.id, network.id, JSON.stringify((await asPublic().get(`/v1/spaces/${MRS!.id}`)).body.profile)],
    );
    expect((await checks()).slice(0, 2)).toMatchObject([{ state: 'KEPT' }, { state: 'KEPT' }]);
  });
});

describe('a member that breaks its promises', () => {
  let space: Member;
  beforeAll(async () => {
    space = await makeAssessed(app, network.id, {
      name: 'Zagreb Loft',
      country: 'HR',
      lat: 45.81,
      lon: 15.98,
    });
    await review(MRS!.manager, space, MRS!).expect(200);
    await review(LEC!.manager, space, LEC!).expect(200);
    await sign(space.manager, space, v1).expect(200);
    await confirmLater(admin, space);
  });
  const suspension = { ground: 'CHARTER_BREACH', reasons: REASONS };

  it('is suspended with reasons, appeals, and comes back by the word of somebody else', async () => {
    const early = space.manager
      .put(`/v1/charter-appeals/${newId()}`)
      .send({ memberId: space.memberId, text: 'Why?' });
    expect(await codeOf(early)).toBe('charter.not_appealable');
    await act(space.manager, space, 'suspensions', suspension).expect(403);
    const id = newId();
    expect((await act(admin, space, 'suspensions', suspension, id).expect(200)).body.state).toBe('SUSPENDED');
    await act(admin, space, 'suspensions', suspension, id).expect(200);
    expect(await codeOf(act(admin, space, 'suspensions', { ...suspension, ground: 'SAFETY' }, id))).toBe(
      'request.id_reused',
    );
    expect(await codeOf(act(admin, space, 'suspensions', suspension))).toBe('charter.wrong_state');
    await deliverAll(app);
    const [{ email }] = (await ownerSql<{ email: string }>(
      `SELECT email FROM identity.people JOIN identity.memberships ON person_id = people.id WHERE organisation_id = $1`,
      [space.operatorId],
    )) as [{ email: string }];
    expect((await lastMail(email))?.text).toContain(REASONS);
    const booking = putBooking(guest, { poolId: space.pools[0]!.id, day: '2026-12-10' });
    expect(await codeOf(booking)).toBe('booking.not_hosting');
    const appealId = newId();
    const appeal = { memberId: space.memberId, text: 'We had a burst pipe and told them so.' };
    const decide = (agent: Agent, outcome = 'UPHELD', appealed = appealId) =>
      agent.put(`/v1/charter-appeals/${appealed}/decision`).send({ outcome, statement: REASONS });
    await space.manager.put(`/v1/charter-appeals/${appealId}`).send(appeal).expect(200);
    const second = space.manager.put(`/v1/charter-appeals/${newId()}`).send(appeal);
    expect(await codeOf(second)).toBe('charter.appealed_already');
    expect(await codeOf(decide(admin))).toBe('charter.own_decision');
    const other = await newAdmin();
    expect(await codeOf(decide(other, 'UPHELD', newId()))).toBe('charter.appeal_not_found');
    expect((await decide(other).expect(200)).body).toMatchObject({
      state: 'ACTIVE',
      appeals: [{ outcome: 'UPHELD' }],
    });
    expect(await codeOf(decide(other, 'REJECTED'))).toBe('charter.appeal_decided');
    expect((await asPublic().get(`/v1/spaces/${space.id}`)).body.hostingStop).toBeNull();
  });

  it('comes back by itself when its suspension had a last day', async () => {
    await act(admin, space, 'suspensions', { ...suspension, untilDay: '2026-12-05' }).expect(200);
    clock.travelTo('2026-12-05T20:00:00Z');
    await app.get(Sweeps).runAll();
    expect(await stateOf(space)).toBe('SUSPENDED');
    clock.travelTo('2026-12-06T00:00:00Z');
    await app.get(Sweeps).runAll();
    expect(await stateOf(space)).toBe('ACTIVE');
  });

  it('leaves after its notice, and only when nothing is owed and nobody is still to come', async () => {
    const leaving = { day: '2026-12-31', reasons: REASONS };
    const early = { ...leaving, day: '2026-12-30' };
    expect(await codeOf(act(admin, space, 'terminations', early))).toBe('charter.notice_too_short');
    expect(await codeOf(act(space.manager, space, 'withdrawals', early))).toBe('charter.notice_too_short');
    await act(space.manager, space, 'withdrawals', leaving).expect(200);
    expect(await codeOf(act(admin, space, 'final-settlements'))).toBe('charter.notice_running');
    clock.travelTo('2026-12-31T09:00:00Z');
    const late = await newAdmin();
    expect((await act(late, space, 'final-settlements').expect(200)).body.state).toBe('EXITED');
    const { body } = await asPublic().get(`/v1/spaces/${space.id}`).expect(200);
    expect(body.hostingStop).toMatchObject({ code: 'LEFT' });
    const { body: page } = await asPublic().get(`/v1/charter-signatories?spaceId=${space.id}`).expect(200);
    expect(page.items).toMatchObject([
      { state: 'EXITED', signatures: [{ number: 1 }], endedAt: expect.any(String) },
    ]);
    expect(await codeOf(act(late, space, 'terminations', { ...leaving, day: '2027-02-28' }))).toBe(
      'charter.wrong_state',
    );
  });
});

describe('S10: a new version', () => {
  it('is signed by Lecce, Marseille and Florence; Rijeka lapses, keeps its three bookings, appeals, signs and is back', async () => {
    const RJK = await makeAssessed(app, network.id, RJK_FACTS);
    await review(LEC!.manager, RJK, LEC!).expect(200);
    await review(MRS!.manager, RJK, MRS!).expect(200);
    await sign(RJK.manager, RJK, v1).expect(200);
    await confirmLater(admin, RJK);
    await addRate(RJK);
    const days = ['2026-12-21', '2026-12-22', '2026-12-23'];
    const booked = [];
    for (const day of days) booked.push(await makeBooking(guest, { poolId: RJK.pools[0]!.id, day }));

    const v2 = await publish(admin, network.id, { renewBy: '2026-12-16', charter: SECOND });
    expect(v2.number).toBe(2);
    await deliverAll(app);
    for (const language of ['en', 'fr', 'es', 'it', 'ar']) {
      const diff = `/v1/charter-versions/${v2.id}/diff?against=${v1.id}&language=${language}`;
      const { body } = await asPublic().get(diff).expect(200);
      const changed = body.blocks.filter(({ change }: { change: string }) => change !== 'SAME');
      expect(changed).toMatchObject([{ block: 'PUBLIC_INTEREST_BRIDGE', change: 'ADDED' }]);
    }
    expect(await stateOf(MRS!)).toBe('RENEWAL_DUE');
    expect(await codeOf(sign(MRS!.manager, MRS!, v1))).toBe('charter.not_current');
    await sign(MRS!.manager, MRS!, v2).expect(200);
    await sign(FLR!.manager, FLR!, v2).expect(200);
    // Lecce stands at zero on inclusion: not renewable until it stands at one.
    await assess(LEC!.manager, LEC!, answers({ INCLUSION: 0 })).expect(200);
    expect((await sign(LEC!.manager, LEC!, v2).expect(409)).body).toMatchObject({
      code: 'charter.topic_at_zero',
      topics: ['INCLUSION'],
    });
    await assess(LEC!.manager, LEC!, answers({ INCLUSION: 1 })).expect(200);
    expect((await sign(LEC!.manager, LEC!, v2).expect(200)).body.state).toBe('ACTIVE');

    clock.travelTo('2026-12-16T23:00:00Z');
    await app.get(Sweeps).runAll();
    expect(await stateOf(RJK, await newAdmin())).toBe('RENEWAL_DUE');
    clock.travelTo('2026-12-17T00:00:00Z');
    await app.get(Sweeps).runAll();
    const late = await newAdmin();
    expect(await stateOf(RJK, late)).toBe('CHARTER_LAPSED');
    const kept = await ownerSql<{ state: string }>(
      'SELECT state FROM bookings.bookings WHERE id = ANY ($1)',
      [booked.map(({ id }) => id)],
    );
    expect(kept).toEqual([{ state: 'RESERVED' }, { state: 'RESERVED' }, { state: 'RESERVED' }]);
    const refused = await putBooking(guest, { poolId: RJK.pools[0]!.id, day: '2026-12-28' });
    expect(refused.body).toMatchObject({ code: 'booking.not_hosting', reason: 'CHARTER_LAPSED' });
    const found = (await search(RJK_FACTS.lat, RJK_FACTS.lon, '2026-12-28')).body;
    expect(found.items.map(({ spaceId }: { spaceId: string }) => spaceId)).not.toContain(RJK.id);
    expect(found.notHosting).toContainEqual(
      expect.objectContaining({
        spaceId: RJK.id,
        hostingStop: { code: 'CHARTER_LAPSED', since: '2026-12-17T00:00:00Z' },
      }),
    );

    const manager = await managerOf(RJK);
    const appealId = newId();
    await manager
      .put(`/v1/charter-appeals/${appealId}`)
      .send({ memberId: RJK.memberId, text: 'Our board met late.' })
      .expect(200);
    const decision = { outcome: 'UPHELD', statement: 'The board met on the eighteenth, and we believe it.' };
    const { body: heard } = await late
      .put(`/v1/charter-appeals/${appealId}/decision`)
      .send(decision)
      .expect(200);
    expect(heard).toMatchObject({ state: 'RENEWAL_DUE', deadline: '2027-01-01' });
    expect((await sign(manager, RJK, v2).expect(200)).body.state).toBe('ACTIVE');
    await putBooking(guest, { poolId: RJK.pools[0]!.id, day: '2026-12-28' }).expect(200);

    // It closes for good: still three guests to come, and the one of the twenty-eighth.
    await act(manager, RJK, 'closings', { reasons: REASONS }).expect(200);
    expect((await act(late, RJK, 'final-settlements').expect(409)).body).toMatchObject({
      code: 'charter.not_settled',
      bookings: 4,
    });
    const plan = { paymentPlan: 'Three instalments, and its guests go to Kvarner House.' };
    expect((await act(late, RJK, 'final-settlements', plan).expect(200)).body.state).toBe('EXITED');
  });
});
