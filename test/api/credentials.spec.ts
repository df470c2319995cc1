import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createPublicKey, verify } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { decode } from 'cbor2';
import request from 'supertest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { newId } from '../../src/kernel/ids.js';
import { decodeBase45 } from '../../src/kernel/pass-code/base45.js';
import { CborTag, decodeCbor } from '../../src/kernel/pass-code/cbor.js';
import { readCredential } from '../../src/kernel/pass-code/credential.js';
import { judge, type Verdict } from '../../src/kernel/pass-code/esc1.js';
import { spaceTag } from '../../src/kernel/pass-code/space-tag.js';
import { verifyWithWebCrypto } from '../../src/kernel/pass-code/web-crypto.js';
import { makeHolder, Passes } from '../../src/passes/index.js';
import { Clock } from '../../src/platform/clock.js';
import { Db } from '../../src/platform/db.js';
import { namedScope, PUBLIC_SCOPE } from '../../src/platform/scope.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { makePerson } from '../support/make-identity.js';
import { makeCredential, makePass, makePassScene, type MadeCredential } from '../support/make-passes.js';

let app: NestFastifyApplication;
let clock: TestClock;
let { med, atelier, nomad, pass } = {} as Awaited<ReturnType<typeof makePassScene>>;

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase(); // every test makes networks and people of its own
  clock = app.get(Clock);
});
afterAll(() => app.close());

beforeEach(async () => {
  clock.travelTo('2026-06-01T08:00:00Z');
  ({ med, atelier, nomad, pass } = await makePassScene(app));
});

const known = (credentialId: string) =>
  app
    .get(Db)
    .read(namedScope('identity'), (on) =>
      app.get(Passes).credentialByCti(on, new Uint8Array(Buffer.from(credentialId, 'base64url'))),
    );

/** What a door says that is online, at the atelier, with the published trust list. */
async function atDoor(text: string): Promise<Verdict> {
  const issuers = await app.get(Db).read(PUBLIC_SCOPE, (on) => app.get(Passes).issuers(on));
  return judge(text, {
    now: Math.floor(clock.now().epochMilliseconds / 1000),
    online: true,
    packageAgeSeconds: 0,
    spaceTag: await spaceTag(atelier.id),
    issuers,
    isRevoked: () => false,
    hasBooking: () => false,
    wasShown: () => false,
    isInside: () => false,
    verify: (key, message, signature) =>
      verifyWithWebCrypto(key, Uint8Array.from(message), Uint8Array.from(signature)),
  });
}

describe('a credential', () => {
  const show = (made: MadeCredential, spaceId: string | null = atelier.id) =>
    made.holder.show(made.credential, spaceId, clock.now());
  const refused = async (body: object, status: number) =>
    (await nomad.agent.put(`/v1/credentials/${newId()}`).send(body).expect(status)).body.code;

  it('opens the door it was shown for, and no other', async () => {
    const made = await makeCredential(nomad.agent, pass.id);
    expect(await atDoor(await show(made))).toMatchObject({ ok: true, evidence: 'A' });
    expect(await atDoor(await show(made, newId()))).toMatchObject({ refusal: 'wrong_space' });
    expect(await known(made.credentialId)).toMatchObject({
      passId: pass.id,
      personId: nomad.id,
      networkId: med.id,
      kind: 'rotating',
      revokedAt: null,
      passState: 'ISSUED',
    });
  });

  it('says nothing of its holder: the allowed claims and no text but the issuer', async () => {
    const made = await makeCredential(nomad.agent, pass.id);
    const envelope = decodeCbor(new Uint8Array(Buffer.from(made.credential, 'base64url')));
    const payload = (envelope as CborTag).value as Uint8Array[];
    const claims = decode<Map<number, unknown>>(payload[2]!); // another decoder than ours
    expect([...claims.keys()].toSorted((a, b) => a - b)).toEqual([-65603, -65602, -65601, 1, 4, 6, 7, 8]);
    expect([...claims.values()].filter((value) => typeof value === 'string')).toEqual([med.shortId]);
  });

  it('lives seven days at most, and no longer than its pass', async () => {
    const made = await makeCredential(nomad.agent, pass.id);
    expect(made.expiresAt).toBe('2026-06-08T08:00:00Z');
    clock.travelTo('2026-06-08T08:00:00Z');
    expect(await atDoor(await show(made))).toMatchObject({ refusal: 'expired' });
    const short = await makePass(app, { networkId: med.id, personId: nomad.id, validDays: 2 });
    expect((await makeCredential(nomad.agent, short.id)).expiresAt).toBe('2026-06-10T12:00:00Z');
  });

  it('is renewed under a new id on the same phone, while another phone ends the first at once', async () => {
    const first = await makeCredential(nomad.agent, pass.id);
    const renewed = await makeCredential(nomad.agent, pass.id, first.holder);
    expect(renewed.credentialId).not.toBe(first.credentialId);
    expect((await known(first.credentialId))!.revokedAt).toBeNull();
    const other = await makeCredential(nomad.agent, pass.id);
    expect((await known(first.credentialId))!.revokedAt).not.toBeNull();
    expect((await known(renewed.credentialId))!.revokedAt).not.toBeNull();
    expect((await known(other.credentialId))!.revokedAt).toBeNull();
  });

  it('leaves the phone it was moved from for good, and a lost phone when another one says so', async () => {
    const again = (made: MadeCredential) =>
      nomad.agent
        .put(`/v1/credentials/${newId()}`)
        .send({ passId: pass.id, holderKey: made.holder.holderKey, label: 'Pixel' });
    const old = await makeCredential(nomad.agent, pass.id);
    const fresh = await makeCredential(nomad.agent, pass.id);
    expect((await again(old).expect(409)).body.code).toBe('credential.superseded');
    const renewed = (await again(fresh).expect(200)).body;
    const phones = async () =>
      (await nomad.agent.get(`/v1/credentials?passId=${pass.id}`).expect(200)).body.items;
    expect(await phones()).toMatchObject([
      { id: renewed.id, label: 'Pixel', holderKey: fresh.holder.holderKey.raw, endedBy: null },
      { id: old.id, label: null, endedBy: 'MOVED', revokedAt: '2026-06-01T08:00:00Z' },
    ]);
    const stranger = await makePerson(app);
    const kill = (agent: typeof nomad.agent) => agent.put(`/v1/credentials/${renewed.id}/revocation`);
    expect((await kill(stranger.agent).expect(404)).body.code).toBe('credential.not_found');
    await stranger.agent.get(`/v1/credentials?passId=${pass.id}`).expect(404);
    const { body } = await kill(nomad.agent).expect(200);
    expect(body.items[0]).toMatchObject({ id: renewed.id, endedBy: 'KILLED' });
    expect((await known(fresh.credentialId))!.revokedAt).not.toBeNull();
    expect((await again(fresh).expect(409)).body.code).toBe('credential.superseded');
  });

  it('answers the same request again, and refuses its id for another', async () => {
    const { holderKey } = makeHolder();
    const [id, body] = [newId(), { passId: pass.id, holderKey }];
    const first = await nomad.agent.put(`/v1/credentials/${id}`).send(body).expect(200);
    expect((await nomad.agent.put(`/v1/credentials/${id}`).send(body).expect(200)).body).toEqual(first.body);
    const other = { ...body, holderKey: makeHolder().holderKey };
    const reused = await nomad.agent.put(`/v1/credentials/${id}`).send(other).expect(409);
    expect(reused.body.code).toBe('request.id_reused');
    const second = await makePass(app, { networkId: med.id, personId: nomad.id });
    await nomad.agent.put(`/v1/credentials/${id}`).send({ passId: second.id, holderKey }).expect(409);
  });

  it('is for the holder of the pass, with a key that is one', async () => {
    const { holderKey } = makeHolder();
    const order = { passId: pass.id, holderKey };
    const foreign = await pass.admin.put(`/v1/credentials/${newId()}`).send(order).expect(404);
    expect(foreign.body.code).toBe('pass.not_found');
    expect(await refused({ ...order, holderKey: { ...holderKey, raw: 'AAAA' } }, 422)).toBe(
      'credential.holder_key_invalid',
    );
    const offCurve = Buffer.alloc(65, 4).toString('base64url');
    expect(await refused({ ...order, holderKey: { alg: 'ES256', raw: offCurve } }, 422)).toBe(
      'credential.holder_key_invalid',
    );
  });

  it.each(['pause', 'revocation'])('is not given after %s, and the one before shows it', async (action) => {
    const made = await makeCredential(nomad.agent, pass.id);
    await pass.admin.put(`/v1/passes/${pass.id}/${action}`).send({ reason: 'Left' }).expect(200);
    expect(await refused({ passId: pass.id, holderKey: made.holder.holderKey }, 409)).toBe('pass.not_usable');
    expect(await known(made.credentialId)).toMatchObject({
      passState: action === 'pause' ? 'PAUSED' : 'REVOKED',
    });
  });

  it('names a product class only when fifty living passes share it', async () => {
    const classOf = async () => {
      const { credential } = await makeCredential(nomad.agent, pass.id);
      return readCredential(decodeCbor(new Uint8Array(Buffer.from(credential, 'base64url')))!, 'rotating');
    };
    expect(await classOf()).toMatchObject({ productClass: 0 });
    // 49 more, as rows: what is counted are living passes of this issuer and class
    await ownerSql(
      `INSERT INTO passes.passes SELECT (copied).* FROM (SELECT jsonb_populate_record(pass,
         jsonb_build_object('id', uuidv7())) AS copied FROM passes.passes pass, generate_series(1, 49)
         WHERE pass.id = $1) copies`,
      [pass.id],
    );
    expect(await classOf()).toMatchObject({ productClass: 1 });
  });

  it('has a status index of its own while it lives', async () => {
    const makeOne = () => makeCredential(nomad.agent, pass.id);
    await Promise.all(Array.from({ length: 8 }, makeOne));
    const indexes = await ownerSql<{ index: number }>(
      'SELECT status_index AS index FROM passes.credentials WHERE pass_id = $1 ORDER BY index',
      [pass.id],
    );
    expect(indexes.map((row) => row.index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    clock.travelTo('2026-06-10T08:00:00Z'); // all expired two days ago
    const reused = await makeOne();
    const [row] = await ownerSql('SELECT status_index FROM passes.credentials WHERE id = $1', [reused.id]);
    expect(row).toEqual({ status_index: 0 });
  });
});

describe('a card', () => {
  const draw = async () => {
    const id = newId();
    const { body } = await nomad.agent.put(`/v1/cards/${id}`).send({ passId: pass.id }).expect(200);
    return { id, ...body };
  };
  const image = (agent: typeof nomad.agent, id: string, format: string) =>
    agent.get(`/v1/cards/${id}.${format}`).buffer(true).parse(bytesOf);

  it('is drawn so that a scanner reads an ESC1S code that opens doors', async () => {
    const { id } = await draw();
    const png = await image(nomad.agent, id, 'png').expect(200).expect('content-type', 'image/png');
    const text = await scan(png.body);
    expect(text).toMatch(/^ESC1S:[0-9A-Z $%*+\-./:]+$/);
    expect(await atDoor(text)).toMatchObject({ ok: true, evidence: 'C' });
    const credential = readCredential(decodeCbor(decodeBase45(text.slice(6))!)!, 'static');
    expect(credential).toMatchObject({ issuer: med.shortId, holder: null });
    const svg = await image(nomad.agent, id, 'svg').expect(200).expect('content-type', 'image/svg+xml');
    expect(svg.body.toString()).toContain('<svg');
  });

  it('is for its owner and for the issuing network', async () => {
    const { id } = await draw();
    await image(pass.admin, id, 'png').expect(200);
    const stranger = await makePerson(app);
    const { body } = await stranger.agent.get(`/v1/cards/${id}.png`).expect(404);
    expect(body.code).toBe('card.not_found');
    await stranger.agent.put(`/v1/cards/${newId()}`).send({ passId: pass.id }).expect(404);
    expect((await nomad.agent.get(`/v1/cards/${id}.gif`).expect(422)).body.code).toBe('request.invalid');
  });

  it('is ended by the next one', async () => {
    const first = await draw();
    await draw();
    const { body } = await nomad.agent.put(`/v1/cards/${first.id}`).send({ passId: pass.id }).expect(200);
    expect(body.revokedAt).toBe('2026-06-01T08:00:00Z');
  });
});

describe('the lists', () => {
  const http = () => request(app.getHttpServer());
  const keysOf = (list: { issuers: { networkId: string; keys: { kid: string; raw: string }[] }[] }) =>
    list.issuers.find((issuer) => issuer.networkId === med.id)!.keys;

  it('name each issuer with the key in use and the next, published before its turn', async () => {
    await makeCredential(nomad.agent, pass.id);
    const { body } = await http().get('/v1/trust-list').expect(200);
    expect(body.issuers.filter((issuer: { networkId: string }) => issuer.networkId === med.id)).toMatchObject(
      [
        {
          issuer: med.shortId,
          networkId: med.id,
          keys: [
            { alg: 'EdDSA', useFrom: '2026-06-01T08:00:00Z', useUntil: '2026-08-30T08:00:00Z' }, // 90 days
            { alg: 'EdDSA', useFrom: '2026-08-30T08:00:00Z', verifyUntil: '2026-12-05T08:00:00Z' }, // 97 days
          ],
        },
      ],
    );
    expect(JSON.stringify(body)).not.toContain('seed');
    clock.travelTo('2026-09-01T08:00:00Z');
    const made = await makeCredential(nomad.agent, pass.id);
    const text = await made.holder.show(made.credential, atelier.id, clock.now());
    expect(await atDoor(text)).toMatchObject({ ok: true });
    const later = await http().get('/v1/trust-list').expect(200);
    expect(keysOf(later.body)).toHaveLength(3); // the first still verifies for a week
  });

  it('say in one signed bit what is revoked or paused', async () => {
    const first = await makeCredential(nomad.agent, pass.id);
    await makeCredential(nomad.agent, pass.id); // another phone: index 0 is revoked, index 1 lives
    expect(first.revokedAt).toBeNull();
    expect(await statusBits(med.id)).toEqual([true, false]);
    await pass.admin.put(`/v1/passes/${pass.id}/pause`).expect(200);
    expect(await statusBits(med.id)).toEqual([true, true]);
    await pass.admin.delete(`/v1/passes/${pass.id}/pause`).expect(200);
    expect(await statusBits(med.id)).toEqual([true, false]);
  });

  it('exist for networks that issue passes only', async () => {
    const { body } = await http().get(`/v1/status-lists/${newId()}`).expect(404);
    expect(body.code).toBe('status_list.not_found');
  });

  it('keep the private keys sealed', async () => {
    await makeCredential(nomad.agent, pass.id);
    const rows = await ownerSql<{ bytes: number }>(
      'SELECT octet_length(sealed_seed) AS bytes FROM passes.issuer_secrets WHERE network_id = $1',
      [med.id],
    );
    expect(rows.map((row) => row.bytes)).toEqual([61, 61]); // version, nonce and tag are 29, the seed 32
    const seen = (scope: { networks: string[] }) =>
      app.get(Db).read(scope, (on) => on.query('SELECT FROM passes.issuer_secrets'));
    expect(await seen({ networks: [] })).toEqual([]);
    expect(await seen({ networks: [med.id] })).toHaveLength(2);
  });

  /** Reads a list as a partner would: by the trust list's keys, with code that is not ours. */
  async function statusBits(networkId: string): Promise<boolean[]> {
    const { body } = await http().get(`/v1/status-lists/${networkId}`).expect(200);
    const [header, claims, signature] = body.statusList.split('.') as string[];
    const { kid } = JSON.parse(Buffer.from(header!, 'base64url').toString());
    const trust = await http().get('/v1/trust-list').expect(200);
    const { raw } = keysOf(trust.body).find((key) => key.kid === kid)!;
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw }, format: 'jwk' });
    const signed = Buffer.from(`${header}.${claims}`);
    expect(verify(null, signed, key, Buffer.from(signature!, 'base64url'))).toBe(true);
    const { status_list: list } = JSON.parse(Buffer.from(claims!, 'base64url').toString());
    const bytes = inflateSync(Buffer.from(list.lst, 'base64url'));
    return [0, 1].map((index) => ((bytes[index >> 3]! >> (index & 7)) & 1) === 1);
  }
});

function bytesOf(response: request.Response, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(Buffer.from(chunk)));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
}

async function scan(png: Buffer): Promise<string> {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasmBinary = Uint8Array.from(readFileSync(wasm)).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  const [code] = await readBarcodes(new Uint8Array(png), { formats: ['QRCode'] });
  return code?.text ?? '';
}
