/**
 * Every page in three looks, on a phone and on a desk.
 * Promise: axe finds nothing (WCAG 2.2 AA), nothing is written to the console as an error, nothing is asked
 * of another origin, and nothing is wider than the screen.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { emptyDatabase } from '../support/app.js';
import {
  closeBrowsers,
  DESK,
  findBrowser,
  openBrowser,
  openDevice,
  PHONE,
  type Visitor,
} from './support/browser.js';
import { startWebApp, type WebApp } from './support/web-app.js';
import { book, makeWorld, type World } from './support/world.js';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Where to put pictures of every page, for a person to look at. */
const PICTURES = process.env['PICTURES'];

const LOOKS = [
  ['en', 'light', PHONE],
  ['en', 'light', DESK],
  ['en', 'dark', PHONE],
  ['en', 'dark', DESK],
  ['ar', 'light', PHONE],
  ['ar', 'light', DESK],
] as const;

let web: WebApp;
let world: World;
let visitors: Record<'stranger' | 'nomad' | 'staff', Visitor>;

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so no page was looked at.');

(isThere ? describe : describe.skip)('every page', () => {
  beforeAll(async () => {
    web = await startWebApp();
    await emptyDatabase();
    world = await makeWorld(web);
    await book(world, '2026-12-01');
    const browser = await openBrowser();
    const open = async (session?: string) => {
      const visitor = await openDevice(browser, web.origin, session ? { session } : {});
      await visitor.context.addInitScript({ content: axe.source });
      return visitor;
    };
    visitors = {
      stranger: await open(),
      nomad: await open(world.nomad.session),
      staff: await open(world.staff.session),
    };
  }, 180_000);
  afterAll(async () => {
    await closeBrowsers();
    await web.app.close();
  });

  it.each(LOOKS)(
    'in %s, %s, %j: axe, console, origin and width find nothing',
    async (lang, scheme, viewport) => {
      const cookies = [
        { name: 'lang', value: lang, url: web.origin },
        { name: 'scheme', value: scheme, url: web.origin },
      ];
      const look = `${lang}-${scheme}-${viewport.width}`;
      const found = await Promise.all(
        Object.values(visitors).map(async ({ context, page, faults }, who) => {
          await context.addCookies(cookies);
          await page.setViewportSize(viewport);
          const seen = await WALKS[who]!(page, look);
          return [...seen, ...faults.list.splice(0)];
        }),
      );
      expect(found.flat()).toEqual([]);
    },
    60_000,
  );
});

/** Where each of the three goes, in the order of `visitors`. */
const WALKS = [walkOfStranger, walkOfNomad, walkOfStaff];

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
  await page.waitForURL('**/space');
  return found;
}

async function visit(page: Page, address: string, name: string): Promise<string[]> {
  await page.goto(address);
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  return examine(page, name);
}

async function examine(page: Page, name: string): Promise<string[]> {
  const { faults, spill } = (await page.evaluate(`(async () => {
    await document.fonts.ready;
    const { violations } = await axe.run(document, ${JSON.stringify({ runOnly: TAGS, resultTypes: ['violations'] })});
    return {
      faults: violations.map(({ id, nodes }) => id + ': ' + nodes[0].target.join(' ')),
      spill: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    };
  })()`)) as { faults: string[]; spill: number };
  if (PICTURES) {
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: path.join(PICTURES, `${name}.png`), fullPage: true });
  }
  const wide = spill > 0 ? [`${spill} px wider than the screen`] : [];
  const broken = (await page.getByText('This page could not be shown').count()) > 0 ? ['not shown'] : [];
  return [...faults, ...wide, ...broken].map((fault) => `${name}: ${fault}`);
}
