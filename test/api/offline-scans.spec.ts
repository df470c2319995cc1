/**
 * Proves what becomes of scans that a tablet decided alone.
 * Promise: each is stored and judged at its own moment; what a guest has pays once; what it cannot pay for is a conflict that stays in sight.
 */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import {
  codeAt,
  makeNomad,
  makeScene,
  scanAt,
  showAt,
  uploadAt,
  type Door,
  type Nomad,
  type Scene,
} from '../support/make-checkin.js';

const MORNING = '2026-12-01T08:00:00Z';
const NINE = '2026-12-01T08:10:00Z';
const TEN = '2026-12-01T09:00:00Z';
const NOON = '2026-12-01T11:00:00Z';
const DAY = '2026-12-01';

let app: NestFastifyApplication;
let scene: Scene;
let host: Door;
const clock = () => app.get<TestClock>(Clock);

async function upload(door: Door, nomad: Nomad, scannedAt: string, more: object = {}) {
  const code = await codeAt(nomad.phone, door.id, scannedAt);
  return (await uploadAt(app, door, { code, scannedAt, ...more }).expect(200)).body;
}

async function book(nomad: Nomad, part: string): Promise<string> {
  const id = newId();
  const wish = { poolId: host.pools[0]!.id, day: DAY, part };
  await nomad.agent.put(`/v1/bookings/${id}`).send(wish).expect(200);
  return id;
}

async function quotaUsed(nomad: Nomad): Promise<number> {
  const { body } = await nomad.agent.get(`/v1/visa-quotas?hostSpaceId=${host.id}&year=2026`).expect(200);
  const [quota] = body.items ?? [body];
  return quota.grantedHalfDays - quota.leftHalfDays;
}

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  scene = await makeScene(app);
  host = scene.host;
});
beforeEach(() => clock().travelTo(MORNING));
afterAll(() => app.close());

describe('a guest whom the tablet let in', () => {
  it('has a visit that began when they came, with the holder as witness, class B', async () => {
    const nomad = await makeNomad(app, scene);
    clock().travelTo(NOON);
    const scan = await upload(host, nomad, NINE);
    expect(scan).toMatchObject({
      state: 'CONFIRMED',
      evidence: 'B',
      day: DAY,
      offline: { verdict: 'COME_IN_CHECKED', scannedAt: NINE, withdrawnAt: null },
      guest: { firstName: 'Inès' },
      visit: { part: 'DAY', funding: 'VISA_QUOTA', startedAt: NINE, closesAt: '2026-12-01T17:00:00Z' },
    });
    const { body } = await host.staff.get(`/v1/visits?spaceId=${host.id}&day=${DAY}`).expect(200);
    const visit = body.items.find(({ id }: { id: string }) => id === scan.visit.id);
    expect(visit).toMatchObject({ state: 'ACTIVE', evidence: 'B', startedAt: NINE });
  });

  it('is counted once, however often the tablet tells of it', async () => {
    const nomad = await makeNomad(app, scene);
    clock().travelTo(NOON);
    const [id, code] = [newId(), await codeAt(nomad.phone, host.id, NINE)];
    const first = await uploadAt(app, host, { id, code, scannedAt: NINE }).expect(200);
    const again = await uploadAt(app, host, { id, code, scannedAt: NINE }).expect(200);
    expect(again.body).toEqual(first.body);
    expect(await quotaUsed(nomad)).toBe(2);
  });

  it('comes in on the booking, and a no-show that was written meanwhile is put right without paying twice', async () => {
    const [booked, missed] = [await makeNomad(app, scene), await makeNomad(app, scene)];
    const [bookingId, missedId] = [await book(booked, 'MORNING'), await book(missed, 'MORNING')];
    clock().travelTo(NOON);
    expect(await upload(host, booked, NINE, { verdict: 'COME_IN' })).toMatchObject({
      state: 'CONFIRMED',
      visit: { bookingId, part: 'MORNING', halfDays: 1 },
    });
    clock().travelTo('2026-12-01T20:00:00Z');
    await app.get(Sweeps).runAll();
    const noShow = await missed.agent.get(`/v1/bookings/${missedId}`).expect(200);
    expect(noShow.body.state).toBe('NO_SHOW');
    const told = await upload(host, missed, NINE, { verdict: 'COME_IN' });
    expect(told).toMatchObject({ state: 'CONFIRMED', visit: { bookingId: missedId } });
    expect(await quotaUsed(missed)).toBe(1);
    const { body } = await host.staff.get(`/v1/visits?spaceId=${host.id}&day=${DAY}`).expect(200);
    const visit = body.items.find(({ id }: { id: string }) => id === told.visit.id);
    expect(visit).toMatchObject({ state: 'COMPLETED', completedAt: '2026-12-01T12:00:00Z' }); // with their half-day
  });

  it('sits at a desk that nobody counted: a full space does not turn them away afterwards', async () => {
    const nomad = await makeNomad(app, scene);
    clock().travelTo(NOON);
    expect(await upload(scene.tiny, nomad, NINE)).toMatchObject({ state: 'CONFIRMED' });
    const stranger = await makeNomad(app, scene);
    expect(await showAt(app, scene.tiny, stranger.phone)).toMatchObject({ state: 'REFUSED', reason: 'full' });
  });

  it('is sealed like any other visit, and the record names the scan', async () => {
    const nomad = await makeNomad(app, scene);
    clock().travelTo(NOON);
    const scan = await upload(host, nomad, NINE);
    clock().travelTo('2026-12-03T00:00:00Z');
    await app.get(Sweeps).runAll();
    const [record] = await ownerSql<{ scan: string; evidence: string }>(
      'SELECT scan_id AS scan, evidence FROM checkin.visit_records WHERE visit_id = $1',
      [scan.visit.id],
    );
    expect(record).toEqual({ scan: scan.id, evidence: 'B' });
  });
});

describe('an admission that the tablet took back at once', () => {
  it('is kept and is no visit; the next scan of the guest is one', async () => {
    const nomad = await makeNomad(app, scene);
    clock().travelTo(NOON);
    const undone = await upload(host, nomad, NINE, { undoneAt: '2026-12-01T08:10:05Z' });
    expect(undone).toMatchObject({
      state: 'ACCEPTED_OFFLINE',
      visit: null,
      offline: { verdict: 'COME_IN_CHECKED', undoneAt: '2026-12-01T08:10:05Z' },
    });
    expect(await quotaUsed(nomad)).toBe(0);
    const again = await upload(host, nomad, '2026-12-01T08:11:00Z');
    expect(again).toMatchObject({ state: 'CONFIRMED', visit: { startedAt: '2026-12-01T08:11:00Z' } });
    expect(await quotaUsed(nomad)).toBe(2);
  });

  it('is shown to somebody when the server had counted it already', async () => {
    const nomad = await makeNomad(app, scene);
    clock().travelTo(NINE);
    const [id, code] = [newId(), await codeAt(nomad.phone, host.id, NINE)];
    await scanAt(app, host, { id, spaceId: host.id, code, scannedAt: NINE }).expect(200);
    await uploadAt(app, host, { id, code, scannedAt: NINE, undoneAt: NINE }).expect(200);
    const { body } = await host.staff.get(`/v1/spaces/${host.id}/overuse?day=${DAY}`).expect(200);
    const item = body.items.find((one: { scan: { id: string } }) => one.scan.id === id);
    expect(item).toMatchObject({ why: 'TURNED_AWAY', scan: { state: 'ACCEPTED' } });
  });

  it('cannot be a refusal: there is nothing to take back', async () => {
    const nomad = await makeNomad(app, scene);
    const code = await codeAt(nomad.phone, host.id, NINE);
    const made = { verdict: 'REFUSED' as const, reason: 'full', undoneAt: NINE };
    expect((await uploadAt(app, host, { code, scannedAt: NINE, ...made }).expect(422)).body.code).toBe(
      'request.invalid',
    );
  });
});

describe('two doors that could not ask', () => {
  it.each([
    ['the first one first', [0, 1]],
    ['the second one first', [1, 0]],
  ])('both let the same guest in: one visit is billed, the other is overuse (%s)', async (_name, order) => {
    const nomad = await makeNomad(app, scene);
    clock().travelTo(NOON);
    const scans = [
      { id: newId(), door: host, at: NINE },
      { id: newId(), door: scene.second, at: TEN },
    ];
    for (const index of order) {
      const { id, door, at } = scans[index]!;
      await upload(door, nomad, at, { id });
    }
    const states = await Promise.all(
      scans.map(async ({ id, door, at }) => (await upload(door, nomad, at, { id })).state),
    );
    expect(states).toEqual(['CONFIRMED', 'CONFLICT']);
    const own = await nomad.agent.get('/v1/visits').expect(200);
    const counted = own.body.items.filter(({ state }: { state: string }) => state !== 'INVALID');
    expect(counted).toMatchObject([{ spaceId: host.id, startedAt: NINE }]);
    const { body } = await scene.second.staff
      .get(`/v1/spaces/${scene.second.id}/overuse?day=${DAY}`)
      .expect(200);
    const mine = body.items.filter(({ scan }: { scan: { id: string } }) => scan.id === scans[1]!.id);
    expect(mine).toMatchObject([{ why: 'OVERUSE', scan: { state: 'CONFLICT', reason: 'already_in' } }]);
  });
});

describe('what the tablet could not know', () => {
  it('a pass withdrawn after its list was made: let in, counted and flagged', async () => {
    const nomad = await makeNomad(app, scene);
    clock().travelTo('2026-12-01T08:05:00Z');
    await scene.admin.put(`/v1/passes/${nomad.passId}/revocation`).send({ reason: 'lost' }).expect(200);
    clock().travelTo(NOON);
    const scan = await upload(host, nomad, NINE, { packageFrom: MORNING });
    expect(scan).toMatchObject({
      state: 'CONFIRMED',
      offline: { withdrawnAt: '2026-12-01T08:05:00Z' },
    });
    const { body } = await host.staff.get(`/v1/spaces/${host.id}/overuse?day=${DAY}`).expect(200);
    const flagged = body.items.find((item: { scan: { id: string } }) => item.scan.id === scan.id);
    expect(flagged).toMatchObject({ why: 'WITHDRAWN_SINCE' });
  });

  it('a pass withdrawn before: the tablet should have seen it, so it is a conflict', async () => {
    const nomad = await makeNomad(app, scene);
    clock().travelTo('2026-12-01T08:05:00Z');
    await scene.admin.put(`/v1/passes/${nomad.passId}/revocation`).send({ reason: 'lost' }).expect(200);
    clock().travelTo(NOON);
    expect(await upload(host, nomad, NINE, { packageFrom: '2026-12-01T08:06:00Z' })).toMatchObject({
      state: 'CONFLICT',
      reason: 'revoked',
      refusal: 'revoked',
    });
  });

  it('a picture of a code that was shown at another door is flagged at both', async () => {
    const nomad = await makeNomad(app, scene);
    const code = await codeAt(nomad.phone, host.id, NINE);
    clock().travelTo(NOON);
    const real = await uploadAt(app, host, { code, scannedAt: NINE }).expect(200);
    const picture = { code, scannedAt: TEN, verdict: 'REFUSED' as const, reason: 'wrong_space' };
    const copy = await uploadAt(app, scene.second, picture).expect(200);
    expect(copy.body).toMatchObject({ state: 'REFUSED', reason: 'wrong_space' });
    for (const [door, id] of [
      [host, real.body.id],
      [scene.second, copy.body.id],
    ] as const) {
      const { body } = await door.staff.get(`/v1/spaces/${door.id}/overuse?day=${DAY}`).expect(200);
      const item = body.items.find((one: { scan: { id: string } }) => one.scan.id === id);
      expect(item).toMatchObject({ why: 'CODE_SEEN_ELSEWHERE' });
    }
  });

  it('a code that says nothing true is a conflict of nobody', async () => {
    clock().travelTo(NOON);
    const body = (await uploadAt(app, host, { code: 'ESC1:NONSENSE', scannedAt: NINE }).expect(200)).body;
    expect(body).toMatchObject({ state: 'CONFLICT', reason: 'unknown_token', guest: null });
  });

  it('a scan of three days ago, or of an hour ahead, opens no visit', async () => {
    const [late, early] = [await makeNomad(app, scene), await makeNomad(app, scene)];
    clock().travelTo('2026-12-03T08:20:00Z');
    expect(await upload(host, late, NINE)).toMatchObject({ state: 'CONFLICT', reason: 'device_not_allowed' });
    clock().travelTo(NINE);
    expect(await upload(host, early, TEN)).toMatchObject({ state: 'CONFLICT', reason: 'clock_skew' });
  });

  it('a guest without a booking on a pass that needs one', async () => {
    const nomad = await makeNomad(app, scene, { offline: 'booked_only' });
    clock().travelTo(NOON);
    expect(await upload(host, nomad, NINE)).toMatchObject({
      state: 'CONFLICT',
      reason: 'offline_not_allowed',
      refusal: 'offline_needs_booking',
    });
  });
});

describe('an answer that came when the tablet no longer waited', () => {
  it('stays what it was, and what the guest was told is added', async () => {
    const nomad = await makeNomad(app, scene);
    clock().travelTo(NINE);
    const [id, code] = [newId(), await codeAt(nomad.phone, host.id, NINE)];
    await scanAt(app, host, { id, spaceId: host.id, code, scannedAt: NINE }).expect(200);
    const told = await uploadAt(app, host, { id, code, scannedAt: NINE }).expect(200);
    expect(told.body).toMatchObject({ id, state: 'ACCEPTED', evidence: 'A' });
    expect(await quotaUsed(nomad)).toBe(2);
  });

  it('a refusal that the tablet did not hear is an admission all the same', async () => {
    const nomad = await makeNomad(app, scene);
    clock().travelTo(NINE);
    const [id, code] = [newId(), await codeAt(nomad.phone, scene.second.id, NINE)];
    await scanAt(app, host, { id, spaceId: host.id, code, scannedAt: NINE }).expect(200);
    const told = await uploadAt(app, host, { id, code, scannedAt: NINE }).expect(200);
    expect(told.body).toMatchObject({ id, state: 'CONFLICT', reason: 'wrong_space' });
  });

  it('a verdict without a reason, or a reason without a refusal, is not taken', async () => {
    const nomad = await makeNomad(app, scene);
    const code = await codeAt(nomad.phone, host.id, NINE);
    for (const made of [{ verdict: 'REFUSED' as const }, { verdict: 'COME_IN' as const, reason: 'full' }]) {
      const { body } = await uploadAt(app, host, { code, scannedAt: NINE, ...made }).expect(422);
      expect(body.code).toBe('request.invalid');
    }
  });
});
