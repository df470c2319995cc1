import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Temporal } from '../../src/kernel/time.js';
import { Ledger } from '../../src/ledger/index.js';
import { Passes } from '../../src/passes/index.js';
import { Clock } from '../../src/platform/clock.js';
import { Db } from '../../src/platform/db.js';
import { Consumers } from '../../src/platform/outbox/consumers.js';
import type { Event } from '../../src/platform/outbox/outbox.js';
import { namedScope } from '../../src/platform/scope.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { makePassScene, passHold, type ProductToMake } from '../support/make-passes.js';
import { placeNetwork, placeSpace } from '../support/place-rows.js';

let app: NestFastifyApplication;
let clock: TestClock;
let { med, atelier, nomad, pass } = {} as Awaited<ReturnType<typeof makePassScene>>;

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  clock = app.get(Clock);
});
afterEach(async () => {
  const wrong = await app.get(Db).read(namedScope('operator'), (on) => app.get(Ledger).wrongBalances(on));
  expect(wrong).toEqual([]);
});
afterAll(() => app.close());

const DAY_PACK = { halfDays: 20, validDays: 60 };
const issue = async (product: Partial<ProductToMake>) => {
  clock.travelTo('2026-06-01T08:00:00Z');
  ({ med, atelier, nomad, pass } = await makePassScene(app, product));
};
const own = async () => (await nomad.agent.get(`/v1/passes/${pass.id}`).expect(200)).body;
const at = (halfDays: number, day?: string, hostSpaceId = atelier.id) => ({
  passId: pass.id,
  hostSpaceId,
  halfDays,
  ...(day ? { day } : {}),
});
const hold = (...of: Parameters<typeof at>) => passHold(app).hold(nomad.id, at(...of));
const use = (...of: Parameters<typeof at>) => passHold(app).use(nomad.id, at(...of));
const usable = async (day: string, hostSpace = atelier) => {
  const visit = { personId: nomad.id, hostSpace, resourceKind: 'hot_desk' as const };
  return app
    .get(Db)
    .read({ networks: [], person: nomad.id }, (on) =>
      app.get(Passes).usable(on, { ...visit, day: Temporal.PlainDate.from(day) }),
    );
};
const sweep = () => app.get(Sweeps).runAll();
/** Every event of ours that waits, to the consumer that writes mails. */
const deliver = async () => {
  const events = await ownerSql<Event>(
    `SELECT id, name, payload, actor, '{}'::uuid[] AS "networkIds", occurred_at::text AS "occurredAt"
     FROM platform.outbox WHERE name = 'passes.expiring.v1' ORDER BY occurred_at, id`,
  );
  for (const event of events) await app.get(Consumers).deliver({ consumer: 'passes.mail-expiring', event });
};
const mailsTo = (email: string) =>
  ownerSql<{ subject: string; text: string }>(
    'SELECT subject, text FROM platform.mails WHERE to_address = $1 ORDER BY created_at, id',
    [email],
  );

describe('a monthly pass', () => {
  it('has a quota in each month, and a booking ahead takes from its own', async () => {
    await issue({ kind: 'PERIOD', halfDays: 8, periodMonths: 1, validDays: 91 }); // 1 June to 30 August: three months
    expect(await own()).toMatchObject({
      leftHalfDays: 8,
      period: { number: 1, of: 3, from: '2026-06-01', until: '2026-06-30' },
    });
    await use(8, '2026-06-10');
    await expect(hold(1, '2026-06-20')).rejects.toMatchObject({ code: 'pass.exhausted' });
    await hold(2, '2026-07-02');
    expect(await own()).toMatchObject({ state: 'ACTIVE', leftHalfDays: 0, usedHalfDays: 8, heldHalfDays: 2 });
    expect(await usable('2026-07-03')).toMatchObject([{ leftHalfDays: 6, limitedBy: 'PASS' }]); // 8 - 2
  });

  it.each([
    [true, 11], // 8 of the new month, 3 of the old one
    [false, 8],
  ])(
    'renews by period; with roll-over %s it has %i half-days in the second month',
    async (rollOver, left) => {
      await issue({ kind: 'PERIOD', halfDays: 8, periodMonths: 1, validDays: 91, rollOver });
      expect((await own()).unused.outcome).toBe(rollOver ? 'ROLL_OVER' : 'LAPSE');
      await use(5);
      clock.travelTo('2026-07-01T13:00:00Z');
      await sweep();
      await sweep(); // again changes nothing
      expect(await own()).toMatchObject({ leftHalfDays: left, period: { number: 2 } });
    },
  );
});

describe('an unlimited pass', () => {
  it('counts every half-day, and allows so many at one host in a period', async () => {
    await issue({ kind: 'UNLIMITED', halfDays: 0, periodMonths: 1, hostCapHalfDays: 4, validDays: 62 });
    const other = await placeSpace(app, await placeNetwork(app, { parentId: med.id }));
    await use(2);
    await use(2);
    await expect(hold(1)).rejects.toMatchObject({ code: 'pass.host_cap_reached', status: 409 });
    expect(await usable('2026-06-05')).toMatchObject([{ leftHalfDays: 0, limitedBy: 'HOST' }]);
    expect(await usable('2026-06-05', other)).toMatchObject([{ leftHalfDays: 4 }]);
    await hold(1, '2026-07-01'); // the next period
    expect(await own()).toMatchObject({
      leftHalfDays: null,
      usedHalfDays: 4,
      heldHalfDays: 1,
      state: 'ACTIVE',
    });
  });
});

describe('a pass that waits for its first day', () => {
  it('starts with the first day booked, and ends as many days later as were bought', async () => {
    await issue({ ...DAY_PACK, starts: 'FIRST_USE' });
    expect(await own()).toMatchObject({ startedOn: null, validUntil: '2027-05-31' }); // a year to start it
    await hold(2, '2026-09-01');
    expect(await own()).toMatchObject({ startedOn: '2026-09-01', validUntil: '2026-10-30' }); // 60 days
    await expect(hold(2, '2026-10-31')).rejects.toMatchObject({ code: 'pass.not_usable' });
  });
});

describe('a pause', () => {
  const pause = (agent = nomad.agent) => agent.put(`/v1/passes/${pass.id}/pause`);
  const resume = (agent = nomad.agent) => agent.delete(`/v1/passes/${pass.id}/pause`);

  it("is its holder's within the days of the year, and moves the end on", async () => {
    await issue({ ...DAY_PACK, pauseDaysPerYear: 10 });
    expect((await pause().expect(200)).body).toMatchObject({
      state: 'PAUSED',
      pause: { leftDays: 10, pausedOn: '2026-06-01', pausedBy: 'HOLDER', endsOn: '2026-06-11' },
    });
    await expect(hold(1)).rejects.toMatchObject({ code: 'pass.not_usable' });
    clock.travelTo('2026-06-05T08:00:00Z');
    expect((await resume().expect(200)).body).toMatchObject({
      state: 'ACTIVE',
      validUntil: '2026-08-03', // 60 days from 1 June end on 30 July; four more
      pause: { leftDays: 6, pausedOn: null },
    });
  });

  it('taken back on its day costs nothing', async () => {
    await issue({ ...DAY_PACK, pauseDaysPerYear: 10 });
    await pause().expect(200);
    expect((await resume().expect(200)).body).toMatchObject({
      validUntil: '2026-07-30',
      pause: { leftDays: 10 },
    });
  });

  it('ends by itself when its days are used up, and then there is no other this year', async () => {
    await issue({ ...DAY_PACK, pauseDaysPerYear: 10 });
    await pause().expect(200);
    clock.travelTo('2026-06-20T08:00:00Z');
    await sweep();
    expect(await own()).toMatchObject({ state: 'ACTIVE', validUntil: '2026-08-09', pause: { leftDays: 0 } });
    expect((await pause().expect(409)).body.code).toBe('pass.pause_not_allowed');
  });

  it('does not let a pass run out while its rule says that it extends it', async () => {
    await issue({ halfDays: 20, validDays: 5, pauseDaysPerYear: 30 });
    await pause().expect(200);
    clock.travelTo('2026-06-15T08:00:00Z');
    await sweep();
    expect((await own()).state).toBe('PAUSED');
    await issue({ halfDays: 20, validDays: 5, pauseDaysPerYear: 30, pauseExtends: false });
    await pause().expect(200);
    clock.travelTo('2026-06-15T08:00:00Z');
    await sweep();
    expect((await own()).state).toBe('EXPIRED');
  });

  it('of a pass without a rule for it is for the network, which alone ends it', async () => {
    await issue(DAY_PACK);
    expect((await pause().expect(409)).body.code).toBe('pass.pause_not_allowed');
    expect((await pause(pass.admin).expect(200)).body.pause.pausedBy).toBe('NETWORK');
    expect((await pause(pass.admin).expect(200)).body.state).toBe('PAUSED');
    expect((await resume().expect(409)).body.code).toBe('pass.pause_not_allowed');
    expect((await resume(pass.admin).expect(200)).body.state).toBe('ACTIVE');
    expect((await resume(pass.admin).expect(200)).body.state).toBe('ACTIVE');
  });
});

describe('the end', () => {
  it('is said 14 and 3 days before, once each, with what lapses', async () => {
    await issue(DAY_PACK); // until 30 July
    clock.travelTo('2026-07-16T08:00:00Z');
    await sweep();
    await sweep();
    clock.travelTo('2026-07-27T08:00:00Z');
    await sweep();
    await deliver();
    const mails = await mailsTo(nomad.email);
    expect(mails.map(({ subject }) => subject)).toEqual([
      'Your pass ends in 14 days',
      'Your pass ends in 3 days',
    ]);
    expect(mails[0]!.text).toContain('Days left on it: 10');
    expect(mails[0]!.text).toContain('30 July 2026');
  });

  it('lets what is left lapse by adding, and what comes back afterwards too', async () => {
    await issue(DAY_PACK);
    const holdId = await hold(2, '2026-07-30');
    clock.travelTo('2026-07-31T13:00:00Z');
    await sweep();
    expect(await own()).toMatchObject({ state: 'EXPIRED', leftHalfDays: 0, heldHalfDays: 2 });
    await passHold(app).giveBack(nomad.id, holdId);
    expect((await own()).leftHalfDays).toBe(2);
    await sweep();
    expect(await own()).toMatchObject({ leftHalfDays: 0, heldHalfDays: 0 });
    expect((await sweep())['passes.lapse']).toBe(0);
  });

  it('of the half-days is EXHAUSTED, until some come back', async () => {
    await issue({ ...DAY_PACK, halfDays: 2 });
    const holdId = await hold(1);
    await use(1);
    await app.get(Db).tx({ networks: [], person: nomad.id }, (tx) => app.get(Ledger).post(tx, holdId));
    await sweep();
    expect((await own()).state).toBe('EXHAUSTED');
    const [row] = await ownerSql('SELECT state FROM passes.passes WHERE id = $1', [pass.id]);
    expect(row).toEqual({ state: 'EXHAUSTED' });
  });
});
