import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { deliverAll } from '../support/deliver.js';
import { enterSpace, makeDoor, type Door } from '../support/make-checkin.js';
import { makeHome, makeNetwork } from '../support/make-directory.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import { makeCredential, makePass } from '../support/make-passes.js';
import { makeAgreement } from '../support/make-reciprocity.js';

let app: NestFastifyApplication;
let network: { id: string; admin: Agent };
let treasurer: Agent;
let marko: Awaited<ReturnType<typeof makePerson>>;
let [lec, ath, mnq]: Door[] = [];
const clock = () => app.get<TestClock>(Clock);

/** Rijeka is home; Slovenia and Greece tax, the association in Marseille is a small enterprise. */
beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  network = await makeNetwork(app);
  const networkId = network.id;
  const home = await makeDoor(app, {
    networkId,
    name: 'Rijeka Dom',
    country: 'HR',
    timeZone: 'Europe/Zagreb',
  });
  lec = await makeDoor(app, { networkId, name: 'Lecce', country: 'SI', timeZone: 'Europe/Ljubljana' });
  ath = await makeDoor(app, { networkId, name: 'Athina', country: 'GR', timeZone: 'Europe/Athens' });
  mnq = await makeDoor(app, { networkId, name: 'Manosque' });
  const rates = [lec, ath, mnq].map(({ id }) => ({ hostSpaceId: id, freeHalfDays: 0 }));
  await makeAgreement(app, { homeNetworkId: networkId, freeHalfDays: 0, rates });
  treasurer = (await makePerson(app, { grants: [{ organisationId: networkId, role: 'network_treasurer' }] }))
    .agent;
  marko = await makePerson(app, { name: 'Marko Horvat' });
  await makeHome(network.admin, { personId: marko.id, spaceId: home.id });
});
afterAll(() => app.close());
beforeEach(() => clock().travelTo('2026-12-01T08:00:00Z'));

const declare = (agent: Agent, body: object, id = newId()) =>
  agent
    .put(`/v1/vat-statuses/${id}`)
    .send({ status: 'STANDARD', vatNumber: null, exNumber: null, fromDay: '2026-01-01', ...body });

describe('a declaration', () => {
  it('is kept as it was said, and answers the question why from its day on', async () => {
    const id = newId();
    const said = { partyId: mnq!.id, status: 'SME_DOMESTIC' };
    const first = await declare(mnq!.manager, said, id).expect(200);
    expect((await declare(mnq!.manager, said, id).expect(200)).body).toEqual(first.body);
    const other = await declare(mnq!.manager, { ...said, status: 'OPTED' }, id).expect(409);
    expect(other.body.code).toBe('request.id_reused');
    const taken = await declare(mnq!.manager, { ...said, status: 'OPTED' }).expect(409);
    expect(taken.body.code).toBe('vat_status.day_taken');
    const ask = (day: string) =>
      treasurer
        .get(
          `/v1/vat-decision?supplierId=${mnq!.id}&resourceKind=hot_desk&customerKind=CONSUMER&customerCountry=HR&day=${day}`,
        )
        .expect(200);
    expect((await ask('2025-12-31')).body.decision).toMatchObject({ category: 'S', rateBps: 2000 });
    const { decision, inputs } = (await ask('2026-12-01')).body;
    expect(inputs.supplier).toEqual({ country: 'FR', territoryCode: 'FRL04', status: 'SME_DOMESTIC' });
    expect(decision).toMatchObject({ category: 'E', rateBps: 0, mention: 'SME_DOMESTIC' });
    expect(decision.why.at(-1)).toEqual({ rule: 'mention.sme_domestic', ref: 'CGI, art. 293 B' });
    expect(
      (await mnq!.manager.get(`/v1/vat-statuses?partyId=${mnq!.id}`).expect(200)).body.items,
    ).toHaveLength(1);
  });

  it.each([
    [{ vatNumber: 'FR84323140391' }, 'vat_number.check_failed'],
    [{ vatNumber: 'FR12' }, 'vat_number.malformed'],
    [{ status: 'SME_CROSS_BORDER' }, 'vat_status.contradictory'],
    [{ status: 'STANDARD', exNumber: 'FR123EX' }, 'vat_status.contradictory'],
    [{ status: 'SME_CROSS_BORDER', exNumber: 'FR12345' }, 'vat_status.contradictory'],
    [{ status: 'NON_EU' }, 'vat_status.contradictory'],
  ])('that cannot be is refused: %j', async (body, code) => {
    const answer = await declare(lec!.manager, { partyId: lec!.id, ...body }).expect(422);
    expect(answer.body.code).toBe(code);
  });

  it('is for whoever runs the space', async () => {
    expect((await declare(ath!.manager, { partyId: lec!.id }).expect(403)).body.code).toBe('access.denied');
  });

  it('has a number that anybody with papers can check', async () => {
    const { body } = await treasurer.get('/v1/vat-numbers/EL%20094259216').expect(200);
    expect(body).toEqual({
      number: 'EL094259216',
      valid: true,
      country: 'GR',
      checked: 'DIGITS',
      reason: null,
    });
    expect((await treasurer.get('/v1/vat-numbers/XX1').expect(200)).body).toMatchObject({
      valid: false,
      reason: 'UNKNOWN_COUNTRY',
    });
  });
});

describe('one pass of ten days for 150.00 over three regimes (S2)', () => {
  let passId: string;

  it('is multi-purpose at issue, and no VAT is due', async () => {
    const scope = { networkIds: [], spaceIds: [lec!.id, ath!.id, mnq!.id], resourceKinds: ['hot_desk'] };
    passId = (await makePass(app, { networkId: network.id, personId: marko.id, scope })).id;
    const { body } = await marko.agent.get(`/v1/vouchers/${passId}`).expect(200);
    expect(body).toMatchObject({
      character: 'MULTI_PURPOSE',
      treatments: ['FR E 0', 'GR S 2400', 'SI S 2200'],
      liability: { unit: 'EUR', minor: 15_000 },
    });
    const events = await treasurer.get(`/v1/vat-events?networkId=${network.id}`).expect(200);
    expect(events.body.items).toEqual([]);
  });

  it('is taxed day by day where it is used: 36.90 + 8.10, 24.20 + 5.80, 15.00; 60.00 stay', async () => {
    const visits: [string, Door][] = [
      ['2026-12-01', lec!],
      ['2026-12-02', lec!],
      ['2026-12-03', lec!],
      ['2026-12-07', ath!],
      ['2026-12-08', ath!],
      ['2026-12-10', mnq!],
    ];
    for (const [day, door] of visits) {
      clock().travelTo(`${day}T08:00:00Z`);
      // A code lives for a week: each day has a fresh one.
      const phone = await makeCredential(marko.agent, passId);
      await enterSpace(app, { door, spaceId: door.id, phone });
    }
    clock().travelTo('2026-12-12T08:00:00Z');
    await app.get(Sweeps).runAll();
    await deliverAll(app);
    const { body } = await treasurer.get(`/v1/vat-events?networkId=${network.id}`).expect(200);
    const sums: Record<string, [number, number]> = {};
    for (const { decision, net, vat } of body.items) {
      const [nets, vats] = sums[decision.country] ?? [0, 0];
      sums[decision.country] = [nets + net.minor, vats + vat.minor];
    }
    expect(body.items).toHaveLength(6);
    expect(sums).toEqual({ SI: [3690, 810], GR: [2420, 580], FR: [1500, 0] });
    const exempt = body.items.find(
      ({ decision }: { decision: { country: string } }) => decision.country === 'FR',
    );
    expect(exempt).toMatchObject({
      decision: { category: 'E', mention: 'SME_DOMESTIC' },
      inputs: { supplier: { status: 'SME_DOMESTIC' }, customer: { kind: 'CONSUMER' } },
    });
    expect((await marko.agent.get(`/v1/vouchers/${passId}`).expect(200)).body).toMatchObject({
      redeemedHalfDays: 12,
      liability: { minor: 6000 },
    });
  });

  it('keeps its scope: what would change it is refused, by the product and by the database', async () => {
    const other = newId();
    const product = {
      networkId: network.id,
      name: 'More',
      halfDays: 20,
      validDays: 365,
      price: { unit: 'EUR', minor: 15_000 },
      scope: { networkIds: [network.id], spaceIds: [], resourceKinds: ['hot_desk'] },
    };
    await network.admin.put(`/v1/products/${other}`).send(product).expect(200);
    const answer = await network.admin
      .put(`/v1/passes/${passId}`)
      .send({ productId: other, personId: marko.id })
      .expect(409);
    expect(answer.body.code).toBe('request.id_reused');
    await expect(
      ownerSql('UPDATE passes.passes SET space_ids = space_ids || $2::uuid WHERE id = $1', [passId, other]),
    ).rejects.toThrow('frozen at issue');
    await expect(
      ownerSql(`UPDATE vat.vouchers SET character = 'SINGLE_PURPOSE' WHERE pass_id = $1`, [passId]),
    ).rejects.toThrow('frozen at issue');
  });

  it('beside it, a pass of one country and one rate has its VAT at sale', async () => {
    const scope = { networkIds: [], spaceIds: [lec!.id], resourceKinds: ['hot_desk'] };
    const price = { unit: 'EUR', minor: 12_200 };
    const { id } = await makePass(app, { networkId: network.id, personId: marko.id, scope, price });
    const { body } = await marko.agent.get(`/v1/vouchers/${id}`).expect(200);
    expect(body).toMatchObject({ character: 'SINGLE_PURPOSE', liability: { minor: 0 } });
    const events = await treasurer.get(`/v1/vat-events?networkId=${network.id}`).expect(200);
    const sale = events.body.items.find((event: { passId: string }) => event.passId === id);
    expect(sale).toMatchObject({ kind: 'SALE', net: { minor: 10_000 }, vat: { minor: 2200 } });
  });

  it('is nobody else’s to look at', async () => {
    const { agent } = await makePerson(app);
    expect((await agent.get(`/v1/vouchers/${passId}`).expect(404)).body.code).toBe('voucher.not_found');
  });
});
