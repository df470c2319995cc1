import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { derivedId } from '../../src/platform/derived-id.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, tamperingSql, type TestClock } from '../support/app.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import {
  makeClearing,
  makeParty,
  makeRecords,
  type Clearing,
  type SpaceParty,
} from '../support/make-settlement.js';

let app: NestFastifyApplication;
let clock: TestClock;
let clearing: Clearing;
let MRS: SpaceParty;
let LEC: SpaceParty;
let manager: Agent; // of LEC, which owes
beforeAll(async () => {
  app = await startApp(); // on 1 December 2026
  clock = app.get(Clock);
});
afterAll(() => app.close());
beforeEach(async () => {
  await emptyDatabase();
  clock.travelTo('2026-12-01T08:00:00Z');
  clearing = await makeClearing(app);
  MRS = await makeParty(app, clearing.networkId, 'MRS');
  LEC = await makeParty(app, clearing.networkId, 'LEC');
  manager = await managerOf(LEC);
});

const managerOf = async ({ operatorId }: SpaceParty) =>
  (await makePerson(app, { grants: [{ organisationId: operatorId, role: 'space_manager' }] })).agent;
const visits = (made: object = {}) =>
  makeRecords(clearing, { home: LEC, host: MRS, days: 1, dayRate: 2000, ...made });
const decide = (agent: Agent, recordId: string | undefined, body: object) =>
  agent.put(`/v1/record-reviews/${recordId}/decision`).send(body);
const close = async () =>
  (await clearing.treasurer.put(`/v1/windows/${clearing.windowId}/closure`).expect(200)).body;
const reviews = async (query = `partyId=${LEC.id}`, agent = manager) =>
  (await agent.get(`/v1/record-reviews?${query}`).expect(200)).body.items as {
    recordId: string;
    state: string;
  }[];

describe('a record', () => {
  it.each([
    ['of a day after it was sealed', 'FUTURE_DAY', { from: '2026-12-24' }],
    ['from before its terms began', 'TERMS_NOT_IN_FORCE', { from: '2025-12-31' }],
    ['beyond what may be attested by hand in a month', 'HAND_LIMIT', { evidence: 'D', halfDays: 2 }],
    [
      'of a guest whose day is charged already',
      'DAY_ALREADY_CHARGED',
      { sameDay: true, days: 2, personRef: newId() },
    ],
  ])('%s bounces with %s and is not settled', async (_what, code, made) => {
    if (code === 'HAND_LIMIT')
      await tamperingSql('UPDATE reciprocity.agreement_versions SET hand_half_days_per_month = 1');
    await visits(made);
    const { totals } = await close();
    expect(totals.reduce((sum: number, { lines }: { lines: number }) => sum + lines, 0)).toBe(
      'days' in made ? made.days - 1 : 0,
    );
    expect((await reviews()).filter(({ state }) => state === 'BOUNCED')).toMatchObject([{ code }]);
  });

  it('bounces when its rate is none of its host, and the host is judged by it', async () => {
    await tamperingSql(
      `INSERT INTO reciprocity.rates (version_id, home_network_id, host_network_id, host_space_id, resource_kind,
         rate_minor, unit, created_at) VALUES ($1, $2, $2, $3, 'hot_desk', 1000, 'EUR', now())`,
      [clearing.versionId, clearing.networkId, MRS.id],
    );
    await visits({ days: 2 });
    await visits({ dayRate: 2200, from: '2026-11-20' });
    await visits({ evidence: 'D', from: '2026-11-21' });
    expect((await close()).totals).toMatchObject([{ lines: 3, grossMinor: 6_000 }]);
    const { body } = await manager.get(`/v1/quality-scores?networkId=${clearing.networkId}`).expect(200);
    // 4 records, 1 bounced, 1 by hand: (3 − ½) ÷ 4 = 62.5
    expect(body.items).toEqual([
      { host: { id: MRS.id, name: 'MRS' }, records: 4, bounced: 1, declined: 0, byHand: 1, score: 62 },
    ]);
  });

  it('that its debtor declined with a code is left out of the window; the host may not decide', async () => {
    const [kept, declined] = await visits({ days: 2 });
    const host = await managerOf(MRS);
    const refused = { decision: 'DECLINED', code: 'NOT_THERE', note: 'She was in Lecce that day.' };
    expect((await decide(host, declined, refused).expect(403)).body.code).toBe('access.denied');
    expect((await decide(manager, declined, { decision: 'DECLINED' }).expect(422)).body.code).toBe(
      'request.invalid',
    );
    await decide(manager, declined, refused).expect(200);
    await decide(manager, declined, refused).expect(200);
    const again = await decide(manager, declined, { decision: 'APPROVED' }).expect(409);
    expect(again.body).toMatchObject({ code: 'review.decided', state: 'DECLINED' });
    await decide(manager, kept, { decision: 'APPROVED' }).expect(200);
    expect((await close()).totals).toMatchObject([{ lines: 1 }]);
  });

  it('cannot be declined once a window has taken it, nor once the clock has run out', async () => {
    const [taken] = await visits();
    await close();
    const declined = { decision: 'DECLINED', code: 'DUPLICATE' };
    expect((await decide(manager, taken, declined).expect(409)).body.code).toBe('review.on_a_line');
    const [late] = await visits({ from: '2026-11-20' });
    clock.travelTo('2026-12-11T07:00:01Z'); // sealed on 1 December at 7:00, ten days
    expect((await decide(manager, late, declined).expect(409)).body.code).toBe('review.clock_ran_out');
    const round = await app.get(Sweeps).runAll();
    expect(round['review.deem_approved']).toBe(2);
    expect((await app.get(Sweeps).runAll())['review.deem_approved']).toBe(0);
    expect(await reviews()).toMatchObject([{ state: 'DEEMED_APPROVED' }, { state: 'DEEMED_APPROVED' }]);
  });

  it('read from a card is settled once its guest says that they were there', async () => {
    const guest = await makePerson(app);
    const [card] = await visits({ evidence: 'C', personRef: derivedId(guest.id, 'person_ref') });
    const [scanned] = await visits({ from: '2026-11-03', personRef: derivedId(guest.id, 'person_ref') });
    const confirm = (agent: Agent, recordId = card) =>
      agent.put(`/v1/record-reviews/${recordId}/confirmation`);
    expect((await confirm(manager).expect(403)).body.code).toBe('review.not_the_guest');
    expect((await confirm(guest.agent, scanned).expect(409)).body.code).toBe('review.needs_no_word');
    const first = await close();
    expect(first.totals).toMatchObject([{ lines: 1 }]);
    expect((await reviews(`partyId=${MRS.id}`, await managerOf(MRS)))[1]).toMatchObject({
      state: 'AWAITS_GUEST',
    });
    expect((await confirm(guest.agent).expect(200)).body.state).toBe('PLAUSIBLE');
    const next = await clearing.treasurer.put(`/v1/windows/${first.nextWindowId}/closure`).expect(200);
    expect(next.body.totals).toMatchObject([{ lines: 1, late: 1 }]);
  });

  it('is seen by its two parties and the treasurer who settles it, and by nobody else', async () => {
    const [id] = await visits();
    const all = `networkId=${clearing.networkId}`;
    expect(await reviews(all, clearing.treasurer)).toMatchObject([{ recordId: id, state: 'PLAUSIBLE' }]);
    await manager.get(`/v1/record-reviews?${all}`).expect(403);
    const stranger = await managerOf(await makeParty(app, (await makeClearing(app)).networkId, 'TUN'));
    await stranger.get(`/v1/record-reviews?partyId=${LEC.id}`).expect(403);
    expect((await decide(stranger, id, { decision: 'APPROVED' }).expect(404)).body.code).toBe(
      'review.not_found',
    );
    expect((await decide(manager, newId(), { decision: 'APPROVED' }).expect(404)).body.code).toBe(
      'review.not_found',
    );
  });
});

it.each(['bounces', 'decisions', 'confirmations'])(
  'keeps %s from being changed, even by the owner',
  async (table) => {
    const guest = await makePerson(app);
    const [card] = await visits({ evidence: 'C', personRef: derivedId(guest.id, 'person_ref') });
    await guest.agent.put(`/v1/record-reviews/${card}/confirmation`).expect(200);
    await decide(manager, card, { decision: 'APPROVED' }).expect(200);
    await visits({ from: '2026-12-24' });
    await app.get(Sweeps).runAll();
    await expect(ownerSql(`DELETE FROM review.${table}`)).rejects.toThrow('append-only');
  },
);
