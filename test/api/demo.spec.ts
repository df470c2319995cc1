import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { Temporal } from '../../src/kernel/time.js';
import { MovableClock } from '../../src/platform/clock.js';
import { emptyDatabase, startApp } from '../support/app.js';

const BEGINS = Temporal.Instant.from('2026-06-01T07:00:00Z');
let demo: NestFastifyApplication;

beforeAll(async () => {
  await emptyDatabase();
  demo = await startApp({ clock: new MovableClock() });
});
afterAll(() => demo.close());

const http = () => request(demo.getHttpServer());
const shown = async () => Temporal.Instant.from((await http().get('/v1/demo/clock').expect(200)).body.now);
const minutesFrom = (start: Temporal.Instant, end: Temporal.Instant) => end.since(start).total('minutes');

describe('the clock of a demo', () => {
  it('begins on a Monday morning in June', async () => {
    expect(minutesFrom(BEGINS, await shown())).toBeLessThan(5);
  });

  it('goes on from where it is moved to, also in the next process', async () => {
    const moment = '2026-06-08T08:00:00Z';
    const { body } = await http().put('/v1/demo/clock').send({ now: moment }).expect(200);
    expect(minutesFrom(Temporal.Instant.from(moment), Temporal.Instant.from(body.now))).toBeLessThan(5);

    const later = new MovableClock();
    const next = await startApp({ clock: later });
    expect(minutesFrom(Temporal.Instant.from(moment), later.now())).toBeLessThan(5);
    await next.close();
  });

  it('is not moved back: what fell due has been done', async () => {
    const { body } = await http().put('/v1/demo/clock').send({ now: '2026-06-02T08:00:00Z' }).expect(409);
    expect(body.code).toBe('demo.clock_backwards');
  });

  it('takes nothing but a moment', async () => {
    const { body } = await http().put('/v1/demo/clock').send({ now: 'tomorrow' }).expect(422);
    expect(body).toMatchObject({ code: 'request.invalid', errors: [{ pointer: '/now' }] });
  });
});

it('nobody moves the clock where there is no demo', async () => {
  const real = await startApp();
  const refused = await request(real.getHttpServer())
    .put('/v1/demo/clock')
    .send({ now: '2026-12-02T08:00:00Z' })
    .expect(404);
  expect(refused.body.code).toBe('demo.not_found');
  await real.close();
});
