import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, startApp, tamperingSql } from '../support/app.js';
import { makeMember, makePass, makeScene, type Nomad, type Scene } from '../support/make-bookings.js';

let app: NestFastifyApplication;
let scene: Scene;
let nomad: Nomad;

beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  await emptyDatabase();
  scene = await makeScene(app);
  nomad = await makeMember(app, scene.home);
});
afterAll(() => app.close());

/** Who would pay for the day after, once this one is booked. */
async function payerAfter(day: string): Promise<[string, number | null]> {
  const { body } = await nomad.agent
    .put(`/v1/quotes/${newId()}`)
    .send({ poolId: scene.host.poolId, day, part: 'DAY' })
    .expect(200);
  return [body.next.funding, body.next.leftAfterHalfDays];
}

it('counts a day against the season it lies in, and no other', async () => {
  await tamperingSql(`UPDATE reciprocity.agreement_versions SET season_caps =
    '[{"fromDay": "2026-12-05", "untilDay": "2026-12-31", "halfDays": 2}]'`);
  expect(await payerAfter('2026-12-03')).toEqual(['VISA_QUOTA', 2]); // 6 free − 2 − 2
  expect(await payerAfter('2026-12-04')).toEqual(['VISA_QUOTA', 0]); // the season's 2 are all there still
  expect(await payerAfter('2026-12-05')).toEqual(['PAY_AS_YOU_GO', null]); // they are used by the quoted day
  expect(await payerAfter('2026-12-31')).toEqual(['VISA_QUOTA', 4]); // of the next year's 6
});

it('counts a day against its own month of an unlimited pass', async () => {
  await tamperingSql('UPDATE reciprocity.agreement_versions SET free_half_days = 0');
  const { networkId } = scene.home;
  await makePass(app, { networkId, personId: nomad.id, halfDays: 100 });
  await tamperingSql(`UPDATE passes.passes SET kind = 'UNLIMITED', period_months = 1, host_cap_half_days = 2,
    half_days = 0, periods = 12, valid_from = '2026-12-01'`);
  expect(await payerAfter('2026-12-30')).toEqual(['PAY_AS_YOU_GO', null]); // 2 at this host in December
  expect(await payerAfter('2026-12-31')).toEqual(['PASS_UNITS', 0]); // 2 more in January
});
