import { Queues } from '../../src/platform/queue/queues.js';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, eventually, ownerSql } from '../support/app.js';
import {
  enterSpace,
  makeDoor,
  makeNomad,
  makeScene,
  type Door,
  type Nomad,
  type Scene,
} from '../support/make-checkin.js';
import { makeNetwork } from '../support/make-directory.js';
import { lastMail, makePerson } from '../support/make-identity.js';
import { openTill, payOn, settleMoney, tellProvider, type Till } from '../support/make-payments.js';
import { makeAgreement } from '../support/make-reciprocity.js';

const MORNING = '2026-12-01T08:00:00Z';

let till: Till;
let scene: Scene;
let friend: Door;
beforeAll(async () => {
  till = await openTill();
  await emptyDatabase();
  await tellProvider(till);
  till.clock.travelTo(MORNING);
  scene = await makeScene(till.app);
  const other = await makeNetwork(till.app);
  friend = await makeDoor(till.app, { networkId: other.id });
  const rates = [{ hostSpaceId: friend.id, ratePerHalfDay: { unit: 'EUR', minor: 1_000 } }];
  const between = { homeNetworkId: scene.networkId, hostNetworkId: other.id };
  await makeAgreement(till.app, { ...between, freeHalfDays: 0, rates });
});
beforeEach(() => till.clock.travelTo(MORNING));
afterAll(() => till.close());

/** A day at a host whose network gives nothing for free, sealed a day later. */
async function visit(nomad: Nomad) {
  await enterSpace(till.app, { door: friend, spaceId: friend.id, phone: nomad.phone });
  till.clock.travelTo('2026-12-03T00:00:00Z');
  await settleMoney(till);
  await settleMoney(till);
  const { body } = await nomad.agent.get('/v1/purchases').expect(200);
  return body.items[0];
}
const leave = async (nomad: Nomad, number: string) => {
  const { body } = await nomad.agent.put(`/v1/payment-method-setups/${newId()}`).expect(200);
  const { page } = await payOn(body.url, { number });
  if (page.includes('/authentication'))
    await fetch(`${body.url}/authentication`, {
      method: 'POST',
      body: new URLSearchParams({ answer: 'confirm' }),
      redirect: 'manual',
    });
};

describe('a visit beyond quota and pass', () => {
  it('is charged once to the card that its guest left, with the VAT of the place', async () => {
    const nomad = await makeNomad(till.app, scene);
    await leave(nomad, '4242424242424242');
    // two half-days of 10.00, and 20 % in Marseille
    expect(await visit(nomad)).toMatchObject({
      kind: 'VISIT',
      state: 'PAID',
      price: { minor: 2_000 },
      tax: { minor: 400 },
      total: { unit: 'EUR', minor: 2_400 },
      payments: [{ state: 'SUCCEEDED' }],
    });
    await settleMoney(till);
    expect(till.sandbox.store.all('charge').filter(({ amount }) => amount === 2_400)).toHaveLength(1);
    const receipts = (await nomad.agent.get('/v1/receipts').expect(200)).body.items;
    expect(receipts).toMatchObject([{ kind: 'RECEIPT', paid: { minor: 2_400 }, vat: { minor: 400 } }]);
    const [clearing] = await ownerSql<{ left: string }>(
      `SELECT (credits - debits)::text AS left FROM ledger.accounts WHERE kind = 'provider_clearing'`,
    );
    expect(clearing!.left).toBe('0');
  });

  it.each([
    ['no card', null, 'no_payment_method'],
    ['a card that was promised and is refused', '4000000000000341', 'generic_decline'],
    ['a card whose bank wants to be asked', '4000002760003184', 'authentication_required'],
  ])(
    'with %s is asked for by mail, shown to the treasurer, and can be paid on a page',
    async (_what, number, code) => {
      const nomad = await makeNomad(till.app, scene);
      if (number) await leave(nomad, number);
      const purchase = await visit(nomad);
      expect(purchase).toMatchObject({ state: 'FAILED', payments: [{ state: 'FAILED', failureCode: code }] });
      const [person] = await ownerSql<{ email: string }>('SELECT email FROM identity.people WHERE id = $1', [
        nomad.id,
      ]);
      expect((await lastMail(person!.email))!.text).toContain(`/me/money/purchases/${purchase.id}`);
      const failed = await scene.admin.get(`/v1/failed-payments?networkId=${scene.networkId}`).expect(200);
      expect(failed.body.items).toContainEqual(
        expect.objectContaining({ purchaseId: purchase.id, failureCode: code, personFirstName: 'Inès' }),
      );
      const { body } = await nomad.agent.put(`/v1/purchases/${purchase.id}/checkout`).expect(200);
      await payOn(body.checkoutUrl);
      await settleMoney(till);
      expect((await nomad.agent.get(`/v1/purchases/${purchase.id}`).expect(200)).body.state).toBe('PAID');
    },
  );
});

describe('work that failed for good', () => {
  it('is shown with its cause to the operator of the platform, and runs again when told to', async () => {
    const grants = [{ organisationId: scene.networkId, role: 'platform_admin' as const }];
    const operator = (await makePerson(till.app, { grants })).agent;
    const queues = till.app.get(Queues);
    let isBroken = true;
    let done = 0;
    const queue = `trial-${newId().slice(-6)}`.replaceAll(/\d/g, 'x');
    queues.work(queue, async () => {
      if (isBroken) throw new Error('The printer is out of paper');
      done += 1;
    });
    await queues
      .queue(queue)
      .addBulk([{ name: 'print', data: {}, opts: { attempts: 1, jobId: 'page', removeOnFail: false } }]);
    const letters = async () => (await operator.get('/v1/dead-letters').expect(200)).body.items;
    await eventually(async () => (await letters()).length, 1);
    expect(await letters()).toMatchObject([
      { queue, id: 'page', cause: 'The printer is out of paper', attempts: 1 },
    ]);
    const { text } = await operator.get('/metrics').expect(200);
    expect(text).toContain(`escale_jobs{queue="${queue}",state="failed"} 1`);
    isBroken = false;
    await operator.put(`/v1/dead-letters/${queue}/page/replay`).expect(200);
    await eventually(async () => done, 1);
    await eventually(async () => (await letters()).length, 0);
    const gone = await operator.put(`/v1/dead-letters/${queue}/nothing/replay`).expect(404);
    expect(gone.body.code).toBe('dead_letter.not_found');
    expect((await scene.admin.get('/v1/dead-letters').expect(403)).body.code).toBe('access.denied');
  });
});
