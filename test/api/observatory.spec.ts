import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { parse } from 'csv-parse/sync';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, ownerSql, startApp, tamperingSql, TestClock } from '../support/app.js';
import { checkOut, enterSpace, makeNomad, makeScene } from '../support/make-checkin.js';
import { makeOrganisation, makePerson } from '../support/make-identity.js';
import {
  answerAt,
  five,
  makeObserved,
  makeWinter,
  openPeriod,
  run,
  step,
  visit,
  type Observed,
} from '../support/make-observatory.js';
import { makeTreasurersMonth } from '../support/make-settlement.js';
import { close } from '../support/settle.js';

const clock = new TestClock();
let app: NestFastifyApplication;
beforeAll(async () => {
  app = await startApp({ clock });
});
afterAll(() => app.close());
beforeEach(async () => {
  clock.travelTo('2026-12-01T08:00:00Z');
  await emptyDatabase();
});

const anybody = () => request(app.getHttpServer());
type Figure = {
  indicator: string;
  measure: string;
  value: number | null;
  blank: string | null;
  n: number | null;
};
const figure = (body: { report: { figures: Figure[] } }, id: string, measure = '') =>
  body.report.figures.find((one) => one.indicator === id && one.measure === measure)!;
type Cell = { home: string; host: string; halfDays: number | null; blank: string | null };
const cell = (body: { report: { flows: Cell[] } }, home: string, host: string) =>
  body.report.flows.find((flow) => flow.home === home && flow.host === host)!;

describe('the winter of 2026 in FRL0 (scenario S9)', () => {
  let observed: Observed;
  let id: string;
  beforeEach(async () => {
    observed = await makeWinter(app);
    id = await openPeriod(observed);
    await run(observed.researcher, id);
  });

  it('is published with figures of all families, and what has no source is not measured rather than 0', async () => {
    const { body } = await anybody().get(`/v1/impact-periods/${id}`).query({ territory: 'FRL0' }).expect(200);
    expect(body).toMatchObject({ state: 'PUBLISHED', version: 1, limits: 'Few answers.' });
    expect(body.publicationRef).toBe(`escale:impact:${observed.networkId.slice(-8)}:2026-Q1:v1`);
    expect(figure(body, 'I-01')).toMatchObject({ value: 53, n: 53, missingBps: 0 });
    expect(figure(body, 'I-20')).toMatchObject({ value: 100, n: 5, missingBps: 9057 }); // 48 of 53 did not say
    expect(figure(body, 'I-24', 'events')).toMatchObject({ value: 3, n: 1, missingBps: 8333, method: '1.0' });
    expect(figure(body, 'I-13')).toMatchObject({ value: null, blank: 'not_measured', n: null });
    expect(figure(body, 'I-31')).toMatchObject({ value: null, blank: 'not_measured' });
  });

  it('blanks the two people from FRL01 in HR031, and a second cell of their row and their column', async () => {
    const { body } = await anybody().get(`/v1/impact-periods/${id}`).query({ territory: 'FRL0' }).expect(200);
    expect(cell(body, 'FRL01', 'HR031')).toMatchObject({ halfDays: null, blank: '<5' });
    expect(cell(body, 'FRL01', 'ES511')).toMatchObject({ halfDays: null, blank: 'complementary' });
    expect(cell(body, 'FRL04', 'HR031')).toMatchObject({ halfDays: null, blank: 'complementary' });
    expect(cell(body, 'FRL04', 'ES511')).toMatchObject({ halfDays: null, blank: 'complementary' });
    expect(cell(body, 'ES511', 'FRL04')).toMatchObject({ halfDays: 58, blank: null });
    expect(body.report.origins).toEqual([
      { code: 'FRL01', halfDays: 16, blank: null },
      { code: 'FRL04', halfDays: 32, blank: null },
    ]);
  });

  it('blanks the money of a territory in which one space earns 91 %', async () => {
    const { body } = await anybody().get(`/v1/impact-periods/${id}`).expect(200);
    const income = (code: string) => body.report.income.find((row: { code: string }) => row.code === code);
    expect(income('FRL04')).toMatchObject({ minor: null, blank: 'dominance' });
    expect(income('HR031')).toMatchObject({ minor: null, blank: 'dominance' }); // one space is all of it
    expect(figure(body, 'I-08', 'EUR').blank).not.toBe('not_measured');
  });

  it('says that the space is further than the office: net avoided kilometres are negative', async () => {
    const { body } = await anybody().get(`/v1/impact-periods/${id}`).expect(200);
    // Five times 2 × 10 − 2 × 25.
    expect(figure(body, 'I-27', 'gross')).toMatchObject({ value: 0, n: 5 });
    expect(figure(body, 'I-27', 'net')).toMatchObject({ value: -150, n: 5 });
    expect(figure(body, 'I-28')).toMatchObject({ value: 32.6 }); // 150 km × 0.217 more
  });

  it('is downloaded as CSV, GeoJSON and DCAT-AP with its licence, and without a hidden number', async () => {
    const file = (name: string) => anybody().get(`/v1/impact-periods/${id}/${name}`).expect(200);
    const flows: Record<string, string>[] = parse((await file('flows.csv')).text, { columns: true });
    expect(flows.find(({ home, host }) => home === 'FRL01' && host === 'HR031')).toMatchObject({
      visit_days: '',
      blank: '<5',
      licence: 'https://creativecommons.org/licenses/by/4.0/',
    });
    const figures: Record<string, string>[] = parse((await file('figures.csv')).text, { columns: true });
    expect(figures.find(({ indicator }) => indicator === 'I-01')).toMatchObject({ value: '53', n: '53' });
    const map = JSON.parse((await file('flows.geojson')).text);
    expect(map.features).toHaveLength(flows.filter(({ home, host }) => home !== '*' && host !== '*').length);
    const record = JSON.parse((await file('dataset.jsonld')).text);
    expect(record['dcat:distribution']).toHaveLength(3);
    expect(record['dct:temporal']['dcat:endDate']).toBe('2026-03-31');
  });

  it('stays what it is when a visit comes late; the correction hides what two more people would tell', async () => {
    const late = await visit(observed, 'BCN', 'MRS', 2, 10_000);
    await tamperingSql('UPDATE checkin.visit_records SET sealed_at = $2 WHERE id = ANY ($1)', [
      late,
      '2026-12-02T07:00:00Z',
    ]);
    clock.travelTo('2026-12-03T08:00:00Z');
    const { body: before } = await anybody().get(`/v1/impact-periods/${id}`).expect(200);
    const correction = await openPeriod(observed, { correctsId: id });
    const body = await run(observed.researcher, correction);
    expect(body).toMatchObject({ state: 'PUBLISHED', version: 2 });
    expect(cell(body, 'ES511', 'FRL04')).toMatchObject({ halfDays: null, blank: 'difference' });
    expect(body.report.total).toMatchObject({ halfDays: null, blank: 'difference' });
    expect(cell(body, 'FRL01', 'HR031').blank).toBe('<5');
    const { body: old } = await anybody().get(`/v1/impact-periods/${id}`).expect(200);
    expect(old).toMatchObject({ state: 'CORRECTED', report: before.report });
  });
});

describe('an impact period', () => {
  it('is not published with figures of one kind alone', async () => {
    const observed = await makeObserved(app);
    await visit(observed, 'BCN', 'MRS', 6);
    const id = await openPeriod(observed);
    await run(observed.researcher, id, 'review');
    const { body } = await step(observed.researcher, id, 'publication').expect(422);
    expect(body).toMatchObject({ code: 'impact_period.one_sided', missing: ['ECO', 'SOC', 'CUL'] });
  });

  it('is not published with a cell that tells of two people, whoever wrote it', async () => {
    const observed = await makeWinter(app);
    const id = await openPeriod(observed);
    await run(observed.researcher, id, 'review');
    const told = `UPDATE observatory.results SET content = jsonb_set(content, '{flows,0}', $2) WHERE period_id = $1
      AND kind = 'REPORT'`;
    const { body } = await observed.researcher.get(`/v1/impact-periods/${id}`).expect(200);
    const at = body.report.flows.findIndex(({ blank }: Cell) => blank === '<5');
    const flow = { ...body.report.flows[at], halfDays: 4, blank: null };
    await tamperingSql(told.replace('flows,0', `flows,${at}`), [id, JSON.stringify(flow)]);
    const { body: refusal } = await step(observed.researcher, id, 'publication').expect(409);
    expect(refusal).toMatchObject({
      code: 'impact_period.discloses',
      found: expect.arrayContaining(['FRL01→HR031']),
    });
  });

  it('is not computed from anything but what was frozen', async () => {
    const observed = await makeWinter(app);
    const id = await openPeriod(observed);
    await run(observed.researcher, id, 'freezing');
    await tamperingSql(`UPDATE checkin.visit_records SET person_ref = gen_random_uuid() WHERE id IN
      (SELECT id FROM checkin.visit_records LIMIT 1)`);
    const { body } = await step(observed.researcher, id, 'computation').expect(409);
    expect(body.code).toBe('impact_period.snapshot_differs');
  });

  it('takes its steps in order, each once, when its quarter is over, and is one for a quarter', async () => {
    const observed = await makeObserved(app);
    const { researcher, networkId } = observed;
    const running = await openPeriod(observed, { quarter: '2026-Q4' });
    expect((await step(researcher, running, 'freezing').expect(409)).body.code).toBe(
      'impact_period.not_ended',
    );
    const id = await openPeriod(observed);
    expect((await step(researcher, id, 'publication').expect(409)).body.code).toBe(
      'impact_period.wrong_state',
    );
    await step(researcher, id, 'freezing').expect(200);
    await step(researcher, id, 'freezing').expect(200);
    const put = (body: object) =>
      researcher.put(`/v1/impact-periods/${newId()}`).send({
        networkId,
        publisherId: networkId,
        quarter: '2026-Q1',
        ...body,
      });
    expect((await put({}).expect(409)).body.code).toBe('impact_period.exists');
    expect((await put({ correctsId: id }).expect(409)).body.code).toBe('impact_period.not_correctable');
    expect((await step(researcher, newId(), 'freezing').expect(404)).body.code).toBe(
      'impact_period.not_found',
    );
  });

  it('is run by researchers and institutions of its network, and seen by nobody else before it is published', async () => {
    const observed = await makeObserved(app);
    const { networkId } = observed;
    const sponsorOf = async (parentId: string) => {
      const { id: organisationId } = await makeOrganisation(app, { kind: 'institution', parentId });
      const grants = [{ organisationId, role: 'public_sponsor' as const }];
      return { publisherId: organisationId, ...(await makePerson(app, { grants })) };
    };
    const region = await sponsorOf(networkId);
    const stranger = await sponsorOf((await makeOrganisation(app)).id);
    const put = ({ agent, publisherId }: typeof region) =>
      agent.put(`/v1/impact-periods/${newId()}`).send({ networkId, publisherId, quarter: '2026-Q1' });
    const { body } = await put(region).expect(200);
    expect((await put(stranger).expect(403)).body.code).toBe('access.denied');
    await stranger.agent.get(`/v1/impact-periods/${body.id}`).expect(404);
    await anybody().get(`/v1/impact-periods/${body.id}`).expect(404);
    expect((await anybody().get('/v1/impact-periods').expect(200)).body.items).toEqual([]);
    expect((await observed.researcher.get('/v1/impact-periods').expect(200)).body.items).toHaveLength(1);
  });

  it('lets a researcher recompute the netting efficiency of the treasurer’s month: 77.38 %', async () => {
    const month = await makeTreasurersMonth(app);
    await close(month);
    clock.travelTo('2027-01-04T08:00:00Z');
    const grants = [{ organisationId: month.networkId, role: 'researcher' as const }];
    const { agent: researcher } = await makePerson(app, { grants });
    const id = await openPeriod({ ...month, researcher }, { quarter: '2026-Q4' });
    const body = await run(researcher, id, 'disclosure-check');
    expect(figure(body, 'I-06', 'EUR')).toMatchObject({ value: 77.38, n: 1 });
    const { text } = await researcher.get(`/v1/impact-periods/${id}/settlement.csv`).expect(200);
    const rows: Record<string, string>[] = parse(text, { columns: true });
    const sum = (kind: string) =>
      rows.filter((row) => row['kind'] === kind).reduce((all, row) => all + Number(row['amount_minor']), 0);
    expect([sum('CLAIM'), sum('PAYMENT')]).toEqual([44_200, 10_000]);
    expect(Math.round((1 - sum('PAYMENT') / sum('CLAIM')) * 10_000) / 100).toBe(77.38);
  });

  it('shows the mean of five answers and hides that of four', async () => {
    const observed = await makeObserved(app);
    await answerAt(observed, 'MRS', five({ spent: 1_000 }));
    await answerAt(observed, 'MRS', five({ met: true }).slice(1));
    const body = await run(observed.researcher, await openPeriod(observed), 'disclosure-check');
    expect(figure(body, 'I-09', 'mean EUR')).toMatchObject({ value: 1_000, n: 5 });
    expect(figure(body, 'I-20')).toMatchObject({ value: null, blank: '<5', n: null });
  });
});

describe('the exit survey', () => {
  it('takes one answer with consent after check-out, and keeps neither the person nor the visit', async () => {
    const scene = await makeScene(app);
    const nomad = await makeNomad(app, scene);
    const { visitId, bookingId } = await enterSpace(app, {
      door: scene.host,
      spaceId: scene.host.id,
      phone: nomad.phone,
    });
    const put = (body: object, id = newId(), agent = nomad.agent) =>
      agent.put(`/v1/exit-surveys/${id}`).send({ bookingId, consents: true, ...body });
    expect((await put({}).expect(409)).body.code).toBe('exit_survey.not_checked_out');
    await checkOut(app, scene.host, visitId).expect(200);
    expect((await put({ consents: false }).expect(422)).body.code).toBe('exit_survey.consent_needed');
    const { agent: other } = await makePerson(app);
    expect((await put({}, newId(), other).expect(404)).body.code).toBe('exit_survey.visit_not_found');
    const answer = {
      counterfactual: 'OFFICE',
      ownWords: 'The train, then the open space.',
      office: { km: 30, mode: 'PETROL_CAR' },
      space: { km: 4, mode: 'BICYCLE' },
      trip: { km: 829, mode: 'FLIGHT' },
    };
    const id = newId();
    const { body } = await put(answer, id).expect(200);
    // A flight from Tunis is 215 kg; 60 avoided car-km are 13.
    expect(body).toMatchObject({
      avoidedKm: { gross: 52, net: 52 },
      commuteChangeGrams: -13_020,
      tripGrams: 214_711,
    });
    await put(answer, id).expect(200);
    expect((await put({ ...answer, ownWords: 'Other' }, id).expect(409)).body.code).toBe('request.id_reused');
    expect((await put(answer).expect(409)).body.code).toBe('exit_survey.answered');
    const rows = await ownerSql<object>('SELECT * FROM observatory.exit_answers');
    const kept = JSON.stringify(rows);
    expect(rows).toHaveLength(1);
    for (const trace of [nomad.id, visitId, bookingId]) expect(kept).not.toContain(trace);
  });

  it('leaves it to spaces to declare only what is declared', async () => {
    const observed = await makeObserved(app);
    const manager = await observed.manager('MRS');
    const { body } = await manager
      .put(`/v1/impact-declarations/${newId()}`)
      .send({
        spaceId: observed.spaces.MRS.id,
        quarter: '2026-Q1',
        indicator: 'I-01',
        measure: 'visits',
        value: 900,
        source: 'Guess',
      })
      .expect(422);
    expect(body.code).toBe('impact_declaration.not_declarable');
  });
});
