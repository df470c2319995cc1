import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, startApp } from '../support/app.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import {
  makeClearing,
  makeParty,
  makeRecords,
  type Clearing,
  type SpaceParty,
} from '../support/make-settlement.js';
import { close, payments, proof } from '../support/settle.js';

let app: NestFastifyApplication;
let clearing: Clearing;
let [LEC, MRS]: SpaceParty[] = [];
let [host, home]: Agent[] = [];

beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  await emptyDatabase();
  clearing = await makeClearing(app);
  LEC = await makeParty(app, clearing.networkId, 'Officine Salento');
  MRS = await makeParty(app, clearing.networkId, 'Atelier du Vieux-Port');
  [host, home] = [await managerOf(LEC), await managerOf(MRS)];
  const offer = { spaceId: LEC.id, kind: 'mentoring', title: 'A mentor’s hour', per: 'HOUR' };
  await host
    .put(`/v1/cross-services/${newId()}`)
    .send({ ...offer, price: { unit: 'EUR', minor: 2500 }, validFrom: '2026-11-01' })
    .expect(200);
});
afterAll(() => app.close());

async function managerOf({ operatorId }: SpaceParty): Promise<Agent> {
  const grants = [{ organisationId: operatorId, role: 'space_manager' as const }];
  return (await makePerson(app, { grants })).agent;
}

/** Two hours with a mentor in Lecce, by somebody whose home is Marseille. */
async function state(id: string): Promise<void> {
  const use = {
    hostSpaceId: LEC!.id,
    homeSpaceId: MRS!.id,
    kind: 'mentoring',
    day: '2026-11-20',
    quantity: 2,
  };
  await host!.put(`/v1/service-uses/${id}`).send(use).expect(200);
}
const confirm = (id: string) => home!.put(`/v1/service-uses/${id}/confirmation`).expect(200);
const statement = async ({ id }: SpaceParty) =>
  (await clearing.treasurer.get(`/v1/windows/${clearing.windowId}/statements/${id}`).expect(200)).body;

it('what a guest had beside a desk is a line of its kind and price, netted with the visits, on one invoice', async () => {
  await makeRecords(clearing, { home: LEC!, host: MRS!, days: 1, dayRate: 2000 });
  const [confirmed, stated] = [newId(), newId()];
  await state(confirmed);
  await confirm(confirmed);
  await state(stated); // of which Marseille has said nothing
  await close(clearing);
  await proof(app, clearing);
  expect((await statement(LEC!)).charges).toMatchObject([
    {
      kind: 'SERVICE',
      day: '2026-11-20',
      direction: 'RECEIVES',
      counterparty: { name: 'Atelier du Vieux-Port' },
      amount: { unit: 'EUR', minor: 5000 },
      note: 'mentoring 2 × HOUR: A mentor’s hour',
    },
  ]);
  // 50.00 for the mentor less 20.00 for the day in Marseille.
  expect(await payments(clearing)).toEqual(['NETTED Atelier du Vieux-Port→Officine Salento 3000 EUR']);
  const { body } = await host!.get(`/v1/documents?partyId=${LEC!.id}`).expect(200);
  const own = body.items.filter(({ issuer }: { issuer: { id: string } }) => issuer.id === LEC!.id);
  expect(own).toMatchObject([{ net: { unit: 'EUR', minor: 5000 } }]);
});

it('and in the next window only what was confirmed since, each use once', async () => {
  const [first, second] = [newId(), newId()];
  await state(first);
  await confirm(first);
  await close(clearing);
  await state(second);
  await confirm(second);
  const { body } = await clearing.treasurer.get(`/v1/windows?networkId=${clearing.networkId}`).expect(200);
  const open = body.items.find(({ state: now }: { state: string }) => now === 'OPEN');
  const next = { ...clearing, windowId: open.id as string };
  await close(next);
  await proof(app, next);
  expect(await payments(next)).toEqual(['NETTED Atelier du Vieux-Port→Officine Salento 5000 EUR']);
});
