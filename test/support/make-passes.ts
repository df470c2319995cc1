import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { dayAt, Temporal } from '../../src/kernel/time.js';
import { Ledger } from '../../src/ledger/index.js';
import { makeHolder, Passes, type Holder } from '../../src/passes/index.js';
import { Clock } from '../../src/platform/clock.js';
import { Db, type Tx } from '../../src/platform/db.js';
import { makePerson, type Agent } from './make-identity.js';
import { makeNetworkAdmin } from './make-reciprocity.js';
import { placeNetwork, placeSpace } from './place-rows.js';

export type ProductToMake = {
  networkId: string;
  name?: string;
  halfDays?: number;
  validDays?: number;
  price?: { unit: string; minor: number };
  scope?: { networkIds: string[]; spaceIds: string[]; resourceKinds: string[] };
  offline?: string;
  kind?: string;
  periodMonths?: number;
  rollOver?: boolean;
  hostCapHalfDays?: number;
  starts?: string;
  sharing?: string;
  audience?: string;
  guestsPerDay?: number;
  pauseDaysPerYear?: number;
  pauseExtends?: boolean;
  productClass?: number;
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
  typedKey: string;
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

/** What a booking does: half-days of a pass are set aside for a space and a day. */
export function passHold(app: NestFastifyApplication) {
  const inScope = <Result>(personId: string, work: (tx: Tx) => Promise<Result>) =>
    app.get(Db).tx({ networks: [], person: personId, name: 'identity' }, work); // a door reaches the issuer as well
  const hold = (personId: string, { holdId = newId(), day, ...order }: HoldToMake) =>
    inScope(personId, async (tx) => {
      const on = day ? Temporal.PlainDate.from(day) : dayAt(app.get(Clock).now(), 'UTC');
      await app.get(Passes).hold(tx, { holdId, day: on, reason: `booking ${newId()}`, ...order });
      return holdId;
    });
  /** Set aside, and used at the door. */
  const use = async (personId: string, order: HoldToMake) => {
    const holdId = await hold(personId, order);
    await inScope(personId, async (tx) => {
      await app.get(Ledger).post(tx, holdId);
      await app.get(Passes).firstUse(tx, order.passId);
    });
  };
  const giveBack = (personId: string, holdId: string) =>
    inScope(personId, (tx) => app.get(Ledger).void(tx, holdId));
  return { hold, use, giveBack };
}

type HoldToMake = { passId: string; hostSpaceId: string; halfDays: number; day?: string; holdId?: string };

/** A network with one below it that has a space, and a nomad with a pass of ten days for all of it. */
export async function makePassScene(app: NestFastifyApplication, product: Partial<ProductToMake> = {}) {
  const med = await placeNetwork(app);
  const atelier = await placeSpace(app, await placeNetwork(app, { parentId: med.id }));
  const nomad = await makePerson(app, { name: 'Lea Fabre' });
  const pass = await makePass(app, { networkId: med.id, personId: nomad.id, ...product });
  return { med, atelier, nomad, pass };
}
