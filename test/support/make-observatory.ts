import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { tamperingSql } from './app.js';
import { makePerson, type Agent } from './make-identity.js';
import { makeClearing, makeParty, makeRecords, type Clearing, type SpaceParty } from './make-settlement.js';

const PLACES = {
  MRS: { code: 'FRL04', country: 'FR', lat: 43.3, lon: 5.37 },
  MNQ: { code: 'FRL04', country: 'FR', lat: 43.83, lon: 5.78 },
  AIX: { code: 'FRL04', country: 'FR', lat: 43.53, lon: 5.45 },
  DIG: { code: 'FRL01', country: 'FR', lat: 44.09, lon: 6.23 },
  BCN: { code: 'ES511', country: 'ES', lat: 41.4, lon: 2.2 },
  RJK: { code: 'HR031', country: 'HR', lat: 45.33, lon: 14.44 },
} as const;
type Name = keyof typeof PLACES;
export type Observed = Clearing & {
  spaces: Record<Name, SpaceParty>;
  researcher: Agent;
  manager: (space: Name) => Promise<Agent>;
};

/** Six spaces in four territories, and a researcher of the network. */
export async function makeObserved(app: NestFastifyApplication): Promise<Observed> {
  const clearing = await makeClearing(app);
  const spaces = {} as Record<Name, SpaceParty>;
  for (const [name, { code, country, lat, lon }] of Object.entries(PLACES)) {
    const space = await makeParty(app, clearing.networkId, name);
    spaces[name as Name] = space;
    await tamperingSql(
      'UPDATE directory.spaces SET territory_code = $2, country = $3, lat = $4, lon = $5 WHERE id = $1',
      [space.id, code, country, lat, lon],
    );
  }
  const { agent: researcher } = await makePerson(app, {
    grants: [{ organisationId: clearing.networkId, role: 'researcher' }],
  });
  const manager = async (space: Name) => {
    const grants = [{ organisationId: spaces[space].operatorId, role: 'space_manager' as const }];
    return (await makePerson(app, { grants })).agent;
  };
  return { ...clearing, spaces, researcher, manager };
}

/** Whole days, each of another guest, from 5 January 2026. */
export function visit(observed: Observed, home: Name, host: Name, days: number, dayRate = 2_000) {
  const { spaces } = observed;
  return makeRecords(observed, {
    home: spaces[home],
    host: spaces[host],
    days,
    dayRate,
    from: '2026-01-05',
    sameDay: true,
  });
}

type Answer = {
  counterfactual?: string;
  met?: boolean;
  first?: boolean;
  spent?: number;
  office?: number;
  space?: number;
};
/** Answers as guests leave them, each another guest. */
export async function answerAt(
  { networkId, spaces }: Observed,
  space: Name,
  answers: readonly Answer[],
): Promise<void> {
  for (const { counterfactual = null, met = null, first = null, spent = null, ...way } of answers)
    await tamperingSql(
      `INSERT INTO observatory.exit_answers (id, visit_key, person_key, network_id, host_space_id, month, consent,
         counterfactual, met_someone, first_time, spent_minor, spent_unit, office_km, office_mode, space_km, space_mode,
         request_hash, created_at)
       VALUES ($1::uuid, $1::text, $1::text, $2, $3, '2026-02-01', 'exit-survey/1', $4, $5, $6, $7::bigint,
         CASE WHEN $7::bigint IS NOT NULL THEN 'EUR' END, $8, $9, $10, $9, '', '2026-02-03T00:00:00Z')`,
      [
        newId(),
        networkId,
        spaces[space].id,
        counterfactual,
        met,
        first,
        spent,
        way.office ?? null,
        way.office === undefined ? null : 'PETROL_CAR',
        way.space ?? null,
      ],
    );
}

async function declare(
  observed: Observed,
  space: Name,
  [indicator, measure, value]: readonly [string, string, number],
): Promise<void> {
  const manager = await observed.manager(space);
  await manager
    .put(`/v1/impact-declarations/${newId()}`)
    .send({
      spaceId: observed.spaces[space].id,
      quarter: '2026-Q1',
      indicator,
      measure,
      value,
      source: 'Calendar of the space',
    })
    .expect(200);
}

export const five = <Value>(value: Value) => Array.from({ length: 5 }, () => value);

/** Scenario S9: the winter of 2026, with one flow of two people and one space that earns nearly all. */
export async function makeWinter(app: NestFastifyApplication): Promise<Observed> {
  const observed = await makeObserved(app);
  await visit(observed, 'DIG', 'RJK', 2);
  await visit(observed, 'DIG', 'BCN', 6);
  await visit(observed, 'MRS', 'RJK', 7);
  await visit(observed, 'MRS', 'BCN', 9);
  await visit(observed, 'BCN', 'MRS', 13, 10_000); // 1300.00 of 1428.00: 91 %
  await visit(observed, 'BCN', 'MNQ', 8, 1_000); // 80.00
  await visit(observed, 'BCN', 'AIX', 8, 600); // 48.00
  await answerAt(observed, 'MRS', five({ met: true, first: false, spent: 1_200, counterfactual: 'HOME' }));
  await answerAt(observed, 'MNQ', five({ counterfactual: 'OFFICE', office: 10, space: 25 }));
  await declare(observed, 'MRS', ['I-24', 'events', 3]);
  return observed;
}

export const STEPS = ['freezing', 'computation', 'disclosure-check', 'review', 'publication'] as const;
const WORDS = { note: 'Winter: fewer visits.', limits: 'Few answers.' };

export async function openPeriod(
  observed: Pick<Observed, 'networkId' | 'researcher'>,
  { quarter = '2026-Q1', correctsId = null as string | null } = {},
): Promise<string> {
  const id = newId();
  const { networkId, researcher } = observed;
  await researcher
    .put(`/v1/impact-periods/${id}`)
    .send({ networkId, publisherId: networkId, quarter, correctsId })
    .expect(200);
  return id;
}

export const step = (agent: Agent, id: string, name: (typeof STEPS)[number]) =>
  agent.put(`/v1/impact-periods/${id}/${name}`).send(name === 'review' ? WORDS : undefined);

/** Through all steps, or up to one of them. */
export async function run(agent: Agent, id: string, until: (typeof STEPS)[number] = 'publication') {
  let body;
  for (const name of STEPS.slice(0, STEPS.indexOf(until) + 1)) {
    const answer = await step(agent, id, name);
    if (answer.status !== 200) throw new Error(`${name}: ${JSON.stringify(answer.body)}`);
    ({ body } = answer);
  }
  return body;
}
