import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { ownerSql, startApp, type TestClock } from '../support/app.js';
import { deliverAll } from '../support/deliver.js';
import { codeOf, makeBooking, putBooking } from '../support/make-bookings.js';
import { lastMail, type Agent } from '../support/make-identity.js';
import {
  act,
  addRate,
  answers,
  asPublic,
  assess,
  makeActive,
  makeCharterWorld,
  newAdmin,
  newManager,
  publish,
  REASONS,
  RJK_FACTS,
  SECOND,
  sign,
  stateOf,
  type CharterWorld,
  type Member,
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

const search = (lat: number, lon: number, day: string) =>
  asPublic(app)
    .post('/v1/search')
    .send({ near: { lat, lon }, days: [day] })
    .expect(200);

describe('a member that breaks its promises', () => {
  let space: Member;
  beforeAll(async () => {
    space = await makeActive(app, world, { name: 'Zagreb Loft', country: 'HR', lat: 45.81, lon: 15.98 });
  });
  const suspension = { ground: 'CHARTER_BREACH', reasons: REASONS };

  it('is suspended with reasons, appeals, and comes back by the word of somebody else', async () => {
    const { networkId, admin, guest } = world;
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
    const other = await newAdmin(app, networkId);
    expect(await codeOf(decide(other, 'UPHELD', newId()))).toBe('charter.appeal_not_found');
    expect((await decide(other).expect(200)).body).toMatchObject({
      state: 'ACTIVE',
      appeals: [{ outcome: 'UPHELD' }],
    });
    expect(await codeOf(decide(other, 'REJECTED'))).toBe('charter.appeal_decided');
    expect((await asPublic(app).get(`/v1/spaces/${space.id}`)).body.hostingStop).toBeNull();
  });

  it('comes back by itself when its suspension had a last day', async () => {
    const { admin } = world;
    await act(admin, space, 'suspensions', { ...suspension, untilDay: '2026-12-05' }).expect(200);
    clock.travelTo('2026-12-05T20:00:00Z');
    await app.get(Sweeps).runAll();
    expect(await stateOf(admin, space)).toBe('SUSPENDED');
    clock.travelTo('2026-12-06T00:00:00Z');
    await app.get(Sweeps).runAll();
    expect(await stateOf(admin, space)).toBe('ACTIVE');
  });

  it('leaves after its notice, and only when nothing is owed and nobody is still to come', async () => {
    const { networkId, admin } = world;
    const leaving = { day: '2026-12-31', reasons: REASONS };
    const early = { ...leaving, day: '2026-12-30' };
    expect(await codeOf(act(admin, space, 'terminations', early))).toBe('charter.notice_too_short');
    expect(await codeOf(act(space.manager, space, 'withdrawals', early))).toBe('charter.notice_too_short');
    await act(space.manager, space, 'withdrawals', leaving).expect(200);
    expect(await codeOf(act(admin, space, 'final-settlements'))).toBe('charter.notice_running');
    clock.travelTo('2026-12-31T09:00:00Z');
    const late = await newAdmin(app, networkId);
    expect((await act(late, space, 'final-settlements').expect(200)).body.state).toBe('EXITED');
    const { body } = await asPublic(app).get(`/v1/spaces/${space.id}`).expect(200);
    expect(body.hostingStop).toMatchObject({ code: 'LEFT' });
    const { body: page } = await asPublic(app).get(`/v1/charter-signatories?spaceId=${space.id}`).expect(200);
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
    const { networkId, admin, v1, MRS, LEC, FLR, guest } = world;
    const RJK = await makeActive(app, world, RJK_FACTS);
    await addRate(world, RJK);
    const days = ['2026-12-21', '2026-12-22', '2026-12-23'];
    const booked = [];
    for (const day of days) booked.push(await makeBooking(guest, { poolId: RJK.pools[0]!.id, day }));

    const v2 = await publish(admin, networkId, { renewBy: '2026-12-16', charter: SECOND });
    expect(v2.number).toBe(2);
    await deliverAll(app);
    for (const language of ['en', 'fr', 'es', 'it', 'ar']) {
      const diff = `/v1/charter-versions/${v2.id}/diff?against=${v1.id}&language=${language}`;
      const { body } = await asPublic(app).get(diff).expect(200);
      const changed = body.blocks.filter(({ change }: { change: string }) => change !== 'SAME');
      expect(changed).toMatchObject([{ block: 'PUBLIC_INTEREST_BRIDGE', change: 'ADDED' }]);
    }
    expect(await stateOf(admin, MRS)).toBe('RENEWAL_DUE');
    expect(await codeOf(sign(MRS.manager, MRS, v1))).toBe('charter.not_current');
    await sign(MRS.manager, MRS, v2).expect(200);
    await sign(FLR.manager, FLR, v2).expect(200);
    // Lecce stands at zero on inclusion: not renewable until it stands at one.
    await assess(LEC.manager, LEC, answers({ INCLUSION: 0 })).expect(200);
    expect((await sign(LEC.manager, LEC, v2).expect(409)).body).toMatchObject({
      code: 'charter.topic_at_zero',
      topics: ['INCLUSION'],
    });
    await assess(LEC.manager, LEC, answers({ INCLUSION: 1 })).expect(200);
    expect((await sign(LEC.manager, LEC, v2).expect(200)).body.state).toBe('ACTIVE');

    clock.travelTo('2026-12-16T23:00:00Z');
    await app.get(Sweeps).runAll();
    expect(await stateOf(await newAdmin(app, networkId), RJK)).toBe('RENEWAL_DUE');
    clock.travelTo('2026-12-17T00:00:00Z');
    await app.get(Sweeps).runAll();
    const late = await newAdmin(app, networkId);
    expect(await stateOf(late, RJK)).toBe('CHARTER_LAPSED');
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

    const manager = await newManager(app, RJK);
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
