import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { priceOf } from '../../src/kernel/tariff.js';
import { tariffFromWire } from '../../src/kernel/wire.js';
import { Clock } from '../../src/platform/clock.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import {
  checkOut,
  enterSpace,
  makeDoor,
  makeNomad,
  makeScene,
  showAt,
  type Door,
  type Nomad,
  type Scene,
} from '../support/make-checkin.js';
import { makeNetwork } from '../support/make-directory.js';
import { makePerson } from '../support/make-identity.js';
import { makeAgreement } from '../support/make-reciprocity.js';

/** A Tuesday, 09:00 in Marseille, when the doors open. The half-day boundary is 13:00, closing time 18:00. */
const MORNING = '2026-12-01T08:00:00Z';

let app: NestFastifyApplication;
let scene: Scene;
let host: Door;
let home: Door;
const clock = () => app.get<TestClock>(Clock);

/** A door of a network that has no agreement with anybody. */
async function makeStranger(): Promise<Door> {
  return makeDoor(app, { networkId: (await makeNetwork(app)).id });
}

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  scene = await makeScene(app);
  ({ host, home } = scene);
});
beforeEach(() => clock().travelTo(MORNING));
afterAll(() => app.close());

describe('a visit', () => {
  it('is not there for another network, and not for a colleague of the same one to end', async () => {
    const nomad = await makeNomad(app, scene);
    const { visitId } = await enterSpace(app, { door: host, spaceId: host.id, phone: nomad.phone });
    const foreign = await makeStranger();
    expect((await checkOut(app, foreign, visitId).expect(404)).body.code).toBe('visit.not_found');
    expect((await checkOut(app, home, visitId).expect(403)).body.code).toBe('access.denied');
    const list = await home.staff.get(`/v1/visits?spaceId=${host.id}&day=2026-12-01`).expect(403);
    expect(list.body.code).toBe('access.denied');
    const first = await checkOut(app, host, visitId).expect(200);
    expect((await checkOut(app, host, visitId).expect(200)).body).toEqual(first.body);
  });

  it('ends by itself when the hours are over, however late the sweep comes', async () => {
    const nomad = await makeNomad(app, scene);
    const { visitId } = await enterSpace(app, { door: host, spaceId: host.id, phone: nomad.phone });
    clock().travelTo('2026-12-01T21:00:00Z');
    await app.get(Sweeps).runAll();
    const { body } = await nomad.agent.get('/v1/visits').expect(200);
    expect(body.items[0]).toMatchObject({
      id: visitId,
      state: 'COMPLETED',
      completedAt: '2026-12-01T17:00:00Z',
    });
  });

  it('of yesterday that no sweep has ended yet does not keep anybody out today', async () => {
    const nomad = await makeNomad(app, scene);
    await showAt(app, host, nomad.phone);
    clock().travelTo('2026-12-02T08:00:00Z');
    expect((await showAt(app, host, nomad.phone)).state).toBe('ACCEPTED');
  });

  it('that a manager declared invalid is never sealed', async () => {
    const nomad = await makeNomad(app, scene);
    const { visitId } = await enterSpace(app, { door: host, spaceId: host.id, phone: nomad.phone });
    const invalidation = { reason: 'Scanned by mistake' };
    const path = `/v1/visits/${visitId}/invalidation`;
    expect((await host.staff.put(path).send(invalidation).expect(403)).body.code).toBe('access.denied');
    expect((await host.manager.put(path).send(invalidation).expect(200)).body.state).toBe('INVALID');
    await host.manager.put(path).send(invalidation).expect(200);
    const other = await host.manager.put(path).send({ reason: 'Another' }).expect(409);
    expect(other.body.code).toBe('visit.invalid');
    expect((await checkOut(app, host, visitId).expect(409)).body.code).toBe('visit.invalid');
    clock().travelTo('2026-12-03T08:00:00Z');
    await app.get(Sweeps).runAll();
    expect((await nomad.agent.get('/v1/visits').expect(200)).body.items[0].state).toBe('INVALID');
  });
});

describe('a sealed record', () => {
  const recordOf = async (nomad: Nomad) => {
    clock().travelTo('2026-12-02T23:00:00Z'); // 24 hours after midnight in Marseille
    await app.get(Sweeps).runAll();
    const { body } = await nomad.agent.get('/v1/visits').expect(200);
    return { visit: body.items[0], recordId: body.items[0].recordId as string };
  };

  it('is made 24 hours after the end of the day, not a moment before', async () => {
    const nomad = await makeNomad(app, scene);
    await showAt(app, host, nomad.phone);
    clock().travelTo('2026-12-02T22:59:59Z');
    await app.get(Sweeps).runAll();
    expect((await nomad.agent.get('/v1/visits').expect(200)).body.items[0].state).toBe('COMPLETED');
    const { visit } = await recordOf(nomad);
    expect(visit.state).toBe('SEALED');
  });

  it('says who owes what on which terms, opens to scan and agreement, and prices itself again to the cent', async () => {
    const nomad = await makeNomad(app, scene);
    const { scanId, visitId } = await enterSpace(app, { door: host, spaceId: host.id, phone: nomad.phone });
    const { recordId } = await recordOf(nomad);
    const { body } = await host.staff.get(`/v1/visit-records/${recordId}`).expect(200);
    expect(body).toMatchObject({
      visitId,
      scan: { id: scanId, evidence: 'A' },
      homeSpaceId: home.id,
      hostSpaceId: host.id,
      debtorPartyId: home.id,
      creditorPartyId: host.id,
      clearingNetworkId: scene.networkId,
      mode: 'ACCRUAL_CASH',
      funding: 'VISA_QUOTA',
      settles: true,
      halfDays: 2,
      rate: { unit: 'EUR', minor: 1000 },
      amount: { unit: 'EUR', minor: 2000 }, // 2 half-days × 10.00 EUR
      intact: true,
    });
    expect(body.terms.versionId).toBe(body.agreementVersionId);
    const { mode, halfDays, rate, minutes, tariff } = body;
    const priced = { mode, unit: rate.unit, tariff: tariffFromWire(tariff) };
    const price = priceOf(priced, { halfDays, minutes });
    expect(Number(price.minor)).toBe(body.amount.minor);
    expect(JSON.stringify(body)).not.toContain(nomad.id);
    const events = await ownerSql<{ payload: object }>(
      `SELECT payload FROM platform.outbox WHERE name = 'checkin.record_sealed.v1' AND payload->>'recordId' = $1`,
      [recordId],
    );
    expect(events).toEqual([{ payload: { recordId, clearingNetworkId: scene.networkId } }]);
  });

  it('of a guest who has yet to pay is priced like every other, and does not settle', async () => {
    const other = await makeNetwork(app);
    const friend = await makeDoor(app, { networkId: other.id });
    const rates = [{ hostSpaceId: friend.id, ratePerHalfDay: { unit: 'EUR', minor: 1250 } }];
    const between = { homeNetworkId: scene.networkId, hostNetworkId: other.id };
    await makeAgreement(app, { ...between, freeHalfDays: 0, rates });
    const nomad = await makeNomad(app, scene); // whose pass is not for that network
    await enterSpace(app, { door: friend, spaceId: friend.id, phone: nomad.phone });
    const { recordId } = await recordOf(nomad);
    const { body } = await friend.staff.get(`/v1/visit-records/${recordId}`).expect(200);
    expect(body).toMatchObject({
      funding: 'PAY_AS_YOU_GO',
      settles: false,
      amount: { unit: 'EUR', minor: 2500 }, // 2 half-days × 12.50 EUR
      homeNetworkId: scene.networkId,
      hostNetworkId: other.id,
      clearingNetworkId: scene.networkId,
    });
  });

  it('is for both sides: host, home and treasurer; hidden from other networks and from the curious', async () => {
    const nomad = await makeNomad(app, scene);
    await showAt(app, host, nomad.phone);
    const { recordId } = await recordOf(nomad);
    const path = `/v1/visit-records/${recordId}`;
    const treasurer = await makePerson(app, {
      grants: [{ organisationId: scene.networkId, role: 'network_treasurer' }],
    });
    for (const agent of [host.staff, home.staff, treasurer.agent]) await agent.get(path).expect(200);
    const member = await makePerson(app, { grants: [{ organisationId: scene.networkId, role: 'nomad' }] });
    expect((await member.agent.get(path).expect(403)).body.code).toBe('access.denied');
    const foreign = await makeStranger();
    expect((await foreign.staff.get(path).expect(404)).body.code).toBe('visit_record.not_found');
  });

  it('cannot be changed, and shows when somebody with the keys of the database did', async () => {
    const nomad = await makeNomad(app, scene);
    const { visitId } = await enterSpace(app, { door: host, spaceId: host.id, phone: nomad.phone });
    const { recordId } = await recordOf(nomad);
    const change = `UPDATE checkin.visit_records SET debtor_party_id = $2 WHERE id = $1`;
    await expect(ownerSql(change, [recordId, host.id])).rejects.toThrow('append-only');
    await ownerSql('ALTER TABLE checkin.visit_records DISABLE TRIGGER append_only');
    await ownerSql(change, [recordId, host.id]);
    await ownerSql('ALTER TABLE checkin.visit_records ENABLE TRIGGER append_only');
    const { body } = await host.staff.get(`/v1/visit-records/${recordId}`).expect(200);
    expect(body.intact).toBe(false);
    const late = await host.manager
      .put(`/v1/visits/${visitId}/invalidation`)
      .send({ reason: 'Late' })
      .expect(409);
    expect(late.body.code).toBe('visit.sealed');
  });

  it('is sealed once, however often the sweep runs', async () => {
    const nomad = await makeNomad(app, scene);
    await showAt(app, host, nomad.phone);
    const { recordId } = await recordOf(nomad);
    expect((await app.get(Sweeps).runAll())['checkin.seal']).toBe(0);
    const rows = await ownerSql('SELECT 1 FROM checkin.visit_records WHERE id = $1', [recordId]);
    expect(rows).toHaveLength(1);
  });
});
