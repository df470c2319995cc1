import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { makeScene, type Scene } from './make-checkin.js';
import { ownerSql } from './app.js';

/** 12.00 EUR an hour in half-hours, one hour at least, 60.00 EUR a day at most, ten minutes of grace. */
export const ROOM_TARIFF = {
  per: 'HOUR',
  rate: { unit: 'EUR', minor: 1200 },
  stepMinutes: 30,
  minimumMinutes: 60,
  dayMax: { unit: 'EUR', minor: 6000 },
  graceMinutes: 10,
};

export type RoomScene = Scene & Record<'desks' | 'room' | 'secondRoom' | 'nightRoom' | 'elsewhere', string>;

/** The scene of the door, with two rooms at its host, one more in a house that never closes, and a tariff for them. */
export async function makeRoomScene(app: NestFastifyApplication): Promise<RoomScene> {
  const scene = await makeScene(app);
  const { host, second, third } = scene;
  await ownerSql(`UPDATE directory.spaces SET opening_hours = '24/7' WHERE id = $1`, [third.id]);
  await addRoomRates(scene, [host.id, third.id]);
  const nightRoom = await makeRoom(third, 'Salle de nuit');
  const desks = { desks: host.pools[0]!.id, elsewhere: second.pools[0]!.id };
  return { ...scene, ...(await makeRooms(scene)), ...desks, nightRoom };
}

/** Two rooms of the host that nobody has booked. */
export async function makeRooms({ host }: Pick<Scene, 'host'>) {
  return { room: await makeRoom(host, 'Salle bleue'), secondRoom: await makeRoom(host, 'Salle verte') };
}

export async function makeRoom(
  { id: spaceId, manager }: Pick<Scene['host'], 'id' | 'manager'>,
  name: string,
): Promise<string> {
  const poolId = newId();
  const body = { spaceId, resourceKind: 'meeting_room', name, capacity: 1 };
  await manager.put(`/v1/pools/${poolId}`).send(body).expect(200);
  return poolId;
}

/** Beside the desks' rates of the agreement that the scene has. */
export async function addRoomRates(
  { networkId }: Pick<Scene, 'networkId'>,
  hostSpaceIds: readonly string[],
): Promise<void> {
  await ownerSql(
    `INSERT INTO reciprocity.rates (version_id, home_network_id, host_network_id, host_space_id, resource_kind,
       unit, per, rate_minor, step_minutes, minimum_minutes, day_max_minor, grace_minutes, created_at)
     SELECT id, $1, $1, host, 'meeting_room', 'EUR', 'HOUR', 1200, 30, 60, 6000, 10, now()
       FROM reciprocity.agreement_versions, unnest($2::uuid[]) AS host WHERE home_network_id = $1`,
    [networkId, hostSpaceIds],
  );
}
