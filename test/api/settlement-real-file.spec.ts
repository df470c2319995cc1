import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { parse } from 'csv-parse/sync';
import { newId } from '../../src/kernel/ids.js';
import { derivedId } from '../../src/platform/derived-id.js';
import { emptyDatabase, ownerSql, startApp, tamperingSql } from '../support/app.js';
import { deliverAll, differences, hledgerBalances, ourBalances } from '../support/make-books.js';
import { deliverEvents, makeClearing, makeParty, type Clearing } from '../support/make-settlement.js';
import { close, proof } from '../support/settle.js';

const FILE = path.resolve('../shared/data/visits/workplace-visits-2014-2015.csv');
type Visit = {
  visit_id: string;
  user: string;
  site: string;
  checkin_local: string;
  checkout_local: string;
  relation: string;
  home_site: string;
};

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
});
afterAll(() => app.close());

/** Every guest visit of the file as a sealed record, a whole day of 10.00 EUR each, owed by the guest's home site. */
const DAY_RATE = 1_000;

it('settles a year of real visits: 412 guest visits are 389 guest days, and the pairs add up to zero', async () => {
  if (!existsSync(FILE)) return console.warn(`SKIPPED: ${FILE} is not there`);
  const visits = parse(readFileSync(FILE), { columns: true, skip_empty_lines: true }) as Visit[];
  const sites = [...new Set(visits.map(({ site }) => site))];
  expect([visits.length, new Set(visits.map(({ user }) => user)).size, sites.length]).toEqual([
    3_395, 85, 25,
  ]);
  const dayOf = (local: string) => local.slice(0, 10);
  const overMidnight = visits.filter((visit) => dayOf(visit.checkin_local) !== dayOf(visit.checkout_local));
  expect(overMidnight).toHaveLength(15);
  const guests = visits.filter(({ relation }) => relation === 'guest');
  expect(guests).toHaveLength(412);

  const clearing = await makeClearing(app);
  await tamperingSql(`UPDATE reciprocity.agreement_versions SET valid_from = '2014-01-01'`);
  const spaces = new Map<string, string>();
  const homes = guests.map(({ home_site: home }) => home);
  for (const site of new Set([...sites, ...homes]))
    spaces.set(site, (await makeParty(app, clearing.networkId, site)).id);
  await seal(clearing, guests, spaces);
  // The window begins today, and what is older is flagged late: nothing is lost for being old.
  const closed = await close(clearing);
  const days = new Set(guests.map((visit) => `${visit.user} ${visit.site} ${dayOf(visit.checkin_local)}`));
  expect(days.size).toBe(389);
  expect(closed.totals).toMatchObject([{ lines: 389, late: 389, grossMinor: 389 * DAY_RATE }]);
  const bounced = await ownerSql<{ code: string }>('SELECT DISTINCT code FROM review.bounces');
  expect(bounced).toEqual([{ code: 'DAY_ALREADY_CHARGED' }]); // 412 − 389 = 23 second visits of a day

  // The pair matrix, counted here from the file by itself: guest days of a home at a host, at 10.00 each.
  const pairs = new Map<string, number>();
  for (const day of days) {
    const [user, site] = day.split(' ') as [string, string];
    const home = guests.find((visit) => visit.user === user && visit.site === site)!.home_site;
    const pair = `${spaces.get(home)}→${spaces.get(site)}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + DAY_RATE);
  }
  const settled = await ownerSql<{ pair: string; minor: string }>(
    `SELECT debtor_party_id || '→' || creditor_party_id AS pair, amount_minor AS minor FROM settlement.claims`,
  );
  expect(new Map(settled.map(({ pair, minor }) => [pair, Number(minor)]))).toEqual(pairs);
  const positions = await clearing.treasurer.get(`/v1/windows/${clearing.windowId}/positions`).expect(200);
  const nets = positions.body.items.map(({ netMinor }: { netMinor: number }) => netMinor);
  expect(nets.reduce((sum: number, net: number) => sum + net, 0)).toBe(0);
  const payments = await clearing.treasurer.get(`/v1/windows/${clearing.windowId}/payments`).expect(200);
  expect(payments.body.items.length).toBeLessThan(nets.filter((net: number) => net !== 0).length);
  await deliverEvents(app);
  await proof(app, clearing);
  await replay(clearing, days, nets);
  await deliverAll(app);
  expect(await differences(app, clearing)).toEqual([]);
  const ours = await ourBalances(clearing.treasurer, clearing.networkId);
  const theirs = await hledgerBalances(clearing.treasurer, clearing.networkId);
  if (theirs) expect(theirs).toEqual(ours);
});

/**
 * The same year under other policies. By hand: 389 guest days at 10.00 are 3,890.00; a tenth more is 4,279.00. Of the
 * 75 pairs of a guest and a host in a calendar year, 121 days are among the first two, 1,210.00; the other 268, whom their
 * homes owe nothing for, pay by themselves.
 */
async function replay(clearing: Clearing, days: ReadonlySet<string>, nets: number[]): Promise<void> {
  const ofYear = new Map<string, number>();
  for (const day of days) {
    const [user, site, date] = day.split(' ') as [string, string, string];
    const key = `${user} ${site} ${date.slice(0, 4)}`;
    ofYear.set(key, (ofYear.get(key) ?? 0) + 1);
  }
  const firstTwo = [...ofYear.values()].reduce((sum, count) => sum + Math.min(count, 2), 0);
  expect([ofYear.size, firstTwo]).toEqual([75, 121]);
  const { body } = await clearing.treasurer
    .put(`/v1/laboratory-runs/${newId()}`)
    .send({
      networkId: clearing.networkId,
      windowIds: [clearing.windowId],
      policies: [
        { name: 'As it is' },
        { name: 'A tenth more', rateBps: 11_000 },
        { name: 'Two free days', freeHalfDays: 4 },
      ],
    })
    .expect(200);
  const { reproducesBooks, policies, parties } = body.result;
  expect(reproducesBooks).toBe(true);
  expect(policies.map(({ totals }: { totals: { grossMinor: number }[] }) => totals[0]!.grossMinor)).toEqual([
    389_000, 389_000, 427_900, 121_000,
  ]);
  expect(policies[3].beyondHalfDays).toBe(2 * 268);
  const column = (at: number) =>
    parties
      .map(({ results }: { results: { netMinor: number }[] }) => results[at]!.netMinor)
      .toSorted((a: number, b: number) => a - b);
  expect(column(1)).toEqual(nets.toSorted((a, b) => a - b));
  expect(column(2)).toEqual(nets.map((net) => (net * 11) / 10).toSorted((a, b) => a - b));
  for (const at of [1, 2, 3]) expect(column(at).reduce((sum: number, net: number) => sum + net, 0)).toBe(0);
}

async function seal(
  clearing: Clearing,
  guests: readonly Visit[],
  spaces: Map<string, string>,
): Promise<void> {
  const people = new Map<string, string>();
  const rows = guests.map((visit) => {
    const person = people.get(visit.user) ?? derivedId(clearing.networkId, visit.user);
    people.set(visit.user, person);
    return {
      id: newId(),
      person,
      day: visit.checkin_local.slice(0, 10),
      home: spaces.get(visit.home_site),
      host: spaces.get(visit.site),
    };
  });
  await tamperingSql(
    `INSERT INTO checkin.visit_records (id, visit_id, scan_id, person_ref, sealed_at, day, home_space_id,
       home_network_id, host_space_id, host_network_id, debtor_party_id, creditor_party_id, agreement_version_id,
       clearing_network_id, mode, unit, half_days, rate_minor, amount_minor, funding, evidence, settles, terms, hash,
       created_at)
     SELECT id, gen_random_uuid(), gen_random_uuid(), person, '2026-12-01T07:00:00Z', day, home, $2::uuid, host, $2::uuid,
       home, host, $3::uuid, $2::uuid, 'ACCRUAL_CASH', 'EUR', 2, $4, 2 * $4::bigint, 'VISA_QUOTA', 'A', true, '{}', '',
       '2026-12-01T07:00:00Z'
     FROM jsonb_to_recordset($1::jsonb) AS visit (id uuid, person uuid, day date, home uuid, host uuid)`,
    [JSON.stringify(rows), clearing.networkId, clearing.versionId, DAY_RATE / 2],
  );
}
