import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Temporal } from '../../src/kernel/time.js';
import { Ledger } from '../../src/ledger/index.js';
import { Clock } from '../../src/platform/clock.js';
import { Db, type Tx } from '../../src/platform/db.js';
import { Reciprocity, type Terms } from '../../src/reciprocity/index.js';
import { emptyDatabase, startApp, type TestClock } from '../support/app.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import { makeAgreement, makeNetworkAdmin, versionBody } from '../support/make-reciprocity.js';
import { placeHome, placeNetwork, placeSpace } from '../support/place-rows.js';

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

describe('a visa quota', () => {
  let nomad: Awaited<ReturnType<typeof makePerson>>;
  const reciprocity = () => app.get(Reciprocity);

  beforeEach(async () => {
    nomad = await makePerson(app);
    await placeHome(nomad.id, dar);
  });

  const inScope = <Result>(work: (tx: Tx) => Promise<Result>) =>
    app.get(Db).tx({ networks: [provence.id], person: nomad.id }, work);
  const terms = (day = '2026-06-01') =>
    inScope(async (tx): Promise<Terms> => {
      const query = { homeNetworkId: tunis.id, hostSpace: atelier, resourceKind: 'hot_desk' as const };
      return (await reciprocity().terms(tx, { ...query, day: Temporal.PlainDate.from(day) }))!;
    });
  const take = async (halfDays: number, { day = '2026-06-01', host = atelier, holdId = newId() } = {}) => {
    const agreed = await terms(day);
    await inScope((tx) =>
      reciprocity().holdQuota(
        tx,
        { holdId, personId: nomad.id, hostSpace: host, year: 2026, halfDays, reason: 'booking' },
        agreed,
      ),
    );
    return holdId;
  };
  const own = async (year = 2026) =>
    (await nomad.agent.get('/v1/visa-quotas').query({ hostSpaceId: atelier.id, year }).expect(200)).body;
  const agree = (more: object = {}) =>
    makeAgreement(app, {
      homeNetworkId: med.id,
      hostNetworkId: tunis.id,
      rates: [{ hostSpaceId: atelier.id }],
      ...more,
    });

  it('is read by its person, before and after its first use', async () => {
    await agree();
    expect(await own()).toEqual({ hostSpaceId: atelier.id, year: 2026, grantedHalfDays: 6, leftHalfDays: 6 });
    await take(2);
    expect(await own()).toMatchObject({ grantedHalfDays: 6, leftHalfDays: 4 });
    expect(await own(2027)).toMatchObject({ grantedHalfDays: 6, leftHalfDays: 6 });
  });

  it('gives its half-days and not one more', async () => {
    await agree();
    await take(5);
    await expect(take(2)).rejects.toMatchObject({ code: 'quota.exhausted', status: 409 });
    await take(1);
    expect(await own()).toMatchObject({ leftHalfDays: 0 });
  });

  it('gets back what a voided booking had taken, and takes the same hold once', async () => {
    await agree();
    const holdId = await take(2);
    await take(2, { holdId });
    expect(await own()).toMatchObject({ leftHalfDays: 4 });
    await inScope((tx) => app.get(Ledger).void(tx, holdId));
    expect(await own()).toMatchObject({ leftHalfDays: 6 });
  });

  it('is topped up when a later version grants more, and keeps what it has when one grants less', async () => {
    const { id } = await agree();
    await take(6);
    const next = async (validFrom: string, freeHalfDays: number) => {
      const versionId = newId();
      const rates = [{ hostSpaceId: atelier.id }];
      const body = versionBody({ agreementId: id, rates, validFrom, freeHalfDays });
      await medAdmin.put(`/v1/agreement-versions/${versionId}`).send(body).expect(200);
      const signature = { networkId: tunis.id };
      await tunisAdmin.put(`/v1/agreement-versions/${versionId}/signature`).send(signature).expect(200);
    };
    await next('2026-07-01', 10);
    await expect(take(1)).rejects.toMatchObject({ code: 'quota.exhausted' }); // in June it is still six
    clock.travelTo('2026-07-01T08:00:00Z');
    expect(await own()).toMatchObject({ grantedHalfDays: 10, leftHalfDays: 4 });
    await take(3, { day: '2026-07-01' });
    await next('2026-08-01', 2);
    clock.travelTo('2026-08-01T08:00:00Z');
    expect(await own()).toMatchObject({ grantedHalfDays: 10, leftHalfDays: 1 });
    await take(1, { day: '2026-08-01' });
  });

  it('ends at the cap over all hosts of the agreement', async () => {
    const second = await placeSpace(app, provence);
    const rates = [{ hostSpaceId: atelier.id }, { hostSpaceId: second.id }];
    await agree({ capHalfDaysPerPersonYear: 8, rates });
    await take(6);
    await take(2, { host: second });
    await expect(take(1, { host: second })).rejects.toMatchObject({ code: 'quota.exhausted' });
  });

  it('has no answer where no agreement reaches', async () => {
    const query = { hostSpaceId: atelier.id, year: 2026 };
    const { body } = await nomad.agent.get('/v1/visa-quotas').query(query).expect(404);
    expect(body.code).toBe('agreement.no_terms');
  });

  it("is out of another network's reach", async () => {
    await agree();
    await take(1);
    const seen = (networks: string[]) =>
      app.get(Db).read({ networks }, (on) => on.query('SELECT FROM reciprocity.quotas'));
    expect(await seen([tunis.id])).toEqual([]);
    expect(await seen([provence.id])).toHaveLength(1);
  });
});
