/**
 * The office of a space in light, dark and Arabic, on a phone and on a desk, for a manager and for staff.
 * Promise: axe finds nothing (WCAG 2.2 AA), nothing is written to the console as an error, nothing is asked
 * of another origin, and nothing is wider than the screen.
 */
import type { Page } from 'playwright-core';
import { emptyDatabase } from '../support/app.js';
import { makeManager, makeOfficeBusy } from './support/busy-office.js';
import { closeBrowsers, findBrowser } from './support/browser.js';
import { faultsOf, LOOKS, openWalkers, visit, type Walker } from './support/looks.js';
import { startWebApp, type WebApp } from './support/web-app.js';
import { book, makeWorld, type World } from './support/world.js';

const TABS_OF_MANAGER = [
  'today',
  'bookings',
  'capacity',
  'profile',
  'hours',
  'desks',
  'terms',
  'team',
  'devices',
  'bookings?day=2026-12-02',
  'capacity?day=2026-12-03',
];
const TABS_OF_STAFF = ['profile', 'hours', 'desks', 'terms', 'team'];

let web: WebApp;
let world: World;
let walkers: Walker[];

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so no office was looked at.');

(isThere ? describe : describe.skip)("every room of a space's office", () => {
  beforeAll(async () => {
    web = await startWebApp();
    await emptyDatabase();
    world = await makeWorld(web);
    await book(world, '2026-12-01');
    const manager = await makeManager(web, world);
    await makeOfficeBusy(world, manager.agent);
    walkers = await openWalkers(web, [
      { session: manager.session, walk: walkOf('manager', TABS_OF_MANAGER) },
      { session: world.staff.session, walk: walkOf('staff', TABS_OF_STAFF) },
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
    300_000,
  );
});

function walkOf(who: string, tabs: readonly string[]) {
  return async (page: Page, look: string) => {
    const found: string[] = [];
    for (const tab of tabs)
      found.push(
        ...(await visit(page, `/space/${world.host.id}/${tab}`, `${who}-${tab.replace('?', '-')}-${look}`)),
      );
    return found;
  };
}
