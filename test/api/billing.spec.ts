import { existsSync, readFileSync } from 'node:fs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Billing } from '../../src/billing/index.js';
import { newId } from '../../src/kernel/ids.js';
import { Db } from '../../src/platform/db.js';
import { Consumers } from '../../src/platform/outbox/consumers.js';
import { OutboxRelay } from '../../src/platform/outbox/relay.js';
import { namedScope } from '../../src/platform/scope.js';
import { FxRates } from '../../src/settlement/fx-rates.service.js';
import {
  emptyDatabase,
  eventually,
  ownerSql,
  startApp,
  tamperingSql,
  type TestClock,
} from '../support/app.js';
import { Clock } from '../../src/platform/clock.js';
import { makePerson } from '../support/make-identity.js';
import { deliverEvents, makeClearing, makeTreasurersMonth } from '../support/make-settlement.js';

let app: NestFastifyApplication;
let month: Awaited<ReturnType<typeof makeTreasurersMonth>>;
const clearing = namedScope('clearing');
const gaps = () => app.get(Db).read(clearing, (on) => app.get(Billing).seriesWithGaps(on));
const count = async (table: string) =>
  (await ownerSql<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]!.n;

beforeAll(async () => {
  app = await startApp(); // on 1 December 2026
});
afterAll(() => app.close());
beforeEach(async () => {
  await emptyDatabase();
  app.get<TestClock>(Clock).travelTo('2026-12-01T08:00:00Z');
  month = await makeTreasurersMonth(app);
});

const step = (name: string) => month.treasurer.put(`/v1/windows/${month.windowId}/${name}`).expect(200);
const documents = async () =>
  (await month.treasurer.get(`/v1/documents?networkId=${month.networkId}`).expect(200)).body.items;

describe('documents', () => {
  it('are one per host, debtor and unit, gross, with the lines copied and reverse charge said', async () => {
    await step('closure');
    await deliverEvents(app);
    const items = await documents();
    expect(items).toHaveLength(8); // the eight flows
    const total = items.reduce((sum: number, item: { net: { minor: number } }) => sum + item.net.minor, 0);
    expect(total).toBe(44_200); // never the netted 100.00
    const { BCN, MRS } = month.parties;
    const [invoice] = items.filter(
      (item: { issuer: { id: string }; recipient: { id: string } }) =>
        item.issuer.id === BCN.id && item.recipient.id === MRS.id,
    );
    expect(invoice).toMatchObject({
      kind: 'INVOICE',
      number: expect.stringMatching(/^BCN-2026-00000[12]$/),
      net: { unit: 'EUR', minor: 10_800 },
      vat: { unit: 'EUR', minor: 0 },
      vatNote: 'Reverse charge',
    });
    expect(invoice.lines).toHaveLength(6);
    expect(invoice.lines[0]).toMatchObject({
      day: '2026-11-02',
      halfDays: 2,
      rateMinor: 900,
      amountMinor: 1_800,
    });
  });

  it('are issued once and without a gap, though every event comes three times at once', async () => {
    await step('closure');
    const delivered = await deliverEvents(app, 3);
    for (const delivery of delivered) await app.get(Consumers).deliver(delivery); // and once more
    expect(await documents()).toHaveLength(8);
    expect(await gaps()).toEqual([]);
  });

  // The queue's inbox remembers an event; the document's own id remembers the document.
  it('are issued once though a second event names them', async () => {
    await step('closure');
    const [first] = await deliverEvents(app);
    await app.get(Consumers).deliver({ ...first!, event: { ...first!.event, id: newId() } });
    expect(await documents()).toHaveLength(8);
    expect(await gaps()).toEqual([]);
  });

  it('give their number back when the transaction that takes it dies', async () => {
    await step('closure');
    const [claim] = await ownerSql<{ issuer: string; recipient: string }>(
      'SELECT creditor_party_id AS issuer, debtor_party_id AS recipient FROM settlement.claims LIMIT 1',
    );
    const order = {
      id: newId(),
      kind: 'INVOICE' as const,
      issuerPartyId: claim!.issuer,
      recipientPartyId: claim!.recipient,
      networkId: month.networkId,
      windowId: month.windowId,
      net: { unit: 'EUR', minor: 1n } as const,
      vat: { bps: 0, minor: 0n },
      lines: [],
      charges: [],
    };
    const killed = app.get(Db).tx(clearing, async (tx) => {
      await app.get(Billing).issue(tx, order);
      throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    await deliverEvents(app);
    expect(await documents()).toHaveLength(8);
    expect(await gaps()).toEqual([]);
  });

  it('of one issuer take one number after another, when twenty are issued at once', async () => {
    const { MRS, ...others } = month.parties;
    const units = ['EUR', 'TND', 'MAD', 'DZD', 'EGP'] as const;
    const issue = (recipientPartyId: string, unit: (typeof units)[number]) =>
      app.get(Db).tx(clearing, (tx) =>
        app.get(Billing).issue(tx, {
          id: newId(),
          kind: 'INVOICE',
          issuerPartyId: MRS.id,
          recipientPartyId,
          networkId: month.networkId,
          windowId: month.windowId,
          net: { unit, minor: 100n },
          vat: { bps: 0, minor: 0n },
          lines: [],
          charges: [],
        }),
      );
    await Promise.all(units.flatMap((unit) => Object.values(others).map(({ id }) => issue(id, unit))));
    const numbers = (await documents()).map(({ number }: { number: string }) => number);
    expect(numbers).toHaveLength(20);
    expect(numbers.at(-1)).toBe('MRS-2026-000020');
    expect(await gaps()).toEqual([]);
  });

  it('start a new series each year', async () => {
    app.get<TestClock>(Clock).travelTo('2027-01-04T08:00:00Z');
    await step('closure');
    await deliverEvents(app);
    const numbers = (await documents()).map(({ number }: { number: string }) => number);
    expect(numbers.toSorted()).toEqual([
      'ATH-2027-000001',
      'ATH-2027-000002',
      'BCN-2027-000001',
      'BCN-2027-000002',
      'LEC-2027-000001',
      'MRS-2027-000001',
      'MRS-2027-000002',
      'RJK-2027-000001',
    ]);
  });

  it('with a missing number are found by the check', async () => {
    await step('closure');
    await deliverEvents(app);
    await tamperingSql(`DELETE FROM billing.documents WHERE number = 'BCN-2026-000001'`);
    expect(await gaps()).toMatchObject([
      { issuerPartyId: month.parties.BCN.id, kind: 'INVOICE', year: 2026 },
    ]);
  });

  it('are never changed', async () => {
    await step('closure');
    await deliverEvents(app);
    await expect(ownerSql('UPDATE billing.documents SET net_minor = 1')).rejects.toThrow('append-only');
  });

  it('are read by their treasurer and by the parties on them, and by nobody else', async () => {
    await step('closure');
    await deliverEvents(app);
    const { MRS, LEC } = month.parties;
    const manager = await makePerson(app, {
      grants: [{ organisationId: LEC.operatorId, role: 'space_manager' }],
    });
    const { body } = await manager.agent.get(`/v1/documents?partyId=${LEC.id}`).expect(200);
    expect(body.items).toHaveLength(3); // to MRS and RJK as recipient, to RJK as issuer
    const mine = body.items.map(({ id }: { id: string }) => id);
    await manager.agent.get(`/v1/documents/${mine[0]}`).expect(200);
    const other = (await documents()).find(({ id }: { id: string }) => !mine.includes(id));
    expect((await manager.agent.get(`/v1/documents/${other.id}`).expect(404)).body.code).toBe(
      'document.not_found',
    );
    expect((await manager.agent.get(`/v1/documents?partyId=${MRS.id}`).expect(403)).body.code).toBe(
      'access.denied',
    );
    const { treasurer: stranger } = await makeClearing(app);
    await stranger.get(`/v1/documents/${mine[0]}`).expect(404);
    await stranger.get(`/v1/documents?networkId=${month.networkId}`).expect(403);
  });
});

it('instructs each payment once after the call, and marks it when it is executed', async () => {
  await step('closure');
  await deliverEvents(app);
  await step('advice');
  await step('call');
  await step('call');
  const delivered = await deliverEvents(app, 3);
  expect(delivered.filter(({ consumer }) => consumer === 'settlement.instructions')).toHaveLength(4);
  const read = async () =>
    (await month.treasurer.get(`/v1/payment-instructions?networkId=${month.networkId}`).expect(200)).body
      .items;
  const instructions = await read();
  expect(
    instructions.map((item: { state: string; amount: { minor: number } }) => [item.state, item.amount.minor]),
  ).toEqual([
    ['ISSUED', 5_800],
    ['ISSUED', 1_800],
    ['ISSUED', 1_600],
    ['ISSUED', 800],
  ]);
  await month.treasurer.put(`/v1/payments/${instructions[0].paymentId}/execution`).expect(200);
  expect((await read())[0]).toMatchObject({ state: 'EXECUTED', executedAt: '2026-12-01T08:00:00Z' });
});

describe('exchange rates', () => {
  const run = (text: string, dryRun = false) => app.get(FxRates).import(text, { dryRun, step: () => {} });
  const DAY = 'Date,USD,HRK\n2024-12-31,1.0390,N/A\n';

  it('are stored as the file says them, and a second run changes nothing', async () => {
    expect(await run(DAY, true)).toMatchObject({ read: 1, created: 1 });
    expect(await count('settlement.fx_rates')).toBe(0);
    expect(await run(DAY)).toMatchObject({ created: 1, rates: { stored: 1, notAvailable: 1 } });
    const [stored] = await ownerSql('SELECT day::text, base, quote, rate::text FROM settlement.fx_rates');
    expect(stored).toEqual({ day: '2024-12-31', base: 'EUR', quote: 'USD', rate: '1.0390' });
    expect(await run(DAY)).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
    expect(await run(DAY.replace('1.0390', '1.0391'))).toMatchObject({ updated: 1, unchanged: 0 });
  });

  it('of ten years are all accounted for', async () => {
    const file = '../shared/data/fx/ecb-euro-reference-rates-2015-2024.csv';
    if (!existsSync(file)) return console.warn(`SKIPPED: there is no ${file}`);
    const text = readFileSync(file, 'utf8');
    const first = await run(text);
    const { read, created, updated, unchanged, flagged, refused, rates } = first;
    expect(read).toBe(text.trimEnd().split('\n').length - 1);
    expect(created + updated + unchanged + flagged + refused).toBe(read);
    expect({ updated, unchanged, refused }).toEqual({ updated: 0, unchanged: 0, refused: 0 });
    expect(rates.stored + rates.notAvailable).toBe(14 * read);
    expect(await count('settlement.fx_rates')).toBe(rates.stored);
    expect(await run(text)).toMatchObject({ created: 0, updated: 0, unchanged: created });
  });
});

// Last: from here on, workers take jobs.
it('has every document after a real run of the queue', async () => {
  app.get(Consumers).start();
  await step('closure');
  while ((await app.get(OutboxRelay).passOn()) > 0);
  await eventually(() => count('billing.documents'), 8);
  expect(await gaps()).toEqual([]);
});
