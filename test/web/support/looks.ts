import { mkdirSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import type { Page, Request } from 'playwright-core';
import { DESK, openBrowser, openDevice, PHONE, type Visitor } from './browser.js';
import type { WebApp } from './web-app.js';

/** Without frames and style sheets from elsewhere, there is nothing to load before looking. */
const AXE = { resultTypes: ['violations'], preload: false, iframes: false };
/** All that the law asks (WCAG 2.2 AA), in light; of that only contrast can be another in dark. */
const ASKED = {
  light: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  dark: { type: 'rule', values: ['color-contrast'] },
};
type Scheme = keyof typeof ASKED;
/** Where to put pictures of every page, for a person to look at. */
const PICTURES = process.env['PICTURES'];

type Look = 'en' | 'ar';

/** Left to right in light and dark; right to left in light. */
export const LOOKS: Look[] = ['en', 'ar'];

/** A page is opened once and then turned, which also shows that it stands being turned. */
const WIDTHS = [PHONE, DESK];

/** Goes where one person goes, and gives what is wrong on the way. `look` ends the names of the pictures. */
export type Walk = (page: Page, look: Look) => Promise<string[]>;
export type Walker = { readonly visitor: Visitor; readonly walk: Walk };

/** One device for each person, all in one browser. No session: a stranger. */
export async function openWalkers(
  { origin }: WebApp,
  people: readonly { readonly session?: string; readonly walk: Walk }[],
): Promise<Walker[]> {
  const browser = await openBrowser();
  return Promise.all(
    people.map(async ({ session, walk }) => {
      const visitor = await openDevice(browser, origin, session ? { session } : {});
      await visitor.context.addInitScript({ content: axe.source });
      return { visitor, walk };
    }),
  );
}

/** Everything that is wrong on these walks in one look; empty when all is well. */
export async function faultsOf(
  { origin }: WebApp,
  walkers: readonly Walker[],
  look: Look,
): Promise<string[]> {
  const found = await Promise.all(
    walkers.map(async ({ visitor: { context, page, faults }, walk }) => {
      await context.addCookies([{ name: 'lang', value: look, url: origin }]);
      const seen = await walk(page, look);
      return [...seen, ...faults.list.splice(0)];
    }),
  );
  return found.flat();
}

/** Looks for the title at every frame, where a locator looks twice a second. */
const HEADED = `new Promise((there) => {
  const look = () => (document.querySelector('h1') ? there() : requestAnimationFrame(look));
  look();
})`;

/** Opens a page, waits until it is there, and examines it. */
export async function visit(page: Page, address: string, name: string): Promise<string[]> {
  const requests = underWay.get(page) ?? watchRequests(page);
  await page.goto(address);
  await page.evaluate(HEADED);
  await untilQuiet(page, requests);
  return examine(page, name);
}

const underWay = new WeakMap<Page, ReadonlySet<Request>>();

function watchRequests(page: Page): ReadonlySet<Request> {
  const requests = new Set<Request>();
  underWay.set(page, requests);
  page.on('request', (request) => requests.add(request));
  page.on('requestfinished', (request) => requests.delete(request));
  page.on('requestfailed', (request) => requests.delete(request));
  return requests;
}

/** Nothing is under way, the page has nothing left to do, and that led to no further request: twice in a row. */
async function untilQuiet(page: Page, requests: ReadonlySet<Request>): Promise<void> {
  for (let quiet = 0; quiet < 2; quiet = requests.size === 0 ? quiet + 1 : 0) {
    await page.evaluate('new Promise(requestIdleCallback)');
  }
}

/** axe, width and a page that broke, as it stands now, on a phone and on a desk unless told otherwise. */
export async function examine(page: Page, name: string, widths = WIDTHS): Promise<string[]> {
  const found: string[] = [];
  const isArabic = (await page.evaluate('document.documentElement.lang')) === 'ar';
  for (const viewport of widths) {
    await page.setViewportSize(viewport);
    found.push(...(await examineScheme(page, `${name}-${viewport.width}`, 'light')));
    if (isArabic) continue;
    found.push(...(await examineScheme(page, `${name}-${viewport.width}-dark`, 'dark')));
    await page.evaluate(paintedIn('light'));
  }
  return found;
}

/** What the web's own switch does to a page, and two frames for it to be drawn. */
const paintedIn = (scheme: Scheme): string => `(async () => {
  document.documentElement.setAttribute('data-mantine-color-scheme', '${scheme}');
  await document.fonts.ready;
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
})()`;

async function examineScheme(page: Page, name: string, scheme: Scheme): Promise<string[]> {
  const { faults, spill } = (await page.evaluate(`(async () => {
    await ${paintedIn(scheme)};
    const { violations } = await axe.run(document, ${JSON.stringify({ ...AXE, runOnly: ASKED[scheme] })});
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
