import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { Temporal } from '../../src/kernel/time.js';
import { Clock } from '../../src/platform/clock.js';
import { makeHome, makeNetwork, makeSpace, MARSEILLE } from './make-directory.js';
import { makeDevice, makePerson, type Agent } from './make-identity.js';
import { makeCredential, makePass, type MadeCredential } from './make-passes.js';
import { makeAgreement } from './make-reciprocity.js';

/** A space with a scanner at its door, and somebody who works there. */
export type Door = Awaited<ReturnType<typeof makeSpace>> & { token: string; staff: Agent };

export async function makeDoor(
  app: NestFastifyApplication,
  {
    networkId,
    capacity = 100,
    ...fields
  }: { networkId: string; capacity?: number } & Partial<typeof MARSEILLE>,
): Promise<Door> {
  const space = await makeSpace(app, { networkId, pools: [{ capacity }], ...fields });
  const { token } = await makeDevice(app, { organisationId: space.operatorId, spaceId: space.id });
  const grants = [{ organisationId: space.operatorId, role: 'space_staff' as const }];
  const { agent: staff } = await makePerson(app, { name: 'Luc Host', grants });
  return { ...space, token, staff };
}

/** One network with hosts that accept each other's members: six free half-days, then 10.00 EUR a half-day. */
export type Scene = Record<'home' | 'host' | 'second' | 'third' | 'tiny', Door> & {
  readonly networkId: string;
  readonly admin: Agent;
};

export async function makeScene(app: NestFastifyApplication): Promise<Scene> {
  const { id: networkId, admin } = await makeNetwork(app);
  const home = await makeDoor(app, { networkId, name: 'Kairouan Kreativ' });
  const host = await makeDoor(app, { networkId });
  const [second, third] = [await makeDoor(app, { networkId }), await makeDoor(app, { networkId })];
  const tiny = await makeDoor(app, { networkId, capacity: 0 });
  const rates = [home, host, second, third, tiny].map(({ id }) => ({ hostSpaceId: id }));
  await makeAgreement(app, { homeNetworkId: networkId, rates });
  return { networkId, admin, home, host, second, third, tiny };
}

/** A member of the home space with a pass of the network, and its code on a phone. */
export type Nomad = { id: string; agent: Agent; passId: string; phone: MadeCredential };

export async function makeNomad(
  app: NestFastifyApplication,
  { networkId, admin, home }: Pick<Scene, 'networkId' | 'admin' | 'home'>,
  { halfDays = 20, validIn = networkId, offline = 'allowed' } = {},
): Promise<Nomad> {
  const { id, agent } = await makePerson(app, { name: 'Inès Trabelsi' });
  await makeHome(admin, { personId: id, spaceId: home.id });
  const scope = { networkIds: [validIn], spaceIds: [], resourceKinds: ['hot_desk'] };
  const pass = await makePass(app, { personId: id, networkId, halfDays, scope, offline });
  return { id, agent, passId: pass.id, phone: await makeCredential(agent, pass.id) };
}

/** The code that the phone shows now: for one space, or for any. */
export function codeOf(
  app: NestFastifyApplication,
  { credential, holder }: Pick<MadeCredential, 'credential' | 'holder'>,
  spaceId: string | null,
): Promise<string> {
  return holder.show(credential, spaceId, app.get(Clock).now());
}

export type ScanToMake = { id?: string; spaceId: string; code: string; scannedAt?: string; part?: string };

/** One reading at a door, by its device: the answer, whatever it is. */
export function scanAt(
  app: NestFastifyApplication,
  door: { token: string },
  { id = newId(), scannedAt = app.get(Clock).now().toString(), ...scan }: ScanToMake,
): request.Test {
  return request(app.getHttpServer())
    .put(`/v1/scans/${id}`)
    .set('authorization', `Bearer ${door.token}`)
    .send({ scannedAt, ...scan });
}

/** The guest shows the code of now at the door: what the door says. */
export async function showAt(
  app: NestFastifyApplication,
  door: Pick<Door, 'id' | 'token'>,
  phone: MadeCredential,
  part?: string,
) {
  const code = await codeOf(app, phone, door.id);
  return (await scanAt(app, door, { spaceId: door.id, code, ...(part && { part }) }).expect(200)).body;
}

/** The guest shows the code of now and is let in. */
export async function enterSpace(
  app: NestFastifyApplication,
  at: { door: { token: string }; spaceId: string; phone: MadeCredential; part?: string },
): Promise<{ scanId: string; visitId: string; bookingId: string }> {
  const body = await showAt(app, { id: at.spaceId, token: at.door.token }, at.phone, at.part);
  if (body.state !== 'ACCEPTED') throw new Error(`not let in: ${JSON.stringify(body)}`);
  return { scanId: body.id, visitId: body.visit.id, bookingId: body.visit.bookingId };
}

/** By the device at the door. */
export function checkOut(
  app: NestFastifyApplication,
  door: { token: string },
  visitId: string,
): request.Test {
  return request(app.getHttpServer())
    .put(`/v1/visits/${visitId}/check-out`)
    .set('authorization', `Bearer ${door.token}`);
}

export type Upload = {
  id?: string;
  code: string;
  scannedAt: string;
  verdict?: 'COME_IN' | 'COME_IN_CHECKED' | 'REFUSED';
  reason?: string;
  packageFrom?: string | null;
  undoneAt?: string;
};

/** What a tablet read and decided without a network, told by its device when the network is back. */
export function uploadAt(
  app: NestFastifyApplication,
  door: Pick<Door, 'id' | 'token'>,
  { id = newId(), code, scannedAt, verdict = 'COME_IN_CHECKED', reason, packageFrom, undoneAt }: Upload,
): request.Test {
  const offline = {
    verdict,
    reason: reason ?? null,
    packageId: 'list',
    packageFrom: packageFrom === undefined ? scannedAt : packageFrom,
    decidedAt: scannedAt,
    ...(undoneAt && { undoneAt }),
  };
  return request(app.getHttpServer())
    .put(`/v1/scans/${id}`)
    .set('authorization', `Bearer ${door.token}`)
    .send({ spaceId: door.id, code, scannedAt, offline });
}

/** The code that the phone showed at that moment, with or without a network. */
export function codeAt(phone: MadeCredential, spaceId: string, moment: string): Promise<string> {
  return phone.holder.show(phone.credential, spaceId, Temporal.Instant.from(moment));
}
