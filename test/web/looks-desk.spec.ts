/**
 * The door with and without a network, each of its answers, what opens over it; a pass without a network; a proposal
 * and the outbox of mails; in light, dark and Arabic, on a phone and a tablet.
 * Promise: see `looks.ts`.
 */
import type { Page } from 'playwright-core';
import { newId } from '../../src/kernel/ids.js';
import { Temporal } from '../../src/kernel/time.js';
import { emptyDatabase } from '../support/app.js';
import { codeOf } from '../support/make-checkin.js';
import { runBackground } from '../support/make-closures.js';
import { makeHome } from '../support/make-directory.js';
import { agentWith } from '../support/make-identity.js';
import { makeCredential, makePass, type MadeCredential } from '../support/make-passes.js';
import { makeNetworkAdmin } from '../support/make-reciprocity.js';
import { closeBrowsers, findBrowser, PHONE, TABLET } from './support/browser.js';
import { examine, faultsOf, LOOKS, openWalkers, visit, type Walker } from './support/looks.js';
import { makeMember, startWebApp, type WebApp } from './support/web-app.js';
import { book, makeWorld, type World } from './support/world.js';

const WIDTHS = [PHONE, TABLET];

let web: WebApp;
let world: World;
let walkers: Walker[];
let movedId: string;
/** Two guests' phones for each look: who came in cannot come in again. */
const booked: MadeCredential[] = [];
const walkIns: MadeCredential[] = [];

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so no door was looked at.');

(isThere ? describe : describe.skip)('the door', () => {
  beforeAll(async () => {
    web = await startWebApp();
    await emptyDatabase();
    world = await makeWorld(web, { spaces: [{ name: 'La Friche', lat: 43.31, lon: 5.39 }] });
    for (const name of ['Amel', 'Bilal']) booked.push(await phoneOf(name, true));
    for (const name of ['Driss', 'Emma']) walkIns.push(await phoneOf(name, false));
    movedId = await movedBooking();
    const manager = await makeMember(web, {
      name: 'Amina Ferrand',
      grants: [{ organisationId: world.host.operatorId, role: 'space_manager' }],
    });
    const operator = await makeMember(web, {
      name: 'Ola Nordmann',
      grants: [{ organisationId: world.host.networkId, role: 'platform_admin' }],
    });
    walkers = await openWalkers(web, [
      { session: manager.session, walk: walkOfManager },
      { session: world.nomad.session, walk: walkOfNomad },
      { session: operator.session, walk: walkOfOperator },
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
    180_000,
  );
});

async function phoneOf(name: string, isBooked: boolean): Promise<MadeCredential> {
  const member = await makeMember(web, { name: `${name} Rossi` });
  const agent = agentWith(web.app, member.session);
  const admin = await makeNetworkAdmin(web.app, world.host.networkId);
  await makeHome(admin, { personId: member.id, spaceId: world.home.id });
  const of = { networkId: world.host.networkId, personId: member.id, offline: 'allowed' };
  const pass = await makePass(web.app, of);
  if (isBooked) {
    const wish = { poolId: world.host.pools[0]!.id, day: '2026-12-01', part: 'DAY' };
    await agent.put(`/v1/bookings/${newId()}`).send(wish).expect(200);
  }
  return makeCredential(agent, pass.id);
}

/** A booking whose host closes, with a seat elsewhere to answer to. */
async function movedBooking(): Promise<string> {
  await book(world, '2026-12-01');
  const id = await book(world, '2026-12-17');
  const closure = { spaceId: world.host.id, fromDay: '2026-12-16', untilDay: '2026-12-18', reason: 'Works' };
  await world.host.manager.put(`/v1/closures/${newId()}`).send(closure).expect(200);
  await runBackground(web.app);
  return id;
}

async function walkOfManager(page: Page, look: string): Promise<string[]> {
  const found: string[] = [];
  const see = async (name: string) => found.push(...(await examine(page, `desk-${name}-${look}`, WIDTHS)));
  const scan = async (code: string) => {
    await page.getByRole('textbox').first().waitFor();
    await page.locator('.code-entry input').fill(code);
    await page.locator('.code-entry input').press('Enter');
    await page.locator('.verdict').waitFor();
  };
  const ready = () => page.locator('.viewfinder').waitFor();
  const next = () => page.locator('.verdict .door-button').last().click();
  const [guest, walkIn] = [booked.pop()!, walkIns.pop()!];
  const here = (phone: MadeCredential) => codeOf(web.app, phone, world.host.id);

  await page.setViewportSize(TABLET);
  await page.goto('/desk');
  await page.locator('.door-choice').click();
  await page.locator('.today-list').first().waitFor();
  await see('open');
  await scan(await here(guest));
  await see('come-in');
  await ready(); // a yes makes room by itself
  await page.locator('.today-list .icon-button').first().click();
  await page.locator('dialog[open]').waitFor();
  await see('incident');
  await closeDialog(page);
  await scan(await codeOf(web.app, walkIn, world.home.id));
  await see('another-door');
  await scan('ESC1:NONSENSE');
  await see('unknown');
  await next();
  await page.locator('.today-tools .pill').click();
  await page.locator('dialog[open]').waitFor();
  await see('by-hand');
  await closeDialog(page);
  await page.locator('.today-foot .icon-button').nth(-2).click();
  await page.locator('dialog[open]').waitFor();
  await see('tablet');
  await closeDialog(page);

  await page.context().setOffline(true);
  await page.locator('.door-pill').first().waitFor();
  await see('offline');
  await scan(await here(walkIn));
  await see('will-be-checked');
  await ready();
  await scan(await here(guest));
  await see('already-here');
  await next();
  await page.locator('.scan-foot button.door-pill').first().click();
  await page.locator('dialog[open]').waitFor();
  await see('waiting');
  await closeDialog(page);
  await page.context().setOffline(false);
  await page.locator('.scan-foot button.door-pill').first().waitFor({ state: 'detached' });
  await page.locator('.today-foot a').click();
  await page.waitForURL('**/space/**');
  await clockOn();
  return found;
}

/** The next look has codes of its own half-minute. */
async function clockOn(): Promise<void> {
  web.clock.setFrom(web.clock.now().add({ seconds: 60 }), Temporal.Now.instant());
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
}

async function walkOfNomad(page: Page, look: string): Promise<string[]> {
  const found = await visit(page, `/me/bookings/${movedId}`, `proposal-${look}`);
  await page.goto('/me/pass');
  await page.locator('.code-typed').waitFor();
  await page.context().setOffline(true);
  found.push(...(await examine(page, `pass-offline-${look}`, WIDTHS)));
  await page.context().setOffline(false);
  return found;
}

async function walkOfOperator(page: Page, look: string): Promise<string[]> {
  await page.goto('/mails');
  await page.locator('.mails-mail').waitFor();
  return examine(page, `mails-${look}`, WIDTHS);
}
