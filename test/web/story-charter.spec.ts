/**
 * A network publishes the second version of its charter. Marseille reads what has changed and signs; Florence does not.
 * Promise: everybody sees who has signed what and when; a space that has not takes no new bookings and says why.
 */
import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { Temporal } from '../../src/kernel/time.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { makeCharterWorld, publish, SECOND, type CharterWorld } from '../support/make-charter.js';
import { closeBrowsers, DESK, findBrowser, openBrowser, openDevice, PHONE } from './support/browser.js';
import { makeMember, startWebApp, type Member, type WebApp } from './support/web-app.js';

let web: WebApp;
let world: CharterWorld;
let browser: Browser;
let manager: Member;

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so nobody signed a charter on screen.');

(isThere ? describe : describe.skip)('a charter on screen', () => {
  beforeAll(async () => {
    web = await startWebApp();
    world = await makeCharterWorld(web.app);
    const grants = [{ organisationId: world.MRS.operatorId, role: 'space_manager' as const }];
    manager = await makeMember(web, { name: 'Amina Roux', grants });
    await publish(world.admin, world.networkId, { renewBy: '2026-12-16', charter: SECOND });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await closeBrowsers();
    await web.app.close();
  });

  it('is read by everybody, signed by Marseille, and not by Florence, which takes no new bookings and says why', async () => {
    const office = await openDevice(browser, web.origin, { viewport: DESK, session: manager.session });
    await office.page.goto(`/space/${world.MRS.id}/charter`);
    await office.page.getByText('To sign anew').first().waitFor();
    await office.page.getByRole('region', { name: 'What has changed' }).getByText('immersion').waitFor();
    await picture(office.page, 'sign');
    await office.page.getByLabel('Your office').fill('President');
    await office.page.getByRole('checkbox').check();
    await office.page.getByRole('button', { name: 'Sign', exact: true }).click();
    await office.page.getByText('Signed the charter').first().waitFor();

    web.clock.setFrom(Temporal.Instant.from('2026-12-17T09:00:00Z'), Temporal.Now.instant());
    await web.app.get(Sweeps).runAll();
    const phone = await openDevice(browser, web.origin, { viewport: PHONE });
    await phone.page.goto('/charter');
    await phone.page.getByRole('heading', { level: 1, name: 'Charter of the values of coworking' }).waitFor();
    await phone.page.getByText(/^Version 2, /).waitFor();
    await phone.page.getByRole('button', { name: 'What has changed' }).click();
    await phone.page.getByRole('region', { name: 'What has changed' }).waitFor();
    await picture(phone.page, 'public');
    await phone.page.getByRole('link', { name: 'Oltrarno Lab' }).click();
    await phone.page.getByText('It has not signed the charter in force.').waitFor();
    await picture(phone.page, 'lapsed');
    expect([office, phone].flatMap(({ faults }) => faults.list)).toEqual([]);
  }, 120_000);
});

/** For whoever wants to look: PICTURES names a folder. */
async function picture(
  page: { screenshot: (options: object) => Promise<unknown> },
  name: string,
): Promise<void> {
  const folder = process.env['PICTURES'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/charter-${name}.png`, fullPage: true });
}
