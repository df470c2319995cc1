import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { makeOrganisation, makePerson } from '../support/make-identity.js';
import {
  bookDay,
  giveVouchers,
  makeAgent,
  makeProgramme,
  makeSponsored,
  programmeBody,
  VOTED,
  type Nomad,
  type Sponsored,
} from '../support/make-programmes.js';

/** A Thursday. */
const START = '2026-10-01T08:00:00Z';

let app: NestFastifyApplication;
let world: Sponsored;
const clock = () => app.get<TestClock>(Clock);
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

describe('the queue of a sponsor', () => {
  it('grants by an offer, declines with a reason, and answers once', async () => {
    const programmeId = await makeProgramme(world);
    const agent = await makeAgent(app, world);
    const ask = async (days: number) => {
      const id = newId();
      const body = { programmeId, agentId: agent.agentId, days, reason: 'Près de mes parents' };
      await agent.agent.put(`/v1/voucher-requests/${id}`).send(body).expect(200);
      return id;
    };
    const [first, second] = [await ask(3), await ask(9)];
    const queue = await world.writer.get(`/v1/programmes/${programmeId}/voucher-requests`).expect(200);
    expect(queue.body.items.map(({ id }: { id: string }) => id)).toEqual([first, second]);
    const yes = { answer: 'GRANTED', offerId: newId() };
    await world.writer.put(`/v1/voucher-requests/${first}/answer`).send(yes).expect(200);
    await world.writer.put(`/v1/voucher-requests/${first}/answer`).send(yes).expect(200);
    expect((await report(programmeId)).vouchers.offered).toBe(3);
    const no = { answer: 'DECLINED', reason: 'Three are enough' };
    const { body } = await world.writer.put(`/v1/voucher-requests/${second}/answer`).send(no).expect(200);
    expect(body).toMatchObject({ state: 'DECLINED', answer: 'Three are enough' });
    const late = world.writer.put(`/v1/voucher-requests/${second}/answer`).send(yes).expect(409);
    expect(await refusal(late)).toBe('voucher.request_answered');
    const nowhere = world.writer.put(`/v1/voucher-requests/${newId()}/answer`).send(no).expect(404);
    expect(await refusal(nowhere)).toBe('voucher.request_not_found');
  });
});

describe('desks kept for agents', () => {
  it('are theirs until five in the afternoon of the day before, and everybody’s after', async () => {
    const { REG } = world.spaces;
    const pool = { spaceId: REG.id, resourceKind: 'hot_desk', name: 'Agents', capacity: 4 };
    const poolId = newId();
    await REG.manager.put(`/v1/pools/${poolId}`).send(pool).expect(200);
    const rule = { releaseDaysBefore: 1, releaseTime: '17:00' };
    await REG.manager.put(`/v1/pools/${poolId}/agents-first`).send(rule).expect(200);
    const reserved = { ...REG, pools: [{ id: poolId }] };
    const programmeId = await makeProgramme(world);
    const agent = await makeAgent(app, world);
    await giveVouchers(world, programmeId, [agent], 1);
    const passers = [];
    for (let number = 0; number < 4; number += 1) passers.push(await makePayer());
    await bookDay(app, agent, reserved, '2026-10-15');
    const early = bookDay(app, passers[0]!, reserved, '2026-10-15');
    await expect(early).rejects.toMatchObject({ code: 'voucher.pool_reserved' });
    expect(await isShown(REG, poolId, agent.agent)).toBe(true);
    expect(await isShown(REG, poolId, passers[0]!.agent)).toBe(false);
    expect(await isShown(REG, poolId, request(app.getHttpServer()))).toBe(false);
    clock().travelTo('2026-10-14T15:00:00Z'); // 17:00 in Marseille
    expect(await isShown(REG, poolId, request(app.getHttpServer()))).toBe(true);
    for (const passer of passers.slice(0, 3)) await bookDay(app, passer, reserved, '2026-10-15');
    await expect(bookDay(app, passers[3]!, reserved, '2026-10-15')).rejects.toMatchObject({
      code: 'booking.full',
    });
  });

  async function isShown(
    { id }: { readonly id: string },
    poolId: string,
    who: { post: (path: string) => request.Test },
  ): Promise<boolean> {
    const { lat, lon } = (await request(app.getHttpServer()).get(`/v1/spaces/${id}`).expect(200)).body;
    const wanted = { near: { lat, lon }, days: ['2026-10-15'], fits: 'SOME' };
    const { body } = await who.post('/v1/search').send(wanted).expect(200);
    const pools = body.items.flatMap((item: { pools: { poolId: string }[] }) => item.pools);
    return pools.some((pool: { poolId: string }) => pool.poolId === poolId);
  }

  /** Somebody at home in Lecce, who pays for themselves. */
  async function makePayer(): Promise<Nomad> {
    const other = await makeAgent(app, world);
    await world.employer
      .put(`/v1/agents/${other.agentId}/confirmation`)
      .send({ answer: 'ENDED' })
      .expect(200);
    await ownerSql(
      `INSERT INTO directory.homes (id, person_id, space_id, network_id, from_day, created_at)
       VALUES (gen_random_uuid(), $1, $2, $3, '2026-01-01', now())`,
      [other.id, world.spaces.LEC.id, world.networkId],
    );
    return other;
  }
});

describe('whoever has no right to', () => {
  it('does not write, approve, open or look into a programme', async () => {
    const { agent: stranger } = await makePerson(app, {
      grants: [{ organisationId: (await makeOrganisation(app)).id, role: 'network_treasurer' }],
    });
    const id = newId();
    expect(await refusal(stranger.put(`/v1/programmes/${id}`).send(programmeBody(world)).expect(403))).toBe(
      'access.denied',
    );
    await world.writer.put(`/v1/programmes/${id}`).send(programmeBody(world)).expect(200);
    await world.writer.put(`/v1/programmes/${id}`).send(programmeBody(world)).expect(200);
    const other = { ...programmeBody(world), name: 'Another' };
    expect(await refusal(world.writer.put(`/v1/programmes/${id}`).send(other).expect(409))).toBe(
      'request.id_reused',
    );
    const decision = { decisionRef: 'D', budgetLine: 'B', voted: VOTED };
    const own = world.writer.put(`/v1/programmes/${id}/approval`).send(decision).expect(409);
    expect(await refusal(own)).toBe('programme.not_your_own');
    expect(
      await refusal(world.writer.put(`/v1/programmes/${id}/step`).send({ step: 'open' }).expect(409)),
    ).toBe('programme.wrong_state');
    await stranger.get(`/v1/programmes/${id}/report`).expect(403);
    await stranger.get(`/v1/programmes/${id}`).expect(403); // a draft
    expect(await refusal(stranger.get(`/v1/programmes/${newId()}`).expect(404))).toBe('programme.not_found');
    await stranger.get(`/v1/programmes?sponsorId=${world.sponsorId}`).expect(403);
    const { body } = await world.writer.get(`/v1/programmes?sponsorId=${world.sponsorId}`).expect(200);
    expect(body.items.map((item: { id: string }) => item.id)).toContain(id);
  });

  it('gets no programme of rules that cannot be kept', async () => {
    const draft = async (over: object, voted: object = VOTED) => {
      const id = newId();
      await world.writer.put(`/v1/programmes/${id}`).send(programmeBody(world, over)).expect(200);
      const decision = { decisionRef: 'D', budgetLine: 'B', voted };
      return refusal(world.approver.put(`/v1/programmes/${id}/approval`).send(decision).expect(409));
    };
    expect(await draft({ places: [] })).toBe('programme.no_places');
    const tooMuch = [{ spaceId: world.spaces.MNQ.id, floorDays: 81 }];
    expect(await draft({ places: tooMuch })).toBe('programme.floors_too_high');
    expect(await draft({}, { unit: 'TND', minor: 100 })).toBe('programme.over_budget');
    const odd = programmeBody(world, { dayPrice: { unit: 'EUR', minor: 1801 } });
    await world.writer.put(`/v1/programmes/${newId()}`).send(odd).expect(422);
    const unfit = { ...programmeBody(world), sponsorId: world.networkId };
    const answer = world.treasurer.put(`/v1/programmes/${newId()}`).send(unfit).expect(409);
    expect(await refusal(answer)).toBe('programme.sponsor_unfit');
    const territories = await makeProgramme(world, { places: [], territories: ['FRL04'] });
    const { body } = await world.writer.get(`/v1/programmes/${territories}`).expect(200);
    expect(body.places.length).toBe(6); // every public space of the territory
  });

  it('is no agent before the employer says so', async () => {
    const { agent } = await makePerson(app);
    const id = newId();
    const claim = { employerId: world.employerId, workEmail: 'a@marseille.example' };
    const unfit = { ...claim, employerId: world.networkId };
    expect(await refusal(agent.put(`/v1/agents/${newId()}`).send(unfit).expect(409))).toBe(
      'agent.employer_unfit',
    );
    await agent.put(`/v1/agents/${id}`).send(claim).expect(200);
    expect(await refusal(agent.put(`/v1/agents/${newId()}`).send(claim).expect(409))).toBe('agent.claimed');
    const programmeId = await makeProgramme(world);
    const offer = (agentIds: string[]) =>
      world.writer.put(`/v1/voucher-offers/${newId()}`).send({ programmeId, agentIds, daysEach: 1 });
    expect(await refusal(offer([id]).expect(409))).toBe('agent.not_confirmed');
    expect(await refusal(offer([newId()]).expect(404))).toBe('agent.not_found');
    const yes = { answer: 'CONFIRMED', daysPerWeek: 3, validUntil: '2026-12-31' };
    await world.writer.put(`/v1/agents/${id}/confirmation`).send(yes).expect(403); // the sponsor employs nobody
    await world.employer.put(`/v1/agents/${id}/confirmation`).send(yes).expect(200);
    const no = world.employer.put(`/v1/agents/${id}/confirmation`).send({ answer: 'DECLINED' }).expect(409);
    expect(await refusal(no)).toBe('agent.answered');
    const elsewhere = await makeProgramme(world, { employerIds: [world.sponsorId] });
    const foreign = { programmeId: elsewhere, agentIds: [id], daysEach: 1 };
    expect(await refusal(world.writer.put(`/v1/voucher-offers/${newId()}`).send(foreign).expect(409))).toBe(
      'agent.other_employer',
    );
    const bound = await makeProgramme(world, {
      employerIds: [world.sponsorId],
      mailDomains: ['region.example'],
    });
    expect(bound).toBeDefined();
    const wrong = { employerId: world.sponsorId, workEmail: 'a@gmail.example' };
    expect(await refusal(agent.put(`/v1/agents/${newId()}`).send(wrong).expect(409))).toBe(
      'agent.other_domain',
    );
    const { body } = await world.employer.get(`/v1/agents?employerId=${world.employerId}`).expect(200);
    expect(body.items[0]).toMatchObject({ state: 'CONFIRMED' });
    expect(
      await refusal(
        world.treasurer
          .put(`/v1/sponsor-invoices/${newId()}/payment`)
          .send({ paidOn: '2026-10-01', reference: 'x' })
          .expect(404),
      ),
    ).toBe('programme.invoice_not_found');
  });
});
