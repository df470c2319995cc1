import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, ownerSql, startApp, TestClock } from '../support/app.js';
import { makePerson } from '../support/make-identity.js';
import { deliverEvents, makeTreasurersMonth } from '../support/make-settlement.js';
import {
  giveAccount,
  IBANS,
  makeCalledMonth,
  proposeBatch,
  type CalledMonth,
} from '../support/make-banking.js';

const clock = new TestClock();
let app: NestFastifyApplication;
beforeAll(async () => {
  app = await startApp({ clock }); // on 1 December 2026
});
afterAll(() => app.close());

let month: CalledMonth;
beforeEach(async () => {
  await emptyDatabase();
  month = await makeCalledMonth(app);
});

describe('a bank account', () => {
  it('counts once a second person has approved it, and not before', async () => {
    const id = newId();
    const body = {
      partyId: month.parties.LEC.id,
      holder: 'Knos',
      country: 'IT',
      unit: 'EUR',
      iban: 'IT60 X054 2811 1010 0000 0123 456',
    };
    const proposed = await month.treasurer.put(`/v1/bank-accounts/${id}`).send(body).expect(200);
    expect(proposed.body).toMatchObject({ state: 'PROPOSED', iban: IBANS['LEC'] });
    const own = await month.treasurer.put(`/v1/bank-accounts/${id}/approval`).expect(403);
    expect(own.body.code).toBe('bank_account.four_eyes');
    const approved = await month.second.put(`/v1/bank-accounts/${id}/approval`).expect(200);
    expect(approved.body.state).toBe('USED');
  });

  it('that replaces another one waits 72 hours, and who gave the other is told', async () => {
    const before = await giveAccount(month, 'LEC');
    const after = await giveAccount(month, 'LEC', { iban: 'DE89370400440532013000', country: 'DE' });
    const states = async () => {
      const { body } = await month.treasurer
        .get(`/v1/bank-accounts?partyId=${month.parties.LEC.id}`)
        .expect(200);
      return Object.fromEntries(
        body.items.map((item: { id: string; state: string }) => [item.id, item.state]),
      );
    };
    expect(await states()).toEqual({ [before]: 'USED', [after]: 'WAITING' });
    await deliverEvents(app);
    const mails = await ownerSql<{ subject: string }>(
      `SELECT subject FROM platform.mails WHERE subject LIKE 'New bank%'`,
    );
    expect(mails).toHaveLength(1);
    const start = clock.now();
    clock.travelTo(start.add({ hours: 72 }).toString());
    expect(await states()).toEqual({ [before]: 'REPLACED', [after]: 'USED' });
    clock.travelTo(start.toString());
  });

  it.each([
    ['bank_account.bad_iban', { iban: 'IT60X0542811101000000123457' }],
    ['bank_account.bad_bic', { bic: 'ABC' }],
    ['request.invalid', { iban: undefined }],
  ])('is refused: %s', async (code, over) => {
    const body = {
      partyId: month.parties.LEC.id,
      holder: 'Knos',
      country: 'IT',
      unit: 'EUR',
      iban: IBANS['LEC'],
      ...over,
    };
    const answer = await month.treasurer.put(`/v1/bank-accounts/${newId()}`).send(body).expect(422);
    expect(answer.body.code).toBe(code);
  });

  it('is nobody else’s to see: another network knows of no such account', async () => {
    const id = await giveAccount(month, 'LEC');
    const stranger = (await makePerson(app, {})).agent;
    await stranger.get(`/v1/bank-accounts?partyId=${month.parties.LEC.id}`).expect(403);
    const other = await makeTreasurersMonth(app);
    const answer = await other.treasurer.put(`/v1/bank-accounts/${id}/approval`).expect(404);
    expect(answer.body.code).toBe('bank_account.not_found');
  });
});

describe('a batch of payments', () => {
  it('holds what a party has to pay, is approved by two who did not propose it, and becomes a bank file', async () => {
    for (const name of ['MRS', 'ATH', 'LEC'] as const) await giveAccount(month, name);
    const id = await proposeBatch(month);
    const own = await month.treasurer.put(`/v1/payment-batches/${id}/approval`).expect(403);
    expect(own.body.code).toBe('payment_batch.four_eyes');
    const once = await month.second.put(`/v1/payment-batches/${id}/approval`).expect(200);
    expect(once.body).toMatchObject({ state: 'PROPOSED', sum: { unit: 'EUR', minor: 7600 }, isSepa: true });
    await month.second.put(`/v1/payment-batches/${id}/approval`).expect(200); // again: still one person
    const early = await month.treasurer.get(`/v1/payment-batches/${id}/credit-transfers.xml`).expect(409);
    expect(early.body.code).toBe('payment_batch.wrong_state');
    const { body } = await month.third.put(`/v1/payment-batches/${id}/approval`).expect(200);
    expect(body).toMatchObject({
      state: 'APPROVED',
      executionDay: '2026-12-01',
      dueDay: '2026-12-08', // five working days after the closing on 1 December
      payments: [
        { payee: { name: 'MRS' }, amount: { minor: 5800 }, account: IBANS['MRS'] },
        { payee: { name: 'ATH' }, amount: { minor: 1800 }, account: IBANS['ATH'] },
      ],
    });
    const file = await month.treasurer
      .get(`/v1/payment-batches/${id}/credit-transfers.xml?version=03`)
      .expect(200);
    expect(file.text).toContain('pain.001.001.03');
    expect(file.text).toContain('<CtrlSum>76.00</CtrlSum>');
    expect(file.text).toContain(body.payments[0].endToEndId);
  });

  it('takes each payment once; rejected, it gives them back', async () => {
    for (const name of ['MRS', 'ATH', 'LEC'] as const) await giveAccount(month, name);
    const id = await proposeBatch(month);
    const body = { windowId: month.windowId, payerPartyId: month.parties.LEC.id, unit: 'EUR' };
    const again = await month.second.put(`/v1/payment-batches/${newId()}`).send(body).expect(409);
    expect(again.body.code).toBe('payment_batch.in_another_batch');
    await proposeBatch(month, id); // the same request
    await month.second
      .put(`/v1/payment-batches/${id}/rejection`)
      .send({ reason: 'wrong account' })
      .expect(200);
    const late = await month.third.put(`/v1/payment-batches/${id}/approval`).expect(409);
    expect(late.body.code).toBe('payment_batch.wrong_state');
    await proposeBatch(month);
  });

  it.each([
    ['payment_batch.account_missing', 409, 'LEC'],
    ['payment_batch.nothing_to_pay', 409, 'MRS'],
  ] as const)('is refused: %s', async (code, status, payer) => {
    const body = { windowId: month.windowId, payerPartyId: month.parties[payer].id, unit: 'EUR' };
    const answer = await month.treasurer.put(`/v1/payment-batches/${newId()}`).send(body).expect(status);
    expect(answer.body.code).toBe(code);
  });

  it('is of a called window that is in reach', async () => {
    const other = await makeTreasurersMonth(app);
    const propose = (windowId: string) =>
      month.treasurer
        .put(`/v1/payment-batches/${newId()}`)
        .send({ windowId, payerPartyId: month.parties.LEC.id, unit: 'EUR' });
    expect((await propose(newId()).expect(404)).body.code).toBe('payment_batch.not_found');
    await other.treasurer.put(`/v1/windows/${other.windowId}/closure`).send({}).expect(200);
    const body = { windowId: other.windowId, payerPartyId: other.parties.LEC.id, unit: 'EUR' };
    const early = await other.treasurer.put(`/v1/payment-batches/${newId()}`).send(body).expect(409);
    expect(early.body.code).toBe('payment_batch.not_called');
  });

  it('to an account outside the SEPA area is no SEPA file, and says what to use', async () => {
    await giveAccount(month, 'MRS', {
      iban: undefined,
      number: '123456',
      bank: 'Banque du Port',
      country: 'TN',
    });
    for (const name of ['ATH', 'LEC'] as const) await giveAccount(month, name);
    const id = await proposeBatch(month);
    await month.second.put(`/v1/payment-batches/${id}/approval`).expect(200);
    const { body } = await month.third.put(`/v1/payment-batches/${id}/approval`).expect(200);
    expect(body).toMatchObject({
      isSepa: false,
      payments: [{ account: '123456', bank: 'Banque du Port' }, {}],
    });
    expect(body.payments[0].documents).toHaveLength(1); // what it pays, for the bank's questions
    const answer = await month.treasurer.get(`/v1/payment-batches/${id}/credit-transfers.xml`).expect(409);
    expect(answer.body.code).toBe('payment_batch.not_sepa');
  });
});
