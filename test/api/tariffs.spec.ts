/**
 * Tariffs in agreements. Promise: a tariff whose steps are no whole amounts, hours where no money is owed, a day under
 * its host's floor, or a rate that every view does not tell alike, turns this red.
 */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, startApp, type TestClock } from '../support/app.js';
import { makeNetwork, makeSpace } from '../support/make-directory.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import { versionBody } from '../support/make-reciprocity.js';
import { ROOM_TARIFF } from '../support/make-rooms.js';

let app: NestFastifyApplication;
let admin: Agent;
let networkId: string;
let host: Awaited<ReturnType<typeof makeSpace>>;
let agreementId: string;

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  app.get<TestClock>(Clock).travelTo('2026-06-01T08:00:00Z');
  ({ id: networkId, admin } = await makeNetwork(app));
  host = await makeSpace(app, { networkId });
  agreementId = newId();
  const sides = { homeNetworkId: networkId, hostNetworkId: networkId, clearingNetworkId: networkId };
  await admin
    .put(`/v1/agreements/${agreementId}`)
    .send({ name: 'Rooms', ...sides })
    .expect(200);
});
afterAll(() => app.close());

const put = (rate: object, more: object = {}) => {
  const rates = [{ hostSpaceId: host.id, resourceKind: 'meeting_room', ...rate }];
  const body = { ...versionBody({ agreementId, rates: [], validFrom: '2026-07-01' }), rates, ...more };
  return admin.put(`/v1/agreement-versions/${newId()}`).send(body);
};

describe('a tariff', () => {
  it('by the hour is told by the version, the terms and the matrix alike', async () => {
    const { body } = await put({ tariff: ROOM_TARIFF }).expect(200);
    const told = { ratePerHalfDay: null, tariff: ROOM_TARIFF };
    expect(body.rates[0]).toMatchObject(told);
    const query = `hostSpaceId=${host.id}&resourceKind=meeting_room&homeNetworkId=${networkId}&day=2026-07-02`;
    expect((await admin.get(`/v1/terms?${query}`).expect(200)).body).toMatchObject(told);
    const matrix = await admin.get(`/v1/agreement-matrix?networkId=${networkId}&day=2026-07-02`).expect(200);
    expect(matrix.body.items[0]).toMatchObject(told);
  });

  it('per half-day is the same, said either way', async () => {
    const rate = { unit: 'EUR', minor: 1000 };
    const long = await put({ tariff: { per: 'HALF_DAY', rate } }).expect(200);
    const short = await put({ ratePerHalfDay: rate }).expect(200);
    expect(long.body.rates).toEqual(short.body.rates);
    expect(short.body.rates[0]).toMatchObject({ ratePerHalfDay: rate, tariff: { per: 'HALF_DAY', rate } });
  });

  it.each([
    ['whose step is no whole amount', { ...ROOM_TARIFF, rate: { unit: 'EUR', minor: 1201 } }],
    ['without a step', { ...ROOM_TARIFF, stepMinutes: null }],
    ['in quarters of an hour', { ...ROOM_TARIFF, stepMinutes: 15 }],
    ['with a maximum under one step', { ...ROOM_TARIFF, dayMax: { unit: 'EUR', minor: 599 } }],
    ['with a maximum in another currency', { ...ROOM_TARIFF, dayMax: { unit: 'TND', minor: 6000 } }],
    ['by the day in steps', { ...ROOM_TARIFF, per: 'DAY' }],
    ['under nothing', { ...ROOM_TARIFF, rate: { unit: 'EUR', minor: -60 } }],
  ])('%s is refused', async (_what, tariff) => {
    expect((await put({ tariff }).expect(422)).body.code).toBe('request.invalid');
  });

  it('beside a rate per half-day, or no rate at all, is refused', async () => {
    const both = await put({ tariff: ROOM_TARIFF, ratePerHalfDay: { unit: 'EUR', minor: 1000 } });
    expect([both.status, (await put({})).status]).toEqual([422, 422]);
  });

  it('by the hour is refused where no money is owed', async () => {
    const free = { tariff: { ...ROOM_TARIFF, rate: { unit: 'EUR', minor: 0 } } };
    expect((await put(free, { mode: 'GIFT' })).status).toBe(422);
  });

  it('by the day is at least two half-days of the floor', async () => {
    const floor = { hostSpaceId: host.id, resourceKind: 'meeting_room', fromDay: '2026-06-02' };
    await host.manager
      .put(`/v1/price-floors/${newId()}`)
      .send({ ...floor, floorPerHalfDay: { unit: 'EUR', minor: 1500 } })
      .expect(200);
    const perDay = (minor: number) => put({ tariff: { per: 'DAY', rate: { unit: 'EUR', minor } } });
    expect((await perDay(2999).expect(422)).body.code).toBe('agreement.under_floor');
    await perDay(3000).expect(200);
  });
});

it('is asked by the host, in its own currency, and the last word of each kind counts', async () => {
  const ask = (tariff: object, agent = host.manager, id = newId()) =>
    agent.put(`/v1/asked-tariffs/${id}`).send({ hostSpaceId: host.id, resourceKind: 'meeting_room', tariff });
  const id = newId();
  const { body } = await ask({ per: 'DAY', rate: { unit: 'EUR', minor: 8000 } }, host.manager, id).expect(
    200,
  );
  expect((await ask({ per: 'DAY', rate: { unit: 'EUR', minor: 8000 } }, host.manager, id)).body).toEqual(
    body,
  );
  const other = await ask({ per: 'DAY', rate: { unit: 'EUR', minor: 9000 } }, host.manager, id).expect(409);
  expect(other.body.code).toBe('request.id_reused');
  await ask(ROOM_TARIFF).expect(200);
  const { body: page } = await admin.get(`/v1/asked-tariffs?hostSpaceId=${host.id}`).expect(200);
  expect(page.items).toMatchObject([{ resourceKind: 'meeting_room', tariff: ROOM_TARIFF }]);

  const uneven = await ask({ ...ROOM_TARIFF, rate: { unit: 'EUR', minor: 1201 } }).expect(422); // half of it is no cent
  expect(uneven.body.code).toBe('request.invalid');
  const foreign = await ask({ per: 'DAY', rate: { unit: 'TND', minor: 8000 } }).expect(422);
  expect(foreign.body.code).toBe('asked_tariff.wrong_unit');
  const { agent: stranger } = await makePerson(app);
  expect((await ask(ROOM_TARIFF, stranger).expect(403)).body.code).toBe('access.denied');
});
