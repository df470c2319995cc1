import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { makePerson, type Agent } from './make-identity.js';
import { deliverEvents, makeTreasurersMonth } from './make-settlement.js';

export const IBANS: Record<string, string> = {
  MRS: 'FR7630006000011234567890189',
  BCN: 'ES9121000418450200051332',
  ATH: 'GR1601101250000000012300695',
  RJK: 'HR1210010051863000160',
  LEC: 'IT60X0542811101000000123456',
};

export type Name = 'MRS' | 'BCN' | 'ATH' | 'RJK' | 'LEC';
export type CalledMonth = Awaited<ReturnType<typeof makeTreasurersMonth>> & {
  readonly second: Agent;
  readonly third: Agent;
};

/** S6, called: Lecce owes Marseille 58.00 and Athens 18.00; Rijeka owes Athens 16.00 and Barcelona 8.00. */
export async function makeCalledMonth(app: NestFastifyApplication): Promise<CalledMonth> {
  const month = await makeTreasurersMonth(app);
  const grants = [{ organisationId: month.networkId, role: 'network_treasurer' as const }];
  const { agent: second } = await makePerson(app, { grants });
  const { agent: third } = await makePerson(app, { grants });
  for (const step of ['closure', 'advice', 'call'])
    await month.treasurer.put(`/v1/windows/${month.windowId}/${step}`).send({}).expect(200);
  await deliverEvents(app);
  return { ...month, second, third };
}

/** Proposed by the treasurer, approved by the second. */
export async function giveAccount(month: CalledMonth, name: Name, over: object = {}): Promise<string> {
  const id = newId();
  const iban = IBANS[name]!;
  const body = {
    partyId: month.parties[name].id,
    holder: name,
    country: iban.slice(0, 2),
    unit: 'EUR',
    iban,
  };
  await month.treasurer
    .put(`/v1/bank-accounts/${id}`)
    .send({ ...body, ...over })
    .expect(200);
  await month.second.put(`/v1/bank-accounts/${id}/approval`).expect(200);
  return id;
}

/** What Lecce has to pay. */
export async function proposeBatch(month: CalledMonth, id = newId()): Promise<string> {
  const body = { windowId: month.windowId, payerPartyId: month.parties.LEC.id, unit: 'EUR' };
  await month.treasurer.put(`/v1/payment-batches/${id}`).send(body).expect(200);
  return id;
}

export type ReadyBatch = { id: string; account: string; payments: { id: string; endToEndId: string }[] };

/** The same, approved by two. */
export async function readyBatch(month: CalledMonth): Promise<ReadyBatch> {
  for (const name of ['MRS', 'ATH'] as const) await giveAccount(month, name);
  const account = await giveAccount(month, 'LEC');
  const id = await proposeBatch(month);
  await month.second.put(`/v1/payment-batches/${id}/approval`).expect(200);
  const { body } = await month.third.put(`/v1/payment-batches/${id}/approval`).expect(200);
  return { id, account, payments: body.payments };
}
