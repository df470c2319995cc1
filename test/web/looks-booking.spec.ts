/**
 * A nomad's bookings, and how they come about, in light, dark and Arabic, on a phone and on a desk.
 * Promise: see `looks.ts`.
 */
import type { Page } from 'playwright-core';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase } from '../support/app.js';
import { closeBrowsers, findBrowser } from './support/browser.js';
import { examine, faultsOf, LOOKS, openWalkers, visit, type Walker } from './support/looks.js';
import { tellProfile } from './support/told-profile.js';
import { startWebApp, type WebApp } from './support/web-app.js';
import { book, makeWorld, type World } from './support/world.js';

let web: WebApp;
let walkers: Walker[];
const bookings: Record<string, string> = {};

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so no booking was looked at.');

(isThere ? describe : describe.skip)('what is booked', () => {
  beforeAll(async () => {
    web = await startWebApp();
    await emptyDatabase();
    const world = await makeWorld(web, { spaces: [{ name: 'La Criée', lat: 43.29, lon: 5.36 }] });
    await tellProfile(world.host);
    bookings['booked'] = await book(world, '2026-12-01');
    bookings['ahead'] = await book(world, '2026-12-03');
    bookings['canceled'] = await canceled(world);
    bookings['asked'] = await asked(world);
    walkers = await openWalkers(web, [{ session: world.nomad.session, walk: walkOfNomad }]);
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
    60_000,
  );
});

async function walkOfNomad(page: Page, look: string): Promise<string[]> {
  const found = await visit(page, '/me/bookings', `bookings-${look}`);
  await page.locator('.booking-row .text-button').first().click();
  found.push(...(await examine(page, `cancel-${look}`)));
  for (const [name, id] of Object.entries(bookings)) {
    found.push(...(await visit(page, `/me/bookings/${id}`, `booking-${name}-${look}`)));
  }
  return found;
}

async function canceled(world: World): Promise<string> {
  const id = await book(world, '2026-12-10');
  await world.nomad.agent.put(`/v1/bookings/${id}/cancellation`).send({ reason: 'ill' }).expect(200);
  return id;
}

/** Of a space that answers each request itself. */
async function asked(world: World): Promise<string> {
  const quiet = world.others[0]!;
  const answers = { bookingMode: 'ON_REQUEST', answerHours: 24 };
  const leaving = { cancelUntilHours: 48, graceMinutes: 15, noShow: 'CONSUMED' };
  await quiet.manager
    .put(`/v1/spaces/${quiet.id}/terms`)
    .send({ ...answers, ...leaving })
    .expect(200);
  const id = newId();
  const wish = { poolId: quiet.pools[0]!.id, day: '2026-12-08', part: 'MORNING' };
  await world.nomad.agent.put(`/v1/bookings/${id}`).send(wish).expect(200);
  return id;
}
