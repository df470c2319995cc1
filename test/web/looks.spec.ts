/**
 * Every page in light, dark and Arabic, on a phone and on a desk.
 * Promise: axe finds nothing (WCAG 2.2 AA), nothing is written to the console as an error, nothing is asked
 * of another origin, and nothing is wider than the screen.
 */
import type { Page } from 'playwright-core';
import { emptyDatabase } from '../support/app.js';
import { closeBrowsers, findBrowser } from './support/browser.js';
import { examine, faultsOf, LOOKS, openWalkers, visit, type Walker } from './support/looks.js';
import { startWebApp, type WebApp } from './support/web-app.js';
import { book, makeWorld, type World } from './support/world.js';

let web: WebApp;
let world: World;
let walkers: Walker[];

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so no page was looked at.');

(isThere ? describe : describe.skip)('every page', () => {
  beforeAll(async () => {
    web = await startWebApp();
    await emptyDatabase();
    world = await makeWorld(web);
    await book(world, '2026-12-01');
    walkers = await openWalkers(web, [
      { walk: walkOfStranger },
      { session: world.nomad.session, walk: walkOfNomad },
      { session: world.staff.session, walk: walkOfStaff },
    ]);
  });
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

  it('is dark from its first paint for whoever chose so', async () => {
    const { context, page } = walkers[0]!.visitor;
    await context.addCookies([{ name: 'scheme', value: 'dark', url: web.origin }]);
    await page.goto('/', { waitUntil: 'commit' });
    await page.locator('#root, main').first().waitFor({ state: 'attached' });
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
  });
});

async function walkOfStranger(page: Page, look: string): Promise<string[]> {
  const found: string[] = [];
  for (const [name, address] of [
    ['home', '/'],
    ['find', '/spaces'],
    ['space', `/spaces/${world.host.id}`],
    ['sign-in', '/sign-in'],
    ['signed-out', '/me/pass'],
    ['nobody', '/desk'],
    ['nowhere', '/nowhere'],
  ] as const) {
    found.push(...(await visit(page, address, `${name}-${look}`)));
  }
  return found;
}

async function walkOfNomad(page: Page, look: string): Promise<string[]> {
  const found = [
    ...(await visit(page, '/me', `me-${look}`)),
    ...(await visit(page, '/me/pass', `pass-${look}`)),
    ...(await visit(page, '/me/bookings', `bookings-${look}`)),
  ];
  await page.locator('.booking-row .text-button').click();
  found.push(...(await examine(page, `cancel-${look}`)));
  await page.goto(`/spaces/${world.host.id}`);
  await page.locator('.day-choice:enabled').nth(1).click();
  await page.locator('.offer-ways').waitFor();
  return [...found, ...(await examine(page, `offer-${look}`))];
}

async function walkOfStaff(page: Page, look: string): Promise<string[]> {
  const found = [
    ...(await visit(page, '/space', `manage-${look}`)),
    ...(await visit(page, '/desk', `doors-${look}`)),
  ];
  await page.locator('.door-choice').click();
  await page.locator('.scan-pane').waitFor();
  found.push(...(await examine(page, `door-${look}`)));
  await page.locator('.today-foot a').click(); // leaves the door for the next look
  await page.waitForURL('**/space/**');
  return found;
}
