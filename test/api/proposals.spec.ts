import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { startApp, type TestClock } from '../support/app.js';
import {
  brokenPromises,
  cancel,
  codeOf,
  makeBooking,
  makeHost,
  makeMember,
  makeMembers,
  makePass,
  quotaLeft,
  type Nomad,
} from '../support/make-bookings.js';
import type { Agent } from '../support/make-identity.js';
import {
  announceClosure,
  answer,
  bookFragile,
  bookingNow,
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

describe('a proposal', () => {
  it('is for its guest alone', async () => {
    await book();
    await announce().expect(200);
    await sweep();
    const { id } = await openProposal(scene.nomad);
    const stranger = await makeMember(app, await makeHost(app));
    expect(await codeOf(stranger.agent.get(`/v1/proposals/${id}`).expect(404))).toBe('proposal.not_found');
    expect(await codeOf(scene.manager.put(`/v1/proposals/${id}/acceptance`).expect(404))).toBe(
      'proposal.not_found',
    );
  });

  it('whose seat was taken meanwhile is made anew', async () => {
    await book();
    await announce().expect(200);
    await sweep();
    const { id } = await openProposal(scene.nomad);
    for (const other of await makeMembers(app, scene.home, 2))
      await makeBooking(other, { poolId: scene.sameCity.poolId, day: DAY });
    expect(await codeOf(answer(scene.nomad, id, 'acceptance').expect(409))).toBe('proposal.gone');
    expect((await openProposal(scene.nomad)).alternative.spaceId).toBe(scene.near.spaceId);
    expect((await answer(scene.nomad, id, 'acceptance').expect(200)).body.state).toBe('ACCEPTED');
  });

  it('is paid by the network of the host that closes where the free days of the guest do not reach', async () => {
    for (const day of ['2026-11-10', '2026-11-11', '2026-11-12'])
      await makeBooking(scene.nomad, { poolId: scene.sameCity.poolId, day }); // three days: all that is free in Kypseli
    await book();
    await announce().expect(200);
    await sweep();
    const { id } = await openProposal(scene.nomad);
    const { body } = await answer(scene.nomad, id, 'acceptance').expect(200);
    const booking = await bookingNow(scene.nomad, body.newBookingId);
    expect(booking).toMatchObject({
      spaceId: scene.sameCity.spaceId,
      price: { minor: 2400 },
      guestPrice: { minor: 0 },
    });
    expect((await scene.manager.get(`/v1/proposals/${id}`).expect(200)).body.cost).toEqual({
      unit: 'EUR',
      minor: 2400,
    });
  });

  it('keeps a pass as what pays, and takes no more of it', async () => {
    const passId = await makePass(app, {
      networkId: scene.home.networkId,
      personId: scene.nomad.id,
      halfDays: 20,
    });
    for (const day of ['2026-11-10', '2026-11-11', '2026-11-12']) await book(scene.nomad, day);
    const { funding } = await book();
    expect(funding).toBe('PASS_UNITS');
    await announce(newId(), { fromDay: DAY }).expect(200);
    await sweep();
    const { body } = await answer(scene.nomad, (await openProposal(scene.nomad)).id, 'acceptance').expect(
      200,
    );
    // the pass pays on, although three free days are left in Kypseli: those the guest keeps
    expect(await bookingNow(scene.nomad, body.newBookingId)).toMatchObject({ funding: 'PASS_UNITS', passId });
    expect(await quotaLeft(scene.nomad, scene.sameCity)).toBe(6);
  });

  it('is made for whoever a change of hours shuts out, and withdrawn when the hours come back', async () => {
    await book();
    const exception = newId();
    const day = { spaceId: scene.fragile.spaceId, day: DAY, openingHours: null, reason: 'Strike' };
    await scene.manager.put(`/v1/hour-exceptions/${exception}`).send(day).expect(200);
    await sweep();
    expect(await openProposal(scene.nomad)).toMatchObject({ cause: 'HOURS', state: 'OPEN' });
    await scene.manager.delete(`/v1/hour-exceptions/${exception}`);
    await sweep();
    expect(await openProposal(scene.nomad)).toBeUndefined();
  });

  it('is made at the door for a guest who finds no seat', async () => {
    const { id } = await book(scene.nomad, '2026-11-01');
    const turn = (agent: Agent) => agent.put(`/v1/bookings/${id}/proposal`);
    expect(await codeOf(turn(scene.nomad.agent).expect(403))).toBe('access.denied');
    const { body } = await turn(scene.manager).expect(200);
    expect(body).toMatchObject({
      cause: 'FULL',
      state: 'OPEN',
      alternative: { spaceId: scene.sameCity.spaceId },
    });
    expect((await turn(scene.manager).expect(200)).body.id).toBe(body.id);
    await cancel(scene.nomad, id).expect(200);
    expect(await codeOf(turn(scene.manager).expect(409))).toBe('proposal.settled');
  });

  it('is stored for a request that is declined, and taking it is a booking like any other', async () => {
    const terms = {
      bookingMode: 'ON_REQUEST',
      answerHours: 4,
      cancelUntilHours: 2,
      graceMinutes: 30,
      noShow: 'FREE',
    };
    await scene.manager.put(`/v1/spaces/${scene.fragile.spaceId}/terms`).send(terms).expect(200);
    const { id } = await book();
    await scene.manager.put(`/v1/bookings/${id}/decline`).send({ reason: 'A workshop' }).expect(200);
    await sweep();
    const proposal = await openProposal(scene.nomad);
    // nobody owes the guest a seat here, so nobody pays more for one: the dearer space is passed over
    expect(proposal).toMatchObject({ cause: 'DECLINED', alternative: { spaceId: scene.near.spaceId } });
    const { body } = await answer(scene.nomad, proposal.id, 'acceptance').expect(200);
    expect((await bookingNow(scene.nomad, body.newBookingId)).state).toBe('RESERVED');
    expect((await bookingNow(scene.nomad, id)).state).toBe('REJECTED');
  });
});
