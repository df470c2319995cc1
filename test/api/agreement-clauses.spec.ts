import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Temporal } from '../../src/kernel/time.js';
import { Ledger } from '../../src/ledger/index.js';
import { Clock } from '../../src/platform/clock.js';
import { Db } from '../../src/platform/db.js';
import { Reciprocity } from '../../src/reciprocity/index.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import { makeAgreement, makeNetworkAdmin, versionBody } from '../support/make-reciprocity.js';
import { placeNetwork, placeSpace } from '../support/place-rows.js';

let app: NestFastifyApplication;
let clock: TestClock;
let med: Awaited<ReturnType<typeof placeNetwork>>;
let provence: typeof med;
let jadran: typeof med;
let atelier: Awaited<ReturnType<typeof placeSpace>>;
let kvarner: typeof atelier;
let admin: Agent;

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  clock = app.get(Clock);
});
afterAll(() => app.close());

beforeEach(async () => {
  clock.travelTo('2026-06-01T08:00:00Z');
  med = await placeNetwork(app);
  provence = await placeNetwork(app, { parentId: med.id });
  jadran = await placeNetwork(app, { parentId: med.id });
  atelier = await placeSpace(app, provence);
  kvarner = await placeSpace(app, jadran);
  admin = await makeNetworkAdmin(app, med.id);
});

const hosts = () => [{ hostSpaceId: atelier.id }, { hostSpaceId: kvarner.id }];
const inside = () => ({
  name: 'Inside',
  homeNetworkId: med.id,
  hostNetworkId: med.id,
  clearingNetworkId: med.id,
});
const putVersion = (id: string, body: object) => admin.put(`/v1/agreement-versions/${id}`).send(body);

describe('the clauses of a version', () => {
  it('stand at their usual values until somebody says otherwise, and are shown with who signed', async () => {
    const { id } = await makeAgreement(app, { homeNetworkId: med.id, rates: hosts() });
    const { body } = await admin.get(`/v1/agreements/${id}`).expect(200);
    expect(body.versions[0]).toMatchObject({
      clauses: { solidarityBps: 0, networkFeeBps: 0, reviewDays: 10, disputeDays: 7, rounding: 'LINE' },
      signatures: [{ networkId: med.id, signedAt: '2026-06-01T08:00:00Z', signedBy: /^person:/ }].map(
        ({ signedBy, ...rest }) => ({ ...rest, signedBy: expect.stringMatching(signedBy) }),
      ),
    });
  });

  it.each([
    ['shares above the whole', { solidarityBps: 6000, networkFeeBps: 5000 }],
    ['a fraction of a basis point', { solidarityBps: 1.5 }],
    [
      'a season that ends before it begins',
      { seasonCaps: [{ fromDay: '2026-08-31', untilDay: '2026-07-01', halfDays: 4 }] },
    ],
  ])('are refused with %s', async (_what, clauses) => {
    const { id: agreementId } = await makeAgreement(app, { homeNetworkId: med.id, rates: hosts() });
    const body = { ...versionBody({ agreementId, rates: hosts(), validFrom: '2026-09-01' }), clauses };
    expect((await putVersion(newId(), body).expect(422)).body.code).toBe('request.invalid');
  });

  it('change with 15 days of notice and no less, counted from the last signature', async () => {
    const { id: agreementId } = await makeAgreement(app, { homeNetworkId: med.id, rates: hosts() });
    const early = versionBody({ agreementId, rates: hosts(), validFrom: '2026-06-15' });
    const refused = await putVersion(newId(), early).expect(409);
    expect(refused.body).toMatchObject({ code: 'agreement.notice_too_short', noticeDays: 15 });
    expect((await admin.get(`/v1/agreements/${agreementId}`)).body.versions).toHaveLength(1);
    await putVersion(newId(), { ...early, validFrom: '2026-06-16' }).expect(200);
  });

  it('bind late or never: the other side cannot sign changed terms within the notice', async () => {
    const tunis = await placeNetwork(app, { unit: 'EUR' });
    const between = { homeNetworkId: med.id, hostNetworkId: tunis.id };
    const { id: agreementId } = await makeAgreement(app, { ...between, rates: hosts() });
    const versionId = newId();
    await putVersion(versionId, versionBody({ agreementId, rates: hosts(), validFrom: '2026-07-01' })).expect(
      200,
    );
    clock.travelTo('2026-06-20T08:00:00Z');
    const other = await makeNetworkAdmin(app, tunis.id);
    const late = await other
      .put(`/v1/agreement-versions/${versionId}/signature`)
      .send({ networkId: tunis.id });
    expect(late.body.code).toBe('agreement.notice_too_short');
    const { body } = await admin.get(`/v1/agreements/${agreementId}`);
    expect(body.versions[1]).toMatchObject({ isBinding: false, signatures: { length: 1 } });
  });
});

describe("a host's price floor", () => {
  const floor = (minor: number, fromDay = '2026-01-01') => ({
    hostSpaceId: atelier.id,
    resourceKind: 'hot_desk',
    floorPerHalfDay: { unit: 'EUR', minor },
    fromDay,
  });

  it('is declared by the host, and no rate of money goes under it, not even in the database', async () => {
    const manager = await makePerson(app, {
      grants: [{ organisationId: atelier.operatorId, role: 'space_manager' }],
    });
    const id = newId();
    await manager.agent.put(`/v1/price-floors/${id}`).send(floor(900)).expect(200);
    await manager.agent.put(`/v1/price-floors/${id}`).send(floor(900)).expect(200);
    expect((await manager.agent.put(`/v1/price-floors/${id}`).send(floor(901)).expect(409)).body.code).toBe(
      'request.id_reused',
    );
    const { body } = await manager.agent.get(`/v1/price-floors?hostSpaceId=${atelier.id}`).expect(200);
    expect(body.items).toMatchObject([{ id, floorPerHalfDay: { unit: 'EUR', minor: 900 } }]);

    const agreementId = newId();
    await admin.put(`/v1/agreements/${agreementId}`).send(inside()).expect(200);
    const rate = (minor: number) => [{ hostSpaceId: atelier.id, ratePerHalfDay: { unit: 'EUR', minor } }];
    const under = await putVersion(newId(), versionBody({ agreementId, rates: rate(899) })).expect(422);
    expect(under.body.code).toBe('agreement.under_floor');
    const versionId = newId();
    await putVersion(versionId, versionBody({ agreementId, rates: rate(900) })).expect(200);
    await expect(
      ownerSql(
        `INSERT INTO reciprocity.rates (version_id, home_network_id, host_network_id, host_space_id, resource_kind,
           rate_minor, unit, created_at)
         SELECT version_id, home_network_id, host_network_id, host_space_id, 'hot_desk', 1, unit, now()
         FROM reciprocity.rates WHERE version_id = $1`,
        [versionId],
      ),
    ).rejects.toThrow('rates_not_under_floor');
  });

  it('is in the currency of the host, one per day, and nobody declares it for another', async () => {
    const manager = await makePerson(app, {
      grants: [{ organisationId: atelier.operatorId, role: 'space_manager' }],
    });
    const wrong = { ...floor(900), floorPerHalfDay: { unit: 'TND', minor: 900 } };
    const put = (agent: Agent, body: object) => agent.put(`/v1/price-floors/${newId()}`).send(body);
    expect((await put(manager.agent, wrong).expect(422)).body.code).toBe('price_floor.wrong_unit');
    await put(manager.agent, floor(900)).expect(200);
    expect((await put(manager.agent, floor(950)).expect(409)).body.code).toBe('price_floor.day_taken');
    const stranger = await makePerson(app, {
      grants: [{ organisationId: kvarner.operatorId, role: 'space_manager' }],
    });
    expect((await put(stranger.agent, floor(1)).expect(403)).body.code).toBe('access.denied');
  });
});

describe('agreements of the same two', () => {
  it('never overlap, and one may follow the other', async () => {
    const { id } = await makeAgreement(app, { homeNetworkId: med.id, rates: hosts() });
    const another = { ...inside(), name: 'Again', fromDay: '2026-07-01' };
    const put = () => admin.put(`/v1/agreements/${newId()}`).send(another);
    expect((await put().expect(409)).body.code).toBe('agreement.pair_taken');
    const end = (untilDay: string) => admin.put(`/v1/agreements/${id}/end`).send({ untilDay });
    expect((await end('2026-06-10').expect(409)).body.code).toBe('agreement.notice_too_short');
    await end('2026-06-30').expect(200);
    expect((await end('2026-06-30').expect(200)).body.untilDay).toBe('2026-06-30');
    expect((await end('2026-07-31').expect(409)).body.code).toBe('request.id_reused');
    await put().expect(200);
    const terms = (day: string) =>
      admin
        .get('/v1/terms')
        .query({ homeNetworkId: provence.id, hostSpaceId: kvarner.id, resourceKind: 'hot_desk', day });
    await terms('2026-06-30').expect(200);
    expect((await terms('2026-07-01').expect(404)).body.code).toBe('agreement.no_terms');
  });

  it('between two spaces come before what their networks agreed on, for those two spaces alone', async () => {
    await makeAgreement(app, { homeNetworkId: med.id, rates: hosts() });
    const agreementId = newId();
    const sides = { homeNetworkId: provence.id, hostNetworkId: jadran.id, clearingNetworkId: med.id };
    const spaces = { homeSpaceId: atelier.id, hostSpaceId: kvarner.id };
    const body = { name: 'Twins', ...sides, ...spaces };
    const half = { ...body, homeSpaceId: undefined };
    expect((await admin.put(`/v1/agreements/${newId()}`).send(half).expect(422)).body.code).toBe(
      'request.invalid',
    );
    const foreign = { ...body, hostSpaceId: (await placeSpace(app, med)).id };
    expect((await admin.put(`/v1/agreements/${newId()}`).send(foreign).expect(422)).body.code).toBe(
      'agreement.host_foreign',
    );
    await admin.put(`/v1/agreements/${agreementId}`).send(body).expect(200);
    await putVersion(newId(), versionBody({ agreementId, rates: hosts(), freeHalfDays: 40 })).expect(200);
    const free = async (homeSpaceId: string) => {
      const of = {
        homeNetworkId: provence.id,
        hostSpaceId: kvarner.id,
        resourceKind: 'hot_desk',
        day: '2026-06-01',
      };
      return (
        await admin
          .get('/v1/terms')
          .query({ ...of, homeSpaceId })
          .expect(200)
      ).body.freeHalfDays;
    };
    expect(await free(atelier.id)).toBe(40);
    expect(await free((await placeSpace(app, provence)).id)).toBe(6);
  });
});

it('shows who accepts whom and on which terms, with chapters inheriting and overriding', async () => {
  const { versionId: above } = await makeAgreement(app, { homeNetworkId: med.id, rates: hosts() });
  const { versionId: own } = await makeAgreement(app, {
    homeNetworkId: provence.id,
    hostNetworkId: jadran.id,
    rates: [{ hostSpaceId: kvarner.id, ratePerHalfDay: { unit: 'EUR', minor: 500 } }],
  });
  const { body } = await admin.get(`/v1/agreement-matrix?networkId=${med.id}&day=2026-06-01`).expect(200);
  const cell = (home: string, host: string) =>
    body.items.find(
      (item: { homeNetworkId: string; hostSpaceId: string }) =>
        item.homeNetworkId === home && item.hostSpaceId === host,
    );
  expect(cell(provence.id, kvarner.id)).toMatchObject({
    agreementVersionId: own,
    ratePerHalfDay: { unit: 'EUR', minor: 500 },
    agreementNetworkIds: { length: 2 },
  });
  expect(cell(jadran.id, kvarner.id)).toMatchObject({
    agreementVersionId: above,
    agreementNetworkIds: [med.id],
  });
  expect(cell(jadran.id, atelier.id)).toMatchObject({ agreementVersionId: above });
  expect(body.items).toHaveLength(6); // three home networks, two hosts
});

describe('caps over many guests', () => {
  const day = Temporal.PlainDate.from('2026-07-06');
  const take = async (halfDays: number, homeSpaceId: string, on = day) => {
    const person = await makePerson(app);
    const holdId = newId();
    const scope = { networks: [provence.id, jadran.id], person: person.id };
    await app.get(Db).tx(scope, async (tx) => {
      const hostSpace = { id: kvarner.id, networkId: jadran.id };
      const reciprocity = app.get(Reciprocity);
      const at = { homeNetworkId: provence.id, hostSpace, resourceKind: 'hot_desk' as const, day: on };
      const terms = (await reciprocity.terms(tx, at))!;
      const of = { personId: person.id, hostSpaceId: kvarner.id, year: on.year, homeSpaceId, day: on };
      const { limitedBy } = await reciprocity.quota(tx, of, terms);
      seen.push(limitedBy);
      const hold = { holdId, personId: person.id, hostSpace, year: on.year, halfDays, reason: 'test' };
      await reciprocity.holdQuota(tx, { ...hold, homeSpaceId, day: on }, terms);
    });
    return { holdId, scope };
  };
  let seen: unknown[];
  beforeEach(() => {
    seen = [];
  });
  const agree = async (clauses: object) => {
    const agreementId = newId();
    await admin.put(`/v1/agreements/${agreementId}`).send(inside()).expect(200);
    await putVersion(newId(), { ...versionBody({ agreementId, rates: hosts() }), clauses }).expect(200);
  };

  it('close a pair of spaces for the year, and open it again when a hold is let go', async () => {
    await agree({ capHalfDaysPerPairYear: 3 });
    const { holdId, scope } = await take(2, atelier.id);
    await expect(take(2, atelier.id)).rejects.toMatchObject({ code: 'quota.pair_cap_reached' });
    await take(2, (await placeSpace(app, provence)).id); // another pair
    await app.get(Db).tx(scope, (tx) => app.get(Ledger).void(tx, holdId));
    await take(2, atelier.id);
    expect(seen).toEqual(['PAIR_CAP', 'PAIR_CAP', 'PAIR_CAP', 'PAIR_CAP']);
  });

  it('close a host for a season, whoever the guests are, and only for the season', async () => {
    await agree({ seasonCaps: [{ fromDay: '2026-07-01', untilDay: '2026-08-31', halfDays: 3 }] });
    await take(2, atelier.id);
    const other = await placeSpace(app, provence);
    await expect(take(2, other.id)).rejects.toMatchObject({ code: 'quota.host_cap_reached' });
    await take(2, other.id, Temporal.PlainDate.from('2026-09-01'));
    expect(seen).toEqual(['SEASON_CAP', 'SEASON_CAP', null]);
  });

  it('hold against many at once', async () => {
    await agree({ capHalfDaysPerPairYear: 4 });
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => take(1, atelier.id)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
  });
});
