import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Temporal } from '../../src/kernel/time.js';
import { Passes } from '../../src/passes/index.js';
import { Clock } from '../../src/platform/clock.js';
import { Db, type Tx } from '../../src/platform/db.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { makePerson } from '../support/make-identity.js';
import { makePassScene, passHold, productBody } from '../support/make-passes.js';
import { makeNetworkAdmin } from '../support/make-reciprocity.js';
import { placeNetwork } from '../support/place-rows.js';

let app: NestFastifyApplication;
let clock: TestClock;
let { med, atelier, nomad, pass } = {} as Awaited<ReturnType<typeof makePassScene>>;

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase(); // every test makes networks and people of its own
  clock = app.get(Clock);
});
afterAll(() => app.close());

beforeEach(async () => {
  clock.travelTo('2026-06-01T08:00:00Z');
  ({ med, atelier, nomad, pass } = await makePassScene(app));
});

const ownPass = async () => (await nomad.agent.get(`/v1/passes/${pass.id}`).expect(200)).body;
const inScope = <Result>(work: (tx: Tx) => Promise<Result>) =>
  app.get(Db).tx({ networks: [], person: nomad.id }, work);
const here = (halfDays: number) => ({ passId: pass.id, hostSpaceId: atelier.id, halfDays });
const hold = (halfDays: number) => passHold(app).hold(nomad.id, here(halfDays));
const use = (halfDays: number) => passHold(app).use(nomad.id, here(halfDays));
const usable = (resourceKind: 'hot_desk' | 'meeting_room' = 'hot_desk', day = '2026-06-01') => {
  const visit = { personId: nomad.id, hostSpace: atelier, resourceKind, day: Temporal.PlainDate.from(day) };
  return inScope((tx) => app.get(Passes).usable(tx, visit));
};

describe('a pass', () => {
  it('is read by its person, with what is left of it and what happens to the rest', async () => {
    expect(await ownPass()).toEqual({
      id: pass.id,
      networkId: med.id,
      productId: pass.productId,
      productName: 'Ten days',
      personId: nomad.id,
      role: 'PERSONAL',
      teamName: null,
      state: 'ISSUED',
      validFrom: '2026-06-01',
      validUntil: '2027-05-31', // 365 days, the first one counted
      kind: 'DAYS',
      halfDays: 20, // ten days
      validDays: 365,
      periodMonths: null,
      rollOver: false,
      hostCapHalfDays: null,
      starts: 'PURCHASE',
      sharing: 'PERSONAL',
      audience: 'EVERYBODY',
      guestsPerDay: 0,
      pauseDaysPerYear: 0,
      pauseExtends: true,
      startedOn: null,
      period: null,
      leftHalfDays: 20,
      usedHalfDays: 0,
      heldHalfDays: 0,
      limitHalfDays: null,
      pause: { leftDays: 0, pausedOn: null, pausedBy: null, endsOn: null },
      price: { unit: 'EUR', minor: 15_000 },
      scope: { networkIds: [med.id], spaceIds: [], resourceKinds: ['hot_desk'] },
      unused: {
        outcome: 'LAPSE',
        after: '2027-05-31',
        sentence: 'Half-days not used by 2027-05-31 lapse.',
      },
    });
    const { body } = await nomad.agent.get('/v1/passes').expect(200);
    expect(body.items.map((item: { id: string }) => item.id)).toEqual([pass.id]);
  });

  it("is another person's and another network's secret", async () => {
    const stranger = await makePerson(app);
    expect((await stranger.agent.get(`/v1/passes/${pass.id}`).expect(404)).body.code).toBe('pass.not_found');
    const other = await makeNetworkAdmin(app, (await placeNetwork(app)).id);
    await other.get(`/v1/passes/${pass.id}`).expect(404);
    await other.put(`/v1/passes/${pass.id}/revocation`).send({ reason: 'x' }).expect(404);
    await pass.admin.get(`/v1/passes/${pass.id}`).expect(200);
  });

  it('is issued by its network only, to somebody who exists, once per id', async () => {
    const order = { productId: pass.productId, personId: nomad.id };
    const put = (agent: typeof pass.admin, body: object, id = pass.id) =>
      agent.put(`/v1/passes/${id}`).send(body);
    await put(pass.admin, order).expect(200);
    expect((await ownPass()).leftHalfDays).toBe(20); // granted once
    const other = await makePerson(app);
    const reused = await put(pass.admin, { ...order, personId: other.id }).expect(409);
    expect(reused.body.code).toBe('request.id_reused');
    const foreign = await makeNetworkAdmin(app, (await placeNetwork(app)).id);
    expect((await put(foreign, order, newId()).expect(403)).body.code).toBe('access.denied');
    const nobody = await put(pass.admin, { ...order, personId: newId() }, newId()).expect(422);
    expect(nobody.body.code).toBe('pass.person_unknown');
    const nothing = await put(pass.admin, { ...order, productId: newId() }, newId()).expect(404);
    expect(nothing.body.code).toBe('product.not_found');
  });

  it('keeps the scope and the price it was issued with', async () => {
    const before = await ownPass();
    const wider = productBody({
      networkId: med.id,
      name: 'Everything',
      halfDays: 40,
      price: { unit: 'EUR', minor: 1 },
      scope: { networkIds: [med.id], spaceIds: [], resourceKinds: ['hot_desk', 'meeting_room'] },
    });
    const refused = await pass.admin.put(`/v1/products/${pass.productId}`).send(wider).expect(409);
    expect(refused.body.code).toBe('product.sold');
    const renamed = productBody({ networkId: med.id, name: 'Ten days of sea' });
    await pass.admin.put(`/v1/products/${pass.productId}`).send(renamed).expect(200);
    expect(await ownPass()).toEqual(before);
    expect(await usable('meeting_room')).toEqual([]);
    const widen = `UPDATE passes.passes SET resource_kinds = '{hot_desk,meeting_room}'`;
    await expect(inScope((tx) => tx.query(widen))).rejects.toThrow('permission denied');
  });

  it('is usable in its scope on its days, and gives its half-days and not one more', async () => {
    expect(await usable()).toMatchObject([{ passId: pass.id, networkId: med.id, leftHalfDays: 20 }]);
    expect(await usable('hot_desk', '2027-06-01')).toEqual([]);
    await use(19);
    expect(await ownPass()).toMatchObject({ state: 'ACTIVE', leftHalfDays: 1 });
    await expect(hold(2)).rejects.toMatchObject({ code: 'pass.exhausted', status: 409 });
    await use(1);
    expect(await ownPass()).toMatchObject({ state: 'EXHAUSTED', leftHalfDays: 0 });
    expect(await usable()).toEqual([]);
    await expect(hold(1)).rejects.toMatchObject({ code: 'pass.not_usable' });
  });

  it('is revoked for good by its network, with a reason', async () => {
    const revoke = (agent: typeof pass.admin) =>
      agent.put(`/v1/passes/${pass.id}/revocation`).send({ reason: 'Paid back' });
    await revoke(nomad.agent).expect(403);
    await pass.admin.put(`/v1/passes/${pass.id}/revocation`).send({}).expect(422);
    expect((await revoke(pass.admin).expect(200)).body.state).toBe('REVOKED');
    expect((await revoke(pass.admin).expect(200)).body.state).toBe('REVOKED');
    await expect(hold(1)).rejects.toMatchObject({ code: 'pass.not_usable' });
    const paused = await pass.admin.put(`/v1/passes/${pass.id}/pause`).expect(409);
    expect(paused.body.code).toBe('pass.wrong_state');
    const changes = await ownerSql('SELECT to_state, reason FROM passes.pass_changes WHERE pass_id = $1', [
      pass.id,
    ]);
    expect(changes).toEqual([{ to_state: 'REVOKED', reason: 'Paid back' }]);
  });

  it('expires by its date at reading, and by the sweep for good', async () => {
    clock.travelTo('2027-06-01T12:00:00Z'); // its last day is over at UTC-12 too
    expect((await ownPass()).state).toBe('EXPIRED');
    expect(await usable('hot_desk', '2027-05-31')).toEqual([]);
    expect((await app.get(Sweeps).runAll())['passes.expire']).toBeGreaterThan(0);
    expect((await app.get(Sweeps).runAll())['passes.expire']).toBe(0);
    const [row] = await ownerSql('SELECT state FROM passes.passes WHERE id = $1', [pass.id]);
    expect(row).toEqual({ state: 'EXPIRED' });
  });
});

describe('a product', () => {
  it('is listed for its network, and issued to a confirmed address', async () => {
    const { body } = await nomad.agent.get(`/v1/products?networkId=${med.id}`).expect(200);
    expect(body.items.map((item: { id: string }) => item.id)).toEqual([pass.productId]);
    const issue = (order: object) =>
      pass.admin.put(`/v1/passes/${newId()}`).send({ productId: pass.productId, ...order });
    const { body: issued } = await issue({ email: nomad.email.toUpperCase() }).expect(200);
    expect(issued).toMatchObject({ personId: nomad.id, leftHalfDays: 20 });
    const unknown = await issue({ email: 'nobody@example.org' }).expect(422);
    expect(unknown.body.code).toBe('pass.person_unknown');
    await issue({ email: nomad.email, personId: nomad.id }).expect(422);
    const listed = await pass.admin.get(`/v1/issued-passes?networkId=${med.id}`).expect(200);
    expect(listed.body.items.map((item: { id: string }) => item.id)).toEqual([issued.id, pass.id]);
    expect(listed.body.items[0].holderFirstName).toBe('Lea');
    await nomad.agent.get(`/v1/issued-passes?networkId=${med.id}`).expect(403);
  });

  it('for public agents has the class of one for everybody, so that codes do not name an employer', async () => {
    const agents = { networkId: med.id, audience: 'PUBLIC_AGENTS', name: 'Agents' };
    const put = (product: object) =>
      pass.admin.put(`/v1/products/${newId()}`).send(productBody({ ...agents, ...product }));
    expect((await put({ productClass: 9 }).expect(422)).body.code).toBe('product.class_reveals');
    await put({ productClass: 1 }).expect(200);
  });

  it.each([
    ['halfDays', { halfDays: 0 }],
    ['periodMonths', { kind: 'PERIOD' }],
    ['hostCapHalfDays', { kind: 'UNLIMITED', halfDays: 0, periodMonths: 1 }],
    ['starts', { kind: 'PERIOD', periodMonths: 1, starts: 'FIRST_USE' }],
    ['rollOver', { rollOver: true }],
  ])('is refused when %s does not fit its kind', async (field, wrong) => {
    const body = productBody({ networkId: med.id, ...wrong });
    const refused = await pass.admin.put(`/v1/products/${newId()}`).send(body).expect(422);
    expect(refused.body.errors).toMatchObject([{ pointer: `/${field}` }]);
  });

  it('names a scope that exists, and belongs to one network', async () => {
    const body = productBody({ networkId: med.id });
    const unknown = { ...body, scope: { ...body.scope, spaceIds: [newId()] } };
    const refused = await pass.admin.put(`/v1/products/${newId()}`).send(unknown).expect(422);
    expect(refused.body.code).toBe('product.scope_unknown');
    const network = await placeNetwork(app);
    const other = await makeNetworkAdmin(app, network.id);
    const stolen = await other
      .put(`/v1/products/${pass.productId}`)
      .send(productBody({ networkId: network.id }))
      .expect(404);
    expect(stolen.body.code).toBe('product.not_found');
    expect((await nomad.agent.get(`/v1/products/${pass.productId}`).expect(200)).body.name).toBe('Ten days');
  });
});
