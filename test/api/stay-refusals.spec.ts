import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, startApp, type TestClock } from '../support/app.js';
import { deliverAll } from '../support/deliver.js';
import { makeSpace } from '../support/make-directory.js';
import { agentWith, makeOrganisation, makePerson } from '../support/make-identity.js';
import {
  attend,
  callBody,
  makeCall,
  makeStayScene,
  ORDER,
  passTo,
  stayBody,
  staySteps,
  type StayScene,
} from '../support/make-stays.js';

let app: NestFastifyApplication;
let clock: TestClock;
let scene: StayScene;
let callId: string;
let stay: ReturnType<typeof staySteps>;
beforeAll(async () => {
  app = await startApp();
  clock = app.get(Clock);
});
afterAll(() => app.close());
beforeEach(async () => {
  await emptyDatabase();
  clock.travelTo('2026-06-02T08:00:00Z');
  scene = await makeStayScene(app);
  callId = await makeCall(scene);
  stay = staySteps(scene, callId);
});

const code = async (request: ReturnType<typeof stay.put>) => (await request).body.code;
const another = (changes: object = {}) => {
  const other = staySteps(scene, callId);
  return other.apply(changes).then(() => other);
};

describe('a call', () => {
  it('is opened by who coordinates the network, once, and read by everybody', async () => {
    const id = newId();
    const send = (agent: typeof scene.coordinator, changes = {}) =>
      agent.put(`/v1/stay-calls/${id}`).send(callBody(scene, changes));
    expect(await code(send(scene.region.agent))).toBe('access.denied');
    await send(scene.coordinator).expect(200);
    await send(scene.coordinator).expect(200);
    expect(await code(send(scene.coordinator, { slots: 9 }))).toBe('request.id_reused');
    const stranger = agentWith(app, '');
    const { body } = await stranger.get('/v1/stay-calls').expect(200);
    expect(body.items).toContainEqual(expect.objectContaining({ id, isOpen: true, slotsTaken: 0 }));
    expect((await stranger.get(`/v1/stay-calls/${newId()}`)).body.code).toBe('stay_call.not_found');
    const { body: bases } = await stranger.get('/v1/legal-bases').expect(200);
    expect(bases.items).toContainEqual(
      expect.objectContaining({ basis: 'FR_IMMERSION_PRO', noticeMonths: 3, daysMax: 10, totalDays: 20 }),
    );
    const { body: organisations } = await scene.claire.agent.get('/v1/stay-organisations').expect(200);
    expect(organisations.items).toContainEqual(expect.objectContaining({ id: scene.region.id }));
  });

  it('takes no application after its days, nor what it does not offer', async () => {
    expect(await code(stay.apply({ legalBasis: 'PACE' }))).toBe('stay.basis_not_offered');
    expect(await code(stay.apply({ untilDay: '2027-07-01' }))).toBe('stay.outside_period');
    expect(await code(stay.apply({ languages: ['ar'] }))).toBe('stay.language_not_shared');
    clock.travelTo('2027-01-01T08:00:00Z');
    const claire = await makePerson(app);
    const late = claire.agent.put(`/v1/stays/${newId()}`).send(stayBody(scene, callId));
    expect(await code(late)).toBe('stay_call.not_open');
  });

  it('has so many places, and so much money', async () => {
    const small = await makeCall(scene, { slots: 1, budgetMinor: 0, firstInstalmentPct: 0 });
    stay = staySteps(scene, small);
    await stay.matching();
    await stay.match().expect(200);
    const second = staySteps(scene, small);
    await second.matching({ fromDay: '2026-10-05', untilDay: '2026-10-09' });
    expect(await code(second.match({ fromDay: '2026-10-05', untilDay: '2026-10-09' }))).toBe(
      'stay_call.full',
    );
    await stay.answer(scene.claire.agent).expect(200);
    await stay.answer(scene.barcelona.manager).expect(200);
    expect(await code(stay.draft())).toBe('stay_call.budget_spent');
  });
});

describe('an application', () => {
  it('is a draft that only its author sees and changes, until it is handed in', async () => {
    await stay.apply().expect(200);
    await stay.apply({ days: 4 }).expect(200);
    expect((await stay.view(scene.claire.agent)).days).toBe(4);
    expect(await code(scene.region.agent.get(`/v1/stays/${stay.id}`))).toBe('stay.not_found');
    await stay.submit().expect(200);
    await stay.submit().expect(200);
    expect(await code(stay.apply({ days: 3 }))).toBe('request.id_reused');
    expect((await stay.view(scene.region.agent)).state).toBe('EMPLOYER_REVIEW');
    const stranger = await makePerson(app);
    expect(await code(stranger.agent.get(`/v1/stays/${stay.id}`))).toBe('stay.not_found');
    const { body: own } = await scene.claire.agent.get('/v1/stays').expect(200);
    expect(own.items).toMatchObject([{ id: stay.id, mySides: ['PARTICIPANT'] }]);
    const { body: theirs } = await scene.region.agent
      .get(`/v1/stays?organisationId=${scene.region.id}`)
      .expect(200);
    expect(theirs.items).toMatchObject([{ id: stay.id, mySides: ['EMPLOYER', 'GRANT_BODY'] }]);
    const denied = scene.claire.agent.get(`/v1/stays?organisationId=${scene.region.id}`);
    expect(await code(denied)).toBe('access.denied');
  });

  it('asks three months before, for two to ten days, for twenty in three years', async () => {
    const refused = async (changes: object) => code((await another(changes)).submit());
    expect(await refused({ fromDay: '2026-08-31', untilDay: '2026-09-04' })).toBe('stay.notice_too_short');
    const eleven = { fromDay: '2026-09-14', untilDay: '2026-09-28', days: 11 };
    expect(await refused(eleven)).toBe('stay.days_not_allowed');
    expect(await refused({ earlierDays: 16 })).toBe('stay.days_spent');
    expect(await refused({ employerId: scene.agency.id })).toBe('stay.basis_not_offered');
    const agreed = { fromDay: '2026-08-31', untilDay: '2026-09-04', isEarlyAgreed: true };
    await (await another(agreed)).submit().expect(200);
  });

  it('counts the days of earlier stays: after 16 in 36 months, five more are refused', async () => {
    const [first, second] = [
      { fromDay: '2026-09-07', untilDay: '2026-09-18', days: 10 },
      { fromDay: '2026-10-05', untilDay: '2026-10-12', days: 6 },
    ];
    await (await another(first)).submit().expect(200);
    await (await another(second)).submit().expect(200);
    const third = await another({ fromDay: '2026-11-02', untilDay: '2026-11-06' });
    const { body } = await third.submit().expect(422);
    expect(body).toMatchObject({ code: 'stay.days_spent', found: 21 });
  });

  it('never overlaps another one of the same person, whatever arrives at once', async () => {
    const [one, two] = [
      await another(),
      await another({ fromDay: '2026-09-18', untilDay: '2026-09-22', days: 3 }),
    ];
    const answers = await Promise.all([one.submit(), two.submit()]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('stay.overlap');
  });

  it('is decided by the employer, with reasons for a no, and never by the applicant', async () => {
    await stay.submitted();
    expect(await code(stay.decide('REFUSED'))).toBe('stay.reasons_missing');
    expect(await code(stay.decide('AGREED', '', scene.coordinator))).toBe('stay.wrong_side');
    await stay.decide('DEFERRED', 'The budget is voted in October.').expect(200);
    await stay.submit().expect(200); // again, as it was
    expect(await code(stay.match())).toBe('stay.wrong_state');
    await stay.decide('REFUSED', 'No deputy in September.').expect(200);
    expect((await stay.view(scene.claire.agent)).moves.at(-1)).toMatchObject({
      toState: 'REFUSED',
      reason: 'No deputy in September.',
    });

    const grants = [{ organisationId: scene.region.id, role: 'public_sponsor' as const }];
    const chief = await makePerson(app, { name: 'A chief', grants });
    const own = newId();
    await chief.agent.put(`/v1/stays/${own}`).send(stayBody(scene, callId)).expect(200);
    await chief.agent.put(`/v1/stays/${own}/submission`).send({}).expect(200);
    const decision = chief.agent.put(`/v1/stays/${own}/decision`).send({ decision: 'AGREED' });
    expect(await code(decision)).toBe('stay.own_decision');
  });

  it('that nobody answers within a month is shown as overdue', async () => {
    await stay.submitted();
    clock.travelTo('2026-07-02T08:00:00Z');
    expect(await stay.view()).toMatchObject({ isOverdue: false });
    clock.travelTo('2026-07-02T08:00:01Z');
    expect(await stay.view()).toMatchObject({ isOverdue: true });
  });
});

describe('a match', () => {
  it('is a desk of another chapter, on days that were offered, with a public body where one must answer', async () => {
    await stay.matching();
    expect(await code(stay.match({ fromDay: '2026-09-15' }))).toBe('stay.dates_not_offered');
    expect(await code(stay.match({ legalHostId: scene.barcelona.operatorId }))).toBe(
      'stay.legal_host_not_public',
    );
    expect(await code(stay.match({}, scene.region.agent))).toBe('stay.wrong_side');

    const [space] = [scene.barcelona];
    const { id: employerId } = await makeOrganisation(app, {
      kind: 'institution',
      parentId: space.networkId,
      name: 'Generalitat',
      country: 'FR',
    });
    const near = await another({ employerId, fromDay: '2026-10-05', untilDay: '2026-10-09' });
    const grants = [{ organisationId: employerId, role: 'public_sponsor' as const }];
    const { agent } = await makePerson(app, { grants });
    await near.submit().expect(200);
    await near.decide('AGREED', '', agent).expect(200);
    const october = { fromDay: '2026-10-05', untilDay: '2026-10-09' };
    expect(await code(near.match(october))).toBe('stay.same_chapter');

    const [pool] = space.pools;
    const room = { spaceId: space.id, resourceKind: 'hot_desk', name: 'Hot desks', capacity: 0 };
    await space.manager.put(`/v1/pools/${pool!.id}`).send(room).expect(200);
    expect(await code(stay.match())).toBe('stay.place_without_desk');
  });

  it('lies where the grant has a rate', async () => {
    const valletta = { networkId: scene.networkId, country: 'MT', lat: 35.8989, lon: 14.5146 };
    const { id: stayPlaceId } = await makeSpace(app, valletta);
    await stay.matching();
    expect(await code(stay.match({ stayPlaceId }))).toBe('stay.rate_unknown');
  });

  it('waits fourteen days for both, and goes back to the others with a no or with time', async () => {
    await stay.matching();
    await stay.match().expect(200);
    expect(await stay.view()).toMatchObject({ state: 'MATCHED', dueAt: '2026-06-16T08:00:00.000Z' });
    expect(await code(stay.answer(scene.claire.agent, { answer: 'DECLINED' }))).toBe('stay.reasons_missing');
    const no = { answer: 'DECLINED', reasons: 'Too far from the children.' };
    await stay.answer(scene.claire.agent, no).expect(200);
    expect(await stay.view()).toMatchObject({ state: 'MATCHING', stayPlace: null });
    await stay.match().expect(200);
    await stay.answer(scene.barcelona.manager).expect(200);
    expect(await stay.view()).toMatchObject({ nextBy: ['PARTICIPANT'], hostAccepted: true });
    clock.travelTo('2026-06-16T08:00:01Z');
    expect(await code(stay.answer(scene.claire.agent))).toBe('stay.match_expired');
    await app.get(Sweeps).runAll();
    expect(await stay.view()).toMatchObject({ state: 'MATCHING', hostAccepted: false });
  });
});

describe('an agreement', () => {
  it('is signed on one hash, in any order, once for each side; another text wants new signatures', async () => {
    await stay.drafted();
    const { agreement } = await stay.view();
    expect(await code(stay.sign(scene.region.agent, 'PARTICIPANT', agreement.hash))).toBe('stay.wrong_side');
    await stay.sign(scene.region.agent, 'EMPLOYER', agreement.hash).expect(200);
    await stay.sign(scene.region.agent, 'EMPLOYER', agreement.hash).expect(200);
    expect((await stay.view()).nextBy).toEqual(['PARTICIPANT', 'LEGAL_HOST']);
    const noFourth = stay.sign(scene.region.agent, 'GRANT_BODY', agreement.hash);
    expect(await code(noFourth)).toBe('stay.wrong_side');
    await stay.draft({ expenses: 'Paid on receipts.' }).expect(200);
    expect(await code(stay.sign(scene.claire.agent, 'PARTICIPANT', agreement.hash))).toBe(
      'stay.hash_changed',
    );
    expect(await stay.view()).toMatchObject({
      agreement: { number: 2 },
      nextBy: ['PARTICIPANT', 'EMPLOYER', 'LEGAL_HOST'],
    });
  });

  it('has a fourth signature when whoever grants is none of the three', async () => {
    const other = await makeCall(scene, { grantBodyId: scene.networkId });
    stay = staySteps(scene, other);
    await stay.drafted();
    const { agreement } = await stay.view();
    for (const [agent, side] of [
      [scene.treasurer, 'GRANT_BODY'],
      [scene.region.agent, 'EMPLOYER'],
      [scene.agency.agent, 'LEGAL_HOST'],
    ] as const)
      expect((await stay.sign(agent, side, agreement.hash).expect(200)).body.state).toBe('SIGNING');
    const { body } = await stay.sign(scene.claire.agent, 'PARTICIPANT', agreement.hash).expect(200);
    expect(body.state).toBe('SIGNED');
  });

  it('is followed by a checklist: each document covers the days, or is waived with a reason', async () => {
    await stay.signed();
    expect(await code(stay.put(scene.coordinator, 'readiness'))).toBe('stay.checklist_open');
    expect(await code(stay.settle('MISSION_ORDER', { ...ORDER, validUntil: '2026-09-17' }))).toBe(
      'stay.document_too_short',
    );
    expect(await code(stay.settle('VISA_LETTER'))).toBe('stay.document_unknown');
    expect(await code(stay.settle('A1', { waiver: '' }))).toBe('request.invalid');
    await stay.settle('MISSION_ORDER').expect(200);
    await stay.settle('A1', { waiver: 'Asked for on 1 June.' }).expect(200);
    await stay.put(scene.coordinator, 'readiness').expect(200);
  });
});

describe('the end', () => {
  it('pays only what was ordered, and only by who grants', async () => {
    await stay.ready();
    const { grant } = await stay.view();
    const pay = (agent = scene.region.agent, partId = grant.instalments[0].id) =>
      agent.put(`/v1/stay-instalments/${partId}/payment`).send({ paidOn: '2026-09-01' });
    expect(await code(pay())).toBe('stay.instalment_not_ordered');
    await deliverAll(app);
    expect(await code(pay(scene.claire.agent))).toBe('stay.wrong_side');
    expect(await code(pay(scene.region.agent, newId()))).toBe('stay.instalment_not_found');
    await pay().expect(200);
    await pay().expect(200);
    await stay.put(scene.coordinator, 'cancellation', { reasons: 'The space is flooded.' }).expect(200);
    expect((await stay.view()).grant).toMatchObject({
      final: { minor: 0 },
      instalments: [{ kind: 'FIRST' }, { kind: 'RECOVERY', amount: { minor: 78_480 } }],
    });
    const { body: call } = await scene.claire.agent.get(`/v1/stay-calls/${callId}`).expect(200);
    expect(call).toMatchObject({ committed: { minor: 0 }, slotsTaken: 0 });
  });

  it('waits for both statements and for sealed visits; statements are due in thirty days and never changed', async () => {
    await stay.ready();
    const { barcelona, networkId, claire } = scene;
    await attend(app, claire, { door: barcelona, networkId, days: ['2026-09-17', '2026-09-18'] });
    const certificate = claire.agent.get(`/v1/stays/${stay.id}/certificate.pdf`);
    expect(await code(certificate)).toBe('stay.wrong_state');
    clock.travelTo('2026-09-19T00:30:00Z');
    await app.get(Sweeps).runAll();
    await stay.told();
    expect(await code(stay.put(scene.coordinator, 'reports-acceptance'))).toBe('stay.presence_open');
    const other = { learnt: 'Something else.', side: 'PARTICIPANT' };
    expect(await code(stay.put(claire.agent, 'statement', other))).toBe('stay.statement_filed');
    await passTo(app, '2026-10-19T08:00:00Z');
    expect(await stay.view()).toMatchObject({ state: 'OVERDUE', isOverdue: true });
    await stay.put(scene.coordinator, 'reports-acceptance').expect(200);
  });
});
