import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Temporal } from '../../src/kernel/time.js';
import { Ledger } from '../../src/ledger/index.js';
import { Passes } from '../../src/passes/index.js';
import { Clock } from '../../src/platform/clock.js';
import { Db, type Tx } from '../../src/platform/db.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { makePerson } from '../support/make-identity.js';
import { makePass, productBody } from '../support/make-passes.js';
import { makeNetworkAdmin } from '../support/make-reciprocity.js';
import { placeNetwork, placeSpace } from '../support/place-rows.js';

let app: NestFastifyApplication;
let clock: TestClock;
let med: Awaited<ReturnType<typeof placeNetwork>>;
let atelier: Awaited<ReturnType<typeof placeSpace>>;
let nomad: Awaited<ReturnType<typeof makePerson>>;
let pass: Awaited<ReturnType<typeof makePass>>;

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase(); // every test makes networks and people of its own
  clock = app.get(Clock);
});
afterAll(() => app.close());

beforeEach(async () => {
  clock.travelTo('2026-06-01T08:00:00Z');
  med = await placeNetwork(app);
  atelier = await placeSpace(app, await placeNetwork(app, { parentId: med.id }));
  nomad = await makePerson(app, { name: 'Lea Fabre' });
  pass = await makePass(app, { networkId: med.id, personId: nomad.id });
});

const ownPass = async () => (await nomad.agent.get(`/v1/passes/${pass.id}`).expect(200)).body;
const inScope = <Result>(work: (tx: Tx) => Promise<Result>) =>
  app.get(Db).tx({ networks: [], person: nomad.id }, work);
const hold = (halfDays: number, holdId = newId()) =>
  inScope((tx) => app.get(Passes).hold(tx, { holdId, passId: pass.id, halfDays, reason: 'booking' }));
const use = async (halfDays: number) => {
  const holdId = newId();
  await hold(halfDays, holdId);
  await inScope(async (tx) => {
    await app.get(Ledger).post(tx, holdId);
    await app.get(Passes).firstUse(tx, pass.id);
  });
};
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
      state: 'ISSUED',
      validFrom: '2026-06-01',
      validUntil: '2027-05-31', // 365 days, the first one counted
      halfDays: 20, // ten days
      leftHalfDays: 20,
      heldHalfDays: 0,
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
    await other.put(`/v1/passes/${pass.id}/revocation`).expect(404);
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
    await pass.admin.put(`/v1/products/${pass.productId}`).send(wider).expect(200);
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

  it('is paused and resumed, and revoked for good', async () => {
    const put = (action: string) => pass.admin.put(`/v1/passes/${pass.id}/${action}`);
    expect((await put('pause').expect(200)).body.state).toBe('PAUSED');
    expect((await put('pause').expect(200)).body.state).toBe('PAUSED');
    await expect(hold(1)).rejects.toMatchObject({ code: 'pass.not_usable' });
    const resume = () => pass.admin.delete(`/v1/passes/${pass.id}/pause`);
    expect((await resume().expect(200)).body.state).toBe('ACTIVE');
    expect((await resume().expect(200)).body.state).toBe('ACTIVE');
    expect((await put('revocation').expect(200)).body.state).toBe('REVOKED');
    expect((await put('revocation').expect(200)).body.state).toBe('REVOKED');
    expect((await put('pause').expect(409)).body.code).toBe('pass.wrong_state');
    await nomad.agent.put(`/v1/passes/${pass.id}/revocation`).expect(403);
    const changes = await ownerSql<{ to_state: string }>(
      'SELECT to_state FROM passes.pass_changes WHERE pass_id = $1',
      [pass.id],
    );
    expect(changes.map((change) => change.to_state).toSorted()).toEqual(['ACTIVE', 'PAUSED', 'REVOKED']);
  });

  it('expires by its date at reading, and by the sweep for good', async () => {
    clock.travelTo('2027-06-01T12:00:00Z'); // its last day is over at UTC-12 too
    expect((await ownPass()).state).toBe('EXPIRED');
    expect(await usable('hot_desk', '2027-05-31')).toEqual([]);
    expect((await app.get(Sweeps).runAll())['passes.expire']).toBeGreaterThan(0);
    expect((await app.get(Sweeps).runAll())['passes.expire']).toBe(0);
    const [row] = await ownerSql<{ state: string }>('SELECT state FROM passes.passes WHERE id = $1', [
      pass.id,
    ]);
    expect(row!.state).toBe('EXPIRED');
  });
});

describe('a product', () => {
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
