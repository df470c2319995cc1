import { Body, Controller, Get, Param, Put, Res } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { Db } from '../../src/platform/db.js';
import { FILE_BYTES_MAX, Files } from '../../src/platform/files/files.js';
import { Public } from '../../src/platform/http/access-mark.js';
import { RateLimit } from '../../src/platform/http/rate-limit.js';
import { sendFile, Upload } from '../../src/platform/http/upload.js';
import { Draining } from '../../src/platform/draining.js';
import { Heartbeats } from '../../src/platform/heartbeats.js';
import { RELAY } from '../../src/platform/outbox/relay.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp } from '../support/app.js';

const OWNER = '01890000-0000-7000-8000-0000000000a1';
const STRANGER = '01890000-0000-7000-8000-0000000000a2';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Stands for any module's upload route. */
@Controller('samples')
@Public()
class SampleController {
  private readonly guesses = new RateLimit({ attemptsMax: 2, windowSeconds: 60 });

  constructor(
    private readonly db: Db,
    private readonly files: Files,
  ) {}

  @Put(':person/files/:id')
  @Upload()
  async put(@Param() { person, id }: { person: string; id: string }, @Body() bytes: Buffer) {
    const file = {
      id,
      ownerPersonId: person,
      networkId: null,
      name: 'reçu.png',
      mediaType: 'image/png',
      bytes,
    };
    await this.db.tx({ networks: [], person }, (tx) => this.files.put(tx, file));
    return {};
  }

  @Get(':person/files/:id')
  async get(@Param() { person, id }: { person: string; id: string }, @Res() reply: FastifyReply) {
    sendFile(reply, await this.db.read({ networks: [], person }, (on) => this.files.read(on, id)));
  }

  @Put('plain')
  plain(): object {
    return {};
  }

  @Get('guess')
  guess(): object {
    this.guesses.count('somebody');
    return {};
  }
}

let app: NestFastifyApplication;
const http = () => request(app.getHttpServer());

beforeAll(async () => {
  app = await startApp({ controllers: [SampleController] });
});
afterAll(() => app.close());
beforeEach(() => emptyDatabase());

describe('every answer', () => {
  it.each(['/healthz', '/nowhere', '/%zz', '/readyz'])('to %s carries its request id', async (path) => {
    const { headers } = await http().get(path);
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('lets a browser run, frame and sniff nothing', async () => {
    const { headers } = await http().get('/healthz').expect(200);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'",
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('to an address that cannot be decoded is a problem too', async () => {
    const { body } = await http().get('/%zz').expect(400);
    expect(body.code).toBe('http.bad_request');
  });
});

describe('a rate limit', () => {
  it('answers 429 and says when to come back', async () => {
    await http().get('/samples/guess').expect(200);
    await http().get('/samples/guess').expect(200);
    const { body, headers } = await http().get('/samples/guess').expect(429);
    expect(body.code).toBe('http.too_many_requests');
    expect(Number(headers['retry-after'])).toBe(body.retryAfterSeconds);
  });
});

describe('health', () => {
  it('is that the process lives and the database answers', async () => {
    const { body } = await http().get('/healthz').expect(200);
    expect(body).toEqual({ status: 'ok' });
  });

  it('does not make it ready: what does not run is named', async () => {
    const { body } = await http().get('/readyz').expect(503);
    expect(body).toMatchObject({
      code: 'http.unavailable',
      checks: { migrations: true, relay: false, sweeps: false, queue: true },
    });
  });

  it('and signs of life of relay and sweeps do, from whichever process', async () => {
    await app.get(Heartbeats).beat(RELAY);
    await app.get(Sweeps).runAll();
    const { body } = await http().get('/readyz').expect(200);
    expect(body).toMatchObject({ status: 'ready', eventsWaiting: 0, jobsFailed: 0 });
    expect(body.queues).toContainEqual(expect.objectContaining({ name: 'events', failed: 0 }));
  });

  it('ends when the signs grow old', async () => {
    await app.get(Heartbeats).beat(RELAY);
    await app.get(Sweeps).runAll();
    await ownerSql(`UPDATE platform.heartbeats SET beat_at = now() - interval '10 minutes'`);
    await ownerSql(
      `UPDATE platform.sweep_runs SET succeeded_at = now() - interval '10 minutes' WHERE name = 'bookings.no_show'`,
    );
    const { body } = await http().get('/readyz').expect(503);
    expect(body.checks).toMatchObject({ relay: false, sweeps: false });
    expect(body.sweepsFailing).toMatchObject([{ name: 'bookings.no_show', consecutiveFailures: 0 }]);
  });

  it('ends when one sweep keeps failing, though all others succeed, and is back with its next success', async () => {
    await app.get(Heartbeats).beat(RELAY);
    const sweeps = app.get(Sweeps);
    let isBroken = false;
    sweeps.add('sample.fragile', () =>
      isBroken ? Promise.reject(new Error('the disk is full')) : Promise.resolve(0),
    );
    await sweeps.runAll();
    isBroken = true;
    for (let round = 1; round <= 3; round += 1)
      await expect(sweeps.runAll()).rejects.toThrow('1 sweeps failed');
    const { body } = await http().get('/readyz').expect(503);
    expect(body.detail).toContain('sample.fragile');
    expect(body.sweepsFailing).toMatchObject([{ name: 'sample.fragile', consecutiveFailures: 3 }]);
    isBroken = false;
    await sweeps.runAll();
    await http().get('/readyz').expect(200);
  });

  it('ends before the process does: it goes on answering, and keeps no connection', async () => {
    const leaving = await startApp();
    const ask = request(leaving.getHttpServer());
    const kept = await ask.get('/healthz').set('connection', 'keep-alive').expect(200);
    expect(kept.headers.connection).not.toBe('close');
    await leaving.get(Draining).run();
    const { body } = await ask.get('/readyz').expect(503);
    expect(body.detail).toContain('about to end');
    const { headers } = await ask.get('/healthz').set('connection', 'keep-alive').expect(200);
    expect(headers.connection).toBe('close');
    await leaving.close();
  });

  it('says which version answers', async () => {
    const { body } = await http().get('/version').expect(200);
    expect(body).toMatchObject({ version: expect.any(String), node: process.versions.node });
  });
});

describe('an upload', () => {
  const put = (id: string, bytes: Buffer) =>
    http().put(`/samples/${OWNER}/files/${id}`).set('content-type', 'image/png').send(bytes);

  it('comes back to its owner as an attachment, and to nobody else', async () => {
    const id = newId();
    await put(id, PNG).expect(200);
    const download = await http().get(`/samples/${OWNER}/files/${id}`).expect(200);
    expect(download.body).toEqual(PNG);
    expect(download.headers['content-disposition']).toBe("attachment; filename*=UTF-8''re%C3%A7u.png");
    const refused = await http().get(`/samples/${STRANGER}/files/${id}`).expect(404);
    expect(refused.body.code).toBe('file.not_found');
  });

  it('may be repeated, but its id stands for these bytes', async () => {
    const id = newId();
    await put(id, PNG).expect(200);
    await put(id, PNG).expect(200);
    const { body } = await put(id, Buffer.concat([PNG, PNG])).expect(409);
    expect(body.code).toBe('request.id_reused');
  });

  it('is what its bytes are, not what it is called', async () => {
    const { body } = await put(newId(), Buffer.from('<script>alert(1)</script>')).expect(415);
    expect(body.code).toBe('file.type_refused');
  });

  it('has a limit of its own, and other routes do not take it', async () => {
    const large = Buffer.concat([PNG, Buffer.alloc(FILE_BYTES_MAX - PNG.length)]);
    await put(newId(), large).expect(200);
    const over = await put(newId(), Buffer.concat([large, Buffer.alloc(1)])).expect(413);
    expect(over.body.code).toBe('http.too_large');
    await http().put('/samples/plain').set('content-type', 'image/png').send(PNG).expect(415);
  });

  it('is gone when erased, and the row says that there was one', async () => {
    const id = newId();
    await put(id, PNG).expect(200);
    await app.get(Db).tx({ networks: [], person: OWNER }, (tx) => app.get(Files).erase(tx, id));
    await http().get(`/samples/${OWNER}/files/${id}`).expect(404);
    expect(await ownerSql(`SELECT name, bytes FROM platform.files WHERE id = '${id}'`)).toEqual([
      { name: '', bytes: null },
    ]);
  });
});
