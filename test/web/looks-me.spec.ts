/**
 * A person's passes, a guest's invitation and the network's own page, in light, dark and Arabic, on a phone and on a desk.
 * Promise: see `looks.ts`.
 */
import type { Page } from 'playwright-core';
import { Receipts } from '../../src/billing/index.js';
import { newId } from '../../src/kernel/ids.js';
import { Db } from '../../src/platform/db.js';
import { namedScope } from '../../src/platform/scope.js';
import { emptyDatabase, ownerSql } from '../support/app.js';
import { makePass } from '../support/make-passes.js';
import { closeBrowsers, findBrowser } from './support/browser.js';
import { examine, faultsOf, LOOKS, openWalkers, visit, type Walker } from './support/looks.js';
import { makeMember, startWebApp, type WebApp } from './support/web-app.js';
import { book, makeWorld } from './support/world.js';

let web: WebApp;
let walkers: Walker[];
let [passId, teamId, link] = ['', '', ''];

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so no pass was looked at.');

(isThere ? describe : describe.skip)('what is somebody’s own', () => {
  beforeAll(async () => {
    web = await startWebApp();
    await emptyDatabase();
    const world = await makeWorld(web);
    const { nomad, host } = world;
    const of = { networkId: host.networkId, personId: nomad.id };
    passId = (await makePass(web.app, { ...of, name: 'Ten days', guestsPerDay: 2, pauseDaysPerYear: 30 })).id;
    teamId = (await makePass(web.app, { ...of, name: 'Atelier Duval', sharing: 'TEAM' })).id;
    await makePass(web.app, {
      ...of,
      name: 'Agents',
      kind: 'UNLIMITED',
      halfDays: 0,
      periodMonths: 1,
      hostCapHalfDays: 8,
    });
    const receipt = { networkId: host.networkId, personId: nomad.id, personName: 'Amina', of: { passId } };
    const gross = { unit: 'EUR' as const, minor: 15_000n };
    await web.app
      .get(Db)
      .tx(namedScope('clearing'), (tx) =>
        web.app
          .get(Receipts)
          .issue(tx, { id: newId(), language: 'en', title: 'Ten days', gross, ...receipt }),
      );
    await book(world, '2026-12-03');
    const mate = await makeMember(web, { name: 'Ines Duval' });
    await nomad.agent
      .put(`/v1/team-members/${newId()}`)
      .send({ passId: teamId, email: mate.email, limitHalfDays: 6 })
      .expect(200);
    const guest = { name: 'Omar Ben Ali', email: 'omar@example.org', language: 'ar', part: 'DAY' };
    await nomad.agent
      .put(`/v1/guest-passes/${newId()}`)
      .send({ ...guest, passId, spaceId: host.id, day: '2026-12-04' })
      .expect(200);
    const [mail] = await ownerSql<{ text: string }>(
      `SELECT text FROM platform.mails WHERE to_address = 'omar@example.org'`,
    );
    link = /\/guest#\S+/.exec(mail!.text)![0];
    const admin = await makeMember(web, {
      name: 'Sofia Lindgren',
      grants: [{ organisationId: host.networkId, role: 'network_admin' }],
    });
    walkers = await openWalkers(web, [
      { session: nomad.session, walk: walkOfHolder },
      { walk: walkOfGuest },
      { session: admin.session, walk: walkOfAdmin },
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

async function walkOfHolder(page: Page, look: string): Promise<string[]> {
  const found = await visit(page, '/me', `you-${look}`);
  found.push(...(await visit(page, `/me/passes/${passId}`, `pass-${look}`)));
  await page.locator('section:has(.pass-rows) > button').first().click();
  found.push(...(await examine(page, `invite-${look}`)));
  found.push(...(await visit(page, '/me/money/receipts', `receipts-${look}`)));
  return [...found, ...(await visit(page, `/me/passes/${teamId}`, `team-${look}`))];
}

async function walkOfGuest(page: Page, look: string): Promise<string[]> {
  await page.goto('about:blank'); // another # alone opens no page
  return visit(page, link, `guest-${look}`);
}

function walkOfAdmin(page: Page, look: string): Promise<string[]> {
  return visit(page, '/network/passes', `network-${look}`);
}
