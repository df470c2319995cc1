import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, startApp } from '../support/app.js';
import { makePerson } from '../support/make-identity.js';
import {
  giveAccount,
  IBANS,
  makeCalledMonth,
  readyBatch,
  type CalledMonth,
} from '../support/make-banking.js';

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await startApp(); // on 1 December 2026
});
afterAll(() => app.close());

let month: CalledMonth;
beforeEach(async () => {
  await emptyDatabase();
  month = await makeCalledMonth(app);
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
    const { id, account, payments } = await readyBatch(month);
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
    const { account, payments } = await readyBatch(month);
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

  it('lies open to the treasurer over all accounts of the network, and to nobody of a member', async () => {
    const { account } = await readyBatch(month);
    await importFile(account, statement([{ amount: '7.77', name: 'Electricity' }]));
    const of = `networkId=${month.networkId}`;
    const accounts = await month.treasurer.get(`/v1/bank-accounts?${of}`).expect(200);
    expect(accounts.body.items).toMatchObject(['ATH', 'LEC', 'MRS'].map((name) => ({ party: { name } })));
    const unknown = await month.treasurer.get(`/v1/bank-lines?${of}&pile=UNKNOWN`).expect(200);
    expect(unknown.body.items).toMatchObject([{ bankAccountId: account, amount: { minor: -777 } }]);
    const grants = [{ organisationId: month.parties.LEC.operatorId, role: 'space_manager' as const }];
    const { agent: member } = await makePerson(app, { grants });
    for (const list of ['bank-accounts', 'bank-lines'])
      expect((await member.get(`/v1/${list}?${of}`).expect(403)).body.code).toBe('access.denied');
  });

  it('of money that came in pays nobody', async () => {
    const { account, payments } = await readyBatch(month);
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
    const account = await giveAccount(month, 'LEC');
    const { body } = await read(account, statement([{ amount: '5.00' }, { amount: '0.00' }])).expect(200);
    expect(body.faults).toEqual([{ row: 2, code: 'AMOUNT_ZERO', text: '0.00' }]);
    const answer = await month.treasurer.put(`/v1/bank-files/${body.id}/import`).expect(409);
    expect(answer.body.code).toBe('bank_file.has_faults');
    expect(await lines(account)).toEqual([]);
  });

  it('that is a bomb, a table nobody explained, or another account is refused in words', async () => {
    const account = await giveAccount(month, 'LEC');
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
    const account = await giveAccount(month, 'LEC');
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
    const known = await month.treasurer.get(`/v1/bank-accounts?partyId=${month.parties.LEC.id}`).expect(200);
    expect(known.body.items[0].mapping).toEqual(mapping);
  });
});
