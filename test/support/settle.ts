import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { deliverEvents, failedChecks, type Clearing } from './make-settlement.js';

type Rules = {
  clearanceUnit?: string | null;
  fourEyes?: boolean;
  disputeDays?: number;
  dues?: number;
  cadence?: string;
};
export async function putRules({ treasurer, networkId }: Clearing, rules: Rules = {}): Promise<void> {
  const { clearanceUnit = null, fourEyes = false, disputeDays = 5, dues = 0, cadence = 'MONTHLY' } = rules;
  await treasurer
    .put(`/v1/network-rules/${newId()}`)
    .send({
      networkId,
      fromDay: '2026-01-01',
      cadence,
      disputeDays,
      settleDays: 5,
      clearanceUnit,
      fourEyes,
      yearlyDues: { unit: 'EUR', minor: dues },
    })
    .expect(200);
}
export const partyRules = (clearing: Clearing, partyId: string, rules: object) =>
  clearing.treasurer
    .put(`/v1/party-rules/${newId()}`)
    .send({
      networkId: clearing.networkId,
      partyId,
      fromDay: '2026-01-01',
      vatMode: 'REVERSE_CHARGE',
      vatBps: 0,
      debitCeiling: null,
      ...rules,
    })
    .expect(200);
export const close = async ({ treasurer, windowId }: Pick<Clearing, 'treasurer' | 'windowId'>) =>
  (await treasurer.put(`/v1/windows/${windowId}/closure`).expect(200)).body;
export const proof = async (
  app: NestFastifyApplication,
  { treasurer, windowId }: Pick<Clearing, 'treasurer' | 'windowId'>,
) => {
  await deliverEvents(app);
  const { body } = await treasurer.get(`/v1/windows/${windowId}/proof`).expect(200);
  expect(failedChecks(body)).toEqual([]);
  return body;
};
export const payments = async ({ treasurer, windowId }: Pick<Clearing, 'treasurer' | 'windowId'>) => {
  const { body } = await treasurer.get(`/v1/windows/${windowId}/payments`).expect(200);
  return body.items.map(
    (item: {
      kind: string;
      from: { name: string };
      to: { name: string };
      amount: { unit: string; minor: number };
    }) => `${item.kind} ${item.from.name}→${item.to.name} ${item.amount.minor} ${item.amount.unit}`,
  ) as string[];
};
