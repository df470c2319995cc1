import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { LANGUAGES } from '../../src/kernel/wire.js';
import { Clock } from '../../src/platform/clock.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { reminderMail } from '../../src/settlement/reminder-texts.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { makePerson } from '../support/make-identity.js';
import { deliverEvents, makeClearing, makeTreasurersMonth } from '../support/make-settlement.js';
import { close, putRules } from '../support/settle.js';

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await startApp(); // on 1 December 2026
  await emptyDatabase();
});
afterAll(() => app.close());

it('reminds who owes when a payment is due, a week and two weeks later, and never once it is paid', async () => {
  const clock = app.get<TestClock>(Clock);
  const month = await makeTreasurersMonth(app);
  const { treasurer, windowId } = month;
  const lecce = await makePerson(app, {
    grants: [{ organisationId: month.parties.LEC.operatorId, role: 'space_manager' }],
  });
  await makePerson(app, {
    grants: [{ organisationId: month.parties.MRS.operatorId, role: 'space_manager' }],
  });
  await putRules(month, { disputeDays: 0 }); // due five days after the call
  await close(month);
  for (const step of ['advice', 'call']) await treasurer.put(`/v1/windows/${windowId}/${step}`).expect(200);
  await deliverEvents(app);
  await ownerSql('DELETE FROM platform.mails');
  const sweep = async (moment: string) => {
    clock.travelTo(moment);
    await app.get(Sweeps).runAll();
    await deliverEvents(app);
    return ownerSql<{ to: string; subject: string }>(
      `SELECT to_address AS "to", subject FROM platform.mails WHERE subject LIKE 'Reminder%'
       ORDER BY created_at, subject`,
    );
  };
  expect(await sweep('2026-12-06T07:59:59Z')).toEqual([]);
  // LEC owes MRS 58.00 and ATH 18.00; RJK has nobody to write to.
  const first = await sweep('2026-12-06T08:00:00Z');
  expect(first).toEqual([
    { to: lecce.email, subject: 'Reminder 1: 18.00 EUR for ATH' },
    { to: lecce.email, subject: 'Reminder 1: 58.00 EUR for MRS' },
  ]);
  expect(await sweep('2026-12-06T09:00:00Z')).toEqual(first); // once
  const { body: planned } = await treasurer.get(`/v1/windows/${windowId}/payments`).expect(200);
  const toMarseille = planned.items.find(({ to }: { to: { name: string } }) => to.name === 'MRS');
  await treasurer.put(`/v1/payments/${toMarseille.id}/execution`).expect(200);
  // Nobody looked for two weeks: what has become due twice is mailed once.
  const later = await sweep('2026-12-21T08:00:00Z');
  expect(later.map(({ subject }) => subject)).toEqual([
    ...first.map(({ subject }) => subject),
    'Reminder 3: 18.00 EUR for ATH',
  ]);
  const { body: reminders } = await treasurer.get(`/v1/windows/${windowId}/reminders`).expect(200);
  expect(
    reminders.items.filter(({ payment }: { payment: { id: string } }) => payment.id === toMarseille.id),
  ).toMatchObject([{ number: 1, dueAt: '2026-12-06T08:00:00Z', remindedAt: '2026-12-06T08:00:00Z' }]);
  clock.travelTo('2026-12-01T08:00:00Z');
  const { treasurer: stranger } = await makeClearing(app);
  await stranger.get(`/v1/windows/${windowId}/reminders`).expect(404);
});

it('is written in five languages, with everything that is needed to pay', () => {
  const owed = {
    party: 'Lecce',
    payee: 'Marseille',
    amount: '58.00 EUR',
    window: 7,
    dueDay: '2026-12-06',
    link: 'https://escale.example/space',
  };
  const mails = LANGUAGES.map((language) => reminderMail(language, 2, owed));
  for (const { subject, text } of mails) {
    expect(subject).toContain('58.00 EUR');
    for (const fact of Object.values(owed)) expect(text).toContain(String(fact));
    expect(text.split('\n')).toContain(owed.link);
  }
  expect(new Set(mails.map(({ subject }) => subject)).size).toBe(LANGUAGES.length);
});
