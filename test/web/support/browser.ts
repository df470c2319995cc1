import { existsSync } from 'node:fs';
import pg from 'pg';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
];

/** The computer's own Chromium, else the one from npm where it runs; null: none. */
export async function findBrowser(): Promise<string | null> {
  const system = [process.env['CHROMIUM'], ...SYSTEM_BROWSERS].find((path) => path && existsSync(path));
  if (system) return system;
  try {
    const executablePath = await (await import('@sparticuz/chromium')).default.executablePath();
    await (await chromium.launch({ executablePath, args: FLAGS })).close();
    return executablePath;
  } catch {
    return null;
  }
}

/** Only one file at a time has browsers: two of them on a small machine make each other's people too slow. */
const TURN = 4_204_202;
const TURN_MS_MAX = 1_200_000;
import.meta.jest.setTimeout(TURN_MS_MAX); // of a beforeAll that waits for its turn
let turn: pg.Client | null = null;

async function takeTurn(): Promise<void> {
  if (turn) return;
  turn = new pg.Client({ connectionString: new URL('postgres', process.env['TEST_SERVER_URL']).toString() });
  await turn.connect();
  await turn.query('SELECT pg_advisory_lock($1)', [TURN]); // one database for all workers, or it would be no turn
}

/** `camera` is a .y4m that its fake camera shows. */
export async function openBrowser({ camera }: { camera?: string } = {}): Promise<Browser> {
  await takeTurn();
  const executablePath = await findBrowser();
  const args = camera ? [...FLAGS, `--use-file-for-fake-video-capture=${camera}`] : FLAGS;
  const browser = await chromium.launch({ executablePath: executablePath!, args });
  opened.add(browser);
  return browser;
}

const opened = new Set<Browser>();

/** After each test: a page that still looks through its camera makes the next one's people slow. */
export async function closeDevices(): Promise<void> {
  await Promise.all([...opened].flatMap((browser) => browser.contexts().map((context) => context.close())));
}

/** Also those that a failed test left open: a browser outlives the process that started it. */
export async function closeBrowsers(): Promise<void> {
  await Promise.all([...opened].map((browser) => browser.close()));
  opened.clear();
  await turn?.end();
  turn = null;
}

const WAIT_MS_MAX = 60_000; // a camera opens late on a busy machine

export const PHONE = { width: 390, height: 844 };
export const TABLET = { width: 1180, height: 820 };
export const DESK = { width: 1280, height: 900 };

/** What no page may do, noted while it does it. */
export class Faults {
  readonly list: string[] = [];

  watch(page: Page, origin: string): void {
    page.on('console', (message) => {
      if (message.type() === 'error' && !isAnswer(message.text()))
        this.list.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.list.push(String(error)));
    page.on('request', (request) => {
      const isOurs = [origin, 'data:', 'blob:'].some((start) => request.url().startsWith(start));
      if (!isOurs) this.list.push(`off origin: ${request.url()}`);
    });
  }
}

/** Chromium itself writes a line for each answer of 4xx, and for each request while there is no network. */
function isAnswer(text: string): boolean {
  return /Failed to load resource: (the server responded with a status of 4\d\d|net::ERR_(INTERNET_DISCONNECTED|CONNECTION_(RESET|CLOSED|REFUSED)|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED))/.test(
    text,
  );
}

export type Visitor = { readonly context: BrowserContext; readonly page: Page; readonly faults: Faults };

/**
 * One device of one person, in another zone than the spaces and the server. Unless it must work with no network, it
 * keeps no copy of the web application: the service worker would fetch all of it, on each device of each test.
 */
export async function openDevice(
  browser: Browser,
  origin: string,
  { session, ...options }: { session?: string } & Parameters<Browser['newContext']>[0],
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: origin,
    timezoneId: 'Asia/Tokyo',
    locale: 'en-GB',
    permissions: ['camera'],
    serviceWorkers: 'block',
    ...options,
  });
  if (session) await context.addCookies([{ name: 'escale_session', value: session, url: origin }]);
  context.setDefaultTimeout(WAIT_MS_MAX);
  const page = await context.newPage();
  const faults = new Faults();
  faults.watch(page, origin);
  return { context, page, faults };
}
