/**
 * Proves that a door cannot be raced: one code, one person, one scan are each worth one admission.
 * Promise: two open visits of one person, a code that works twice, or half-days used twice turn this red.
 */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { codeOf, makeNomad, makeScene, scanAt, type Nomad, type Scene } from '../support/make-checkin.js';
import { makeCredential } from '../support/make-passes.js';

const ROUNDS = 3;
let app: NestFastifyApplication;
let scene: Scene;

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  scene = await makeScene(app);
  app.get<TestClock>(Clock).travelTo('2026-12-01T08:00:00Z');
});
afterAll(() => app.close());

type Answer = { status: number; body: { state: string; reason: string | null } };

/** Who was let in, what the others heard, and what the books say of it. */
async function outcome(nomad: Nomad, answers: Answer[]) {
  const [count] = await ownerSql<{ open: number; booked: number; used: number }>(
    `SELECT (SELECT count(*)::int FROM checkin.visits WHERE person_id = $1 AND state = 'ACTIVE') AS open,
            (SELECT count(*)::int FROM bookings.bookings WHERE person_id = $1) AS booked,
            (SELECT half_days::int FROM bookings.person_days WHERE person_id = $1) AS used`,
    [nomad.id],
  );
  return {
    ...count,
    statuses: [...new Set(answers.map(({ status }) => status))],
    accepted: answers.filter(({ body }) => body.state === 'ACCEPTED').length,
    reasons: answers.flatMap(({ body }) => body.reason ?? []),
  };
}
const ONE_DAY = { open: 1, booked: 1, used: 2, statuses: [200], accepted: 1 };

it('the same code at two doors of two spaces at once opens one', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const nomad = await makeNomad(app, scene);
    const code = await codeOf(app, nomad.phone, null);
    const doors = [scene.host, scene.second, scene.host, scene.third];
    const answers = await Promise.all(doors.map((door) => scanAt(app, door, { spaceId: door.id, code })));
    const reasons = ['replayed_code', 'replayed_code', 'replayed_code'];
    expect(await outcome(nomad, answers)).toEqual({ ...ONE_DAY, reasons });
  }
});

it('the same person with two phones at two spaces at once is in one of them', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const nomad = await makeNomad(app, scene);
    const phones = [nomad.phone, await makeCredential(nomad.agent, nomad.passId, nomad.phone.holder)];
    const doors = [scene.host, scene.second];
    const answers = await Promise.all(
      doors.map(async (door, index) =>
        scanAt(app, door, { spaceId: door.id, code: await codeOf(app, phones[index]!, door.id) }),
      ),
    );
    const reasons = [expect.stringMatching(/^(already_in|already_used_today)$/)];
    expect(await outcome(nomad, answers)).toEqual({ ...ONE_DAY, reasons });
  }
});

it('the same scan sent five times at once is answered five times and admits once', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const nomad = await makeNomad(app, scene);
    const { host } = scene;
    const scan = { id: newId(), spaceId: host.id, code: await codeOf(app, nomad.phone, host.id) };
    const answers = await Promise.all(Array.from({ length: 5 }, () => scanAt(app, host, scan)));
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body).toEqual(answers[0]!.body);
    }
    expect(answers[0]!.body.state).toBe('ACCEPTED');
  }
});
