import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import { deliverEvents, makeTreasurersMonth, type SpaceParty } from '../support/make-settlement.js';
import { makeScansBehind } from '../support/make-scans-behind.js';
import { close, payments, proof } from '../support/settle.js';

let app: NestFastifyApplication;
let clock: TestClock;
let month: Awaited<ReturnType<typeof makeTreasurersMonth>>;
let nextWindowId: string;
let guest: Agent; // of LEC, which owes MRS 5 days of 20.00
let host: Agent; // of MRS
let recordId: string;
beforeAll(async () => {
  app = await startApp(); // on 1 December 2026
  clock = app.get(Clock);
});
afterAll(() => app.close());
beforeEach(async () => {
  await emptyDatabase();
  clock.travelTo('2026-12-01T08:00:00Z');
  month = await makeTreasurersMonth(app);
  ({ nextWindowId } = await close(month));
  await deliverEvents(app);
  [guest, host] = [await managerOf(month.parties.LEC), await managerOf(month.parties.MRS)];
  const [record] = await ownerSql<{ id: string }>(
    'SELECT id FROM checkin.visit_records WHERE host_space_id = $1 AND home_space_id = $2 ORDER BY id LIMIT 1',
    [month.parties.MRS.id, month.parties.LEC.id],
  );
  recordId = record!.id;
});

const managerOf = async ({ operatorId }: SpaceParty) =>
  (await makePerson(app, { grants: [{ organisationId: operatorId, role: 'space_manager' }] })).agent;
const step = (name: string) => month.treasurer.put(`/v1/windows/${month.windowId}/${name}`).expect(200);
const open = (id = newId(), changes: object = {}, agent = guest) =>
  agent
    .put(`/v1/disputes/${id}`)
    .send({ recordId, code: 'NOT_THERE', text: 'She was in Lecce that day.', ...changes });
const move = (id: string, agent: Agent, kind: string, amountMinor?: number) =>
  agent.put(`/v1/disputes/${id}/moves/${newId()}`).send({ kind, text: 'As agreed.', amountMinor });
const next = () => ({ ...month, windowId: nextWindowId });

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const addFile = (agent: Agent, id = newId(), { record = recordId, type = 'image/png' } = {}) =>
  agent
    .put(`/v1/evidence-files/${id}?recordId=${record}&name=re%C3%A7u.png`)
    .set('content-type', type)
    .send(PNG);

/** The scan behind the disputed record, and a receipt of whoever disputes it. */
async function makeEvidence() {
  await makeScansBehind([recordId]);
  const [scan] = await ownerSql<{ id: string }>(
    'SELECT scan_id AS id FROM checkin.visit_records WHERE id = $1',
    [recordId],
  );
  const fileId = newId();
  await addFile(guest, fileId).expect(200);
  return { scanIds: [scan!.id], fileIds: [fileId] };
}
/** At the door of neither party. */
async function scanElsewhere(): Promise<string> {
  const [record] = await ownerSql<{ id: string; scan: string }>(
    'SELECT id, scan_id AS scan FROM checkin.visit_records WHERE host_space_id = $1 LIMIT 1',
    [month.parties.BCN.id],
  );
  await makeScansBehind([record!.id]);
  return record!.scan;
}

async function opened(): Promise<string> {
  await step('advice');
  const id = newId();
  await open(id).expect(200);
  return id;
}

it('is opened by who owes the line, while its clock runs, once per record, with its evidence', async () => {
  expect((await open().expect(409)).body.code).toBe('dispute.not_advised');
  await step('advice');
  expect((await open(newId(), {}, host).expect(404)).body.code).toBe('dispute.no_line');
  expect((await open(newId(), { amountMinor: 2_001 }).expect(422)).body.code).toBe('dispute.too_much');
  const id = newId();
  const evidence = await makeEvidence();
  const unknown = { scanIds: evidence.scanIds, fileIds: [newId()] };
  expect((await open(newId(), unknown).expect(422)).body).toMatchObject({
    code: 'dispute.evidence_unknown',
    ids: unknown.fileIds,
  });
  const others = { scanIds: [await scanElsewhere()], fileIds: [] };
  expect((await open(newId(), others).expect(422)).body.ids).toEqual(others.scanIds);
  const { body } = await open(id, evidence).expect(200);
  expect(body).toMatchObject({ state: 'OPEN', stage: 1, awaits: 'CREDITOR', dueAt: '2026-12-08T08:00:00Z' });
  expect(body.moves).toMatchObject([{ kind: 'OPEN', side: 'DEBTOR', ...evidence }]);
  await open(id, evidence).expect(200);
  expect((await open(id).expect(409)).body.code).toBe('request.id_reused');
  expect((await open().expect(409)).body.code).toBe('dispute.record_taken');
  clock.travelTo('2026-12-08T08:00:01Z');
  const [other] = await ownerSql<{ id: string }>(
    'SELECT record_id AS id FROM settlement.lines WHERE debtor_party_id = $1 AND record_id <> $2 LIMIT 1',
    [month.parties.LEC.id, recordId],
  );
  const late = await open(newId(), { recordId: other!.id }).expect(409);
  expect(late.body).toMatchObject({ code: 'dispute.too_late', until: '2026-12-08T08:00:00Z' });
});

it('takes files of either side for a line, judged by their bytes, and shows them to both and the treasurer alone', async () => {
  const id = await opened();
  const fileId = newId();
  const { body: added } = await addFile(host, fileId).expect(200);
  expect(added).toEqual({ id: fileId, recordId, name: 'reçu.png' });
  await addFile(host, fileId).expect(200);
  expect((await addFile(guest, newId(), { type: 'application/pdf' }).expect(415)).body.code).toBe(
    'file.type_refused',
  );
  const stranger = await managerOf(month.parties.RJK);
  expect((await addFile(stranger).expect(404)).body.code).toBe('dispute.no_line');
  const [other] = await ownerSql<{ id: string }>(
    'SELECT record_id AS id FROM settlement.lines WHERE record_id <> $1 LIMIT 1',
    [recordId],
  );
  const elsewhere = await addFile(month.treasurer, fileId, { record: other!.id }).expect(409);
  expect(elsewhere.body.code).toBe('request.id_reused');
  const url = `/v1/disputes/${id}/files/${fileId}`;
  expect((await host.get(url).expect(404)).body.code).toBe('file.not_found'); // not said yet
  const { body } = await host
    .put(`/v1/disputes/${id}/moves/${newId()}`)
    .send({ kind: 'RESPOND', text: 'Her signature.', fileIds: [fileId] })
    .expect(200);
  const answer = body.moves.find(({ kind }: { kind: string }) => kind === 'RESPOND');
  expect(answer.files).toEqual([{ id: fileId, name: 'reçu.png' }]);
  for (const agent of [guest, host, month.treasurer]) {
    const { body: bytes } = await agent.get(url).expect(200);
    expect(bytes).toEqual(PNG);
  }
  expect((await stranger.get(url).expect(404)).body.code).toBe('dispute.not_found');
  await expect(ownerSql('DELETE FROM disputes.evidence_files')).rejects.toThrow('append-only');
});

it('lets everything else be paid, and what waits is due in the next window once the debtor authorises it', async () => {
  const id = await opened();
  await step('call');
  // LEC owes 76.00 − 20.00 that wait = 56.00, MRS is owed 58.00 − 20.00 = 38.00; the others are as before.
  expect(await payments(month)).toEqual([
    'NETTED LEC→MRS 3800 EUR',
    'NETTED LEC→ATH 1800 EUR',
    'NETTED RJK→ATH 1600 EUR',
    'NETTED RJK→BCN 800 EUR',
  ]);
  const proven = await proof(app, month);
  expect(proven.sums).toMatchObject([{ documentsMinor: 44_200, suspendedMinor: 2_000 }]);
  expect((await move(id, host, 'AUTHORISE', 2_001).expect(409)).body.code).toBe('dispute.wrong_move');
  const { body } = await move(id, guest, 'AUTHORISE', 1_500).expect(200);
  expect(body).toMatchObject({ state: 'AUTHORISED_TO_BILL', billedMinor: 1_500, awaits: null });
  await close(next());
  expect(await payments(next())).toEqual(['NETTED LEC→MRS 1500 EUR']); // 20.00 released, 5.00 credited
  await proof(app, next());
  const { body: documents } = await host.get(`/v1/documents?partyId=${month.parties.MRS.id}`).expect(200);
  const note = documents.items.find(({ kind }: { kind: string }) => kind === 'CREDIT_NOTE');
  expect(note).toMatchObject({
    net: { minor: 500 },
    charges: [{ refersTo: expect.stringMatching(/^MRS-2026-/) }],
  });
});

it('goes through three stages to letters, and a treasurer ends it; nobody moves out of turn', async () => {
  const id = await opened();
  for (let stage = 1; stage <= 3; stage += 1) {
    expect((await move(id, guest, 'RESPOND').expect(409)).body.code).toBe('dispute.wrong_move');
    await move(id, host, 'RESPOND').expect(200);
    await move(id, guest, 'ESCALATE').expect(200);
  }
  expect((await guest.get(`/v1/disputes/${id}`)).body).toMatchObject({
    state: 'CORRESPONDENCE',
    stage: 3,
    dueAt: null,
  });
  await move(id, guest, 'WRITE').expect(200);
  expect((await move(id, host, 'ARBITRATE', 500).expect(409)).body.code).toBe('dispute.wrong_move');
  const { body } = await move(id, month.treasurer, 'ARBITRATE', 500).expect(200);
  expect(body).toMatchObject({ state: 'ARBITRATED', billedMinor: 500, moves: { length: 9 } });
  expect((await move(id, guest, 'WRITE').expect(409)).body.code).toBe('dispute.wrong_move');
  await expect(ownerSql('DELETE FROM disputes.moves')).rejects.toThrow('append-only');
});

it('is settled between the parties at an offer the other side agrees to', async () => {
  const id = await opened();
  await move(id, guest, 'PROPOSE', 700).expect(200);
  expect((await move(id, guest, 'AGREE').expect(409)).body.code).toBe('dispute.wrong_move');
  const moveId = newId();
  const agree = () => host.put(`/v1/disputes/${id}/moves/${moveId}`).send({ kind: 'AGREE', text: 'Fine.' });
  await agree().expect(200);
  expect((await agree().expect(200)).body).toMatchObject({
    state: 'SETTLED_BETWEEN_PARTIES',
    billedMinor: 700,
  });
});

it('is lost by who keeps silent: a host that never answers bills nothing', async () => {
  const id = await opened();
  await step('call');
  clock.travelTo('2026-12-08T08:00:01Z');
  expect((await app.get(Sweeps).runAll())['disputes.default']).toBe(1);
  expect((await app.get(Sweeps).runAll())['disputes.default']).toBe(0);
  const { body } = await host.get(`/v1/disputes/${id}`).expect(200);
  expect(body).toMatchObject({
    state: 'DEFAULTED',
    billedMinor: 0,
    moves: [{}, { kind: 'SILENCE', side: 'CLOCK' }],
  });
  await close(next());
  expect(await payments(next())).toEqual([]); // released and credited: even
  await proof(app, next());
});

it('opened after the call, only corrects the next window', async () => {
  await step('advice');
  await step('call');
  const before = await payments(month);
  const id = newId();
  expect((await open(id).expect(200)).body.isSuspended).toBe(false);
  await move(id, host, 'AUTHORISE').expect(200); // the host gives in
  expect(await payments(month)).toEqual(before);
  await close(next());
  expect(await payments(next())).toEqual(['NETTED MRS→LEC 2000 EUR']);
});

it('is seen by its parties and the treasurer, and its age by every member', async () => {
  const id = await opened();
  const stranger = await managerOf(month.parties.RJK);
  expect((await stranger.get(`/v1/disputes/${id}`).expect(404)).body.code).toBe('dispute.not_found');
  for (const agent of [guest, host, month.treasurer]) await agent.get(`/v1/disputes/${id}`).expect(200);
  const listed = await month.treasurer.get(`/v1/disputes?networkId=${month.networkId}`).expect(200);
  expect(listed.body.items).toMatchObject([{ id }]);
  await stranger.get(`/v1/disputes?partyId=${month.parties.MRS.id}`).expect(403);
  clock.travelTo('2027-01-05T08:00:00Z');
  const { body } = await stranger.get(`/v1/dispute-ageing?networkId=${month.networkId}`).expect(200);
  expect(body.items).toEqual([{ unit: 'EUR', age: '31-90', disputes: 1, disputedMinor: 2_000 }]);
});
