/**
 * Sign-in, its page of one's own, the question before money, and the operator's rooms, in three looks, on a phone and
 * on a desk. Promise: see `looks.ts`.
 */
import type { Page } from 'playwright-core';
import { newId } from '../../src/kernel/ids.js';
import { JOB_OPTIONS, Queues } from '../../src/platform/queue/queues.js';
import { emptyDatabase, ownerSql } from '../support/app.js';
import { agentWith, makeOrganisation } from '../support/make-identity.js';
import { proveMinutesAgo, proveNow } from '../support/prove.js';
import { closeBrowsers, findBrowser } from './support/browser.js';
import { examine, faultsOf, LOOKS, openWalkers, visit, type Walker } from './support/looks.js';
import { makeMember, startWebApp, type Member, type WebApp } from './support/web-app.js';

let web: WebApp;
let walkers: Walker[];
let treasurer: Member;

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so no sign-in was looked at.');

(isThere ? describe : describe.skip)('sign-in and platform', () => {
  beforeAll(async () => {
    const made = await startWebApp();
    web = { ...made, origin: made.origin.replace('127.0.0.1', 'localhost') }; // passkeys belong to a name
    await emptyDatabase();
    const { id: organisationId } = await makeOrganisation(web.app, { name: 'CoMed' });
    const operator = await makeMember(web, {
      name: 'Olga Petrou',
      grants: [{ organisationId, role: 'platform_admin' }],
    });
    const looking = await makeMember(web, {
      name: 'Petra Novak',
      grants: [{ organisationId, role: 'platform_admin' }],
    });
    treasurer = await makeMember(web, {
      name: 'Nadia Karam',
      grants: [{ organisationId, role: 'network_treasurer' }],
    });
    const person = await makeMember(web, { name: 'Jonas Weber' });
    const { headers } = await agentWith(web.app, looking.session)
      .put(`/v1/impersonations/${newId()}`)
      .send({ personId: person.id, reason: 'Their booking of Monday is not shown' })
      .expect(200);
    const rotated = /escale_session=([\w-]+)/.exec(headers['set-cookie']![0]!)![1]!;
    await fillRooms();
    walkers = await openWalkers(web, [
      { walk: walkOfStranger },
      { session: treasurer.session, walk: walkOfTreasurer },
      { session: operator.session, walk: walkOfOperator },
      { session: rotated, walk: walkOfLooking },
    ]);
  }, 180_000);
  afterAll(async () => {
    await closeBrowsers();
    await web.app.close();
  });

  it.each(LOOKS)(
    'in %s: axe, console, origin and width find nothing',
    async (look) => {
      expect(await faultsOf(web, walkers, look)).toEqual([]);
    },
    120_000,
  );
});

/** A message of the provider and a job that waits. */
async function fillRooms(): Promise<void> {
  await ownerSql(
    `INSERT INTO payments.provider_events (id, source, message_ref, type, object_kind, object_ref, occurred_at,
       state, state_at, created_at)
     VALUES ($1, 'stripe', $2, 'checkout.session.completed', 'checkout.session', 'cs_1', now(), 'PROCESSED', now(), now())`,
    [newId(), newId()],
  );
  await web.app
    .get(Queues)
    .queue('probes')
    .addBulk([{ name: 'probe', data: {}, opts: JOB_OPTIONS }]);
}

function walkOfStranger(page: Page, look: string): Promise<string[]> {
  return visit(page, '/sign-in?fault=identity_provider.refused', `sign-in-${look}`);
}

async function walkOfTreasurer(page: Page, look: string): Promise<string[]> {
  await proveNow(treasurer.id);
  const found = await visit(page, '/me/security', `security-${look}`);
  await proveMinutesAgo(treasurer.id, 6);
  await page.locator('.security button').nth(1).click(); // removes the app, or would
  await page.locator('.proof-question[open] form').waitFor();
  found.push(...(await examine(page, `proof-${look}`)));
  return found;
}

async function walkOfOperator(page: Page, look: string): Promise<string[]> {
  const found = await visit(page, '/admin', `admin-${look}`);
  await page.locator('input[name=text]').fill('nadia');
  await page.locator('.admin form button').first().click();
  await page.locator('.admin .security-rows').first().waitFor();
  for (const summary of await page.locator('.admin summary').all()) await summary.click();
  found.push(...(await examine(page, `admin-people-${look}`)));
  for (const room of ['organisations', 'queues', 'webhooks'])
    found.push(...(await visit(page, `/admin/${room}`, `admin-${room}-${look}`)));
  return found;
}

function walkOfLooking(page: Page, look: string): Promise<string[]> {
  return visit(page, '/me', `looking-${look}`);
}
