import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import type { Unit } from '../../src/kernel/money.js';
import { Consumers, type Delivery } from '../../src/platform/outbox/consumers.js';
import { ownerSql, tamperingSql } from './app.js';
import { makeOrganisation, makePerson, type Agent } from './make-identity.js';

export type Clearing = {
  networkId: string;
  agreementId: string;
  versionId: string;
  treasurer: Agent;
  windowId: string;
};

/** A network with its treasurer, its agreement and its first window, open from 1 November 2026. */
export async function makeClearing(app: NestFastifyApplication): Promise<Clearing> {
  const { id: networkId } = await makeOrganisation(app, { name: 'Escale Méditerranée' });
  const [agreementId, versionId, windowId] = [newId(), newId(), newId()];
  await tamperingSql(
    `INSERT INTO directory.networks (id, short_id, unit, created_at) VALUES ($1, $2, 'EUR', now())`,
    [networkId, networkId.slice(-8)],
  );
  await party('network', networkId, networkId, 'Escale Méditerranée', {});
  await tamperingSql(
    `INSERT INTO reciprocity.agreements (id, name, home_network_id, host_network_id, clearing_network_id,
       request_hash, created_at) VALUES ($1, 'Inside', $2, $2, $2, '', now())`,
    [agreementId, networkId],
  );
  await tamperingSql(
    `INSERT INTO reciprocity.agreement_versions (id, agreement_id, home_network_id, host_network_id, number,
       mode, valid_from, free_half_days, request_hash, created_at)
     VALUES ($1, $2, $3, $3, 1, 'ACCRUAL_CASH', '2026-01-01', 10, '', now())`,
    [versionId, agreementId, networkId],
  );
  const { agent } = await makePerson(app, {
    grants: [{ organisationId: networkId, role: 'network_treasurer' }],
  });
  await agent.put(`/v1/windows/${windowId}`).send({ networkId, fromDay: '2026-11-01' }).expect(200);
  return { networkId, agreementId, versionId, treasurer: agent, windowId };
}

type PartyToMake = { unit?: Unit; profile?: 'NETTING_ALLOWED' | 'GROSS_ONLY' | 'IN_KIND_ONLY' };
export type SpaceParty = { id: string; operatorId: string; unit: Unit };

/** A space of its own operator, as a party. */
export async function makeParty(
  app: NestFastifyApplication,
  networkId: string,
  name: string,
  made: PartyToMake = {},
): Promise<SpaceParty> {
  const { id: operatorId } = await makeOrganisation(app, { kind: 'operator', parentId: networkId, name });
  const id = newId();
  const unit = made.unit ?? 'EUR';
  await party('space', id, networkId, name, made);
  await tamperingSql(
    `INSERT INTO directory.spaces (id, network_id, operator_id, name, city, country, time_zone, lat, lon,
       opening_hours, closes_on_holidays, half_day_boundary, unit, visibility, created_at)
     VALUES ($1, $2, $3, $4, 'Marseille', 'FR', 'Europe/Paris', 43.3, 5.4, 'Mo-Su 09:00-18:00', false, '13:00',
       $5, 'public', now())`,
    [id, networkId, operatorId, name, unit],
  );
  return { id, operatorId, unit };
}

async function party(
  kind: 'space' | 'network',
  id: string,
  networkId: string,
  name: string,
  { unit = 'EUR', profile = 'NETTING_ALLOWED' }: PartyToMake,
): Promise<void> {
  await tamperingSql(
    `INSERT INTO directory.parties (id, kind, network_id, name, country, unit, settlement_profile, created_at)
     VALUES ($1, $2, $3, $4, 'FR', $5, $6, now())`,
    [id, kind, networkId, name, unit, profile],
  );
}

export type Flow = {
  home: SpaceParty;
  host: SpaceParty;
  days: number;
  dayRate: bigint | number;
  /** One day after another from here. */
  from?: string;
  mode?: 'ACCRUAL_CASH' | 'ACCRUAL_IN_KIND' | 'GIFT';
  settles?: boolean;
  evidence?: 'A' | 'B' | 'C' | 'D';
  /** One guest for all of the records; else each has another. */
  personRef?: string;
  /** All on the first day rather than one day after another. */
  sameDay?: boolean;
  halfDays?: 1 | 2;
};

/** Before the clock of the tests, which stands on 1 December. */
const SEALED_AT = '2026-12-01T07:00:00Z';

/** Sealed visit records, as the door would leave them: a whole day each, owed by the home space. */
export async function makeRecords(clearing: Clearing, flow: Flow): Promise<string[]> {
  const { networkId, versionId } = clearing;
  const { home, host, days, dayRate, from = '2026-11-02', mode = 'ACCRUAL_CASH', settles = true } = flow;
  const { evidence = 'A', personRef = null, sameDay = false, halfDays = 2 } = flow;
  const ids = Array.from({ length: days }, () => newId());
  const rate = BigInt(dayRate) / 2n;
  await tamperingSql(
    `INSERT INTO checkin.visit_records (id, visit_id, scan_id, person_ref, sealed_at, day, home_space_id,
       home_network_id, host_space_id, host_network_id, debtor_party_id, creditor_party_id, agreement_version_id,
       clearing_network_id, mode, unit, half_days, rate_minor, amount_minor, funding, evidence, settles, terms,
       hash, created_at)
     SELECT id, gen_random_uuid(), gen_random_uuid(), coalesce($12::uuid, gen_random_uuid()), $14,
       $2::date + CASE WHEN $13 THEN 0 ELSE (n - 1)::int END, $3, $4, $5, $4, $3, $5, $6, $4, $7, $8, $15::int, $9,
       CASE $7 WHEN 'GIFT' THEN 0 WHEN 'ACCRUAL_CASH' THEN $15::int * $9::bigint ELSE $15::int END, 'VISA_QUOTA', $11,
       $10, '{}', '', $14
     FROM unnest($1::uuid[]) WITH ORDINALITY AS given (id, n)`,
    [
      ids,
      from,
      home.id,
      networkId,
      host.id,
      versionId,
      mode,
      mode === 'ACCRUAL_IN_KIND' ? 'HALF_DAY' : host.unit,
      rate,
      settles,
      evidence,
      personRef,
      sameDay,
      SEALED_AT,
      halfDays,
    ],
  );
  return ids;
}

/** Hands every waiting event to its consumers, `times` each, as the queue may. */
export async function deliverEvents(app: NestFastifyApplication, times = 1): Promise<Delivery[]> {
  const consumers = app.get(Consumers);
  const events = await ownerSql<Delivery['event']>(
    `UPDATE platform.outbox SET sent_at = now() WHERE sent_at IS NULL
     RETURNING id, name, payload, actor, network_ids AS "networkIds", occurred_at::text AS "occurredAt"`,
  );
  const deliveries = events.flatMap((event) =>
    consumers.namesFor(event.name).map((consumer): Delivery => ({ consumer, event })),
  );
  // One after another, each as often at once as asked: consumers of one space would wait for each other.
  for (const delivery of deliveries)
    await Promise.all(Array.from({ length: times }, () => consumers.deliver(delivery)));
  return deliveries;
}

/** Scenario S6: the treasurer's month. */
export async function makeTreasurersMonth(app: NestFastifyApplication) {
  const clearing = await makeClearing(app);
  const { networkId } = clearing;
  const parties = {
    MRS: await makeParty(app, networkId, 'MRS'),
    BCN: await makeParty(app, networkId, 'BCN'),
    ATH: await makeParty(app, networkId, 'ATH'),
    RJK: await makeParty(app, networkId, 'RJK'),
    LEC: await makeParty(app, networkId, 'LEC'),
  };
  const { MRS, BCN, ATH, RJK, LEC } = parties;
  const flows: [SpaceParty, SpaceParty, number, number][] = [
    [MRS, BCN, 6, 1800], // 108.00
    [BCN, MRS, 4, 2000], // 80.00
    [RJK, LEC, 3, 1200], // 36.00
    [LEC, MRS, 5, 2000], // 100.00
    [ATH, BCN, 2, 1800], // 36.00
    [BCN, ATH, 4, 1400], // 56.00
    [LEC, RJK, 1, 1200], // 12.00
    [MRS, ATH, 1, 1400], // 14.00 → 442.00 in all
  ];
  const records: string[] = [];
  for (const [home, host, days, dayRate] of flows)
    records.push(...(await makeRecords(clearing, { home, host, days, dayRate })));
  return { ...clearing, parties, records };
}

/** The names of the checks that do not hold. */
export function failedChecks(proof: { checks: { name: string; holds: boolean }[] }): string[] {
  return proof.checks.filter(({ holds }) => !holds).map(({ name }) => name);
}
