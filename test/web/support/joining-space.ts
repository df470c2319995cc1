import { newId } from '../../../src/kernel/ids.js';
import { makeSpace } from '../../support/make-directory.js';
import { makeNetworkAdmin, versionBody, type RateToMake } from '../../support/make-reciprocity.js';
import type { WebApp } from './web-app.js';
import type { World } from './world.js';

type Joining = Omit<Parameters<typeof makeSpace>[1], 'networkId'>;

/** One more space of the network, which the next version of the agreement accepts on its terms. */
export async function joiningSpace(
  { app }: WebApp,
  world: Pick<World, 'host' | 'home' | 'agreementId'>,
  space: Joining,
  rates: (spaceId: string) => RateToMake[] = (hostSpaceId) => [{ hostSpaceId }],
): Promise<Awaited<ReturnType<typeof makeSpace>>> {
  const { networkId } = world.host;
  const made = await makeSpace(app, { networkId, ...space });
  joined.set(world.agreementId, [...(joined.get(world.agreementId) ?? []), ...rates(made.id)]);
  const all = [world.host, world.home].map(({ id }) => ({ hostSpaceId: id }));
  const admin = await makeNetworkAdmin(app, networkId);
  const body = versionBody({
    agreementId: world.agreementId,
    rates: [...all, ...(joined.get(world.agreementId) ?? [])],
  });
  await admin.put(`/v1/agreement-versions/${newId()}`).send(body).expect(200);
  return made;
}

/** What earlier versions accepted stays accepted. */
const joined = new Map<string, RateToMake[]>();
