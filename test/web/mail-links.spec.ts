/**
 * What mails lead to, as a person meets it: somebody registers, finds the mail in the outbox, confirms the address,
 * signs in; later they forget the password and choose another.
 */
import type { Browser, Page } from 'playwright-core';
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
import { makeMember, startWebApp, type WebApp } from './support/web-app.js';
import { makeWorld, type World } from './support/world.js';

const PASSWORD = 'sea and salt and sun';
const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so no mail link was opened.');

(isThere ? describe : describe.skip)('the links of mails', () => {
  let web: WebApp;
  let world: World;
  let guest: Visitor;
  let operator: Visitor;
  let browser: Browser;

  beforeAll(async () => {
    web = await startWebApp();
    await emptyDatabase();
    world = await makeWorld(web);
    const grants = [{ organisationId: world.host.networkId, role: 'platform_admin' as const }];
    const { session } = await makeMember(web, { name: 'Olga Petrou', grants });
    browser = await openBrowser();
    guest = await openDevice(browser, web.origin, { viewport: PHONE });
    operator = await openDevice(browser, web.origin, { session });
  });
  afterAll(async () => {
    await closeBrowsers();
    await web.app.close();
  });

  /** The link of the newest mail with that subject, as its reader finds it in the outbox. */
  async function linkOf(subject: string): Promise<string> {
    const { page } = operator;
    await page.goto('/mails');
    await page.getByRole('button', { name: subject }).first().click();
    await page.frameLocator('iframe').getByRole('link', { name: 'Open in Escale' }).waitFor();
    await page.getByRole('button', { name: 'As text' }).click();
    const href = await page.locator('.mails-mail pre a').getAttribute('href');
    return href!;
  }

  /**
   * What stands between a mail and its reader: a filter that asks for every link's head and body, and one that opens it
   * in a browser of its own, runs the page, and presses nothing.
   */
  async function scan(link: string): Promise<void> {
    for (const method of ['HEAD', 'GET'])
      expect((await fetch(new URL(link, web.origin), { method })).status).toBe(200);
    const filter = await openDevice(browser, web.origin, { viewport: DESK });
    await filter.page.goto(link);
    await filter.page.locator('h1').waitFor();
    await filter.page.waitForLoadState('networkidle');
    await filter.page.reload();
    await filter.context.close();
  }

  async function signIn(page: Page, password: string): Promise<void> {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill('lina@example.org');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  it('confirm an address, and then it may sign in', async () => {
    const { page } = guest;
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Register' }).click();
    await page.getByLabel('Name').fill('Lina Karam');
    await page.getByLabel('E-mail').fill('lina@example.org');
    await page.getByLabel('New password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    const link = await linkOf('Confirm your address');
    await scan(link);
    await page.goto(link);
    await page.getByRole('button', { name: 'Confirm' }).waitFor();
    expect(new URL(page.url()).hash).toBe(''); // the secret is out of the address bar
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();
    await signIn(page, PASSWORD);
    await page.waitForURL('**/me/pass');
    expect(guest.faults.list).toEqual([]);
    expect(operator.faults.list).toEqual([]);
  }, 120_000);

  it('choose a new password, which is the only one from then on', async () => {
    const { page } = guest;
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Forgotten the password?' }).click();
    await page.getByLabel('E-mail').fill('lina@example.org');
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    const link = await linkOf('Choose a new password');
    await scan(link);
    await page.goto(link);
    await page.getByLabel('New password').fill('another sentence of mine');
    await page.getByRole('button', { name: 'Save the password' }).click();
    await page.getByRole('heading', { name: 'Your password is changed' }).waitFor();
    await signIn(page, PASSWORD);
    await page.getByRole('alert').waitFor();
    await signIn(page, 'another sentence of mine');
    await page.waitForURL('**/me/pass');
    await page.goto('/new-password');
    await page.getByRole('heading', { name: 'This link is not complete' }).waitFor();
    expect(guest.faults.list).toEqual([]);
  }, 120_000);
});
