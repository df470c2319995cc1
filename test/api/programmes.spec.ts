import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Temporal } from '../../src/kernel/time.js';
import { Clock } from '../../src/platform/clock.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { deliverAll } from '../support/deliver.js';
import {
  attend,
  bookDay,
  giveVouchers,
  makeAgent,
  makeProgramme,
  makeSponsored,
  VOTED,
  type Code,
  type Nomad,
  type Sponsored,
} from '../support/make-programmes.js';

/** A Thursday. */
const START = '2026-10-01T08:00:00Z';

let app: NestFastifyApplication;
let world: Sponsored;
const clock = () => app.get<TestClock>(Clock);
const sweep = () => app.get(Sweeps).runAll();
const report = async (id: string) => (await world.writer.get(`/v1/programmes/${id}/report`).expect(200)).body;
const refusal = async (answer: PromiseLike<{ body: { code: string } }>) => (await answer).body.code;

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  clock().travelTo(START);
  world = await makeSponsored(app);
});
beforeEach(() => clock().travelTo(START));
afterAll(() => app.close());

/** Monday and Tuesday of the n-th week of October, the first one being the 5th. */
const days = (week: number) =>
  [5, 6].map((day) =>
    Temporal.PlainDate.from('2026-10-01')
      .add({ days: day - 1 + 7 * (week - 1) })
      .toString(),
  );

async function visit(agents: readonly Nomad[], code: Code, week: number): Promise<void> {
  for (const agent of agents)
    for (const day of days(week))
      await attend(app, agent, await bookDay(app, agent, world.spaces[code], day));
}

describe('S5: one public programme, many places', () => {
  let programmeId: string;
  let crowd: Nomad[];

  beforeAll(async () => {
    clock().travelTo(START);
    programmeId = await makeProgramme(world);
    crowd = [];
    for (let number = 0; number < 25; number += 1) crowd.push(await makeAgent(app, world));
    await giveVouchers(world, programmeId, crowd, 8); // 25 × 8 = 200 days = 3,600 €
  });

  it('commits no more than was voted', async () => {
    const { budget, vouchers } = await report(programmeId);
    expect(budget).toMatchObject({ voted: VOTED, committed: VOTED, delivered: { minor: 0 } });
    expect(vouchers.accepted).toBe(200);
    const more = { programmeId, agentIds: [crowd[0]!.agentId], daysEach: 1 };
    const refused = world.writer.put(`/v1/voucher-offers/${newId()}`).send(more).expect(409);
    expect(await refusal(refused)).toBe('programme.over_budget');
  });

  it('is refused the 81st day in Marseille, with the other places named', async () => {
    await visit(crowd, 'MRS', 1); // 50 days
    await visit(crowd.slice(0, 15), 'MRS', 2); // and 30: 80 of 200 are 40 %
    const late = bookDay(app, crowd[15]!, world.spaces.MRS, days(2)[0]!);
    await expect(late).rejects.toMatchObject({
      code: 'voucher.space_cap_reached',
      extra: { alternatives: expect.arrayContaining([expect.objectContaining({ name: 'La Garrigue' })]) },
    });
    await expect(late).rejects.toMatchObject({ detail: expect.stringContaining('Try ') });
  });

  it('refuses a third day of a week', async () => {
    const third = bookDay(app, crowd[0]!, world.spaces.BCN, '2026-10-07');
    await expect(third).rejects.toMatchObject({ code: 'voucher.week_cap_reached' });
  });

  it('reaches the floor of Manosque, and tells how it is spread', async () => {
    await visit(crowd.slice(15), 'MNQ', 2); // 20 days
    await visit(crowd.slice(0, 10), 'EBR', 3); // 20
    await visit(crowd.slice(10, 15), 'REG', 3); // 10
    await visit(crowd.slice(15, 20), 'BCN', 3); // 10
    await visit(crowd.slice(20, 23), 'LEC', 3); // 6, by three persons
    const told = await report(programmeId);
    expect(told).toMatchObject({
      halfDays: 292, // 146 days
      persons: 25,
      concentration: 3488, // (80² + 20² + 20² + 10² + 10² + 6²) ÷ 146² = 7436 ÷ 21316
      ruralShare: 2740, // 40 ÷ 146
      publicHostShare: 685, // 10 ÷ 146
      uptake: 7300, // 2,628 ÷ 3,600
      costPerDay: { unit: 'EUR', minor: 1800 },
      floors: [{ name: 'La Garrigue', floorDays: 20, isReached: true }],
      budget: { voted: VOTED, committed: VOTED, delivered: { minor: 262_800 }, paid: { minor: 0 } },
    });
    expect(JSON.stringify(told.places)).not.toContain('Officine Salento');
    const together = told.places.find(({ id }: { id: string | null }) => id === null);
    expect(together).toMatchObject({ places: 2, halfDays: 32 }); // three persons alone would be told apart
  });

  it('returns to the pot what nobody used for 60 days', async () => {
    clock().travelTo('2026-12-01T08:00:00Z');
    await sweep();
    const { budget, vouchers } = await report(programmeId);
    expect(vouchers).toMatchObject({ consumed: 146, expired: 54, accepted: 0 });
    expect(budget.committed.minor).toBe(262_800);
    const again = { voucherIds: [await firstOf(crowd[24]!)], answer: 'ACCEPTED' };
    expect(await refusal(crowd[24]!.agent.put('/v1/vouchers/answer').send(again).expect(409))).toBe(
      'voucher.expired',
    );
  });

  it('invoices a month by place without persons, with order number, service code and SIRET', async () => {
    const invoiceId = newId();
    const url = `/v1/programmes/${programmeId}/invoices/${invoiceId}`;
    expect(await refusal(world.writer.put(url).send({ month: '2026-10' }).expect(409))).toBe(
      'programme.month_not_over',
    );
    clock().travelTo('2026-12-01T08:00:00Z');
    const { body } = await world.treasurer.put(url).send({ month: '2026-10' }).expect(200);
    expect(body).toMatchObject({ amount: { unit: 'EUR', minor: 262_800 }, halfDays: 292, paidOn: null });
    expect((await world.treasurer.put(url).send({ month: '2026-10' }).expect(200)).body).toEqual(body);
    expect(body.lines.map(({ place }: { place: string }) => place)).toContain('La Garrigue');
    expect(JSON.stringify(body)).not.toMatch(/Officine Salento|Paul/);
    const twice = world.treasurer
      .put(`/v1/programmes/${programmeId}/invoices/${newId()}`)
      .send({ month: '2026-10' });
    expect(await refusal(twice.expect(409))).toBe('programme.nothing_to_invoice');
    await deliverAll(app);
    const [issued] = await ownerSql<{ content: Record<string, unknown> }>(
      'SELECT content FROM billing.documents WHERE id = $1',
      [invoiceId],
    );
    expect(issued!.content).toMatchObject({
      orderNumber: 'BC-2026-0417',
      buyerReference: 'DRH-TELETRAVAIL',
      buyer: { name: 'Région Sud', registration: { id: '23130002100012', scheme: '0009' } },
      netMinor: 262_800,
    });
    expect((await world.writer.get(`/v1/documents/${invoiceId}`).expect(200)).body.recipient.id).toBe(
      world.sponsorId,
    );
  });

  it('ends with paid ≤ delivered ≤ committed ≤ voted, and is archived only when all is paid', async () => {
    clock().travelTo('2027-07-03T08:00:00Z');
    await sweep();
    const step = (name: string) =>
      world.writer.put(`/v1/programmes/${programmeId}/step`).send({ step: name });
    expect((await step('close').expect(200)).body.state).toBe('CLOSING');
    await step('report').expect(200);
    expect(await refusal(step('archive').expect(409))).toBe('programme.still_owing');
    const { body } = await world.writer.get(`/v1/programmes/${programmeId}/invoices`).expect(200);
    const paid = { paidOn: '2027-06-30', reference: 'Mandat 5512' };
    await world.treasurer.put(`/v1/sponsor-invoices/${body.items[0].id}/payment`).send(paid).expect(200);
    await world.treasurer.put(`/v1/sponsor-invoices/${body.items[0].id}/payment`).send(paid).expect(200); // once
    expect((await report(programmeId)).budget).toMatchObject({
      voted: VOTED,
      committed: { minor: 262_800 },
      delivered: { minor: 262_800 },
      paid: { minor: 262_800 },
    });
    const next = await makeProgramme(world, { isOpen: false, endsOn: '2027-12-31' });
    const carry = { toProgrammeId: next };
    const { body: carried } = await world.writer
      .put(`/v1/programmes/${programmeId}/carry-over`)
      .send(carry)
      .expect(200);
    expect(carried.amount).toEqual({ unit: 'EUR', minor: 97_200 }); // 54 days that nobody took
    expect(
      await refusal(world.writer.put(`/v1/programmes/${programmeId}/carry-over`).send(carry).expect(409)),
    ).toBe('programme.carried_already');
    expect((await report(next)).budget.voted.minor).toBe(457_200);
    expect((await step('archive').expect(200)).body.state).toBe('ARCHIVED');
  });
});

const firstOf = async ({ agent }: Nomad): Promise<string> =>
  (await agent.get('/v1/vouchers').expect(200)).body.items.find(
    ({ state }: { state: string }) => state === 'EXPIRED',
  ).id;

describe('what the employer is told, and the sponsor is not', () => {
  it('22 attested days are 63.36 €, without places; a canteen adds days and no money', async () => {
    const programmeId = await makeProgramme(world, { endsOn: '2026-12-31' });
    const paul = await makeAgent(app, world, 'Paul Ferrand');
    await giveVouchers(world, programmeId, [paul], 24);
    for (let week = 1; week <= 8; week += 1) await visit([paul], 'MRS', week);
    for (let week = 9; week <= 11; week += 1) await visit([paul], 'BCN', week);
    const fact = { fromDay: '2026-12-20', isPublicHost: true, hasSubsidisedCanteen: true, isRural: false };
    const { id: spaceId, manager } = world.spaces.REG;
    await manager
      .put(`/v1/host-facts/${newId()}`)
      .send({ spaceId, ...fact })
      .expect(200);
    await visit([paul], 'REG', 12); // 21 and 22 December
    const query = `employerId=${world.employerId}&fromDay=2026-10-01&untilDay=2026-12-31`;
    const { body } = await world.employer.get(`/v1/attendance-statement?${query}`).expect(200);
    const own = body.agents.find(({ agentId }: { agentId: string }) => agentId === paul.agentId);
    expect(own).toMatchObject({ name: 'Paul Ferrand', halfDays: 48 });
    expect(JSON.stringify(body)).not.toMatch(/Vieux-Port|Poblenou|spaceId/);
    const again = await world.employer.get(`/v1/attendance-statement?${query}`).expect(200);
    expect(again.body.checksum).toBe(body.checksum);
    const owed = await world.employer
      .get(`/v1/allowance-statement?employerId=${world.employerId}&year=2026&quarter=4`)
      .expect(200);
    expect(owed.body).toMatchObject({ perDay: { minor: 288 }, yearCap: { minor: 25_344 } });
    const allowance = owed.body.agents.find(({ agentId }: { agentId: string }) => agentId === paul.agentId);
    // Six days in Barcelona are abroad: the employer has not said that it pays for those.
    expect(allowance).toMatchObject({
      days: 24,
      paidDays: 16,
      abroadDays: 6,
      canteenDays: 2,
      amount: { minor: 4608 },
    });
    const abroad = { answer: 'CONFIRMED', daysPerWeek: 2, validUntil: '2027-12-31', allowanceAbroad: true };
    await world.employer.put(`/v1/agents/${paul.agentId}/confirmation`).send(abroad).expect(200);
    const all = await world.employer
      .get(`/v1/allowance-statement?employerId=${world.employerId}&year=2026&quarter=4`)
      .expect(200);
    const golden = all.body.agents.find(({ agentId }: { agentId: string }) => agentId === paul.agentId);
    expect(golden).toMatchObject({ paidDays: 22, amount: { unit: 'EUR', minor: 6336 } });
    const sponsors = await world.writer.get(`/v1/programmes/${programmeId}/agents`).expect(200);
    expect(sponsors.body.items).toEqual([
      expect.objectContaining({ name: 'Paul Ferrand', attestedHalfDays: 48, vouchersLeft: 0 }),
    ]);
    const counted = await paul.agent.get('/v1/country-days').expect(200);
    expect(counted.body.items).toEqual([
      { year: 2026, country: 'ES', attestedDays: 6, bookedDays: 0 },
      { year: 2026, country: 'FR', attestedDays: 18, bookedDays: 0 },
    ]);
  });

  it('is refused to the sponsor, to the network and to another employer', async () => {
    const query = `employerId=${world.employerId}&fromDay=2026-10-01&untilDay=2026-12-31`;
    for (const agent of [world.writer, world.treasurer])
      expect(await refusal(agent.get(`/v1/attendance-statement?${query}`).expect(403))).toBe('access.denied');
    const early = world.employer.get(`/v1/allowance-statement?employerId=${world.employerId}&year=2019`);
    expect(await refusal(early.expect(409))).toBe('agent.no_allowance');
  });
});

it('the database itself keeps the columns in order, whoever writes', async () => {
  const programmeId = await makeProgramme(world);
  const entry = `INSERT INTO programmes.budget_entries (id, programme_id, network_id, kind, unit, paid_minor, reason, made_by,
    created_at) VALUES (gen_random_uuid(), $1, $2, 'PAID', 'EUR', 1, 'x', 'x', now())`;
  await expect(ownerSql(entry, [programmeId, world.networkId])).rejects.toThrow('columns_in_order');
});
