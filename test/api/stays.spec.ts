import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { deliverAll } from '../support/deliver.js';
import {
  attend,
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

const week = ['2026-09-14', '2026-09-15', '2026-09-16', '2026-09-17', '2026-09-18'];
const attended = (days: readonly string[]) =>
  attend(app, scene.claire, { door: scene.barcelona, networkId: scene.networkId, days });
const pay = (instalmentId: string) =>
  scene.region.agent.put(`/v1/stay-instalments/${instalmentId}/payment`).send({ paidOn: '2026-09-01' });
async function paidFirst() {
  await deliverAll(app); // the queue orders the payment
  const { grant } = await stay.view();
  await pay(grant.instalments[0].id).expect(200);
}

/** What somebody was told of the stay, oldest first. */
async function toldTo(name: string): Promise<string[]> {
  await deliverAll(app);
  const rows = await ownerSql<{ subject: string }>(
    `SELECT subject FROM platform.mails mail JOIN identity.people person ON person.id = mail.person_id
     WHERE person.name = $1 ORDER BY mail.created_at, mail.id`,
    [name],
  );
  return rows.map(({ subject }) => subject.replace('A week in another place: ', ''));
}

const code = async (request: ReturnType<typeof stay.put>) => (await request).body.code;

describe('an institution sends somebody to a space', () => {
  it('from call to certificate: 7 × 110 + 211 = 981.00, 784.80 before and 196.20 after five attested days', async () => {
    const answered = await stay.submitted().then(() => stay.view(scene.region.agent));
    expect(answered).toMatchObject({
      state: 'EMPLOYER_REVIEW',
      dueAt: '2026-07-02T08:00:00.000Z',
      nextBy: ['EMPLOYER'],
    });
    await stay.decide('AGREED').expect(200);
    await stay.match().expect(200);
    await stay.answer(scene.barcelona.manager).expect(200);
    await stay.answer(scene.claire.agent).expect(200);
    await stay.draft().expect(200);
    const { agreement, grant } = await stay.view();
    expect(grant).toMatchObject({ kilometres: 336, planned: { unit: 'EUR', minor: 98_100 } });
    expect(agreement.signatures.map(({ side }: { side: string }) => side)).toEqual([
      'PARTICIPANT',
      'EMPLOYER',
      'LEGAL_HOST',
    ]);
    await stay.sign(scene.agency.agent, 'LEGAL_HOST', agreement.hash).expect(200);
    await stay.sign(scene.claire.agent, 'PARTICIPANT', agreement.hash).expect(200);
    const { body: all } = await stay.sign(scene.region.agent, 'EMPLOYER', agreement.hash).expect(200);
    expect(all).toMatchObject({ state: 'SIGNED', legalHost: { name: 'Agència Barcelona Activa' } });
    expect(all.documents.map(({ kind }: { kind: string }) => kind)).toEqual(['A1', 'MISSION_ORDER']);
    expect(all.stayPlace.name).toBe('Taller Poblenou'); // a private space is the place, the agency answers for it
    const pdf = await scene.claire.agent.get(`/v1/stays/${stay.id}/agreement.pdf`).expect(200);
    expect(pdf.headers['content-type']).toBe('application/pdf');
    await stay.settle('MISSION_ORDER').expect(200);
    await stay.settle('A1', { waiver: 'Asked for on 1 June, on its way.' }).expect(200);
    const { body: before } = await stay.put(scene.coordinator, 'readiness').expect(200);
    expect(before).toMatchObject({
      state: 'READY',
      grant: { instalments: [{ kind: 'FIRST', amount: { minor: 78_480 } }] },
    });
    await paidFirst();
    // Each is told what somebody else did, and nobody what they did themselves.
    expect(await toldTo('For Région Sud')).toEqual([
      'an application awaits your answer',
      'the agreement is ready to be signed',
    ]);
    expect(await toldTo('Claire Vidal')).toEqual([
      'agreed to; a host is being looked for',
      'a host is proposed',
      'the agreement is ready to be signed',
      'everybody has signed the agreement',
      'all papers are there; the stay can begin',
    ]);

    await attended(week);
    expect(await stay.view()).toMatchObject({ state: 'IN_PROGRESS' });
    await passTo(app, '2026-09-21T08:00:00Z');
    expect(await stay.view()).toMatchObject({
      state: 'AWAITING_REPORTS',
      attestedDays: week,
      dueAt: '2026-10-18T23:59:59Z',
    });
    await stay.told();
    const { body: after } = await stay.put(scene.coordinator, 'reports-acceptance').expect(200);
    expect(after).toMatchObject({ state: 'REPORTS_ACCEPTED', grant: { final: { minor: 98_100 } } });
    await stay.put(scene.region.agent, 'balance').expect(200);
    await deliverAll(app);
    const { grant: due } = await stay.view();
    expect(due.instalments[1]).toMatchObject({ kind: 'BALANCE', amount: { minor: 19_620 }, isOrdered: true });
    const { body: closed } = await pay(due.instalments[1].id).expect(200);
    expect(closed).toMatchObject({ state: 'CLOSED', nextAct: null });
    const certificate = await scene.claire.agent.get(`/v1/stays/${stay.id}/certificate.pdf`).expect(200);
    expect(certificate.headers['content-type']).toBe('application/pdf');
    expect(await toldTo('Claire Vidal')).toEqual([
      'the stay is over; both sides now write what they have learned',
      'the stay is closed',
    ]);
  });

  it('with four of five days, 6 × 110 + 211 = 871.00 leaves 86.20; what is not spent is free again', async () => {
    await stay.ready();
    await paidFirst();
    await attended(week.slice(0, 4));
    await passTo(app, '2026-09-21T08:00:00Z');
    await stay.told();
    await stay.put(scene.coordinator, 'reports-acceptance').expect(200);
    const { body } = await stay.put(scene.region.agent, 'balance').expect(200);
    expect(body.grant).toMatchObject({
      final: { minor: 87_100 },
      instalments: [{}, { amount: { minor: 8_620 } }],
    });
    const call = await scene.claire.agent.get(`/v1/stay-calls/${callId}`).expect(200);
    expect(call.body).toMatchObject({ committed: { minor: 87_100 }, slotsTaken: 1 });
  });

  it('and what was paid beyond the days of an interrupted stay is recovered', async () => {
    await stay.ready();
    await paidFirst();
    await attended(week.slice(0, 1));
    const stop = { reasons: 'A storm closed the port.', isForceMajeure: true };
    await stay.put(scene.coordinator, 'interruption', stop).expect(200);
    await passTo(app, '2026-09-16T08:00:00Z');
    await stay.told();
    await stay.put(scene.coordinator, 'reports-acceptance').expect(200);
    // 1 day and 2 of travel: 3 × 110 + 211 = 541.00, after 784.80.
    const { body } = await stay.put(scene.region.agent, 'balance').expect(200);
    expect(body).toMatchObject({
      state: 'BALANCE_DUE',
      isInterrupted: true,
      grant: { final: { minor: 54_100 } },
    });
    expect(body.grant.instalments[1]).toMatchObject({ kind: 'RECOVERY', amount: { minor: 24_380 } });
  });
});

describe('a space sends somebody into an institution', () => {
  it('by the same steps: 350 + 2 × 165 = 680.00, a self-employed A1, and a story told with consent', async () => {
    const call = await makeCall(scene, {
      direction: 'SPACE_TO_INSTITUTION',
      legalBases: ['OTHER'],
      grantScheme: 'PEER_TO_PEER',
      languages: ['en'],
    });
    const own = {
      legalBasis: 'OTHER',
      employerId: scene.athens.operatorId,
      status: 'SELF_EMPLOYED',
      languages: ['en'],
      fromDay: '2026-09-14',
      untilDay: '2026-09-15',
      days: 2,
      originSpaceId: scene.athens.id,
      travelDays: 0,
    };
    stay = staySteps(scene, call);
    const { nikos, athens, marseille, region, coordinator } = scene;
    await stay.put(nikos.agent, '', stayBody(scene, call, own)).expect(200);
    await stay.put(nikos.agent, 'submission').expect(200);
    await stay.decide('AGREED', '', athens.manager).expect(200);
    const place = { stayPlaceId: marseille.id, untilDay: '2026-09-15' };
    expect(await code(stay.match({ ...place, legalHostId: marseille.operatorId }))).toBe(
      'stay.legal_host_not_public',
    );
    await stay.match({ ...place, legalHostId: region.id }).expect(200);
    await stay.answer(nikos.agent).expect(200);
    await stay.answer(region.agent).expect(200);
    await stay.draft().expect(200);
    const { agreement, grant } = await stay.view();
    expect(grant).toMatchObject({ planned: { minor: 68_000 }, hostEvent: { minor: 50_000 } });
    await stay.sign(athens.manager, 'EMPLOYER', agreement.hash).expect(200);
    await stay.sign(region.agent, 'LEGAL_HOST', agreement.hash).expect(200);
    const { body: all } = await stay.sign(nikos.agent, 'PARTICIPANT', agreement.hash).expect(200);
    expect(all.documents).toMatchObject([{ kind: 'A1', ground: 'Reg. (EC) 883/2004 art. 12(2)' }]);
    await stay.settle('A1', { ...ORDER, issuer: 'EFKA' }).expect(200);
    await stay.put(coordinator, 'readiness').expect(200);
    const days = ['2026-09-14', '2026-09-15'];
    await attend(app, nikos, { door: marseille, networkId: scene.networkId, days });
    await passTo(app, '2026-09-17T08:00:00Z');
    const note = { learnt: 'Rules are written by people too.', changes: '' };
    await stay.put(nikos.agent, 'statement', { ...note, side: 'PARTICIPANT' }).expect(200);
    expect(await code(stay.put(coordinator, 'reports-acceptance'))).toBe('stay.statements_missing');
    await stay.put(region.agent, 'statement', { ...note, side: 'HOST' }).expect(200);
    await stay.put(coordinator, 'reports-acceptance').expect(200);
    const { body: due } = await stay.put(region.agent, 'balance').expect(200);
    // The first part was never paid: the balance is all of it.
    expect(due.grant.instalments).toMatchObject([{ kind: 'BALANCE', amount: { minor: 68_000 } }]);

    const story = {
      language: 'en',
      title: 'Two days inside',
      text: 'I saw a budget being born.',
      signedAs: 'Nikos',
    };
    expect(await code(stay.put(nikos.agent, 'story', { ...story, hasConsented: false }))).toBe(
      'stay.consent_missing',
    );
    expect(await code(stay.put(coordinator, 'story/publication'))).toBe('stay.story_not_found');
    await stay.put(nikos.agent, 'story', { ...story, hasConsented: true }).expect(200);
    await stay.put(coordinator, 'story/publication').expect(200);
    const stories = async () => (await scene.claire.agent.get('/v1/stay-stories').expect(200)).body.items;
    expect(await stories()).toMatchObject([{ title: 'Two days inside', signedAs: 'Nikos', attestedDays: 2 }]);
    expect(await code(coordinator.delete(`/v1/stays/${stay.id}/story`))).toBe('stay.wrong_side');
    await nikos.agent.delete(`/v1/stays/${stay.id}/story`).expect(200);
    expect(await stories()).toEqual([]);
  });
});
