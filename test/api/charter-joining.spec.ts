import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { ownerSql, startApp, type TestClock } from '../support/app.js';
import { codeOf } from '../support/make-bookings.js';
import { makeNetwork, makeSpace } from '../support/make-directory.js';
import { makeOrganisation, makePerson } from '../support/make-identity.js';
import {
  act,
  answers,
  APPLICATION,
  asPublic,
  assess,
  confirmLater,
  FIRST,
  makeAssessed,
  makeCandidate,
  makeCharterWorld,
  publish,
  REASONS,
  review,
  RJK_FACTS,
  SECOND,
  sign,
  stateOf,
  type CharterWorld,
} from '../support/make-charter.js';

let app: NestFastifyApplication;
let clock: TestClock;
let world: CharterWorld;

beforeAll(async () => {
  app = await startApp();
  clock = app.get(Clock);
  world = await makeCharterWorld(app);
});
afterAll(() => app.close());
beforeEach(() => clock.travelTo('2026-12-01T08:00:00Z'));

describe('a charter', () => {
  it('is drafted, commented on and rewritten by its network, and then published once for all', async () => {
    const { networkId, admin, v1, MRS } = world;
    const id = newId();
    const draft = { networkId: networkId, ...SECOND };
    await admin.put(`/v1/charter-versions/${id}`).send(draft).expect(200);
    expect(await codeOf(asPublic(app).get(`/v1/charter-versions/${id}`))).toBe('charter.not_found');
    const comment = { versionId: id, text: 'One place a year is a lot for a small space.' };
    const { body } = await MRS.manager.put(`/v1/charter-comments/${newId()}`).send(comment).expect(200);
    expect(body).toMatchObject({ author: 'Atelier du Vieux-Port SARL' });
    const { body: comments } = await admin.get(`/v1/charter-comments?versionId=${id}`).expect(200);
    expect(comments.items).toHaveLength(1);
    const stranger = (await makeNetwork(app)).admin;
    const published = { versionId: v1.id, text: 'Not ours to say.' };
    expect(await codeOf(stranger.put(`/v1/charter-comments/${newId()}`).send(published))).toBe(
      'charter.not_found',
    );
    expect(await codeOf(stranger.get(`/v1/charter-comments?versionId=${v1.id}`))).toBe('charter.not_found');
    await admin
      .put(`/v1/charter-versions/${id}`)
      .send({ networkId: networkId, ...FIRST })
      .expect(200);
    await MRS.manager.put(`/v1/charter-versions/${id}`).send(draft).expect(403);
    expect(
      await codeOf(admin.put(`/v1/charter-versions/${v1.id}`).send({ networkId: networkId, ...SECOND })),
    ).toBe('charter.published');
    const tooSoon = admin.put(`/v1/charter-versions/${id}/publication`).send({ renewBy: '2026-12-15' });
    expect(await codeOf(tooSoon)).toBe('charter.notice_too_short');
    await expect(ownerSql('UPDATE charter.versions SET hash = hash WHERE id = $1', [v1.id])).rejects.toThrow(
      'stays as it is',
    );
  });

  it('is read by everybody in five languages, with its signatories and the days they signed', async () => {
    const { networkId, v1 } = world;
    const { body } = await asPublic(app).get(`/v1/charter-versions?networkId=${networkId}`).expect(200);
    expect(body.items).toMatchObject([{ number: 1, hash: v1.hash, renewBy: '2026-12-16' }]);
    expect(Object.keys(body.items[0].texts).toSorted()).toEqual(['ar', 'en', 'es', 'fr', 'it']);
    const { body: signatories } = await asPublic(app)
      .get(`/v1/charter-signatories?networkId=${networkId}`)
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
    const { body } = await asPublic(app).get('/v1/charter-proposal').expect(200);
    expect(body.commitments).toHaveLength(7);
    expect(JSON.stringify(body).toLowerCase()).not.toContain('coworkmed');
  });
});

describe('a space that joins', () => {
  it('says what it is first, and goes on from there step by step', async () => {
    const { networkId, admin, v1 } = world;
    const space = await makeCandidate(app, networkId, RJK_FACTS);
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
    expect(await stateOf(admin, space)).toBe('APPLIED');
    expect(await codeOf(sign(space.manager, space, v1))).toBe('charter.topic_at_zero');
    await assess(space.manager, space).expect(200);
    expect(await codeOf(sign(space.manager, space, v1))).toBe('charter.wrong_state');
  });

  it('is reviewed by two member spaces, one of them from another country, without an interest of their own', async () => {
    const { networkId, admin, v1, MRS, LEC, FLR } = world;
    const prato = await makeAssessed(app, networkId, { name: 'Prato Tessile', country: 'IT' });
    const outsider = await makeSpace(app, { networkId: networkId });
    expect(await codeOf(act(admin, prato, 'foundings'))).toBe('charter.founders_over');
    const { body: candidates } = await LEC.manager
      .get(`/v1/charter-members?reviewableBy=${LEC.id}`)
      .expect(200);
    expect(candidates.items.map(({ id }: { id: string }) => id)).toContain(prato.memberId);
    await outsider.manager.get(`/v1/charter-members/${prato.memberId}`).expect(404);
    const { agent: both } = await makePerson(app, {
      grants: [prato, LEC].map(({ operatorId }) => ({
        organisationId: operatorId,
        role: 'space_manager' as const,
      })),
    });
    expect(await codeOf(review(both, prato, LEC))).toBe('charter.peer_conflict');
    expect(await codeOf(review(LEC.manager, prato, { ...LEC, id: outsider.id }))).toBe(
      'charter.peer_not_member',
    );
    await review(LEC.manager, prato, LEC).expect(200);
    expect(await codeOf(review(LEC.manager, prato, LEC))).toBe('charter.peer_reviewed');
    const { body: rest } = await LEC.manager.get(`/v1/charter-members?reviewableBy=${LEC.id}`).expect(200);
    expect(rest.items.map(({ id }: { id: string }) => id)).not.toContain(prato.memberId);
    expect(await codeOf(review(FLR.manager, prato, FLR))).toBe('charter.peer_must_be_foreign');
    expect((await review(MRS.manager, prato, MRS).expect(200)).body.state).toBe('REVIEWED');
    expect((await sign(prato.manager, prato, v1).expect(200)).body.state).toBe('PROVISIONAL');
    expect(await codeOf(act(admin, prato, 'confirmations'))).toBe('charter.too_early_to_confirm');
    await act(prato.manager, prato, 'confirmations').expect(403);
    await confirmLater(admin, prato);
    expect(await stateOf(admin, prato)).toBe('ACTIVE');
  });

  it('is sent back with reasons by a peer who has doubts, and may assess itself again', async () => {
    const { networkId, MRS } = world;
    const space = await makeAssessed(app, networkId, { name: 'Split Waterfront', country: 'HR' });
    expect((await review(MRS.manager, space, MRS, 'RETURNED').expect(200)).body).toMatchObject({
      state: 'RETURNED',
      steps: [{ command: 'RETURN', reasons: REASONS }, {}, {}],
    });
    expect((await assess(space.manager, space).expect(200)).body).toMatchObject({
      state: 'ASSESSED',
      reviews: [],
    });
  });

  it('signs the version in force, as it was read, once', async () => {
    const { networkId, admin, v1, LEC, FLR } = world;
    const lyon = await makeAssessed(app, networkId, { name: 'Presqu’île' });
    await review(LEC.manager, lyon, LEC).expect(200);
    await review(FLR.manager, lyon, FLR).expect(200);
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
    const { admin, v1 } = world;
    const bare = await makeNetwork(app, { country: 'TN' });
    const space = await makeAssessed(app, bare.id, { name: 'Dar el Bhira', country: 'TN' });
    expect(await codeOf(act(bare.admin, space, 'foundings'))).toBe('charter.no_charter');
    const foreign = await publish(bare.admin, bare.id, { renewBy: '2026-12-16' });
    const diff = `/v1/charter-versions/${v1.id}/diff?against=${foreign.id}&language=ar`;
    expect(await codeOf(asPublic(app).get(diff))).toBe('charter.language_differs');
    expect((await act(bare.admin, space, 'foundings').expect(200)).body.state).toBe('REVIEWED');
    expect(await codeOf(admin.get(`/v1/charter-members/${space.memberId}`))).toBe('charter.member_not_found');
  });
});

describe('an institution', () => {
  it('joins by its word and its signature, without peers', async () => {
    const { networkId, admin, v1, MRS } = world;
    const { id: organisationId } = await makeOrganisation(app, { kind: 'institution', name: 'Région Sud' });
    const { agent } = await makePerson(app, { grants: [{ organisationId, role: 'public_sponsor' }] });
    const join = (body: object, id = newId()) =>
      agent.put(`/v1/charter-members/${id}`).send({ kind: 'INSTITUTION', ...body });
    const operator = { organisationId: MRS.operatorId, networkId: networkId };
    expect(
      await codeOf(admin.put(`/v1/charter-members/${newId()}`).send({ kind: 'INSTITUTION', ...operator })),
    ).toBe('charter.institution_unfit');
    const region = { memberId: newId() };
    await join({ organisationId, networkId: networkId }, region.memberId).expect(200);
    await agent.put(`/v1/charter-members/${region.memberId}/application`).send(APPLICATION).expect(200);
    expect((await assess(agent, region).expect(200)).body.state).toBe('REVIEWED');
    expect((await sign(agent, region, v1, { method: 'QUALIFIED' }).expect(200)).body.state).toBe(
      'PROVISIONAL',
    );
    expect((await act(admin, region, 'confirmations').expect(200)).body.state).toBe('ACTIVE');
    const { body } = await asPublic(app).get(`/v1/charter-signatories?networkId=${networkId}`).expect(200);
    expect(body.items).toContainEqual(
      expect.objectContaining({ name: 'Région Sud', kind: 'INSTITUTION', spaceId: null }),
    );
  });
});

describe('what a member promises', () => {
  it('is checked against what it publishes, promise by promise', async () => {
    const { networkId, MRS } = world;
    const checks = async () =>
      (await MRS.manager.get(`/v1/charter-members/${MRS.memberId}/commitments`).expect(200)).body.items;
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
      [MRS.id, networkId, JSON.stringify((await asPublic(app).get(`/v1/spaces/${MRS.id}`)).body.profile)],
    );
    expect((await checks()).slice(0, 2)).toMatchObject([{ state: 'KEPT' }, { state: 'KEPT' }]);
  });
});
