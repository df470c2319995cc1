import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, tamperingSql, TestClock } from '../support/app.js';
import {
  checkOut,
  enterSpace,
  makeNomad,
  makeScene,
  type Nomad,
  type Scene,
} from '../support/make-checkin.js';
import { makePerson } from '../support/make-identity.js';
import { deliverEvents } from '../support/make-settlement.js';

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

const NAME = 'Zéphyrine Quillfeather';
const MARK = 'quillfeather';

/** Every table of every schema in which some column holds the text. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await ownerSql<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await ownerSql(`SELECT FROM ${name} AS one WHERE one::text ILIKE $1 LIMIT 1`, [
      `%${text}%`,
    ]);
    if (row) found.push(name);
  }
  return found;
}

type Lived = { scene: Scene; nomad: Nomad; email: string; visitId: string; bookingId: string };

/** Somebody who has visited, written, invited and been written to. */
async function lived(): Promise<Lived> {
  const scene = await makeScene(app);
  const nomad = await makeNomad(app, scene);
  const email = `${MARK}@example.org`;
  await ownerSql('UPDATE identity.people SET name = $2, email = $3 WHERE id = $1', [nomad.id, NAME, email]);
  const { visitId, bookingId } = await enterSpace(app, {
    door: scene.host,
    spaceId: scene.host.id,
    phone: nomad.phone,
  });
  await ownerSql(
    `INSERT INTO bookings.messages (id, booking_id, guest_id, host_network_id, side, author_id, text, created_at)
     VALUES ($1, $2, $3, $4, 'GUEST', $3, $5, now())`,
    [newId(), bookingId, nomad.id, scene.networkId, `Yours, ${NAME}`],
  );
  await ownerSql(
    `INSERT INTO platform.mails (id, to_address, language, subject, text, created_at)
     VALUES ($1, $3, 'en', 'Welcome', 'Dear guest', now()), ($2, 'host@example.org', 'en', 'A guest', $4, now())`,
    [newId(), newId(), email, `${NAME} comes today.`],
  );
  await ownerSql(
    `INSERT INTO platform.files (id, owner_person_id, name, media_type, sha256, bytes, created_at)
     VALUES ($1, $2, $3, 'application/pdf', '', 'x', now())`,
    [newId(), nomad.id, `${NAME}.pdf`],
  );
  return { scene, nomad, email, visitId, bookingId };
}

const copyOf = async ({ agent }: Nomad, id = newId()) => {
  await agent.put(`/v1/data-exports/${id}`).expect(200);
  await deliverEvents(app);
  return id;
};

describe('a copy of what is kept', () => {
  it('is made in the background for the person alone, with visits, messages, mails and files', async () => {
    const { nomad, bookingId } = await lived();
    const id = newId();
    const { body: queued } = await nomad.agent.put(`/v1/data-exports/${id}`).expect(200);
    expect(queued.state).toBe('QUEUED');
    const early = await nomad.agent.get(`/v1/data-exports/${id}/content.json`).expect(409);
    expect(early.body.code).toBe('data_export.not_ready');
    await deliverEvents(app);
    const { text } = await nomad.agent.get(`/v1/data-exports/${id}/content.json`).expect(200);
    const copy = JSON.parse(text);
    expect(copy['identity.people']).toEqual([expect.objectContaining({ id: nomad.id, name: NAME })]);
    expect(copy['bookings.bookings'][0]).toMatchObject({ id: bookingId });
    expect(copy['bookings.messages'].length).toBeGreaterThan(0);
    expect(copy['platform.mails']).toHaveLength(1);
    expect(copy.files).toEqual([{ name: `${NAME}.pdf`, mediaType: 'application/pdf', base64: 'eA==' }]);
    expect(text).not.toContain('password_hash');
    const { agent: other } = await makePerson(app);
    const { body } = await other.get(`/v1/data-exports/${id}`).expect(404);
    expect(body.code).toBe('data_export.not_found');
  });

  it('is gone after a week', async () => {
    const { nomad } = await lived();
    const id = await copyOf(nomad);
    clock.travelTo('2026-12-09T08:00:00Z');
    await app.get(Sweeps).runAll();
    expect((await nomad.agent.get(`/v1/data-exports/${id}`).expect(200)).body.state).toBe('EXPIRED');
  });
});

describe('erasure', () => {
  const erase = ({ agent }: Nomad, email: string) => agent.put(`/v1/erasures/${newId()}`).send({ email });

  it('leaves the person in no column of any table, and the ledger as it was', async () => {
    const { nomad, email, scene, visitId } = await lived();
    await copyOf(nomad);
    await checkOut(app, scene.host, visitId).expect(200);
    const books = () =>
      Promise.all(
        ['ledger.transfers', 'ledger.accounts', 'checkin.visit_records', 'passes.passes'].map((table) =>
          ownerSql(`SELECT md5(string_agg(one::text, '|' ORDER BY one::text)) AS hash FROM ${table} AS one`),
        ),
      );
    const before = await books();
    expect((await tablesWith(MARK)).length).toBeGreaterThanOrEqual(5);
    await erase(nomad, email).expect(200);
    expect(await tablesWith(MARK)).toEqual([]);
    expect(await tablesWith(email)).toEqual([]);
    expect(await tablesWith('Zéphyrine')).toEqual([]);
    expect(await books()).toEqual(before);
    await nomad.agent.get('/v1/bookings').expect(401);
    await request(app.getHttpServer())
      .post('/v1/sessions')
      .send({ email, password: 'whatever it was before' })
      .expect(401);
  });

  it('waits for whoever is inside or expected, and for the right address', async () => {
    const { nomad, email, scene, visitId } = await lived();
    expect((await erase(nomad, email).expect(409)).body.code).toBe('erasure.bookings_open');
    await checkOut(app, scene.host, visitId).expect(200);
    expect((await erase(nomad, 'other@example.org').expect(422)).body.code).toBe('erasure.not_confirmed');
    expect(await tablesWith(MARK)).toContain('identity.people');
  });

  it('changes nothing of what was written but its words', async () => {
    await lived();
    await expect(ownerSql(`UPDATE bookings.messages SET text = 'something else'`)).rejects.toThrow(
      'append-only',
    );
    await expect(ownerSql(`UPDATE bookings.messages SET text = 'erased', side = 'HOST'`)).rejects.toThrow(
      'append-only',
    );
  });
});

describe('what nobody needs any more', () => {
  it('is forgotten after three months: the first name at the door, and not the usage', async () => {
    const { visitId, scene } = await lived();
    await checkOut(app, scene.host, visitId).expect(200);
    const visit = () =>
      ownerSql<{ name: string; half_days: number }>(
        'SELECT guest_first_name AS name, half_days FROM checkin.visits WHERE id = $1',
        [visitId],
      );
    const [before] = await visit();
    await tamperingSql(`UPDATE checkin.visits SET started_at = '2026-08-01T08:00:00Z' WHERE id = $1`, [
      visitId,
    ]);
    await app.get(Sweeps).runAll();
    expect(await visit()).toEqual([{ ...before, name: 'erased' }]);
  });
});

describe('consents', () => {
  it('are all kept, newest first, and one id is one consent', async () => {
    const { agent } = await makePerson(app);
    const id = newId();
    const put = (given: boolean, one = newId()) =>
      agent.put(`/v1/consents/${one}`).send({ purpose: 'NEWSLETTER', version: '1', given });
    await put(true, id).expect(200);
    clock.travelTo('2026-12-02T08:00:00Z');
    await put(false).expect(200);
    expect((await put(false, id).expect(409)).body.code).toBe('request.id_reused');
    const { body } = await agent.get('/v1/consents').expect(200);
    expect(body.items.map(({ given }: { given: boolean }) => given)).toEqual([false, true]);
  });
});
