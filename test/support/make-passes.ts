import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { makeHolder, type Holder } from '../../src/passes/index.js';
import type { Agent } from './make-identity.js';
import { makeNetworkAdmin } from './make-reciprocity.js';

export type ProductToMake = {
  networkId: string;
  name?: string;
  halfDays?: number;
  validDays?: number;
  price?: { unit: string; minor: number };
  scope?: { networkIds: string[]; spaceIds: string[]; resourceKinds: string[] };
  offline?: string;
};

/** The body of a product: ten days for a year, everywhere in the network. */
export function productBody({ networkId, ...product }: ProductToMake) {
  return {
    networkId,
    name: 'Ten days',
    halfDays: 20,
    validDays: 365,
    price: { unit: 'EUR', minor: 15_000 },
    scope: { networkIds: [networkId], spaceIds: [], resourceKinds: ['hot_desk'] },
    ...product,
  };
}

/** A pass of a new product, issued by the network's administrator. */
export async function makePass(
  app: NestFastifyApplication,
  { personId, ...product }: ProductToMake & { personId: string },
): Promise<{ id: string; productId: string; admin: Agent }> {
  const admin = await makeNetworkAdmin(app, product.networkId);
  const [id, productId] = [newId(), newId()];
  await admin.put(`/v1/products/${productId}`).send(productBody(product)).expect(200);
  await admin.put(`/v1/passes/${id}`).send({ productId, personId }).expect(200);
  return { id, productId, admin };
}

export type MadeCredential = {
  id: string;
  credential: string;
  credentialId: string;
  expiresAt: string;
  revokedAt: string | null;
  holder: Holder;
};

/** A credential on a new phone, or on the one given. */
export async function makeCredential(
  agent: Agent,
  passId: string,
  holder: Holder = makeHolder(),
): Promise<MadeCredential> {
  const id = newId();
  const order = { passId, holderKey: holder.holderKey };
  const { body } = await agent.put(`/v1/credentials/${id}`).send(order).expect(200);
  return { ...body, holder };
}
