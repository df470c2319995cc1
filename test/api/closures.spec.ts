import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { ownerSql, startApp, type TestClock } from '../support/app.js';
import {
  brokenPromises,
  codeOf,
  makeMember,
  makeMembers,
  quotaLeft,
  type Nomad,
} from '../support/make-bookings.js';
import {
  announceClosure,
  answer,
  bookFragile,
  bookingNow,
  closureOf,
  DAY,
  makeFragileScene,
  openProposal,
  runBackground,
  type FragileScene,
} from '../support/make-closures.js';

const NOW = '2026-11-01T08:00:00Z';
let app: NestFastifyApplication;
let clock: TestClock;
let scene: FragileScene;

beforeAll(async () => {
  app = await startApp();
  clock = app.get(Clock) as TestClock;
});
beforeEach(async () => {
  clock.travelTo(NOW);
  scene = await makeFragileScene(app);
});
afterEach(async () => {
  expect(await brokenPromises()).toEqual([]);
});
afterAll(() => app.close());

const book = (who: Nomad = scene.nomad, day?: string) => bookFragile(scene, who, day);
const announce = (id?: string, body?: object) => announceClosure(scene, id, body);
const sweep = () => runBackground(app);

describe('a closure', () => {
  it('is announced by those who manage the space, from today on, once', async () => {
    const id = newId();
    const { body } = await announce(id).expect(200);
    expect(body).toMatchObject({ id, untilDay: null, withdrawnAt: null, progress: { affected: 0 } });
    expect((await announce(id).expect(200)).body).toEqual(body);
    expect(await codeOf(announce(id, { reason: 'Another' }).expect(409))).toBe('request.id_reused');
    expect(await codeOf(announce(newId(), { fromDay: '2026-10-31' }).expect(409))).toBe('closure.past');
    expect(await codeOf(announce(newId(), { untilDay: '2026-11-30' }).expect(422))).toBe('request.invalid');
    expect(
      await codeOf(scene.nomad.agent.put(`/v1/closures/${newId()}`).send(closureOf(scene)).expect(403)),
    ).toBe('access.denied');
    expect(await codeOf(scene.nomad.agent.get(`/v1/closures/${id}`).expect(403))).toBe('access.denied');
    expect(await codeOf(scene.manager.get(`/v1/closures/${newId()}`).expect(404))).toBe('closure.not_found');
    const listed = await scene.manager.get(`/v1/spaces/${scene.fragile.spaceId}/closures`).expect(200);
    expect(listed.body.items).toEqual([body]);
  });

  it('takes no new booking on its days, and keeps those of other days', async () => {
    const { id } = await book(scene.nomad, '2026-11-30');
    await announce(newId(), { untilDay: DAY }).expect(200);
    await sweep();
    const refused = scene.nomad.agent
      .put(`/v1/bookings/${newId()}`)
      .send({ poolId: scene.fragile.poolId, day: DAY, part: 'DAY' });
    expect(await codeOf(refused.expect(409))).toBe('booking.closed');
    await book(scene.nomad, '2026-12-04');
    expect((await bookingNow(scene.nomad, id)).state).toBe('RESERVED');
    expect(await openProposal(scene.nomad)).toBeUndefined();
  });

  it('sends each guest to the nearest seat of the same city first, then to the next', async () => {
    const guests = await makeMembers(app, scene.home, 3);
    for (const guest of guests) await book(guest);
    const id = newId();
    await announce(id).expect(200);
    await sweep();
    const spaces = [];
    for (const guest of guests) spaces.push((await openProposal(guest)).alternative.spaceId);
    // two desks in Kypseli, then the nearest elsewhere
    expect(spaces).toEqual([scene.sameCity.spaceId, scene.sameCity.spaceId, scene.near.spaceId]);
    const { body } = await scene.manager.get(`/v1/closures/${id}`).expect(200);
    expect(body.progress).toMatchObject({ affected: 3, open: 3, accepted: 0 });
    const list = await scene.manager.get(`/v1/closures/${id}/proposals`).expect(200);
    // Kypseli costs 2 × 2.00 more than Psyrri, which is its network's to bear; Marousi costs the same
    expect(list.body.items.map((item: { cost: { minor: number } }) => item.cost.minor)).toEqual([
      400, 400, 0,
    ]);
    expect(list.body.items[0].guestFirstName).toBe('Inès');
    expect((await openProposal(guests[0]!)).cost).toBeNull();
  });

  it('accepted, moves the booking in one step: what was set aside comes back, the new seat is taken', async () => {
    const { id } = await book();
    await announce().expect(200);
    await sweep();
    const proposal = await openProposal(scene.nomad);
    expect(proposal).toMatchObject({
      bookingId: id,
      cause: 'CLOSURE',
      state: 'OPEN',
      answerBy: '2026-11-04T08:00:00Z',
    });
    const { body } = await answer(scene.nomad, proposal.id, 'acceptance').expect(200);
    expect(body.state).toBe('ACCEPTED');
    expect((await bookingNow(scene.nomad, id)).state).toBe('REPLACED');
    expect(await bookingNow(scene.nomad, body.newBookingId)).toMatchObject({
      state: 'RESERVED',
      spaceId: scene.sameCity.spaceId,
      day: DAY,
      guestPrice: { minor: 0 },
    });
    expect(await quotaLeft(scene.nomad, scene.fragile)).toBe(6);
    expect(await quotaLeft(scene.nomad, scene.sameCity)).toBe(4);
    expect((await answer(scene.nomad, proposal.id, 'acceptance').expect(200)).body).toEqual(body);
    expect(await codeOf(answer(scene.nomad, proposal.id, 'decline').expect(409))).toBe('proposal.settled');
  });

  it('declined, gives the unit back at no cost, however late', async () => {
    const { id } = await book(scene.nomad, '2026-11-02');
    clock.travelTo('2026-11-02T06:00:00Z'); // free until 18:00 of the day before
    await announce(newId(), { fromDay: '2026-11-02' }).expect(200);
    await sweep();
    const proposal = await openProposal(scene.nomad);
    expect((await answer(scene.nomad, proposal.id, 'decline').expect(200)).body.state).toBe('DECLINED');
    expect(await bookingNow(scene.nomad, id)).toMatchObject({ state: 'CANCELED', fee: { halfDays: 0 } });
    expect(await quotaLeft(scene.nomad, scene.fragile)).toBe(6);
  });

  it('not answered in time, gives the unit back', async () => {
    const { id } = await book();
    await announce().expect(200);
    await sweep();
    const proposal = await openProposal(scene.nomad);
    clock.travelTo('2026-11-04T08:00:01Z');
    expect(await codeOf(answer(scene.nomad, proposal.id, 'acceptance').expect(409))).toBe('proposal.settled');
    await sweep();
    expect(await bookingNow(scene.nomad, id)).toMatchObject({ state: 'CANCELED', fee: { halfDays: 0 } });
    const { body } = await scene.nomad.agent.get(`/v1/proposals/${proposal.id}`).expect(200);
    expect(body.state).toBe('LAPSED');
  });

  it('gives the unit back at once when there is no seat anywhere', async () => {
    await ownerSql(`UPDATE directory.spaces SET opening_hours = 'off' WHERE id <> $1`, [
      scene.fragile.spaceId,
    ]);
    const { id } = await book();
    await announce().expect(200);
    await sweep();
    expect(await openProposal(scene.nomad)).toBeUndefined();
    const { body } = await scene.nomad.agent.get(`/v1/bookings/${id}/proposals`).expect(200);
    expect(body.items).toMatchObject([{ state: 'UNIT_BACK', alternative: null }]);
    expect((await bookingNow(scene.nomad, id)).state).toBe('CANCELED');
  });

  it('withdrawn, leaves those who have not answered where they are, and those who accepted where they went', async () => {
    const [stays, went] = await makeMembers(app, scene.home, 2);
    const kept = await book(stays);
    const left = await book(went);
    const id = newId();
    await announce(id).expect(200);
    await sweep();
    await answer(went!, (await openProposal(went!)).id, 'acceptance').expect(200);
    const open = await openProposal(stays!);
    const { body } = await scene.manager.put(`/v1/closures/${id}/withdrawal`).expect(200);
    expect(body.progress).toMatchObject({ affected: 2, accepted: 1, withdrawn: 1 });
    expect((await scene.manager.put(`/v1/closures/${id}/withdrawal`).expect(200)).body).toEqual(body);
    await sweep();
    expect((await bookingNow(stays!, kept.id)).state).toBe('RESERVED');
    expect((await bookingNow(went!, left.id)).state).toBe('REPLACED');
    expect(await codeOf(answer(stays!, open.id, 'acceptance').expect(409))).toBe('proposal.settled');
    await book(await makeMember(app, scene.home)); // it takes bookings again
  });

  it('proposes once, however often its event comes', async () => {
    await book();
    await announce().expect(200);
    await sweep();
    await ownerSql('UPDATE platform.outbox SET sent_at = NULL');
    await ownerSql('DELETE FROM platform.inbox');
    await sweep();
    const rows = await ownerSql('SELECT FROM bookings.proposals');
    expect(rows).toHaveLength(1);
  });
});
