import { createHash } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { parse } from 'csv-parse/sync';
import { ExportMaker } from '../../src/exports/export-maker.js';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, tamperingSql, type TestClock } from '../support/app.js';
import { makePerson } from '../support/make-identity.js';
import { makeClearing, makeTreasurersMonth } from '../support/make-settlement.js';
import { close } from '../support/settle.js';
import { unzip } from '../support/unzip.js';

let app: NestFastifyApplication;
let month: Awaited<ReturnType<typeof makeTreasurersMonth>>;
beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  month = await makeTreasurersMonth(app);
  await tamperingSql('UPDATE reciprocity.agreement_versions SET network_fee_bps = 300 WHERE id = $1', [
    month.versionId,
  ]);
  // Names as nobody should choose them, and one that reads from the right.
  await tamperingSql(`UPDATE directory.parties SET name = '=HYPERLINK("x")' WHERE id = $1`, [
    month.parties.BCN.id,
  ]);
  await tamperingSql(`UPDATE directory.parties SET name = 'فضاء القيروان' WHERE id = $1`, [
    month.parties.ATH.id,
  ]);
  await close(month);
});
afterAll(() => app.close());

const order = (fields: object = {}) => ({
  windowId: month.windowId,
  partyId: month.parties.MRS.id,
  format: 'CSV',
  detail: 'ITEMISED',
  ...fields,
});
async function exported(fields: object = {}) {
  const id = newId();
  const { body } = await month.treasurer.put(`/v1/exports/${id}`).send(order(fields)).expect(200);
  expect(body).toMatchObject({ state: 'QUEUED', progressPercent: 0, sha256: null });
  const early = await month.treasurer.get(`/v1/exports/${id}/file`).expect(409);
  expect(early.body.code).toBe('export.not_ready');
  await app.get(ExportMaker).run(id);
  const done = await month.treasurer.get(`/v1/exports/${id}`).expect(200);
  const { body: bytes } = await month.treasurer
    .get(`/v1/exports/${id}/file`)
    .buffer(true)
    .parse((response, finish) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => finish(null, Buffer.concat(chunks)));
    })
    .expect(200);
  return { id, view: done.body, bytes: bytes as Buffer };
}

// MRS received 180.00 and owed 122.00 and 3 % of what it received, 5.40.
const WHOLE = [{ unit: 'EUR', receivesMinor: 18_000, paysMinor: 12_740 }];

it('a CSV reads back into the rows of the statement; its sums and its checksum are what the history says', async () => {
  const { view, bytes } = await exported();
  expect(view).toMatchObject({ state: 'DONE', progressPercent: 100, rows: 17, controlSums: WHOLE });
  expect(view.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(view.sizeBytes).toBe(bytes.length);
  const rows = parse(bytes, { columns: true, bom: true }) as Record<string, string>[];
  expect(rows).toHaveLength(17); // nine visits received, seven sent, one fee
  const sum = (direction: string) =>
    rows
      .filter((row) => row['direction'] === direction)
      .reduce((total, row) => total + Math.round(Number(row['amount']) * 100), 0);
  expect([sum('RECEIVES'), sum('PAYS')]).toEqual([18_000, 12_740]);
  expect(rows.filter(({ kind }) => kind === 'FEE')).toMatchObject([{ amount: '5.40', half_days: '' }]);
  const names = new Set(rows.map((row) => row['counterparty']));
  expect(names).toContain(`'=HYPERLINK("x")`); // no formula
  expect(names).not.toContain('=HYPERLINK("x")');
});

it('a summary adds up the same rows, through the same filter', async () => {
  const filter = { counterpartyId: month.parties.BCN.id, direction: 'RECEIVES' };
  const [items, summary] = [await exported({ filter }), await exported({ filter, detail: 'SUMMARY' })];
  const sums = [{ unit: 'EUR', receivesMinor: 8_000, paysMinor: 0 }]; // four days at 20.00
  expect([items.view.controlSums, summary.view.controlSums]).toEqual([sums, sums]);
  expect([items.view.rows, summary.view.rows]).toEqual([4, 1]);
  const [row] = parse(summary.bytes, { columns: true, bom: true }) as Record<string, string>[];
  expect(row).toMatchObject({ visits: '4', half_days: '8', amount: '80.00', clearing: 'NETTED' });
  expect((await exported({ detail: 'SUMMARY' })).view.controlSums).toEqual(WHOLE);
});

it('a spreadsheet opens: texts are texts, amounts are numbers', async () => {
  const { view, bytes } = await exported({ format: 'XLSX' });
  expect(view.controlSums).toEqual(WHOLE);
  const files = unzip(bytes);
  const sheet = [...files].find(([name]) => name.endsWith('worksheets/sheet1.xml'))![1];
  expect(sheet.match(/<row /g)).toHaveLength(1 + 17);
  expect(sheet).not.toContain('<f>');
  const texts = [...files.values()].join('');
  expect(texts).toContain('=HYPERLINK("x")');
  expect(texts).toContain('فضاء القيروان');
  expect(sheet).toMatch(/<v>5\.4<\/v>/);
});

it('is printed in the language of the party, and in any other that is asked for', async () => {
  const inFrench = await exported({ format: 'PDF' });
  expect(inFrench.view).toMatchObject({ state: 'DONE', language: 'fr', controlSums: WHOLE });
  expect(inFrench.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  const { view, bytes } = await exported({ format: 'PDF', detail: 'SUMMARY', language: 'ar' });
  expect(view).toMatchObject({ language: 'ar', rows: 5 });
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
});

it('made twice is one file, and asked for twice one export', async () => {
  const { id, view } = await exported();
  await app.get(ExportMaker).run(id);
  expect((await month.treasurer.get(`/v1/exports/${id}`)).body).toEqual(view);
  const again = await month.treasurer.put(`/v1/exports/${id}`).send(order()).expect(200);
  expect(again.body).toEqual(view);
  const other = await month.treasurer
    .put(`/v1/exports/${id}`)
    .send(order({ format: 'PDF' }))
    .expect(409);
  expect(other.body.code).toBe('request.id_reused');
});

it('begins again when whoever made it was killed halfway', async () => {
  const id = newId();
  await month.treasurer.put(`/v1/exports/${id}`).send(order()).expect(200);
  await ownerSql(
    `UPDATE exports.exports SET state = 'RUNNING', started_at = now(), rows_written = 9 WHERE id = $1`,
    [id],
  );
  const { body } = await month.treasurer.get(`/v1/exports/${id}`).expect(200);
  expect(body).toMatchObject({ state: 'RUNNING', progressPercent: 52 }); // 9 of 17
  await app.get(ExportMaker).run(id);
  expect((await month.treasurer.get(`/v1/exports/${id}`)).body).toMatchObject({ state: 'DONE', rows: 17 });
});

it('fails aloud when it cannot be made', async () => {
  const id = newId();
  await month.treasurer
    .put(`/v1/exports/${id}`)
    .send(order({ format: 'PDF' }))
    .expect(200);
  await tamperingSql(`UPDATE exports.exports SET language = 'tlh' WHERE id = $1`, [id]);
  await app.get(ExportMaker).run(id);
  const [row] = await ownerSql('SELECT state, failure FROM exports.exports WHERE id = $1', [id]);
  expect(row).toEqual({ state: 'FAILED', failure: 'The file could not be made.' });
  await tamperingSql('DELETE FROM exports.exports WHERE id = $1', [id]);
});

it('refuses what is too long for its kind, before anybody waits for it', async () => {
  const { LEC, MRS } = month.parties;
  await tamperingSql(
    `INSERT INTO settlement.lines SELECT gen_random_uuid(), $1, $2, $3, $4, 'EUR', 0, '2026-11-02', false, now()
     FROM generate_series(1, 5001)`,
    [month.windowId, month.networkId, LEC.id, MRS.id],
  );
  const { body } = await month.treasurer
    .put(`/v1/exports/${newId()}`)
    .send(order({ format: 'PDF' }))
    .expect(422);
  expect(body).toMatchObject({ code: 'export.too_many_rows', rows: 5_018, most: 5_000 });
  await tamperingSql('DELETE FROM settlement.lines WHERE amount_minor = 0');
});

it('is listed for the party and for the treasurer, and read by nobody else', async () => {
  const { MRS, BCN } = month.parties;
  const { id } = await exported();
  const grants = [{ organisationId: MRS.operatorId, role: 'space_manager' as const }];
  const { agent: manager } = await makePerson(app, { grants });
  const listed = await manager.get(`/v1/exports?partyId=${MRS.id}`).expect(200);
  expect(listed.body.items[0]).toMatchObject({ id, party: { name: 'MRS' } });
  const all = await month.treasurer.get(`/v1/exports?networkId=${month.networkId}`).expect(200);
  expect(all.body.items.length).toBeGreaterThanOrEqual(listed.body.items.length);
  await manager.get(`/v1/exports/${id}/file`).expect(200);
  await manager
    .put(`/v1/exports/${newId()}`)
    .send(order({ partyId: BCN.id }))
    .expect(403);
  await manager.get(`/v1/exports?networkId=${month.networkId}`).expect(403);
  const { treasurer: stranger } = await makeClearing(app);
  await stranger.get(`/v1/exports/${id}`).expect(404);
  expect((await stranger.get(`/v1/exports/${newId()}`).expect(404)).body.code).toBe('export.not_found');
});

it('is kept for thirty days; its history stays', async () => {
  const { id, view } = await exported();
  app.get<TestClock>(Clock).travelTo('2026-12-31T08:00:01Z');
  await app.get(Sweeps).runAll();
  const gone = await month.treasurer.get(`/v1/exports/${id}/file`).expect(410);
  expect(gone.body.code).toBe('export.expired');
  const { body } = await month.treasurer.get(`/v1/exports/${id}`).expect(200);
  expect(body).toMatchObject({ isExpired: true, sha256: view.sha256, controlSums: WHOLE });
  expect(await ownerSql('SELECT FROM platform.file_pieces')).toEqual([]);
});
