import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import { makeClearing, makeParty, type Clearing } from '../support/make-settlement.js';

let app: NestFastifyApplication;
let clock: TestClock;
let clearing: Clearing;
let second: Agent;
beforeAll(async () => {
  app = await startApp(); // on 1 December 2026
  clock = app.get(Clock);
});
afterAll(() => app.close());
beforeEach(async () => {
  await emptyDatabase();
  clock.travelTo('2026-12-01T08:00:00Z');
  clearing = await makeClearing(app);
  const grants = [{ organisationId: clearing.networkId, role: 'network_treasurer' as const }];
  second = (await makePerson(app, { grants })).agent;
});
const put = (path: string, body: object, agent = clearing.treasurer) => agent.put(`/v1/${path}`).send(body);

describe('what takes two people', () => {
  const proposal = () => ({ networkId: clearing.networkId, act: 'CLOSE_WINDOW', subject: clearing.windowId });

  it('is proposed by one and approved by another, never by the same', async () => {
    const id = newId();
    await put(`approvals/${id}`, proposal()).expect(200);
    await put(`approvals/${id}`, proposal()).expect(200);
    expect((await put(`approvals/${id}`, { ...proposal(), note: 'x' }).expect(409)).body.code).toBe(
      'request.id_reused',
    );
    expect((await put(`approvals/${newId()}`, proposal()).expect(409)).body.code).toBe(
      'approval.subject_taken',
    );
    expect((await put(`approvals/${id}/signature`, {}).expect(409)).body.code).toBe('approval.same_person');
    const { body } = await put(`approvals/${id}/signature`, {}, second).expect(200);
    expect(body.approvedBy).not.toBe(body.proposedBy);
    expect((await put(`approvals/${newId()}/signature`, {}, second).expect(404)).body.code).toBe(
      'approval.not_found',
    );
    const stranger = (await makeClearing(app)).treasurer;
    await put(`approvals/${id}/signature`, {}, stranger).expect(403);
    const { body: listed } = await second.get(`/v1/approvals?networkId=${clearing.networkId}`).expect(200);
    expect(listed.items).toMatchObject([{ id, act: 'CLOSE_WINDOW', approvedAt: '2026-12-01T08:00:00Z' }]);
  });

  it('cannot be signed by its author in the database either', async () => {
    const id = newId();
    await put(`approvals/${id}`, proposal()).expect(200);
    await expect(
      ownerSql(
        `INSERT INTO treasury.signatures (approval_id, network_id, proposed_by, signed_by, created_at)
         SELECT id, network_id, written_by, written_by, now() FROM treasury.approvals WHERE id = $1`,
        [id],
      ),
    ).rejects.toThrow('signatures_four_eyes');
    await expect(ownerSql('UPDATE treasury.approvals SET subject = $1', ['another'])).rejects.toThrow(
      'append-only',
    );
  });

  it('an exchange rate of a day counts from its second signature: 3.38 dinars for a euro', async () => {
    const id = newId();
    const { networkId } = clearing;
    const body = {
      networkId,
      day: '2026-11-30',
      quote: 'TND',
      rate: '3.38',
      source: 'Central Bank of Tunisia',
    };
    await put(`exchange-rates/${id}`, body).expect(200);
    for (const rate of ['0', '0.00', '-3.38', '3,38', '1e3'])
      expect((await put(`exchange-rates/${newId()}`, { ...body, rate }).expect(422)).body.code).toBe(
        'request.invalid',
      );
    const counted = () => ownerSql('SELECT rate::text AS rate FROM treasury.pub_exchange_rates');
    expect(await counted()).toEqual([]);
    expect((await put(`exchange-rates/${id}/signature`, {}).expect(409)).body.code).toBe(
      'approval.same_person',
    );
    const approved = await put(`exchange-rates/${id}/signature`, {}, second).expect(200);
    expect(approved.body).toMatchObject({ rate: '3.38', source: 'Central Bank of Tunisia' });
    expect(await counted()).toEqual([{ rate: '3.38' }]);
    await second.get(`/v1/exchange-rates?networkId=${networkId}`).expect(200);
    expect((await put(`exchange-rates/${newId()}/signature`, {}, second).expect(404)).body.code).toBe(
      'approval.not_found',
    );
  });
});

describe('rules', () => {
  const rules = (changes: object = {}) => ({
    networkId: clearing.networkId,
    fromDay: '2026-11-01',
    cadence: 'MONTHLY',
    disputeDays: 5,
    settleDays: 5,
    clearanceUnit: 'EUR',
    fourEyes: true,
    yearlyDues: { unit: 'EUR', minor: 12_000 },
    ...changes,
  });

  it('are written in dated versions, one per day, and read by the members', async () => {
    const id = newId();
    const { body } = await put(`network-rules/${id}`, rules()).expect(200);
    expect(body).toEqual({ id, collects: false, ...rules() });
    await put(`network-rules/${id}`, rules()).expect(200);
    expect((await put(`network-rules/${id}`, rules({ disputeDays: 6 })).expect(409)).body.code).toBe(
      'request.id_reused',
    );
    expect((await put(`network-rules/${newId()}`, rules()).expect(409)).body.code).toBe(
      'treasury_rules.day_taken',
    );
    const MRS = await makeParty(app, clearing.networkId, 'MRS');
    const member = await makePerson(app, {
      grants: [{ organisationId: MRS.operatorId, role: 'space_manager' }],
    });
    const read = await member.agent.get(`/v1/network-rules?networkId=${clearing.networkId}`).expect(200);
    expect(read.body.items).toHaveLength(1);
    await put(`network-rules/${newId()}`, rules({ fromDay: '2027-01-01' }), member.agent).expect(403);
  });

  it('of a party say its VAT and its ceiling; its standing says whether it is offset', async () => {
    const { id: partyId } = await makeParty(app, clearing.networkId, 'MRS');
    const { networkId } = clearing;
    const party = { networkId, partyId, fromDay: '2026-11-01', vatMode: 'OWN_VAT', vatBps: 2000 };
    const ceiling = { ...party, debitCeiling: { unit: 'EUR', minor: 50_000 } };
    expect((await put(`party-rules/${newId()}`, ceiling).expect(200)).body).toMatchObject(ceiling);
    expect((await put(`party-rules/${newId()}`, ceiling).expect(409)).body.code).toBe(
      'treasury_rules.day_taken',
    );
    const standing = {
      networkId,
      partyId,
      fromDay: '2026-11-01',
      standing: 'LEAVING',
      reason: 'Closes in spring',
    };
    expect((await put(`standings/${newId()}`, standing).expect(200)).body).toMatchObject(standing);
    await put(`standings/${newId()}`, { ...standing, reason: '' }).expect(422);
    for (const list of ['party-rules', 'standings'])
      expect((await second.get(`/v1/${list}?networkId=${networkId}`).expect(200)).body.items).toHaveLength(1);
  });
});
