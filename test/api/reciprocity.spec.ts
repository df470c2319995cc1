import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import { makeAgreement, makeNetworkAdmin, versionBody } from '../support/make-reciprocity.js';
import { placeNetwork, placeSpace } from '../support/place-rows.js';

let app: NestFastifyApplication;
let clock: TestClock;
let med: Awaited<ReturnType<typeof placeNetwork>>;
let provence: typeof med;
let tunis: typeof med;
let atelier: Awaited<ReturnType<typeof placeSpace>>;
let dar: typeof atelier;
let medAdmin: Agent;
let tunisAdmin: Agent;

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase(); // every test makes networks and people of its own
  clock = app.get(Clock);
});
afterAll(() => app.close());

beforeEach(async () => {
  clock.travelTo('2026-06-01T08:00:00Z');
  med = await placeNetwork(app);
  provence = await placeNetwork(app, { parentId: med.id });
  tunis = await placeNetwork(app, { unit: 'TND' });
  atelier = await placeSpace(app, provence);
  dar = await placeSpace(app, tunis);
  medAdmin = await makeNetworkAdmin(app, med.id);
  tunisAdmin = await makeNetworkAdmin(app, tunis.id);
});

const between = () => ({
  name: 'Med and Tunis',
  homeNetworkId: med.id,
  hostNetworkId: tunis.id,
  clearingNetworkId: med.id,
});
const TND = (minor: number) => ({ unit: 'TND', minor });

async function putBetween(id = newId()): Promise<string> {
  await medAdmin.put(`/v1/agreements/${id}`).send(between()).expect(200);
  return id;
}

const termsAt = (agent: Agent, hostSpaceId: string, homeNetworkId: string, day = '2026-06-01') =>
  agent.get('/v1/terms').query({ homeNetworkId, hostSpaceId, resourceKind: 'hot_desk', day });

describe('an agreement', () => {
  it('is written by one side, read by both, and is not there for anybody else', async () => {
    const id = await putBetween();
    expect((await tunisAdmin.get(`/v1/agreements/${id}`).expect(200)).body).toEqual({
      id,
      ...between(),
      homeSpaceId: null,
      hostSpaceId: null,
      fromDay: null,
      untilDay: null,
      versions: [],
    });
    expect((await medAdmin.get('/v1/agreements').expect(200)).body.items).toHaveLength(1);

    const other = await placeNetwork(app);
    const stranger = await makeNetworkAdmin(app, other.id);
    const { body } = await stranger.get(`/v1/agreements/${id}`).expect(404);
    expect(body.code).toBe('agreement.not_found');
    expect((await stranger.get('/v1/agreements').expect(200)).body.items).toEqual([]);
  });

  it('of a network is read by the people of its chapters', async () => {
    const id = await putBetween();
    const chapter = await makeNetworkAdmin(app, provence.id);
    const { body } = await chapter.get(`/v1/agreements/${id}`).expect(200);
    expect(body.id).toBe(id);
  });

  it('answers the same request again, and refuses its id for another', async () => {
    const id = await putBetween();
    await putBetween(id);
    const changed = { ...between(), name: 'Another name' };
    const { body } = await medAdmin.put(`/v1/agreements/${id}`).send(changed).expect(409);
    expect(body.code).toBe('request.id_reused');
  });

  it('is one per pair of networks, whichever is named first', async () => {
    await putBetween();
    const swapped = { ...between(), homeNetworkId: tunis.id, hostNetworkId: med.id };
    const { body } = await tunisAdmin.put(`/v1/agreements/${newId()}`).send(swapped).expect(409);
    expect(body.code).toBe('agreement.pair_taken');
  });

  it('is cleared by a network of one of its sides, or one above it', async () => {
    const foreign = { ...between(), homeNetworkId: provence.id, clearingNetworkId: med.id };
    await medAdmin.put(`/v1/agreements/${newId()}`).send(foreign).expect(200);
    const wrong = { ...between(), clearingNetworkId: (await placeNetwork(app)).id };
    const { body } = await medAdmin.put(`/v1/agreements/${newId()}`).send(wrong).expect(422);
    expect(body.code).toBe('agreement.clearing_foreign');
  });

  it('is written by nobody without the permission at one of its sides', async () => {
    const { agent } = await makePerson(app);
    const { body } = await agent.put(`/v1/agreements/${newId()}`).send(between()).expect(403);
    expect(body.code).toBe('access.denied');
    const chapter = await makeNetworkAdmin(app, provence.id);
    await chapter.put(`/v1/agreements/${newId()}`).send(between()).expect(403);
  });
});

describe('a version', () => {
  const put = (agent: Agent, id: string, body: object) =>
    agent.put(`/v1/agreement-versions/${id}`).send(body);
  const rates = () => [
    { hostSpaceId: atelier.id, ratePerHalfDay: { unit: 'EUR', minor: 1000 } },
    { hostSpaceId: dar.id, ratePerHalfDay: TND(22_500), freeHalfDays: 10 },
  ];

  it('between networks binds once the other side has signed it too', async () => {
    const agreementId = await putBetween();
    const id = newId();
    const { body } = await put(medAdmin, id, versionBody({ agreementId, rates: rates() })).expect(200);
    expect(body).toMatchObject({ number: 1, isBinding: false, signatures: [{ networkId: med.id }] });
    expect((await termsAt(medAdmin, dar.id, provence.id).expect(404)).body.code).toBe('agreement.no_terms');

    const sign = () => tunisAdmin.put(`/v1/agreement-versions/${id}/signature`).send({ networkId: tunis.id });
    expect((await sign().expect(200)).body.isBinding).toBe(true);
    expect((await sign().expect(200)).body.signatures).toHaveLength(2); // signing twice is signing once

    const { body: terms } = await termsAt(tunisAdmin, dar.id, provence.id).expect(200);
    expect(terms).toEqual({
      agreementId,
      versionId: id,
      clearingNetworkId: med.id,
      mode: 'ACCRUAL_CASH',
      resourceKind: 'hot_desk',
      ratePerHalfDay: TND(22_500),
      tariff: {
        per: 'HALF_DAY',
        rate: TND(22_500),
        dayMax: null,
        minimumMinutes: 0,
        stepMinutes: null,
        graceMinutes: null,
      },
      freeHalfDays: 10,
      capHalfDaysPerPersonYear: null,
    });
  });

  it('inside a network binds with one signature, and reaches its chapters', async () => {
    const second = await placeSpace(app, await placeNetwork(app, { parentId: med.id }));
    const { versionId } = await makeAgreement(app, {
      homeNetworkId: med.id,
      rates: [{ hostSpaceId: second.id }],
    });
    const { body } = await termsAt(medAdmin, second.id, provence.id).expect(200);
    expect(body).toMatchObject({ versionId, ratePerHalfDay: { unit: 'EUR', minor: 1000 }, freeHalfDays: 6 });
  });

  it('begins on its day, and the one before it holds until then', async () => {
    const host = [{ hostSpaceId: atelier.id }];
    const { id, versionId } = await makeAgreement(app, { homeNetworkId: med.id, rates: host });
    const next = versionBody({ agreementId: id, rates: host, validFrom: '2026-07-01', freeHalfDays: 10 });
    const { body } = await put(medAdmin, newId(), next).expect(200);
    expect(body.number).toBe(2);
    const free = async (day: string) => (await termsAt(medAdmin, atelier.id, med.id, day)).body;
    expect(await free('2026-06-30')).toMatchObject({ versionId, freeHalfDays: 6 });
    expect(await free('2026-07-01')).toMatchObject({ versionId: body.id, freeHalfDays: 10 });
    expect((await free('2025-12-31')).code).toBe('agreement.no_terms');
  });

  it('answers the same request again, and refuses its id for another', async () => {
    const agreementId = await putBetween();
    const id = newId();
    const body = versionBody({ agreementId, rates: rates() });
    const first = await put(medAdmin, id, body).expect(200);
    expect((await put(medAdmin, id, body).expect(200)).body).toEqual(first.body);
    const refused = await put(medAdmin, id, { ...body, freeHalfDays: 7 }).expect(409);
    expect(refused.body.code).toBe('request.id_reused');
  });

  it.each([
    ['a gift with a rate', { mode: 'GIFT' }],
    ['cash rates in half-days', { rate: { unit: 'HALF_DAY', minor: 1 } }],
    ['rates in kind in money', { mode: 'ACCRUAL_IN_KIND' }],
    ['a rate below nothing', { rate: { unit: 'EUR', minor: -1 } }],
    ['a day that does not exist', { validFrom: '2026-02-30' }],
    ['an unknown currency', { rate: { unit: 'XXX', minor: 1 } }],
    ['a fraction of a minor unit', { rate: { unit: 'EUR', minor: 0.5 } }],
  ])(
    'refuses %s',
    async (_what, { rate, ...wrong }: { rate?: object; mode?: string; validFrom?: string }) => {
      const agreementId = await putBetween();
      const ratePerHalfDay = rate ?? { unit: 'EUR', minor: 1000 };
      const version = versionBody({ agreementId, rates: [{ hostSpaceId: atelier.id }], ...wrong });
      const body = { ...version, rates: [{ ...version.rates[0], ratePerHalfDay }] };
      expect((await put(medAdmin, newId(), body).expect(422)).body.code).toBe('request.invalid');
    },
  );

  it('has one rate per host and resource kind, and one quota per host', async () => {
    const agreementId = await putBetween();
    const twice = [{ hostSpaceId: atelier.id }, { hostSpaceId: atelier.id }];
    const body = versionBody({ agreementId, rates: twice });
    expect((await put(medAdmin, newId(), body).expect(422)).body.code).toBe('request.invalid');
    const uneven = [
      { hostSpaceId: atelier.id, freeHalfDays: 6 },
      { hostSpaceId: atelier.id, resourceKind: 'meeting_room', freeHalfDays: 2 },
    ];
    await put(medAdmin, newId(), versionBody({ agreementId, rates: uneven })).expect(422);
  });

  it("names hosts of its two networks only, in each host's own currency", async () => {
    const agreementId = await putBetween();
    const foreign = await placeSpace(app, await placeNetwork(app));
    const elsewhere = versionBody({ agreementId, rates: [{ hostSpaceId: foreign.id }] });
    expect((await put(medAdmin, newId(), elsewhere).expect(422)).body.code).toBe('agreement.host_foreign');
    const euros = versionBody({ agreementId, rates: [{ hostSpaceId: dar.id }] });
    expect((await put(medAdmin, newId(), euros).expect(422)).body.code).toBe('agreement.wrong_unit');
    const { body } = await medAdmin.get(`/v1/agreements/${agreementId}`).expect(200);
    expect(body.versions).toEqual([]);
  });

  it('is written and signed by its sides only', async () => {
    const agreementId = await putBetween();
    const id = newId();
    await put(medAdmin, id, versionBody({ agreementId, rates: rates() })).expect(200);
    const stranger = await makeNetworkAdmin(app, (await placeNetwork(app)).id);
    const foreign = await put(stranger, newId(), versionBody({ agreementId, rates: rates() })).expect(404);
    expect(foreign.body.code).toBe('agreement.not_found');

    const sign = (agent: Agent, versionId: string, networkId: string) =>
      agent.put(`/v1/agreement-versions/${versionId}/signature`).send({ networkId });
    expect((await sign(stranger, id, tunis.id).expect(404)).body.code).toBe('agreement.version_not_found');
    expect((await sign(medAdmin, newId(), med.id).expect(404)).body.code).toBe('agreement.version_not_found');
    expect((await sign(medAdmin, id, provence.id).expect(422)).body.code).toBe('agreement.not_a_side');
    expect((await sign(medAdmin, id, tunis.id).expect(403)).body.code).toBe('access.denied');
  });

  it.each(['agreement_versions', 'rates', 'signatures'])('is never edited: %s', async (table) => {
    await makeAgreement(app, { homeNetworkId: med.id, rates: [{ hostSpaceId: atelier.id }] });
    await expect(ownerSql(`DELETE FROM reciprocity.${table}`)).rejects.toThrow('append-only');
  });
});
