import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { makePerson, type Agent } from './make-identity.js';

export type RateToMake = {
  hostSpaceId: string;
  resourceKind?: string;
  ratePerHalfDay?: { unit: string; minor: number };
  tariff?: object;
  freeHalfDays?: number;
};

export type VersionToMake = {
  agreementId: string;
  rates: RateToMake[];
  mode?: string;
  validFrom?: string;
  freeHalfDays?: number;
  capHalfDaysPerPersonYear?: number;
};

/** The body of a version: cash, six free half-days, 10.00 EUR per half-day unless told otherwise. */
export function versionBody({ rates, ...version }: VersionToMake) {
  return {
    mode: 'ACCRUAL_CASH',
    validFrom: '2026-01-01',
    freeHalfDays: 6,
    ...version,
    rates: rates.map((rate) => ({
      resourceKind: 'hot_desk',
      ...(rate.tariff ? {} : { ratePerHalfDay: { unit: 'EUR', minor: 1000 } }),
      ...rate,
    })),
  };
}

/** Somebody who may write agreements for a network. */
export async function makeNetworkAdmin(app: NestFastifyApplication, networkId: string): Promise<Agent> {
  const grants = [{ organisationId: networkId, role: 'network_admin' as const }];
  return (await makePerson(app, { name: 'Sofia Lindgren', grants })).agent;
}

/** An agreement inside a network, or between two, with one version that every side has signed. */
export async function makeAgreement(
  app: NestFastifyApplication,
  {
    homeNetworkId,
    hostNetworkId = homeNetworkId,
    ...version
  }: { homeNetworkId: string; hostNetworkId?: string } & Omit<VersionToMake, 'agreementId'>,
): Promise<{ id: string; versionId: string }> {
  const [id, versionId] = [newId(), newId()];
  const admin = await makeNetworkAdmin(app, homeNetworkId);
  const agreement = { name: 'Free days', homeNetworkId, hostNetworkId, clearingNetworkId: homeNetworkId };
  await admin.put(`/v1/agreements/${id}`).send(agreement).expect(200);
  const body = versionBody({ agreementId: id, ...version });
  await admin.put(`/v1/agreement-versions/${versionId}`).send(body).expect(200);
  if (hostNetworkId !== homeNetworkId) {
    const other = await makeNetworkAdmin(app, hostNetworkId);
    await other
      .put(`/v1/agreement-versions/${versionId}/signature`)
      .send({ networkId: hostNetworkId })
      .expect(200);
  }
  return { id, versionId };
}
