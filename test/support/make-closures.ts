import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql } from './app.js';
import { deliverAll } from './deliver.js';
import { makeAgreement, makeBooking, makeHost, makeMember, type Host, type Nomad } from './make-bookings.js';
import { makePerson, type Agent } from './make-identity.js';

export const DAY = '2026-12-03';

export type FragileScene = {
  home: Host;
  fragile: Host;
  near: Host;
  sameCity: Host;
  nomad: Nomad;
  manager: Agent;
};

/**
 * Athens closes. Marousi is nearest but in another city; Kypseli is further away in Athens, has two desks and costs
 * 2.00 more per half-day.
 */
export async function makeFragileScene(app: NestFastifyApplication): Promise<FragileScene> {
  await emptyDatabase();
  const home = await makeHost(app, { name: 'Dar el Bhira', lat: 36.8, lon: 10.18, city: 'Tunis' });
  const { networkId } = home;
  const athens = { networkId, lon: 23.7, country: 'GR', timeZone: 'Europe/Athens' };
  const place = (name: string, lat: number, city: string, capacity: number) =>
    makeHost(app, { ...athens, name, lat, city, capacity });
  const fragile = await place('Psyrri Commons', 37.978, 'Athens', 20);
  const near = await place('Marousi Loft', 38.0, 'Marousi', 20);
  const sameCity = await place('Kypseli Rooms', 38.1, 'Athens', 2);
  const hosts = [home, fragile, near];
  await makeAgreement(app, { homeNetworkId: networkId, hostNetworkId: networkId, hosts });
  await ownerSql(
    `INSERT INTO reciprocity.rates (version_id, host_space_id, resource_kind, rate_minor, unit, home_network_id,
       host_network_id, created_at)
     SELECT id, $1, 'hot_desk', 1200, 'EUR', home_network_id, host_network_id, now()
       FROM reciprocity.agreement_versions WHERE home_network_id = $2`,
    [sameCity.spaceId, networkId],
  );
  const nomad = await makeMember(app, home);
  const grants = [{ organisationId: fragile.operatorId, role: 'space_manager' as const }];
  const manager = (await makePerson(app, { grants })).agent;
  return { home, fragile, near, sameCity, nomad, manager };
}

export const bookFragile = ({ fragile }: FragileScene, who: Nomad, day = DAY) =>
  makeBooking(who, { poolId: fragile.poolId, day });

export const closureOf = ({ fragile }: FragileScene, body: object = {}) => ({
  spaceId: fragile.spaceId,
  fromDay: '2026-12-01',
  untilDay: null,
  reason: 'The lease ends',
  ...body,
});

export const announceClosure = (scene: FragileScene, id: string = newId(), body: object = {}) =>
  scene.manager.put(`/v1/closures/${id}`).send(closureOf(scene, body));

/** What the background does: events, then what falls due, then what that announces. */
export async function runBackground(app: NestFastifyApplication): Promise<void> {
  await deliverAll(app);
  await app.get(Sweeps).runAll();
  await deliverAll(app);
}

export async function openProposal(who: Nomad) {
  const { body } = await who.agent.get('/v1/proposals').expect(200);
  return body.items[0];
}

export const answer = (who: Nomad, id: string, how: 'acceptance' | 'decline') =>
  who.agent.put(`/v1/proposals/${id}/${how}`);

export const bookingNow = async (who: Nomad, id: string) =>
  (await who.agent.get(`/v1/bookings/${id}`).expect(200)).body;
