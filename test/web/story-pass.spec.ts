/**
 * Marko of Rijeka goes around the sea with one pass of ten days: three in Lecce, two in Athens, one in Tunis.
 * Promise: the pass pays each of them, once, when he is let in; six days are used and four are left.
 */
import type { Browser, Locator, Page } from 'playwright-core';
import { Temporal } from '../../src/kernel/time.js';
import { emptyDatabase } from '../support/app.js';
import { makeHome, makeNetwork, makeSpace } from '../support/make-directory.js';
import { agentWith } from '../support/make-identity.js';
import { makePass } from '../support/make-passes.js';
import { makeAgreement } from '../support/make-reciprocity.js';
import {
  closeBrowsers,
  findBrowser,
  openBrowser,
  openDevice,
  PHONE,
  TABLET,
  type Visitor,
} from './support/browser.js';
import { codeOn, textOf, typeIn } from './support/read-code.js';
import { makeMember, startWebApp, type Member, type WebApp } from './support/web-app.js';

const JOURNEY = [
  { name: 'Manifatture Knos', city: 'Lecce', country: 'IT', timeZone: 'Europe/Rome' },
  { name: 'Psyrri Commons', city: 'Athens', country: 'GR', timeZone: 'Europe/Athens' },
  { name: 'Dar el Bhira', city: 'Tunis', country: 'TN', timeZone: 'Africa/Tunis' },
];
const DAYS = [['2026-12-02', '2026-12-03', '2026-12-04'], ['2026-12-09', '2026-12-10'], ['2026-12-14']];

let web: WebApp;
let marko: Member;
let staff: Member;
let passId: string;
let browser: Browser;
let spaces: Awaited<ReturnType<typeof makeSpace>>[];

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so Marko stayed at home.');

(isThere ? describe : describe.skip)('one pass around the sea', () => {
  beforeAll(async () => {
    web = await startWebApp();
    await emptyDatabase();
    const { app } = web;
    const { id: networkId, admin } = await makeNetwork(app);
    spaces = await Promise.all(JOURNEY.map((place) => makeSpace(app, { networkId, ...place })));
    const home = await makeSpace(app, { networkId, name: 'Brodograd', city: 'Rijeka', country: 'HR' });
    // No free days anywhere: the pass it is.
    const rates = spaces.map(({ id }) => ({ hostSpaceId: id, freeHalfDays: 0 }));
    await makeAgreement(app, { homeNetworkId: networkId, rates, freeHalfDays: 0 });
    marko = await makeMember(web, { name: 'Marko Horvat' });
    await makeHome(admin, { personId: marko.id, spaceId: home.id });
    ({ id: passId } = await makePass(app, { networkId, personId: marko.id, name: 'Ten days by the sea' }));
    const grants = spaces.map(({ operatorId: organisationId }) => ({
      organisationId,
      role: 'space_staff' as const,
    }));
    staff = await makeMember(web, { name: 'Camille Roux', grants });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await closeBrowsers();
    await web.app.close();
  });

  it('is booked in three cities and let in on six days: four days are left', async () => {
    const { session } = marko;
    const phone = await openDevice(browser, web.origin, { session, viewport: PHONE, deviceScaleFactor: 2 });
    for (const [stop, days] of DAYS.entries()) await book(phone.page, spaces[stop]!.id, days);
    await passSays(phone.page, { left: '4', booked: '6' });

    const faults = [phone.faults];
    for (const [stop, days] of DAYS.entries()) {
      let door: Visitor | null = null;
      for (const day of days) {
        morningOf(day);
        door = await openDoor(JOURNEY[stop]!.name, door);
        await comeIn(phone.page, door.page);
      }
      faults.push(door!.faults);
      await door!.context.close();
    }
    await passSays(phone.page, { left: '4', booked: '0' });
    await phone.page.goto(`/me/passes/${passId}`);
    await count(phone.page.locator('.pass-sums > div'), 'days used', '6');
    const { body } = await agentWith(web.app, session).get('/v1/visits').expect(200);
    const units = body.items.map(({ funding, halfDays }: { funding: string; halfDays: number }) => [
      funding,
      halfDays,
    ]);
    expect(units).toEqual(Array.from({ length: 6 }, () => ['PASS_UNITS', 2]));
    expect(faults.flatMap(({ list }) => list)).toEqual([]);
  }, 240_000);
});

/** Each space has a tablet of its own, which is looked at anew in the morning. */
async function openDoor(name: string, yesterdays: Visitor | null): Promise<Visitor> {
  if (yesterdays) {
    await yesterdays.page.reload();
    return yesterdays;
  }
  const { session } = staff;
  const door = await openDevice(browser, web.origin, { session, viewport: TABLET, serviceWorkers: 'block' });
  await door.page.goto('/desk');
  await door.page.getByRole('button', { name: new RegExp(name) }).click();
  return door;
}

async function book(page: Page, spaceId: string, days: readonly string[]): Promise<void> {
  await page.goto(`/spaces/${spaceId}?from=${days[0]}&until=${days.at(-1)}`);
  await page
    .locator('.offer-ways')
    .getByText(/^Your pass pays|from your pass/)
    .first()
    .waitFor();
  await page
    .getByRole('button', { name: days.length === 1 ? 'Book this desk' : `Book ${days.length} days` })
    .click();
  await page.getByRole('heading', { name: /^Your desk at .* is booked/ }).waitFor();
}

/** What the phone kept is shown first, and what is so now a moment later. */
async function passSays(page: Page, days: { left: string; booked: string }): Promise<void> {
  await page.goto('/me/pass');
  await codeOn(page).waitFor();
  const counts = page.locator('.pass-counts > div');
  await count(counts, 'days left', days.left);
  await count(counts, 'days booked', days.booked);
}

async function count(counts: Locator, of: string, figure: string): Promise<void> {
  await counts.filter({ hasText: of }).getByText(figure, { exact: true }).waitFor();
}

const morningOf = (day: string) =>
  web.clock.setFrom(Temporal.Instant.from(`${day}T09:00:00Z`), Temporal.Now.instant());

/** The code of today's door, read by the scanner on the counter. */
async function comeIn(phone: Page, door: Page): Promise<void> {
  await phone.goto('/me/pass');
  await phone.getByText(/^Today: /).waitFor();
  await codeOn(phone).waitFor();
  await door.getByRole('complementary', { name: 'Today' }).waitFor();
  await typeIn(door, textOf(await codeOn(phone).screenshot()));
  await door.getByRole('status').filter({ hasText: 'Come in' }).getByText('A whole day.').waitFor();
}
