/**
 * How people sign in and prove it again, with a real browser and its virtual authenticator: passkey, authenticator app,
 * the question before money, and the operator who looks with somebody's eyes.
 */
import type { Page } from 'playwright-core';
import { newId } from '../../src/kernel/ids.js';
import { serveQueueBoard } from '../../src/queue-board.js';
import { emptyDatabase } from '../support/app.js';
import { makeOrganisation } from '../support/make-identity.js';
import { codeOf, proveMinutesAgo } from '../support/prove.js';
import { closeBrowsers, DESK, findBrowser, openBrowser, openDevice, PHONE } from './support/browser.js';
import { makeMember, startWebApp, type Member, type WebApp } from './support/web-app.js';

let web: WebApp;
/** Passkeys belong to a name, not to a bare address. */
let site: string;
let networkId: string;

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so nobody signed in with a passkey.');

/** A phone that confirms by its owner's finger, which is always there. */
async function giveVirtualAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function signIn(page: Page, { email, password }: Member): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.goto('/me');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL((url) => url.pathname === '/');
}

(isThere ? describe : describe.skip)('signing in', () => {
  beforeAll(async () => {
    web = await startWebApp({ also: serveQueueBoard });
    site = web.origin.replace('127.0.0.1', 'localhost');
    await emptyDatabase();
    networkId = (await makeOrganisation(web.app)).id;
  });
  afterAll(async () => {
    await closeBrowsers();
    await web.app.close();
  });

  it('with a passkey needs no password, and the passkey answers before an authenticator app is added', async () => {
    const member = await makeMember(web, { name: 'Leïla Haddad' });
    const { page, faults } = await openDevice(await openBrowser(), site, { viewport: PHONE });
    await giveVirtualAuthenticator(page);
    await signIn(page, member);
    await page.waitForURL('**/me/pass');
    await page.goto('/me/security');
    await page.getByLabel('What do you call this device?').fill('My phone');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('button', { name: 'Remove My phone' }).waitFor();
    await page.getByText('A passkey was added').waitFor();

    await signOut(page);
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL('**/me/pass');

    await proveMinutesAgo(member.id, 6);
    await page.goto('/me/security');
    await page.getByRole('button', { name: 'Add an authenticator app' }).click();
    const dialog = page.getByRole('dialog', { name: 'Is it you?' });
    await dialog.getByRole('button', { name: 'Use a passkey' }).click();
    const key = (await page.locator('.security code').innerText()).replaceAll(' ', '');
    await page.getByLabel('The code that the app shows now').fill(await codeOf(key));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('button', { name: 'Remove the app' }).waitFor();

    await signOut(page);
    await signIn(page, member);
    await page.getByLabel('Code of the authenticator app').fill(await codeOf(key, 1));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL('**/me/pass');
    expect(faults.list).toEqual([]);
  }, 120_000);

  it('ends from another device', async () => {
    const member = await makeMember(web, { name: 'Omar Ben Ali' });
    const browser = await openBrowser();
    const here = await openDevice(browser, site, { viewport: DESK });
    await signIn(here.page, member);
    await here.page.waitForURL('**/me/pass');
    const there = await openDevice(browser, site, { viewport: PHONE });
    await signIn(there.page, member);
    await there.page.waitForURL('**/me/pass');
    await here.page.goto('/me/security');
    await here.page
      .getByRole('button', { name: /^End it: Chrome/ })
      .first()
      .click();
    await here.page.getByText('A session was ended from elsewhere').waitFor();
    await here.page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await here.page.waitForURL('**/sign-in');
    // A device keeps for a minute what it knew last; the server no longer knows it.
    expect((await there.page.request.get('/v1/sessions/current')).status()).toBe(401);
    expect([...here.faults.list, ...there.faults.list]).toEqual([]);
  }, 120_000);

  it('sends a treasurer who has nothing but a password to where they add more', async () => {
    const member = await makeMember(web, { name: 'Nadia Karam' });
    const operator = await makeMember(web, {
      name: 'Olga Petrou',
      grants: [{ organisationId: networkId, role: 'platform_admin' }],
    });
    const browser = await openBrowser();
    const office = await openDevice(browser, site, { viewport: DESK, session: operator.session });
    const given = await office.page.request.put(`/v1/memberships/${newId()}`, {
      data: { personId: member.id, organisationId: networkId, role: 'network_treasurer' },
    });
    expect(given.status()).toBe(200);
    const { page, faults } = await openDevice(browser, site, { viewport: PHONE });
    await signIn(page, member);
    await page.waitForURL('**/me/security');
    await page.getByText('Your role moves other people’s money.').waitFor();
    expect(faults.list).toEqual([]);
  }, 120_000);

  it('as the platform’s operator finds somebody, looks with their eyes under a banner, can change nothing, and is themselves again', async () => {
    const person = await makeMember(web, { name: 'Jonas Weber' });
    const grants = [{ organisationId: networkId, role: 'platform_admin' as const }];
    const { session } = await makeMember(web, { name: 'Petra Novak', grants });
    const browser = await openBrowser();
    const { page, faults } = await openDevice(browser, site, { viewport: DESK, session });
    await page.goto('/admin');
    await page.getByLabel('Name or address').fill('jonas');
    await page.getByRole('button', { name: 'Find', exact: true }).click();
    await page.getByText('Look with their eyes').click();
    await page.getByLabel('Why').fill('Their booking of Monday is not shown');
    await page.getByRole('button', { name: 'Look now' }).click();
    const banner = page.getByRole('alert').filter({ hasText: 'You look with the eyes of Jonas Weber' });
    await banner.waitFor();
    await page.goto('/me/security');
    await banner.waitFor();
    await page.getByRole('button', { name: 'Make recovery codes' }).click();
    await page.getByText('You look with somebody else’s eyes, and change nothing.').waitFor();
    await banner.getByRole('button', { name: 'Stop looking' }).click();
    await page.getByRole('heading', { name: 'Platform' }).waitFor();
    expect(await banner.count()).toBe(0);

    const theirs = await openDevice(browser, site, { viewport: PHONE, session: person.session });
    await theirs.page.goto('/me/security');
    await theirs.page.getByText('Their booking of Monday is not shown').waitFor();

    await page.goto('/v1/queue-board/');
    await page.getByText('events').first().waitFor();
    expect([...faults.list, ...theirs.faults.list]).toEqual([]);
  }, 120_000);
});
