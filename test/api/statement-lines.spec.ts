import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, ownerSql, startApp, tamperingSql } from '../support/app.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import { makeScansBehind } from '../support/make-scans-behind.js';
import { makeClearing, makeParty, makeRecords, makeTreasurersMonth } from '../support/make-settlement.js';
import { close, partyRules, putRules } from '../support/settle.js';

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await startApp(); // on 1 December 2026
});
afterAll(() => app.close());
beforeEach(() => emptyDatabase());

type Claim = { counterparty: { name: string }; direction: string; lines: number; linesMinor: number };

describe("the treasurer's month, opened (scenario S6)", () => {
  let month: Awaited<ReturnType<typeof makeTreasurersMonth>>;
  const statement = (party: { id: string }, path = '') =>
    `/v1/windows/${month.windowId}/statements/${party.id}${path}`;
  beforeEach(async () => {
    month = await makeTreasurersMonth(app);
    await makeScansBehind(month.records);
    await tamperingSql('UPDATE reciprocity.agreement_versions SET network_fee_bps = 300 WHERE id = $1', [
      month.versionId,
    ]);
    await close(month);
  });

  it('opens in three steps: claim, line, and the scan with its clause', async () => {
    const { LEC, RJK, MRS } = month.parties;
    const { body: claims } = await month.treasurer.get(statement(LEC, '/claims')).expect(200);
    expect(
      claims.items.map((claim: Claim) => [
        claim.counterparty.name,
        claim.direction,
        claim.lines,
        claim.linesMinor,
      ]),
    ).toEqual([
      ['Escale Méditerranée', 'PAYS', 0, 0], // the fee, a charge
      ['MRS', 'PAYS', 5, 10_000], // 5 days at 20.00
      ['RJK', 'PAYS', 1, 1_200],
      ['RJK', 'RECEIVES', 3, 3_600], // 3 days at 12.00
    ]);
    const query = `?counterpartyId=${MRS.id}&direction=PAYS&unit=EUR`;
    const { body: lines } = await month.treasurer.get(statement(LEC, `/lines${query}`)).expect(200);
    expect(lines).toMatchObject({ items: { length: 5 }, next: null });
    const [line] = lines.items;
    const { body: opened } = await month.treasurer.get(`/v1/lines/${line.recordId}`).expect(200);
    expect(opened).toMatchObject({
      recordId: line.recordId,
      window: { id: month.windowId, number: 1, state: 'CLOSED' },
      debtor: { name: 'LEC' },
      creditor: { name: 'MRS' },
      amount: { unit: 'EUR', minor: 2_000 },
      late: false,
      disputeId: null,
      record: { mode: 'ACCRUAL_CASH', halfDays: 2, rate: { unit: 'EUR', minor: 1_000 }, evidence: 'A' },
      visit: { id: line.visitId, spaceId: MRS.id, day: line.day, startedAt: `${line.day}T08:30:00.000Z` },
      scans: [{ id: line.scanId, state: 'ACCEPTED', codeHash: `hash of ${line.recordId}` }],
      clause: { agreementId: month.agreementId, versionId: month.versionId, version: 1, networkFeeBps: 300 },
      exchangeRate: null,
      charges: [],
    });
    expect(JSON.stringify(opened)).not.toContain('Inès');
    expect((await month.treasurer.get(`/v1/lines/${newId()}`).expect(404)).body.code).toBe('line.not_found');
    expect(RJK.id).not.toBe(MRS.id);
  });

  it('reads page after page, no line twice and none left out', async () => {
    const { BCN } = month.parties;
    const whole = await month.treasurer.get(statement(BCN)).expect(200);
    const ids = (items: { recordId: string; direction: string }[]) =>
      items.map(({ recordId, direction }) => `${recordId} ${direction}`);
    const read: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const after: string = next ? `&after=${encodeURIComponent(next)}` : '';
      const page = await month.treasurer.get(statement(BCN, `/lines?limit=3${after}`)).expect(200);
      read.push(...ids(page.body.items));
      next = page.body.next as string | null;
    }
    expect(read).toEqual(ids(whole.body.lines));
    expect(new Set(read).size).toBe(read.length);
    const bad = await month.treasurer.get(statement(BCN, '/lines?after=yesterday')).expect(422);
    expect(bad.body.code).toBe('request.invalid');
  });

  it('opens a fee to the lines that it is a share of', async () => {
    const { MRS } = month.parties;
    const { body } = await month.treasurer.get(statement(MRS)).expect(200);
    const fee = body.charges.find(({ kind }: { kind: string }) => kind === 'FEE');
    const { body: charge } = await month.treasurer.get(`/v1/charges/${fee.chargeId}`).expect(200);
    // MRS received 180.00 in nine days at 20.00: 3 % of each line is 0.60, nine times 5.40.
    expect(charge).toMatchObject({
      kind: 'FEE',
      bps: 300,
      rounding: 'LINE',
      lines: 9,
      linesMinor: 18_000,
      amount: { unit: 'EUR', minor: 540 },
    });
    const { body: first } = await month.treasurer.get(`/v1/charges/${fee.chargeId}/lines?limit=5`);
    const after = encodeURIComponent(first.next);
    const { body: rest } = await month.treasurer.get(`/v1/charges/${fee.chargeId}/lines?after=${after}`);
    expect([first.items.length, rest.items.length, rest.next]).toEqual([5, 4, null]);
    const wrong = await month.treasurer.get(`/v1/charges/${newId()}`).expect(404);
    expect(wrong.body.code).toBe('charge.not_found');
  });

  it('says of a payment which claims made it: both sides add up to their positions and their payments', async () => {
    const { body: payments } = await month.treasurer.get(`/v1/windows/${month.windowId}/payments`);
    for (const { id } of payments.items) {
      const { body } = await month.treasurer.get(`/v1/payments/${id}/origin`).expect(200);
      for (const side of body.sides) {
        const paid = side.payments.reduce(
          (sum: number, { direction, minor }: { direction: string; minor: number }) =>
            sum + (direction === 'RECEIVES' ? minor : -minor),
          0,
        );
        expect([side.party.name, side.positionMinor]).toEqual([side.party.name, paid]);
        expect(side.payments.filter(({ isThis }: { isThis: boolean }) => isThis)).toHaveLength(1);
      }
      expect(body.sides.map(({ party }: { party: object }) => party)).toEqual([
        body.payment.from,
        body.payment.to,
      ]);
    }
    expect((await month.treasurer.get(`/v1/payments/${newId()}/origin`).expect(404)).body.code).toBe(
      'payment.not_found',
    );
  });

  it('shows each party its own side, and strangers nothing', async () => {
    const { MRS, BCN, LEC } = month.parties;
    const manager = await managerOf(LEC);
    const { body: payments } = await month.treasurer.get(`/v1/windows/${month.windowId}/payments`);
    const own = payments.items.find(({ from }: { from: { name: string } }) => from.name === 'LEC');
    const { body } = await manager.get(`/v1/payments/${own.id}/origin`).expect(200);
    expect(body.sides.map(({ party }: { party: { name: string } }) => party.name)).toEqual(['LEC']);
    const { body: lines } = await manager.get(statement(LEC, '/lines')).expect(200);
    await manager.get(`/v1/lines/${lines.items[0].recordId}`).expect(200);
    const others = await month.treasurer.get(statement(BCN, `/lines?counterpartyId=${MRS.id}`));
    for (const path of [
      statement(BCN, '/lines'),
      statement(BCN, '/claims'),
      `/v1/lines/${others.body.items[0].recordId}`,
    ])
      expect((await manager.get(path).expect(403)).body.code).toBe('access.denied');
    const { treasurer: stranger } = await makeClearing(app);
    await stranger.get(statement(BCN, '/lines')).expect(404);
    await stranger.get(`/v1/lines/${lines.items[0].recordId}`).expect(404);
    await stranger.get(`/v1/payments/${own.id}/origin`).expect(404);
  });
});

it('converts each claim at the rate of the window, and lists the documents of a payment of VAT', async () => {
  const clearing = await makeClearing(app);
  const { networkId } = clearing;
  const [TUN, MRS] = [
    await makeParty(app, networkId, 'TUN', { unit: 'TND' }),
    await makeParty(app, networkId, 'MRS'),
  ];
  await putRules(clearing, { clearanceUnit: 'EUR' });
  await partyRules(clearing, MRS.id, { vatMode: 'OWN_VAT', vatBps: 2_000 });
  await tamperingSql(
    `INSERT INTO settlement.fx_rates (day, base, quote, rate, source, created_at, updated_at)
     VALUES ('2026-11-28', 'EUR', 'TND', 3.38, 'a file', now(), now())`,
  );
  const [record] = await makeRecords(clearing, { home: MRS, host: TUN, days: 1, dayRate: 45_000 });
  await makeScansBehind([record!]);
  await makeRecords(clearing, { home: TUN, host: MRS, days: 1, dayRate: 2_000 });
  await close(clearing);
  const { body: payments } = await clearing.treasurer.get(`/v1/windows/${clearing.windowId}/payments`);
  const of = (kind: string) =>
    payments.items.find((payment: { kind: string }) => payment.kind === kind).id as string;
  const { body: netted } = await clearing.treasurer.get(`/v1/payments/${of('NETTED')}/origin`).expect(200);
  // 45.000 TND ÷ 3.38 = 13.31 EUR owed to TUN, which owes 20.00 itself: 6.69 from TUN to MRS.
  expect(netted.sides[0]).toMatchObject({
    party: { name: 'TUN' },
    positionMinor: -669,
    claims: [
      { direction: 'PAYS', billed: { unit: 'EUR', minor: 2_000 }, clearedMinor: 2_000 },
      { direction: 'RECEIVES', billed: { unit: 'TND', minor: 45_000 }, clearedMinor: 1_331 },
    ],
  });
  expect(netted.conversions).toMatchObject([{ fromUnit: 'TND', toUnit: 'EUR', fromRate: '3.38' }]);
  const { body: line } = await clearing.treasurer.get(`/v1/lines/${record}`).expect(200);
  expect(line.exchangeRate).toMatchObject({ fromUnit: 'TND', fromRate: '3.38', source: 'a file' });
  const { body: vat } = await clearing.treasurer.get(`/v1/payments/${of('VAT')}/origin`).expect(200);
  expect(vat).toMatchObject({
    sides: [],
    vat: [{ document: 'INVOICE', issuer: { name: 'MRS' }, netMinor: 2_000, vatBps: 2_000, vatMinor: 400 }],
  });
});

async function managerOf(party: { operatorId: string }): Promise<Agent> {
  const { agent } = await makePerson(app, {
    grants: [{ organisationId: party.operatorId, role: 'space_manager' }],
  });
  return agent;
}

it('the database takes no line that is not its record: another amount, party, currency, network or window', async () => {
  const [month, other] = [await makeTreasurersMonth(app), await makeClearing(app)];
  const stranger = await makeParty(app, other.networkId, 'ATH');
  const add = (changes: Record<string, string> = {}) => {
    const values: Record<string, string> = {
      record_id: 'id',
      window_id: `'${month.windowId}'`,
      network_id: 'clearing_network_id',
      debtor_party_id: 'debtor_party_id',
      creditor_party_id: 'creditor_party_id',
      unit: 'unit',
      amount_minor: 'amount_minor',
      day: 'day',
      late: 'false',
      created_at: 'now()',
      ...changes,
    };
    return ownerSql(
      `INSERT INTO settlement.lines (${Object.keys(values).join(', ')})
       SELECT ${Object.values(values).join(', ')} FROM checkin.visit_records WHERE id = $1`,
      [month.records[0]],
    );
  };
  const wrong = [
    { amount_minor: 'amount_minor + 1' },
    { unit: `'TND'` },
    { debtor_party_id: `'${stranger.id}'` },
    { creditor_party_id: `'${stranger.id}'` },
    { network_id: `'${other.networkId}'`, window_id: `'${other.windowId}'` },
    { window_id: `'${other.windowId}'` },
    { record_id: `'${newId()}'` },
  ];
  for (const changes of wrong) await expect(add(changes)).rejects.toThrow(/^a line /);
  await add();
});
