/**
 * What everybody may see, in light, dark and Arabic, on a phone and on a desk.
 * Promise: see `looks.ts`.
 */
import type { Page } from 'playwright-core';
import { emptyDatabase } from '../support/app.js';
import { closeBrowsers, findBrowser } from './support/browser.js';
import { examine, faultsOf, LOOKS, openWalkers, visit, type Walker } from './support/looks.js';
import { tellProfile } from './support/told-profile.js';
import { startWebApp, type WebApp } from './support/web-app.js';
import { makeWorld, type World } from './support/world.js';

const DATES = 'from=2026-12-07&until=2026-12-11';

let web: WebApp;
let world: World;
let walkers: Walker[];

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so no public page was looked at.');

(isThere ? describe : describe.skip)('what everybody may see', () => {
  beforeAll(async () => {
    web = await startWebApp();
    await emptyDatabase();
    world = await makeWorld(web, { spaces: SPACES });
    await tellProfile(world.host);
    walkers = await openWalkers(web, [
      { walk: walkOfStranger },
      { session: world.nomad.session, walk: walkOfNomad },
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
});

/** Around the sea, so that the map has pins, and one crowd to look at more closely. */
const SPACES = [
  { name: 'La Criée', lat: 43.2925, lon: 5.3661 },
  { name: 'Taller Poblenou', city: 'Barcelona', country: 'ES', territoryCode: 'ES511', lat: 41.4, lon: 2.2 },
  { name: 'Officine Salento', city: 'Lecce', country: 'IT', territoryCode: 'ITF45', lat: 40.35, lon: 18.17 },
  { name: 'Psyrri Commons', city: 'Αθήνα', country: 'GR', territoryCode: 'EL303', lat: 37.98, lon: 23.72 },
];

async function walkOfStranger(page: Page, look: string): Promise<string[]> {
  const found = [
    ...(await visit(page, '/', `home-${look}`)),
    ...(await visit(page, '/spaces', `find-${look}`)),
    ...(await visit(page, `/spaces/${world.host.id}`, `space-${look}`)),
    ...(await visit(page, '/spaces?q=Atlantis&access=stepFree', `find-nothing-${look}`)),
  ];
  await page.locator('.find-more').click();
  await page.locator('.filters').waitFor();
  return [...found, ...(await examine(page, `find-filters-${look}`))];
}

async function walkOfNomad(page: Page, look: string): Promise<string[]> {
  const found = await visit(page, `/spaces?${DATES}`, `find-dates-${look}`);
  if (await page.locator('.find-summary').isVisible()) {
    await page.locator('.find-summary').click();
    found.push(...(await examine(page, `find-asked-${look}`)));
  }
  return found;
}
