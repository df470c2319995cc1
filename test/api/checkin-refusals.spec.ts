import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { claimsOf, EDDSA } from '../../src/kernel/pass-code/credential.js';
import { issueCredential } from '../../src/kernel/pass-code/esc1.js';
import { testKey } from '../../src/kernel/pass-code/vector-parts.js';
import { makeHolder } from '../../src/passes/index.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import {
  codeOf,
  makeDoor,
  makeNomad,
  makeScene,
  scanAt,
  showAt,
  type Door,
  type Scene,
} from '../support/make-checkin.js';
import { makeNetwork } from '../support/make-directory.js';
import { makeAgreement } from '../support/make-reciprocity.js';

/** A Tuesday, 09:00 in Marseille, when the doors open. The half-day boundary is 13:00, closing time 18:00. */
const MORNING = '2026-12-01T08:00:00Z';

let app: NestFastifyApplication;
let scene: Scene;
let host: Door;
let home: Door;
const clock = () => app.get<TestClock>(Clock);
const later = (seconds: number) => clock().travelTo(clock().now().add({ seconds }).toString());

/** A door of a network that has no agreement with anybody. */
async function makeStranger(): Promise<Door> {
  return makeDoor(app, { networkId: (await makeNetwork(app)).id });
}

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  scene = await makeScene(app);
  ({ host, home } = scene);
});
beforeEach(() => clock().travelTo(MORNING));
afterAll(() => app.close());

describe('a pass code is refused', () => {
  const forged = (credential: string) => {
    const bytes = Buffer.from(credential, 'base64url');
    bytes[bytes.length - 1]! ^= 1; // the last byte of the issuer's signature
    return bytes.toString('base64url');
  };

  it.each([
    ['that is none', 'https://example.org', 'not_a_pass_code'],
    ['with characters of no code', 'ESC1:äöü', 'base45'],
    ['with a wrong frame', 'ESC1:QED8WEX0', 'shape'],
    ['of a card that is no credential', 'ESC1S:QED8WEX0', 'cbor'],
  ])('%s: unknown_token', async (_, code, refusal) => {
    const { body } = await scanAt(app, host, { spaceId: host.id, code }).expect(200);
    expect(body).toMatchObject({
      state: 'REFUSED',
      reason: 'unknown_token',
      refusal,
      guest: null,
      visit: null,
    });
  });

  it('of an issuer that is on no trust list: not_in_agreement', async () => {
    const [stranger, holder] = [testKey(7), makeHolder()];
    const now = Math.floor(clock().now().epochMilliseconds / 1000);
    const claims = claimsOf({
      issuer: 'nobody',
      issuedAt: now,
      expiresAt: now + 3600,
      credentialId: new Uint8Array(16),
      holder: { alg: EDDSA, raw: new Uint8Array(Buffer.from(holder.holderKey.raw, 'base64url')) },
      productClass: 1,
      statusIndex: 1,
      offline: 'never',
    });
    const credential = Buffer.from(await issueCredential(claims, { alg: EDDSA, ...stranger })).toString(
      'base64url',
    );
    const code = await codeOf(app, { credential, holder }, host.id);
    const { body } = await scanAt(app, host, { spaceId: host.id, code });
    expect(body).toMatchObject({ reason: 'not_in_agreement', refusal: 'issuer_unknown' });
  });

  it('whose issuer signature was forged, or that another phone shows: unknown_token', async () => {
    const { phone } = await makeNomad(app, scene);
    const bent = await codeOf(app, { ...phone, credential: forged(phone.credential) }, host.id);
    const first = await scanAt(app, host, { spaceId: host.id, code: bent });
    expect(first.body).toMatchObject({ reason: 'unknown_token', refusal: 'issuer_signature' });
    const stolen = await codeOf(app, { ...phone, holder: makeHolder() }, host.id);
    const second = await scanAt(app, host, { spaceId: host.id, code: stolen });
    expect(second.body).toMatchObject({ reason: 'unknown_token', refusal: 'holder_signature' });
    const good = await scanAt(app, host, { spaceId: host.id, code: await codeOf(app, phone, host.id) });
    expect(good.body.state).toBe('ACCEPTED'); // what others showed in its name has not used it up
  });

  it('whose credential has run out: pass_expired', async () => {
    const nomad = await makeNomad(app, scene);
    clock().travelTo('2026-12-09T08:00:00Z'); // a credential lives seven days
    expect(await showAt(app, host, nomad.phone)).toMatchObject({
      reason: 'pass_expired',
      refusal: 'expired',
    });
  });

  it('of a revoked pass, before anything else about the code is looked at: revoked', async () => {
    const nomad = await makeNomad(app, scene);
    const stale = await codeOf(app, nomad.phone, host.id);
    await scene.admin.put(`/v1/passes/${nomad.passId}/revocation`).send({ reason: 'Left' });
    later(120);
    const { body } = await scanAt(app, host, { spaceId: host.id, code: stale });
    expect(body).toMatchObject({ reason: 'revoked', refusal: 'revoked' });
  });

  it('of a paused pass: blocked_member', async () => {
    const nomad = await makeNomad(app, scene);
    await scene.admin.put(`/v1/passes/${nomad.passId}/pause`).send({}).expect(200);
    expect(await showAt(app, host, nomad.phone)).toMatchObject({ reason: 'blocked_member', refusal: null });
  });

  it('that is stale: expired_code; from a phone whose clock is ahead: clock_skew', async () => {
    const nomad = await makeNomad(app, scene);
    const stale = await codeOf(app, nomad.phone, host.id);
    later(60);
    const late = await scanAt(app, host, { spaceId: host.id, code: stale });
    expect(late.body).toMatchObject({ reason: 'expired_code', refusal: 'code_expired' });
    const { credential, holder } = nomad.phone;
    const ahead = await holder.show(credential, host.id, clock().now().add({ seconds: 60 }));
    const early = await scanAt(app, host, { spaceId: host.id, code: ahead });
    expect(early.body).toMatchObject({ reason: 'clock_skew', refusal: 'clock' });
  });

  it('that was made for another door: wrong_space', async () => {
    const { phone } = await makeNomad(app, scene);
    const code = await codeOf(app, phone, home.id);
    const { body } = await scanAt(app, host, { spaceId: host.id, code });
    expect(body).toMatchObject({ reason: 'wrong_space', refusal: 'wrong_space' });
  });

  it('that was accepted before, even by a door of another space: replayed_code', async () => {
    const { phone } = await makeNomad(app, scene);
    const code = await codeOf(app, phone, null);
    const first = await scanAt(app, host, { spaceId: host.id, code });
    expect(first.body.state).toBe('ACCEPTED');
    for (const door of [host, home]) {
      const { body } = await scanAt(app, door, { spaceId: door.id, code });
      expect(body).toMatchObject({ reason: 'replayed_code', refusal: 'replayed' });
    }
  });

  it('of somebody who is inside already, here or elsewhere: already_in', async () => {
    const nomad = await makeNomad(app, scene);
    const { visit } = await showAt(app, host, nomad.phone);
    later(15);
    for (const door of [host, home])
      expect(await showAt(app, door, nomad.phone)).toMatchObject({
        reason: 'already_in',
        refusal: 'already_in',
      });
    // What can be done now: the guest checks out by themselves.
    await nomad.agent.put(`/v1/visits/${visit.id}/check-out`).expect(200);
    later(15);
    expect((await showAt(app, host, nomad.phone)).state).toBe('ACCEPTED');
  });

  it('is kept with its reason and its hash, and the code itself nowhere', async () => {
    const id = newId();
    await scanAt(app, host, { id, spaceId: host.id, code: 'ESC1:SECRET-TEXT' }).expect(200);
    const { body } = await host.staff.get(`/v1/scans?spaceId=${host.id}&day=2026-12-01`).expect(200);
    expect(body.items.find((scan: { id: string }) => scan.id === id)).toMatchObject({
      state: 'REFUSED',
      reason: 'unknown_token',
    });
    const [stored] = await ownerSql<{ text: string }>(
      'SELECT scans::text AS text FROM checkin.scans WHERE id = $1',
      [id],
    );
    expect(stored!.text).not.toContain('SECRET');
  });
});

describe('a good code does not open the door', () => {
  it('when the space is closed today, or at this time', async () => {
    const nomad = await makeNomad(app, scene);
    clock().travelTo('2026-12-06T10:00:00Z'); // Sunday
    expect(await showAt(app, host, nomad.phone)).toMatchObject({ reason: 'closed_today' });
    clock().travelTo('2026-12-01T17:00:00Z'); // 18:00
    expect(await showAt(app, host, nomad.phone)).toMatchObject({ reason: 'outside_hours' });
  });

  it('when no desk is free, and the code can be shown again elsewhere', async () => {
    const nomad = await makeNomad(app, scene);
    const { tiny } = scene;
    const code = await codeOf(app, nomad.phone, null);
    const { body } = await scanAt(app, tiny, { spaceId: tiny.id, code });
    expect(body).toMatchObject({ state: 'REFUSED', reason: 'full' });
    const elsewhere = await scanAt(app, host, { spaceId: host.id, code });
    expect(elsewhere.body.state).toBe('ACCEPTED'); // a refusal uses nothing up
  });

  it('when no agreement covers the visit: not_in_agreement', async () => {
    const foreign = await makeStranger();
    const nomad = await makeNomad(app, scene);
    expect(await showAt(app, foreign, nomad.phone)).toMatchObject({
      reason: 'not_in_agreement',
      refusal: null,
    });
  });

  it('when neither quota nor pass is left and money is not taken: quota_exhausted, no_credit', async () => {
    const giving = await makeNetwork(app);
    const friend = await makeDoor(app, { networkId: giving.id });
    const rates = [{ hostSpaceId: friend.id, ratePerHalfDay: { unit: 'EUR', minor: 0 } }];
    const terms = {
      homeNetworkId: scene.networkId,
      hostNetworkId: giving.id,
      mode: 'GIFT',
      freeHalfDays: 1,
      rates,
    };
    await makeAgreement(app, terms);
    const nomad = await makeNomad(app, scene); // whose pass is not for that network
    expect(await showAt(app, friend, nomad.phone)).toMatchObject({ reason: 'quota_exhausted' });
    const poor = await makeNomad(app, scene, { halfDays: 1, validIn: giving.id });
    expect(await showAt(app, friend, poor.phone)).toMatchObject({ reason: 'no_credit' });
    expect((await showAt(app, friend, poor.phone, 'MORNING')).visit).toMatchObject({
      funding: 'VISA_QUOTA',
      halfDays: 1,
    });
  });
});
