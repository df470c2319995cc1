import { newId } from '../../../src/kernel/ids.js';
import { makeHome, makeNetwork, makeSpace } from '../../support/make-directory.js';
import { makeAgreement } from '../../support/make-reciprocity.js';
import { makePass } from '../../support/make-passes.js';
import { agentWith, type Agent } from '../../support/make-identity.js';
import { makeMember, type Member, type WebApp } from './web-app.js';

export type World = {
  readonly nomad: Member & { readonly agent: Agent };
  readonly staff: Member;
  readonly host: Awaited<ReturnType<typeof makeSpace>>;
  readonly home: Awaited<ReturnType<typeof makeSpace>>;
  readonly passId: string;
  /** Further spaces of the network, in the order they were asked for. */
  readonly others: readonly Awaited<ReturnType<typeof makeSpace>>[];
};

type SpaceToMake = Omit<Parameters<typeof makeSpace>[1], 'networkId'>;

/** A nomad of Tunis with a pass of ten days and three free days in Marseille, and somebody at Marseille's door. */
export async function makeWorld(
  web: WebApp,
  { spaces = [] }: { spaces?: readonly SpaceToMake[] } = {},
): Promise<World> {
  const { app } = web;
  const network = await makeNetwork(app);
  const host = await makeSpace(app, { networkId: network.id });
  const home = await makeSpace(app, {
    networkId: network.id,
    name: 'Dar el Bhira',
    city: 'Tunis',
    country: 'TN',
    territoryCode: 'TN-11',
    timeZone: 'Africa/Tunis',
    lat: 36.8008,
    lon: 10.1797,
  });
  const others = [];
  for (const space of spaces) others.push(await makeSpace(app, { networkId: network.id, ...space }));
  const rates = [host, home, ...others].map(({ id }) => ({ hostSpaceId: id }));
  await makeAgreement(app, { homeNetworkId: network.id, rates });
  const nomad = await makeMember(web, { name: 'Nour Haddad' });
  await makeHome(network.admin, { personId: nomad.id, spaceId: home.id });
  const pass = await makePass(app, { networkId: network.id, personId: nomad.id, offline: 'allowed' });
  const staff = await makeMember(web, {
    name: 'Camille Roux',
    grants: [{ organisationId: host.operatorId, role: 'space_staff' }],
  });
  return {
    nomad: { ...nomad, agent: agentWith(app, nomad.session) },
    staff,
    host,
    home,
    passId: pass.id,
    others,
  };
}

/** A desk in Marseille for the whole day. */
export async function book({ nomad, host }: World, day: string): Promise<string> {
  const id = newId();
  const answer = await nomad.agent
    .put(`/v1/bookings/${id}`)
    .send({ poolId: host.pools[0]!.id, day, part: 'DAY' });
  expect(answer.body).toMatchObject({ state: 'RESERVED' });
  return id;
}
