import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { deliverAll } from '../support/deliver.js';
import { codeOf } from '../support/make-bookings.js';
import { makeOrganisation, makePerson, type Agent } from '../support/make-identity.js';
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
let [ATH, MRS]: SpaceParty[] = [];
let [manager, region, admin]: Agent[] = [];
let regionId: string;

const at = async (organisationId: string, role: 'space_manager' | 'public_sponsor' | 'network_admin') =>
  (await makePerson(app, { name: 'Claire Fabre', grants: [{ organisationId, role }] })).agent;

beforeAll(async () => {
  app = await startApp();
  clock = app.get(Clock);
  await emptyDatabase();
  clearing = await makeClearing(app);
  ATH = await makeParty(app, clearing.networkId, 'Psyrri Commons');
  MRS = await makeParty(app, clearing.networkId, 'Atelier du Vieux-Port');
  regionId = (await makeOrganisation(app, { kind: 'institution', name: 'Région Sud' })).id;
  manager = await at(ATH.operatorId, 'space_manager');
  region = await at(regionId, 'public_sponsor');
  admin = await at(clearing.networkId, 'network_admin');
});
afterAll(() => app.close());
beforeEach(() => clock.travelTo('2026-12-01T08:00:00Z'));

const lend = (agent: Agent, body: object = {}, id = newId()) =>
  agent.put(`/v1/delegations/${id}`).send({
    organisationId: ATH!.operatorId,
    delegateId: regionId,
    tasks: ['CALENDAR', 'CHARTER'],
    fromDay: '2026-12-01',
    untilDay: '2026-12-31',
    ...body,
  });
const closeOn = (agent: Agent, day: string) =>
  agent
    .put(`/v1/hour-exceptions/${newId()}`)
    .send({ spaceId: ATH!.id, day, openingHours: null, reason: 'Works in the street' });

describe('a delegation', () => {
  it('lets a public operator act for a space within its tasks and days, each act written down, and not a day longer', async () => {
    expect(await codeOf(closeOn(region!, '2026-12-24'))).toBe('access.denied');
    const id = newId();
    await lend(manager!, {}, id).expect(200);
    await lend(manager!, {}, id).expect(200);
    expect(await codeOf(lend(manager!, { untilDay: '2026-12-30' }, id))).toBe('request.id_reused');
    await closeOn(region!, '2026-12-24').expect(200);
    const device = { organisationId: ATH!.operatorId, spaceId: ATH!.id, name: 'Front door' };
    expect(await codeOf(region!.put(`/v1/devices/${newId()}`).send(device))).toBe('access.denied');
    const { body } = await manager!.get(`/v1/delegations/${id}/acts`).expect(200);
    expect(body.items).toMatchObject([
      {
        by: 'Claire Fabre',
        onBehalfOf: { name: 'Psyrri Commons' },
        method: 'PUT',
        path: expect.stringContaining('/v1/hour-exceptions/'),
        at: '2026-12-01T08:00:00.000Z',
      },
    ]);
    clock.travelTo('2026-12-31T23:59:00Z');
    await closeOn(region!, '2027-02-01').expect(200);
    clock.travelTo('2027-01-01T00:00:00Z');
    expect(await codeOf(closeOn(region!, '2027-02-02'))).toBe('access.denied'); // as if it had never been lent
    const { body: list } = await manager!
      .get(`/v1/delegations?organisationId=${ATH!.operatorId}`)
      .expect(200);
    expect(list.items).toMatchObject([{ id, acts: 2, revokedAt: null }]);
  });

  it('is not passed on, has a last day and two fitting sides, and ends at once when it is revoked', async () => {
    const id = newId();
    await lend(manager!, { tasks: ['BILLING'] }, id).expect(200);
    expect(await codeOf(lend(region!))).toBe('access.denied');
    expect(await codeOf(lend(manager!, { untilDay: '2026-11-30' }))).toBe('delegation.period_unfit');
    expect(await codeOf(lend(manager!, { delegateId: ATH!.operatorId }))).toBe('delegation.unfit');
    await region!.get(`/v1/documents?partyId=${ATH!.id}`).expect(200);
    const stranger = await at(MRS!.operatorId, 'space_manager');
    expect(await codeOf(stranger.get(`/v1/delegations/${id}/acts`))).toBe('delegation.not_found');
    await manager!.delete(`/v1/delegations/${id}`).expect(200);
    await manager!.delete(`/v1/delegations/${id}`).expect(200);
    await region!.get(`/v1/documents?partyId=${ATH!.id}`).expect(403);
  });
});

describe('S8: a fragile space', () => {
  const signs = async (agent: Agent, query: string) =>
    (await agent.get(`/v1/fragility?${query}`).expect(200)).body.items;

  it('shows three signs of four before it closes, and is wound down by the public operator in its name', async () => {
    const memberId = newId();
    await ownerSql(
      `INSERT INTO charter.members (id, kind, organisation_id, space_id, network_id, state, since, provisional_at,
         created_by, request_hash, created_at)
       VALUES ($1, 'SPACE', $2, $3, $4, 'ACTIVE', now(), now(), 'scene', '', now())`,
      [memberId, ATH!.operatorId, ATH!.id, clearing.networkId],
    );
    await makeRecords(clearing, { home: MRS!, host: ATH!, days: 8, dayRate: 1400, from: '2026-09-07' });
    await lend(manager!).expect(200);
    expect(await signs(manager!, `spaceId=${ATH!.id}`)).toMatchObject([
      { signs: ['VISITS', 'CHARTER'], of: 4 },
    ]);
    const closure = { spaceId: ATH!.id, fromDay: '2026-12-31', untilDay: null, reason: 'The lease ends' };
    await region!.put(`/v1/closures/${newId()}`).send(closure).expect(200);
    const { body: before } = await region!.get(`/v1/charter-members/${memberId}`).expect(200);
    expect(before.state).toBe('ACTIVE');
    expect(await signs(admin!, `networkId=${clearing.networkId}`)).toMatchObject([
      { space: { name: 'Psyrri Commons' }, signs: ['VISITS', 'CLOSURES', 'CHARTER'], of: 4 },
      { space: { name: 'Atelier du Vieux-Port' }, signs: [] },
    ]);
    expect(await codeOf(region!.get(`/v1/fragility?networkId=${clearing.networkId}`))).toBe('access.denied');
    await deliverAll(app);
    const { body: page } = await admin!.get(`/v1/spaces/${ATH!.id}`).expect(200);
    expect(page.hostingStop).toMatchObject({ code: 'CLOSING' });
    // Its eight days are owed to it: they are settled first, then its signature ends and its page stays.
    const settle = (body: object = {}) =>
      admin!.put(`/v1/charter-members/${memberId}/final-settlements/${newId()}`).send(body);
    expect((await settle().expect(409)).body).toMatchObject({ code: 'charter.not_settled', records: 8 });
    const plan = { paymentPlan: 'Its 112.00 are paid with the window of December.' };
    expect((await settle(plan).expect(200)).body.state).toBe('EXITED');
    expect((await admin!.get(`/v1/spaces/${ATH!.id}`).expect(200)).body.hostingStop.code).toBe('LEFT');
  });
});
