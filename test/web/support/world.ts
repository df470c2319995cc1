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
  readonly agreementId: string;
};

/** A nomad of Tunis with a pass of ten days and three free days in Marseille, and somebody at Marseille's door. */
export async function makeWorld(web: WebApp): Promise<World> {
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
  const rates = [{ hostSpaceId: host.id }, { hostSpaceId: home.id }];
  const agreement = await makeAgreement(app, { homeNetworkId: network.id, rates });
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
    agreementId: agreement.id,
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
