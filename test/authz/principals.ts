import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DEMO_NETWORKS, DEMO_NOMADS, DEMO_SPACES, demoId } from '../../src/demo/demo-network.js';
import { Identity, type Role } from '../../src/identity/index.js';
import { KEY_ROLE, ROLE_PERMISSIONS } from '../../src/identity/permissions.js';
import { newId } from '../../src/kernel/ids.js';
import { Db } from '../../src/platform/db.js';
import { namedScope } from '../../src/platform/scope.js';
import { ask } from '../support/ask.js';
import { proveAsTheirRolesAsk } from '../support/prove.js';

const OPERATOR = namedScope('operator');
export const ROLES = [
  'nomad',
  'space_staff',
  'space_manager',
  'facilitator',
  'network_admin',
  'network_treasurer',
  'public_sponsor',
  'researcher',
  'platform_admin',
] as const satisfies Role[];
export const PRINCIPALS = ['anonymous', ...ROLES, 'api_key', 'device'] as const;
export type PrincipalName = (typeof PRINCIPALS)[number];

/** Somebody who asks; `own` are the ids by which a row is theirs. */
export type Principal = {
  readonly name: PrincipalName;
  readonly headers: Readonly<Record<string, string>>;
  readonly own: readonly string[];
  /** The network that is theirs where a request names one. */
  readonly networkId: string;
};

/** The network, its space and its institution that everybody here belongs to. */
export const NETWORK_ID: string = DEMO_NETWORKS.MED.id;
export const SPACE = DEMO_SPACES.MRS;
const REGION_ID = demoId(0x900);
const CHAPTER_ID: string = DEMO_NETWORKS[SPACE.network].id;
const AT_SPACE = new Set<string>([
  'anonymous',
  'nomad',
  'space_staff',
  'space_manager',
  'facilitator',
  'device',
]);
const HOLDER = DEMO_NOMADS.lea;

const PLACE_OF: Readonly<Record<Role, { readonly organisationId: string; readonly own: readonly string[] }>> =
  {
    nomad: { organisationId: SPACE.operatorId, own: [HOLDER.id] },
    space_staff: { organisationId: SPACE.operatorId, own: [SPACE.id, SPACE.operatorId] },
    space_manager: { organisationId: SPACE.operatorId, own: [SPACE.id, SPACE.operatorId] },
    facilitator: { organisationId: SPACE.operatorId, own: [SPACE.id, SPACE.operatorId] },
    network_admin: { organisationId: NETWORK_ID, own: [SPACE.id, SPACE.operatorId, NETWORK_ID] },
    network_treasurer: { organisationId: NETWORK_ID, own: [SPACE.id, SPACE.operatorId, NETWORK_ID] },
    public_sponsor: { organisationId: REGION_ID, own: [REGION_ID] },
    researcher: { organisationId: NETWORK_ID, own: [SPACE.id, SPACE.operatorId, NETWORK_ID] },
    platform_admin: { organisationId: NETWORK_ID, own: [SPACE.id, SPACE.operatorId, NETWORK_ID] },
  };

/** One of each, each with exactly one role, in one network; the nomad is somebody who has been there all month. */
export async function makePrincipals(app: NestFastifyApplication): Promise<Record<PrincipalName, Principal>> {
  const made: Partial<Record<PrincipalName, Principal>> = {};
  const add = (name: PrincipalName, headers: Record<string, string>, own: readonly string[]) => {
    made[name] = { name, headers, own, networkId: AT_SPACE.has(name) ? CHAPTER_ID : NETWORK_ID };
  };
  add('anonymous', {}, []);
  for (const role of ROLES) {
    const headers = role === 'nomad' ? await session(app, HOLDER.id) : await newPerson(app, role);
    add(role, headers, PLACE_OF[role].own);
  }
  add('api_key', (await newKey(app)).headers, PLACE_OF.network_admin.own);
  add('device', (await newDevice(app)).headers, PLACE_OF.space_staff.own);
  return made as Record<PrincipalName, Principal>;
}

export function session(app: NestFastifyApplication, personId: string): Promise<Record<string, string>> {
  const identity = app.get(Identity);
  return app.get(Db).tx(OPERATOR, async (tx) => ({
    cookie: `escale_session=${await identity.createSession(tx, personId)}`,
  }));
}

export async function newPerson(
  app: NestFastifyApplication,
  role: Role,
  membershipId: string = newId(),
): Promise<Record<string, string>> {
  const id = newId();
  const identity = app.get(Identity);
  await app.get(Db).tx(OPERATOR, async (tx) => {
    await identity.registerPerson(tx, { id, email: `${id}@example.org`, name: 'Ada', language: 'en' });
    const { organisationId } = PLACE_OF[role];
    await identity.grant(tx, { id: membershipId, personId: id, organisationId, role });
  });
  const headers = await session(app, id);
  await proveAsTheirRolesAsk(app, { id, grants: [{ role }] });
  return headers;
}

type Made = { readonly id: string; readonly headers: Record<string, string> };

/** As much as a network's key can be allowed at all. */
export async function newKey(app: NestFastifyApplication): Promise<Made> {
  const id = newId();
  const permissions = ROLE_PERMISSIONS[KEY_ROLE.network].filter((one) => one !== 'profile:write');
  const body = { organisationId: NETWORK_ID, name: 'Partner', permissions };
  const headers = await newPerson(app, 'platform_admin');
  const { key } = await put<{ key: string }>(app, `/v1/api-keys/${id}`, { headers, body });
  return { id, headers: { authorization: `Bearer ${key}` } };
}

export async function newDevice(app: NestFastifyApplication): Promise<Made> {
  const id = newId();
  const address = `/v1/devices/${id}`;
  const body = { organisationId: SPACE.operatorId, spaceId: SPACE.id, name: 'Front door' };
  const headers = await newPerson(app, 'space_manager');
  const { enrolmentCode } = await put<{ enrolmentCode: string }>(app, address, { headers, body });
  const { token } = await put<{ token: string }>(app, `${address}/enrolment`, {
    headers: {},
    body: { code: enrolmentCode },
  });
  return { id, headers: { authorization: `Bearer ${token}` } };
}

async function put<Answer>(
  app: NestFastifyApplication,
  url: string,
  { headers, body }: { headers: Record<string, string>; body: object },
): Promise<Answer> {
  const json = { ...headers, 'content-type': 'application/json' };
  const answer = await ask(app, { method: 'PUT', url, headers: json, payload: JSON.stringify(body) });
  if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.body}`);
  return JSON.parse(answer.body) as Answer;
}
