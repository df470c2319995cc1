import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, ownerSql } from '../support/app.js';
import { placeSpace } from '../support/place-rows.js';
import { passHold } from '../support/make-passes.js';
import {
  buy,
  openShop,
  openTill,
  payOn,
  settleMoney,
  tellProvider,
  type Shop,
  type Till,
} from '../support/make-payments.js';

let till: Till;
let shop: Shop;
let id: string;
beforeAll(async () => {
  till = await openTill();
});
beforeEach(async () => {
  await emptyDatabase();
  till.sandbox.faults.clear();
  till.clock.travelTo('2026-12-01T08:00:00Z');
  await tellProvider(till);
  shop = await openShop(till.app);
  const bought = await buy(shop);
  id = bought.id;
  await payOn(bought.url);
  await settleMoney(till);
});
afterAll(() => till.close());

const eur = (minor: number) => ({ unit: 'EUR', minor });
const giveBack = (minor: number, refundId = newId()) =>
  shop.admin
    .put(`/v1/refunds/${refundId}`)
    .send({ purchaseId: id, amount: eur(minor), reason: 'The space was closed' });
const withdraw = () => shop.buyer.agent.put(`/v1/purchases/${id}/withdrawal`);
const purchase = async () => (await shop.buyer.agent.get(`/v1/purchases/${id}`).expect(200)).body;
const atProvider = () => till.sandbox.store.all('refund').reduce((sum, { amount }) => sum + amount, 0);
const kinds = () =>
  ownerSql<{ kind: string; left: string }>(
    `SELECT kind, (credits - debits)::text AS left FROM ledger.accounts WHERE unit = 'EUR' ORDER BY kind`,
  );
const useHalfDays = async (halfDays: number) => {
  const { passId } = await purchase();
  const space = await placeSpace(till.app, shop.network);
  await passHold(till.app).use(shop.buyer.id, { passId, hostSpaceId: space.id, halfDays });
};

describe('giving a pass back', () => {
  it('within fourteen days gives back what was not used, once, and the pass opens no door any more', async () => {
    await useHalfDays(12); // 12 of 20 half-days of 150.00: 90.00 are used
    const before = atProvider();
    expect((await withdraw().expect(200)).body).toMatchObject({ kind: 'WITHDRAWAL', amount: eur(6_000) });
    await withdraw().expect(200);
    await settleMoney(till);
    expect(atProvider() - before).toBe(6_000);
    expect(await purchase()).toMatchObject({ state: 'REFUNDED', payments: [{ refunded: eur(6_000) }] });
    const [pass] = (await shop.buyer.agent.get('/v1/passes').expect(200)).body.items;
    expect(pass.state).toBe('REFUNDED');
    // 150.00 came, of which 2.50 stay with the provider, and 60.00 went back
    expect(await kinds()).toEqual([
      { kind: 'pass_sales', left: '9000' },
      { kind: 'provider_balance', left: '-8750' },
      { kind: 'provider_clearing', left: '0' },
      { kind: 'provider_fees', left: '-250' },
    ]);
  });

  it('waits for bookings to be canceled, and is over after the fourteenth day', async () => {
    const { passId } = await purchase();
    const space = await placeSpace(till.app, shop.network);
    await passHold(till.app).hold(shop.buyer.id, { passId, hostSpaceId: space.id, halfDays: 2 });
    expect((await withdraw().expect(409)).body.code).toBe('purchase.bookings_open');
    till.clock.travelTo('2026-12-16T00:00:00Z');
    expect((await withdraw().expect(409)).body.code).toBe('purchase.withdrawal_over');
  });
});

describe('a refund', () => {
  it('leaves a credit note that names the receipt, of what went back', async () => {
    await giveBack(5_000).expect(200);
    await settleMoney(till);
    const { items } = (await shop.buyer.agent.get('/v1/receipts').expect(200)).body;
    expect(items.map(({ kind, paid }: { kind: string; paid: object }) => [kind, paid])).toEqual(
      expect.arrayContaining([
        ['RECEIPT', eur(15_000)],
        ['CREDIT_NOTE', eur(5_000)],
      ]),
    );
    const [note] = await ownerSql<{ names: string; receipt: string }>(
      `SELECT note.refers_to AS names, receipt.number AS receipt FROM billing.documents note, billing.documents receipt
       WHERE note.kind = 'CREDIT_NOTE' AND receipt.kind = 'RECEIPT'`,
    );
    expect(note!.names).toBe(note!.receipt);
  });

  it('is never more than was paid and not used, however many ask at once', async () => {
    await useHalfDays(2); // 15.00
    const { body } = await giveBack(13_501).expect(409);
    expect(body).toMatchObject({ code: 'refund.above_what_is_left', left: eur(13_500) });
    const before = atProvider();
    const answers = await Promise.all(Array.from({ length: 6 }, () => giveBack(5_000)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200, 200, 409, 409, 409, 409,
    ]);
    await settleMoney(till);
    expect(atProvider() - before).toBe(10_000);
  });

  it('asked for twice is one, and with other words refused', async () => {
    const refundId = newId();
    const before = atProvider();
    await giveBack(1_000, refundId).expect(200);
    await giveBack(1_000, refundId).expect(200);
    expect((await giveBack(2_000, refundId).expect(409)).body.code).toBe('request.id_reused');
    await settleMoney(till);
    expect(atProvider() - before).toBe(1_000);
  });

  it('whose answer was lost is asked about under the same key', async () => {
    const before = atProvider();
    till.sandbox.faults.plan({ kind: 'drop', path: '/v1/refunds', times: 3 });
    till.sandbox.faults.events.mode = 'lost';
    const { body } = await giveBack(1_000).expect(200);
    till.clock.travelTo('2026-12-01T08:06:00Z');
    await settleMoney(till);
    till.clock.travelTo('2026-12-01T08:12:00Z');
    await settleMoney(till);
    const [row] = await ownerSql<{ state: string }>('SELECT state FROM payments.refunds WHERE id = $1', [
      body.id,
    ]);
    expect(row!.state).toBe('SUCCEEDED');
    expect(atProvider() - before).toBe(1_000);
  });

  it('of what was never paid does not exist', async () => {
    const other = await buy(shop);
    const { body } = await shop.admin
      .put(`/v1/refunds/${newId()}`)
      .send({ purchaseId: other.id, amount: eur(100), reason: 'x' })
      .expect(409);
    expect(body.code).toBe('refund.nothing_paid');
  });
});

describe('a charge that its bank takes back', () => {
  it('is kept as disputed money, and the clearing account is zero all the while', async () => {
    const { url } = await buy(shop);
    await payOn(url, { number: '4000000000000259' });
    till.sandbox.advance(10);
    await settleMoney(till);
    const [dispute] = await ownerSql<{ ref: string; state: string }>(
      'SELECT provider_ref AS ref, state FROM payments.disputes',
    );
    expect(dispute!.state).toBe('OPEN');
    const of = async (kind: string) => (await kinds()).find((account) => account.kind === kind)!.left;
    expect([await of('provider_disputed'), await of('provider_clearing')]).toEqual(['-15000', '0']);
    till.sandbox.api.disputes.decide(dispute!.ref, true);
    await settleMoney(till);
    expect([await of('provider_disputed'), await of('provider_clearing')]).toEqual(['0', '0']);
  });
});
