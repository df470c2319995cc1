import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BookingCorrections } from '../../src/bookings/index.js';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { Db } from '../../src/platform/db.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, startApp, type TestClock } from '../support/app.js';
import {
  attend,
  bookDay,
  giveVouchers,
  makeAgent,
  makeProgramme,
  makeSponsored,
  type Code,
  type Sponsored,
} from '../support/make-programmes.js';

/** A Thursday. */
const START = '2026-10-01T08:00:00Z';

let app: NestFastifyApplication;
let world: Sponsored;
const clock = () => app.get<TestClock>(Clock);
const sweep = () => app.get(Sweeps).runAll();
const report = async (id: string) => (await world.writer.get(`/v1/programmes/${id}/report`).expect(200)).body;
const refusal = async (answer: PromiseLike<{ body: { code: string } }>) => (await answer).body.code;

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  clock().travelTo(START);
  world = await makeSponsored(app);
});
beforeEach(() => clock().travelTo(START));
afterAll(() => app.close());

describe('a voucher', () => {
  it('comes back to the agent who leaves in time, to the pot from one who does not come, and is delivered once', async () => {
    const programmeId = await makeProgramme(world);
    const agent = await makeAgent(app, world);
    await giveVouchers(world, programmeId, [agent], 2);
    const { MNQ } = world.spaces;
    const left = await bookDay(app, agent, MNQ, '2026-10-12');
    expect(left).toMatchObject({ funding: 'SPONSOR_VOUCHER', programmeId, debtorPartyId: world.networkId });
    expect([left.price.minor, left.guestPrice.minor]).toEqual([1800n, 0n]);
    const leave = { reason: 'ill' };
    await agent.agent.put(`/v1/bookings/${left.id}/cancellation`).send(leave).expect(200);
    expect((await report(programmeId)).vouchers).toMatchObject({ accepted: 2, reserved: 0 });
    await agent.agent.delete(`/v1/bookings/${left.id}/cancellation`).expect(200); // undone
    expect((await report(programmeId)).vouchers).toMatchObject({ accepted: 1, reserved: 1 });
    clock().travelTo('2026-10-12T20:00:00Z');
    await sweep();
    const missed = await report(programmeId);
    expect(missed.vouchers).toMatchObject({ accepted: 1, released: 1, consumed: 0 });
    expect(missed.budget).toMatchObject({ committed: { minor: 1800 }, delivered: { minor: 0 } });
    const halfDay = await agent.agent
      .put(`/v1/bookings/${newId()}`)
      .send({ poolId: MNQ.pools[0]!.id, day: '2026-10-19', part: 'MORNING' })
      .expect(200);
    await attend(app, agent, { id: halfDay.body.id, hostNetworkId: world.networkId });
    await attend(app, agent, { id: halfDay.body.id, hostNetworkId: world.networkId });
    const after = await report(programmeId);
    expect(after.budget).toMatchObject({ committed: { minor: 900 }, delivered: { minor: 900 } }); // half of it went back
  });

  it('is the agent’s again when the space finds that they were there after all', async () => {
    const programmeId = await makeProgramme(world);
    const agent = await makeAgent(app, world);
    await giveVouchers(world, programmeId, [agent], 1);
    const { MNQ } = world.spaces;
    const { id } = await bookDay(app, agent, MNQ, '2026-10-14');
    clock().travelTo('2026-10-14T20:00:00Z');
    await sweep();
    expect((await report(programmeId)).vouchers).toMatchObject({ accepted: 0, released: 1 });
    const answer = { outcome: 'CREDITED', reason: 'Our tablet was off; she was there.' };
    const credit = () => MNQ.manager.put(`/v1/bookings/${id}/contest/answer`).send(answer).expect(200);
    await credit();
    await credit();
    const { vouchers, budget } = await report(programmeId);
    expect(vouchers).toMatchObject({ accepted: 1, released: 0 });
    expect(budget).toMatchObject({ committed: { minor: 1800 }, delivered: { minor: 0 } });
  });

  it('is explained before anything is booked, and never falls on the agent unasked', async () => {
    const programmeId = await makeProgramme(world, { places: [{ spaceId: world.spaces.MNQ.id }] });
    const agent = await makeAgent(app, world);
    await giveVouchers(world, programmeId, [agent], 1);
    const quote = async (code: Code) => {
      const wish = { poolId: world.spaces[code].pools[0]!.id, day: '2026-10-13', part: 'DAY' };
      return (await agent.agent.put(`/v1/quotes/${newId()}`).send(wish).expect(200)).body;
    };
    const here = await quote('MNQ');
    expect(here.options[0]).toMatchObject({
      funding: 'SPONSOR_VOUCHER',
      outcome: 'TAKEN',
      leftAfterHalfDays: 0,
    });
    expect(here.guestPrice.minor).toBe(0);
    const elsewhere = await quote('BCN'); // the programme is not concerned: the agent may pay
    expect(elsewhere.options[0]).toMatchObject({ outcome: 'SKIPPED', because: 'OTHER_PLACE' });
    expect(elsewhere.funding).toBe('PAY_AS_YOU_GO');
    await world.writer.put(`/v1/programmes/${programmeId}/step`).send({ step: 'pause' }).expect(200);
    const paused = bookDay(app, agent, world.spaces.MNQ, '2026-10-13');
    await expect(paused).rejects.toMatchObject({ code: 'voucher.programme_not_open' });
  });

  it('is refused with a code at each of its limits', async () => {
    const programmeId = await makeProgramme(world, { needsMissionOrder: true, daysPerPerson: 1 });
    const agent = await makeAgent(app, world);
    await giveVouchers(world, programmeId, [agent], 3);
    const { EBR, MNQ } = world.spaces;
    const abroad = () => bookDay(app, agent, EBR, '2026-10-14');
    await expect(abroad()).rejects.toMatchObject({ code: 'voucher.no_mission_order' });
    const order = {
      agentId: agent.agentId,
      reference: 'OM 77',
      country: 'ES',
      fromDay: '2026-10-14',
      untilDay: '2026-10-14',
    };
    const orderId = newId();
    await world.employer.put(`/v1/mission-orders/${orderId}`).send(order).expect(200);
    await world.employer.put(`/v1/mission-orders/${orderId}`).send(order).expect(200);
    await abroad();
    await expect(bookDay(app, agent, MNQ, '2026-10-20')).rejects.toMatchObject({
      code: 'voucher.person_cap_reached',
    });
    await world.employer
      .put(`/v1/agents/${agent.agentId}/confirmation`)
      .send({ answer: 'ENDED' })
      .expect(200);
    await expect(bookDay(app, agent, MNQ, '2026-10-20')).rejects.toMatchObject({
      code: 'voucher.not_confirmed',
    });
  });

  it('keeps free what other places are promised', async () => {
    const voted = { unit: 'EUR', minor: 3600 }; // two days
    const places = [{ spaceId: world.spaces.MNQ.id, floorDays: 1 }, { spaceId: world.spaces.BCN.id }];
    const programmeId = await makeProgramme(world, { voted, places, spaceCapPercent: 100 });
    const agent = await makeAgent(app, world);
    await giveVouchers(world, programmeId, [agent], 2);
    await bookDay(app, agent, world.spaces.BCN, '2026-10-12');
    const second = bookDay(app, agent, world.spaces.BCN, '2026-10-13');
    await expect(second).rejects.toMatchObject({ code: 'voucher.floors_kept_free' });
    await bookDay(app, agent, world.spaces.MNQ, '2026-10-13');
  });

  it('is one day of one agent, however many ask at once', async () => {
    const programmeId = await makeProgramme(world);
    const agent = await makeAgent(app, world);
    await giveVouchers(world, programmeId, [agent], 1);
    const tries = ['2026-10-12', '2026-10-13', '2026-10-19'].map((day) =>
      bookDay(app, agent, world.spaces.MNQ, day),
    );
    const outcomes = await Promise.allSettled(tries);
    const booked = outcomes.flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [outcome.value.funding] : [],
    );
    expect(booked.filter((funding) => funding === 'SPONSOR_VOUCHER')).toHaveLength(1);
    const lost = outcomes
      .filter((outcome) => outcome.status === 'rejected')
      .map((outcome) => outcome.reason.code);
    // Who sees the voucher gone already has nothing else; who does not is told at the last moment.
    for (const code of lost) expect(['voucher.no_voucher_left', 'booking.no_home']).toContain(code);
  });

  it('of a day that is invoiced stays used; of one that is not it can be undone', async () => {
    const programmeId = await makeProgramme(world, { voucherDays: 120 });
    const agent = await makeAgent(app, world);
    await giveVouchers(world, programmeId, [agent], 2);
    const invoice = (id: string) =>
      world.treasurer.put(`/v1/programmes/${programmeId}/invoices/${id}`).send({ month: '2026-10' });
    const undo = (id: string) => {
      const scope = { networks: [world.networkId], person: agent.id };
      return app
        .get(Db)
        .tx(scope, (tx) => app.get(BookingCorrections).takeBack(tx, id, { name: 'x', reason: 'x' }));
    };
    const first = await bookDay(app, agent, world.spaces.MNQ, '2026-10-12');
    const second = await bookDay(app, agent, world.spaces.MNQ, '2026-10-13');
    await attend(app, agent, first);
    clock().travelTo('2026-12-01T08:00:00Z');
    await invoice(newId()).expect(200);
    await expect(undo(first.id)).rejects.toMatchObject({ code: 'voucher.invoiced' });
    await attend(app, agent, second);
    expect(await refusal(invoice(newId()).expect(409))).toBe('programme.invoiced');
    await undo(second.id);
    expect((await report(programmeId)).budget).toMatchObject({
      committed: { minor: 3600 },
      delivered: { minor: 1800 },
    });
  });

  it('is given back by its holder and taken back by its sponsor, unless it is booked', async () => {
    const programmeId = await makeProgramme(world);
    const agent = await makeAgent(app, world);
    await giveVouchers(world, programmeId, [agent], 3);
    const held = (await agent.agent.get('/v1/vouchers').expect(200)).body.items;
    await bookDay(app, agent, world.spaces.MNQ, '2026-10-12');
    const back = { answer: 'RELEASED' };
    const free = held.map(({ id }: { id: string }) => id);
    const all = agent.agent
      .put('/v1/vouchers/answer')
      .send({ ...back, voucherIds: free })
      .expect(409);
    expect(await refusal(all)).toBe('voucher.settled');
    const other = await makeAgent(app, world);
    const foreign = other.agent
      .put('/v1/vouchers/answer')
      .send({ ...back, voucherIds: free })
      .expect(404);
    expect(await refusal(foreign)).toBe('voucher.not_found');
    const claw = { agentId: agent.agentId };
    const { body } = await world.writer.put(`/v1/programmes/${programmeId}/claw-back`).send(claw).expect(200);
    expect(body).toMatchObject({ vouchers: 2, released: { minor: 3600 } });
    expect((await report(programmeId)).budget.committed.minor).toBe(1800);
  });
});
