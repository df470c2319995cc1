import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { ownerSql, tamperingSql } from './app.js';
import { makeBooking, makeHost, makeMembers, type Nomad } from './make-bookings.js';
import { act, APPLICATION, assess, confirmLater, publish, sign } from './make-charter.js';
import { makeOrganisation, makePerson, type Agent } from './make-identity.js';
import { deliverEvents, makeRecords, makeTreasurersMonth } from './make-settlement.js';

/** The Tuesday on which twelve guests have booked in Athens. */
export const BOOKED_DAY = '2027-01-12';

export type WindingDown = Awaited<ReturnType<typeof makeTreasurersMonth>> & {
  readonly admin: Agent;
  readonly manager: Agent;
  readonly region: { readonly id: string };
  readonly memberId: string;
  readonly guests: readonly Nomad[];
  /** The other space in Athens. */
  readonly nearby: string;
};

/**
 * Athens in the treasurer's month, where it is owed 34.00 net, as it runs down: 36 visits in late summer and five in
 * November, a week closed in December, an assessment of last year. Twelve guests have booked; the other space in
 * Athens has eleven desks. A region has signed the charter.
 */
export async function makeWindingDown(app: NestFastifyApplication): Promise<WindingDown> {
  const month = await makeTreasurersMonth(app);
  const { ATH, RJK } = month.parties;
  await makeRecords(month, {
    home: RJK,
    host: ATH,
    days: 36,
    dayRate: 1400,
    from: '2026-08-20',
    mode: 'GIFT',
  });
  await tamperingSql(
    `UPDATE directory.spaces SET name = 'Psyrri Commons', city = 'Athens', country = 'GR', territory_code = 'EL303',
       time_zone = 'Europe/Athens', lat = 37.978, lon = 23.7 WHERE id = $1`,
    [ATH.id],
  );
  await tamperingSql(`UPDATE directory.parties SET name = 'Psyrri Commons', country = 'GR' WHERE id = $1`, [
    ATH.id,
  ]);
  const at = async (organisationId: string, role: 'network_admin' | 'space_manager' | 'public_sponsor') =>
    (await makePerson(app, { grants: [{ organisationId, role }] })).agent;
  const admin = await at(month.networkId, 'network_admin');
  const manager = await at(ATH.operatorId, 'space_manager');
  const region = await makeOrganisation(app, { kind: 'institution', name: 'Région Sud' });
  const memberId = await signCharter(app, { ...month, admin, manager });
  await joinInstitution({ admin, officer: await at(region.id, 'public_sponsor'), region, month });
  const week = { spaceId: ATH.id, fromDay: '2026-12-07', untilDay: '2026-12-13', reason: 'The boiler' };
  await manager.put(`/v1/closures/${newId()}`).send(week).expect(200);
  const booked = await bookTwelve(app, month);
  return { ...month, admin, manager, region, memberId, ...booked };
}

type Month = Awaited<ReturnType<typeof makeTreasurersMonth>>;

async function signCharter(
  app: NestFastifyApplication,
  { networkId, parties, admin, manager }: Month & Pick<WindingDown, 'admin' | 'manager'>,
): Promise<string> {
  const version = await publish(admin, networkId, { renewBy: '2026-12-16' });
  const member = { memberId: newId() };
  const path = `/v1/charter-members/${member.memberId}`;
  await manager.put(path).send({ kind: 'SPACE', spaceId: parties.ATH.id }).expect(200);
  await manager.put(`${path}/application`).send(APPLICATION).expect(200);
  await assess(manager, member).expect(200);
  await act(admin, member, 'foundings').expect(200);
  await sign(manager, member, version).expect(200);
  await confirmLater(admin, member);
  await tamperingSql(
    `UPDATE charter.assessments SET created_at = created_at - interval '400 days' WHERE member_id = $1`,
    [member.memberId],
  );
  await deliverEvents(app);
  return member.memberId;
}

async function joinInstitution(joins: {
  admin: Agent;
  officer: Agent;
  region: { readonly id: string };
  month: Month;
}): Promise<void> {
  const { admin, officer, region, month } = joins;
  const member = { memberId: newId() };
  const path = `/v1/charter-members/${member.memberId}`;
  const { networkId } = month;
  await officer.put(path).send({ kind: 'INSTITUTION', organisationId: region.id, networkId }).expect(200);
  await officer.put(`${path}/application`).send(APPLICATION).expect(200);
  await assess(officer, member).expect(200);
  const { body } = await admin.get(`/v1/charter-versions?networkId=${networkId}`).expect(200);
  await sign(officer, member, body.items[0]).expect(200);
}

async function bookTwelve(
  app: NestFastifyApplication,
  { networkId, versionId, parties }: Month,
): Promise<Pick<WindingDown, 'guests' | 'nearby'>> {
  const { ATH, MRS } = parties;
  const poolId = newId();
  await ownerSql(
    `INSERT INTO directory.pools (id, space_id, network_id, resource_kind, name, capacity, created_at)
     VALUES ($1, $2, $3, 'hot_desk', 'Open space', 24, now())`,
    [poolId, ATH.id, networkId],
  );
  const kypseli = await makeHost(app, {
    networkId,
    name: 'Kypseli Rooms',
    city: 'Athens',
    country: 'GR',
    timeZone: 'Europe/Athens',
    lat: 38.001,
    lon: 23.7,
    capacity: 11,
  });
  await ownerSql(
    `INSERT INTO reciprocity.rates (version_id, host_space_id, resource_kind, rate_minor, unit, home_network_id,
       host_network_id, created_at)
     SELECT $1, host, 'hot_desk', 700, 'EUR', $3, $3, now() FROM unnest($2::uuid[]) AS host`,
    [versionId, [ATH.id, kypseli.spaceId], networkId],
  );
  await ownerSql(
    `INSERT INTO reciprocity.signatures (version_id, network_id, home_network_id, host_network_id, signed_by, created_at)
     VALUES ($1, $2, $2, $2, 'scene', now())`,
    [versionId, networkId],
  );
  const home = { networkId, operatorId: MRS.operatorId, spaceId: MRS.id, poolId };
  const guests = await makeMembers(app, home, 12);
  for (const guest of guests) await makeBooking(guest, { poolId, day: BOOKED_DAY });
  return { guests, nearby: kypseli.spaceId };
}

/** Closed, announced, called and paid by everybody. */
export async function settleMonth(
  app: NestFastifyApplication,
  { treasurer, windowId }: Pick<WindingDown, 'treasurer' | 'windowId'>,
): Promise<void> {
  for (const step of ['closure', 'advice', 'call'])
    await treasurer.put(`/v1/windows/${windowId}/${step}`).expect(200);
  await deliverEvents(app);
  const { body } = await treasurer.get(`/v1/windows/${windowId}/payments`).expect(200);
  for (const { id } of body.items) await treasurer.put(`/v1/payments/${id}/execution`).expect(200);
  await treasurer.put(`/v1/windows/${windowId}/settlement`).expect(200);
}
