import { mkdirSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { DESK, openBrowser, openDevice, PHONE, type Visitor } from './browser.js';
import type { WebApp } from './web-app.js';

/** Without frames and style sheets from elsewhere, there is nothing to load before looking. */
const AXE = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  resultTypes: ['violations'],
  preload: false,
  iframes: false,
};
/** Where to put pictures of every page, for a person to look at. */
const PICTURES = process.env['PICTURES'];

type Look = readonly [lang: 'en' | 'ar', scheme: 'light' | 'dark'];

export const LOOKS: Look[] = [
  ['en', 'light'],
  ['en', 'dark'],
  ['ar', 'light'],
];

/** A page is opened once and then turned, which also shows that it stands being turned. */
const WIDTHS = [PHONE, DESK];

/** Goes where one person goes, and gives what is wrong on the way. `look` ends the names of the pictures. */
export type Walk = (page: Page, look: string) => Promise<string[]>;
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
  [lang, scheme]: Look,
): Promise<string[]> {
  const cookies = [
    { name: 'lang', value: lang, url: origin },
    { name: 'scheme', value: scheme, url: origin },
  ];
  const found = await Promise.all(
    walkers.map(async ({ visitor: { context, page, faults }, walk }) => {
      await context.addCookies(cookies);
      const seen = await walk(page, `${lang}-${scheme}`);
      return [...seen, ...faults.list.splice(0)];
    }),
  );
  return found.flat();
}

/** Opens a page, waits until it is there, and examines it. */
export async function visit(page: Page, address: string, name: string): Promise<string[]> {
  await page.goto(address);
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  return examine(page, name);
}

/** axe, width and a page that broke, as it stands now, on a phone and on a desk unless told otherwise. */
export async function examine(page: Page, name: string, widths = WIDTHS): Promise<string[]> {
  const found: string[] = [];
  for (const viewport of widths) {
    await page.setViewportSize(viewport);
    found.push(...(await examineWidth(page, `${name}-${viewport.width}`)));
  }
  return found;
}

async function examineWidth(page: Page, name: string): Promise<string[]> {
  const { faults, spill } = (await page.evaluate(`(async () => {
    await document.fonts.ready;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const { violations } = await axe.run(document, ${JSON.stringify(AXE)});
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
