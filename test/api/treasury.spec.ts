import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, ownerSql, startApp, TestClock } from '../support/app.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import { deliverEvents, makeTreasurersMonth, type SpaceParty } from '../support/make-settlement.js';

const IBANS: Record<string, string> = {
  MRS: 'FR7630006000011234567890189',
  BCN: 'ES9121000418450200051332',
  ATH: 'GR1601101250000000012300695',
  RJK: 'HR1210010051863000160',
  LEC: 'IT60X0542811101000000123456',
};

const clock = new TestClock();
let app: NestFastifyApplication;
beforeAll(async () => {
  app = await startApp({ clock }); // on 1 December 2026
});
afterAll(() => app.close());

let month: Awaited<ReturnType<typeof makeTreasurersMonth>>;
let second: Agent;
let third: Agent;

/** S6, called: Lecce owes Marseille 58.00 and Athens 18.00; Rijeka owes Athens 16.00 and Barcelona 8.00. */
beforeEach(async () => {
  await emptyDatabase();
  month = await makeTreasurersMonth(app);
  const grants = [{ organisationId: month.networkId, role: 'network_treasurer' as const }];
  second = (await makePerson(app, { grants })).agent;
  third = (await makePerson(app, { grants })).agent;
  await month.treasurer.put(`/v1/windows/${month.windowId}/closure`).send({}).expect(200);
  await month.treasurer.put(`/v1/windows/${month.windowId}/advice`).expect(200);
  await month.treasurer.put(`/v1/windows/${month.windowId}/call`).expect(200);
  await deliverEvents(app);
});

type Name = 'MRS' | 'BCN' | 'ATH' | 'RJK' | 'LEC';
const partyOf = (name: Name): SpaceParty => month.parties[name];

async function giveAccount(name: Name, over: object = {}): Promise<string> {
  const id = newId();
  const body = {
    partyId: partyOf(name).id,
    holder: name,
    country: IBANS[name]!.slice(0, 2),
    unit: 'EUR',
    iban: IBANS[name],
  };
  await month.treasurer
    .put(`/v1/bank-accounts/${id}`)
    .send({ ...body, ...over })
    .expect(200);
  await second.put(`/v1/bank-accounts/${id}/approval`).expect(200);
  return id;
}

async function proposeBatch(id = newId()): Promise<string> {
  const body = { windowId: month.windowId, payerPartyId: partyOf('LEC').id, unit: 'EUR' };
  await month.treasurer.put(`/v1/payment-batches/${id}`).send(body).expect(200);
  return id;
}

async function readyBatch(): Promise<{
  id: string;
  account: string;
  payments: { id: string; endToEndId: string }[];
}> {
  for (const name of ['MRS', 'ATH'] as const) await giveAccount(name);
  const account = await giveAccount('LEC');
  const id = await proposeBatch();
  await second.put(`/v1/payment-batches/${id}/approval`).expect(200);
  const { body } = await third.put(`/v1/payment-batches/${id}/approval`).expect(200);
  return { id, account, payments: body.payments };
}

describe('a bank account', () => {
  it('counts once a second person has approved it, and not before', async () => {
    const id = newId();
    const body = {
      partyId: partyOf('LEC').id,
      holder: 'Knos',
      country: 'IT',
      unit: 'EUR',
      iban: 'IT60 X054 2811 1010 0000 0123 456',
    };
    const proposed = await month.treasurer.put(`/v1/bank-accounts/${id}`).send(body).expect(200);
    expect(proposed.body).toMatchObject({ state: 'PROPOSED', iban: IBANS['LEC'] });
    const own = await month.treasurer.put(`/v1/bank-accounts/${id}/approval`).expect(403);
    expect(own.body.code).toBe('bank_account.four_eyes');
    const approved = await second.put(`/v1/bank-accounts/${id}/approval`).expect(200);
    expect(approved.body.state).toBe('USED');
  });

  it('that replaces another one waits 72 hours, and who gave the other is told', async () => {
    const before = await giveAccount('LEC');
    const after = await giveAccount('LEC', { iban: 'DE89370400440532013000', country: 'DE' });
    const states = async () => {
      const { body } = await month.treasurer
        .get(`/v1/bank-accounts?partyId=${partyOf('LEC').id}`)
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
      partyId: partyOf('LEC').id,
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
    const id = await giveAccount('LEC');
    const stranger = (await makePerson(app, {})).agent;
    await stranger.get(`/v1/bank-accounts?partyId=${partyOf('LEC').id}`).expect(403);
    const other = await makeTreasurersMonth(app);
    const answer = await other.treasurer.put(`/v1/bank-accounts/${id}/approval`).expect(404);
    expect(answer.body.code).toBe('bank_account.not_found');
  });
});

describe('a batch of payments', () => {
  it('holds what a party has to pay, is approved by two who did not propose it, and becomes a bank file', async () => {
    for (const name of ['MRS', 'ATH', 'LEC'] as const) await giveAccount(name);
    const id = await proposeBatch();
    const own = await month.treasurer.put(`/v1/payment-batches/${id}/approval`).expect(403);
    expect(own.body.code).toBe('payment_batch.four_eyes');
    const once = await second.put(`/v1/payment-batches/${id}/approval`).expect(200);
    expect(once.body).toMatchObject({ state: 'PROPOSED', sum: { unit: 'EUR', minor: 7600 }, isSepa: true });
    await second.put(`/v1/payment-batches/${id}/approval`).expect(200); // again: still one person
    const early = await month.treasurer.get(`/v1/payment-batches/${id}/credit-transfers.xml`).expect(409);
    expect(early.body.code).toBe('payment_batch.wrong_state');
    const { body } = await third.put(`/v1/payment-batches/${id}/approval`).expect(200);
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
    for (const name of ['MRS', 'ATH', 'LEC'] as const) await giveAccount(name);
    const id = await proposeBatch();
    const body = { windowId: month.windowId, payerPartyId: partyOf('LEC').id, unit: 'EUR' };
    const again = await second.put(`/v1/payment-batches/${newId()}`).send(body).expect(409);
    expect(again.body.code).toBe('payment_batch.in_another_batch');
    await proposeBatch(id); // the same request
    await second.put(`/v1/payment-batches/${id}/rejection`).send({ reason: 'wrong account' }).expect(200);
    const late = await third.put(`/v1/payment-batches/${id}/approval`).expect(409);
    expect(late.body.code).toBe('payment_batch.wrong_state');
    await proposeBatch();
  });

  it.each([
    ['payment_batch.account_missing', 409, 'LEC'],
    ['payment_batch.nothing_to_pay', 409, 'MRS'],
  ] as const)('is refused: %s', async (code, status, payer) => {
    const body = { windowId: month.windowId, payerPartyId: partyOf(payer).id, unit: 'EUR' };
    const answer = await month.treasurer.put(`/v1/payment-batches/${newId()}`).send(body).expect(status);
    expect(answer.body.code).toBe(code);
  });

  it('is of a called window that is in reach', async () => {
    const other = await makeTreasurersMonth(app);
    const propose = (windowId: string) =>
      month.treasurer
        .put(`/v1/payment-batches/${newId()}`)
        .send({ windowId, payerPartyId: partyOf('LEC').id, unit: 'EUR' });
    expect((await propose(newId()).expect(404)).body.code).toBe('payment_batch.not_found');
    await other.treasurer.put(`/v1/windows/${other.windowId}/closure`).send({}).expect(200);
    const body = { windowId: other.windowId, payerPartyId: other.parties.LEC.id, unit: 'EUR' };
    const early = await other.treasurer.put(`/v1/payment-batches/${newId()}`).send(body).expect(409);
    expect(early.body.code).toBe('payment_batch.not_called');
  });

  it('to an account outside the SEPA area is no SEPA file, and says what to use', async () => {
    await giveAccount('MRS', { iban: undefined, number: '123456', bank: 'Banque du Port', country: 'TN' });
    for (const name of ['ATH', 'LEC'] as const) await giveAccount(name);
    const id = await proposeBatch();
    await second.put(`/v1/payment-batches/${id}/approval`).expect(200);
    const { body } = await third.put(`/v1/payment-batches/${id}/approval`).expect(200);
    expect(body).toMatchObject({
      isSepa: false,
      payments: [{ account: '123456', bank: 'Banque du Port' }, {}],
    });
    expect(body.payments[0].documents).toHaveLength(1); // what it pays, for the bank's questions
    const answer = await month.treasurer.get(`/v1/payment-batches/${id}/credit-transfers.xml`).expect(409);
    expect(answer.body.code).toBe('payment_batch.not_sepa');
  });
});

type Booked = { amount: string; side?: 'CRDT' | 'DBIT'; reference?: string; name?: string };

/** A camt.053 of Lecce's bank. */
function statement(entries: readonly Booked[], account = IBANS['LEC']): string {
  const ntry = entries.map(
    ({ amount, side = 'DBIT', reference = '', name = '' }) => `<Ntry><Amt Ccy="EUR">${amount}</Amt>
      <CdtDbtInd>${side}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-12-02</Dt></BookgDt><NtryDtls><TxDtls>
      <Refs><EndToEndId>${reference || 'NOTPROVIDED'}</EndToEndId></Refs>
      <RltdPties><Cdtr><Nm>${name || 'Unknown'}</Nm></Cdtr></RltdPties></TxDtls></NtryDtls></Ntry>`,
  );
  const xml = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
    <Acct><Id><IBAN>${account}</IBAN></Id></Acct>${ntry.join('')}</Stmt></BkToCstmrStmt></Document>`;
  return Buffer.from(xml).toString('base64');
}

describe('a bank statement', () => {
  const read = (bankAccountId: string, content: string, id = newId()) =>
    month.treasurer.put(`/v1/bank-files/${id}`).send({ bankAccountId, name: 'december.xml', content });

  async function importFile(bankAccountId: string, content: string): Promise<void> {
    const { body } = await read(bankAccountId, content).expect(200);
    await month.treasurer.put(`/v1/bank-files/${body.id}/import`).expect(200);
  }
  const lines = async (bankAccountId: string) =>
    (await month.treasurer.get(`/v1/bank-lines?bankAccountId=${bankAccountId}`).expect(200)).body.items;
  const positions = async () => {
    const { body } = await month.treasurer.get(`/v1/windows/${month.windowId}/positions`).expect(200);
    return Object.fromEntries(
      body.items.map((item: { party: { name: string }; state: string }) => [item.party.name, item.state]),
    );
  };

  it('is shown before anything is stored, then imported once, and reconciles what it pays', async () => {
    const { id, account, payments } = await readyBatch();
    await month.treasurer.put(`/v1/payment-batches/${id}/sending`).expect(200);
    const content = statement([
      { amount: '58.00', reference: payments[0]!.endToEndId },
      { amount: '18.00', reference: payments[1]!.endToEndId.toUpperCase() },
      { amount: '7.77', name: 'Electricity' },
    ]);
    const preview = await read(account, content).expect(200);
    expect(preview.body).toMatchObject({
      format: 'CAMT053',
      importedAt: null,
      faults: [],
      lines: [
        { amount: { minor: -5800 }, isKnown: false, pile: 'MATCHED' },
        { amount: { minor: -1800 }, isKnown: false, pile: 'MATCHED' },
        { amount: { minor: -777 }, isKnown: false, pile: 'UNKNOWN' },
      ],
    });
    expect(await lines(account)).toEqual([]);

    await month.treasurer.put(`/v1/bank-files/${preview.body.id}/import`).expect(200);
    await importFile(account, content); // sent once more by the bank
    const found = await lines(account);
    expect(found).toHaveLength(3);
    expect(found.filter(({ pile }: { pile: string }) => pile === 'MATCHED')).toHaveLength(2);
    expect(await positions()).toMatchObject({ LEC: 'RECONCILED', MRS: 'PAID_OUT', RJK: 'COMMITTED' });
    expect((await month.treasurer.get(`/v1/payment-batches/${id}`).expect(200)).body.state).toBe('BOOKED');
  });

  it('may pay in parts and for several: no more is matched than there is, and each match can be undone', async () => {
    const { account, payments } = await readyBatch();
    await importFile(
      account,
      statement([
        { amount: '60.00', name: 'Somebody' },
        { amount: '16.00', name: 'Else' },
      ]),
    );
    const [big, small] = (await lines(account)).toSorted(
      (a: { amount: { minor: number } }, b: { amount: { minor: number } }) => a.amount.minor - b.amount.minor,
    );
    const match = (bankLineId: string, paymentId: string, minor: number, id = newId()) =>
      month.treasurer.put(`/v1/matches/${id}`).send({ bankLineId, paymentId, minor });
    await match(big.id, payments[0]!.id, 5800).expect(200);
    const split = await match(big.id, payments[1]!.id, 200).expect(200);
    expect(split.body).toMatchObject({ openMinor: 0, pile: 'MATCHED' });
    const tooMuch = await match(small.id, payments[1]!.id, 1700).expect(409);
    expect(tooMuch.body.code).toBe('match.too_much');
    const last = newId();
    await match(small.id, payments[1]!.id, 1600, last).expect(200);
    expect(await positions()).toMatchObject({ LEC: 'RECONCILED' });

    const undone = await month.treasurer.delete(`/v1/matches/${last}`).expect(200);
    expect(undone.body).toMatchObject({ openMinor: 1600, matches: [] });
    await month.treasurer.delete(`/v1/matches/${last}`).expect(200); // once is enough
    expect(await positions()).toMatchObject({ LEC: 'COLLECTED' });
    await match(small.id, payments[1]!.id, 1600).expect(200);
    expect(await positions()).toMatchObject({ LEC: 'RECONCILED' });
  });

  it('of money that came in pays nobody', async () => {
    const { account, payments } = await readyBatch();
    await importFile(
      account,
      statement([{ amount: '58.00', side: 'CRDT', reference: payments[0]!.endToEndId }]),
    );
    const [line] = await lines(account);
    expect(line.pile).toBe('UNKNOWN');
    const answer = await month.treasurer
      .put(`/v1/matches/${newId()}`)
      .send({ bankLineId: line.id, paymentId: payments[0]!.id, minor: 5800 })
      .expect(422);
    expect(answer.body.code).toBe('match.does_not_fit');
  });

  it('with one row that cannot be taken is not imported at all', async () => {
    const account = await giveAccount('LEC');
    const { body } = await read(account, statement([{ amount: '5.00' }, { amount: '0.00' }])).expect(200);
    expect(body.faults).toEqual([{ row: 2, code: 'AMOUNT_ZERO', text: '0.00' }]);
    const answer = await month.treasurer.put(`/v1/bank-files/${body.id}/import`).expect(409);
    expect(answer.body.code).toBe('bank_file.has_faults');
    expect(await lines(account)).toEqual([]);
  });

  it('that is a bomb, a table nobody explained, or another account is refused in words', async () => {
    const account = await giveAccount('LEC');
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Document>&b;</Document>';
    const unreadable = await read(account, Buffer.from(bomb).toString('base64')).expect(422);
    expect(unreadable.body.code).toBe('bank_file.unreadable');
    const table = await read(account, Buffer.from('Date;Amount\n').toString('base64')).expect(422);
    expect(table.body.code).toBe('bank_file.mapping_missing');
    const other = await read(account, statement([{ amount: '5.00' }], IBANS['MRS'])).expect(422);
    expect(other.body.code).toBe('bank_file.other_account');
    const missing = await month.treasurer.put(`/v1/bank-files/${newId()}/import`).expect(404);
    expect(missing.body.code).toBe('bank_file.not_found');
    const noLine = { bankLineId: newId(), paymentId: newId(), minor: 1 };
    expect((await month.treasurer.put(`/v1/matches/${newId()}`).send(noLine).expect(404)).body.code).toBe(
      'match.line_not_found',
    );
    expect((await month.treasurer.delete(`/v1/matches/${newId()}`).expect(404)).body.code).toBe(
      'match.not_found',
    );
  });

  it('in a table is read as it was explained, and the next one needs no question', async () => {
    const account = await giveAccount('LEC');
    const mapping = {
      delimiter: ';',
      decimal: ',',
      dayFormat: 'DD/MM/YYYY',
      currency: 'EUR',
      columns: { day: 'Data', amount: 'Importo' },
    };
    const content = Buffer.from('Data;Importo\n02/12/2026;-1.058,00\n').toString('base64');
    const { body } = await month.treasurer
      .put(`/v1/bank-files/${newId()}`)
      .send({ bankAccountId: account, name: 'conto.csv', content, mapping })
      .expect(200);
    expect(body).toMatchObject({
      format: 'CSV',
      lines: [{ amount: { minor: -105_800 }, bookedDay: '2026-12-02' }],
    });
    const known = await month.treasurer.get(`/v1/bank-accounts?partyId=${partyOf('LEC').id}`).expect(200);
    expect(known.body.items[0].mapping).toEqual(mapping);
  });
});
