/**
 * A town employs Paul, a region pays for his days: he tells his employer, asks for days, and books one in Marseille.
 * Employer and sponsor each act on their own page; neither sees what is the other's. All pages are examined on the way.
 */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { emptyDatabase } from '../support/app.js';
import { agentWith } from '../support/make-identity.js';
import { makeProgramme, makeSponsored, type Sponsored } from '../support/make-programmes.js';
import { closeBrowsers, DESK, findBrowser, openBrowser, openDevice, PHONE } from './support/browser.js';
import { examine } from './support/looks.js';
import { makeMember, startWebApp, type Member, type WebApp } from './support/web-app.js';

let web: WebApp;
let browser: Browser;
let world: Sponsored;
let paul: Member;
let town: Member;
let region: Member;

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so Paul had no voucher.');

const put = (page: Page, address: string) =>
  page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.url().includes(address));

(isThere ? describe : describe.skip)('an agent, an employer and a sponsor', () => {
  beforeAll(async () => {
    web = await startWebApp();
    await emptyDatabase();
    world = await makeSponsored(web.app);
    await makeProgramme(world);
    const sponsor = (organisationId: string) => [{ organisationId, role: 'public_sponsor' as const }];
    paul = await makeMember(web, { name: 'Paul Ferrand' });
    town = await makeMember(web, { name: 'Leïla Moretti', grants: sponsor(world.employerId) });
    region = await makeMember(web, { name: 'Hugo Sastre', grants: sponsor(world.sponsorId) });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await closeBrowsers();
    await web.app.close();
  });

  it('make a day of telework paid for in five steps', async () => {
    const open = async (session: string, viewport: typeof PHONE) => {
      const visitor = await openDevice(browser, web.origin, { session, viewport });
      await visitor.context.addInitScript({ content: axe.source });
      return visitor;
    };
    const [agent, employer, sponsor] = [
      await open(paul.session, PHONE),
      await open(town.session, DESK),
      await open(region.session, DESK),
    ];
    const { page } = agent;
    await page.goto('/me');
    await page.getByText('I work for a public employer').click();
    await page.getByLabel('Address at work').fill('paul@marseille.example');
    const told = put(page, '/v1/agents/');
    await page.getByRole('button', { name: 'Tell them' }).click();
    expect((await told).status()).toBe(200);
    await page.getByText('Waits for the employer').waitFor();

    await employer.page.goto('/sponsor/agents');
    const confirmed = put(employer.page, '/confirmation');
    await employer.page.getByRole('button', { name: 'Confirm' }).click();
    expect((await confirmed).status()).toBe(200);
    await employer.page.getByRole('cell', { name: 'Confirmed' }).waitFor();

    await page.reload();
    await page.getByText('Ask for days').click();
    await page.getByLabel('Days', { exact: true }).fill('3');
    await page.getByLabel('Reason').fill('Two days near home');
    const asked = put(page, '/v1/voucher-requests/');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    expect((await asked).status()).toBe(200);

    await sponsor.page.goto('/sponsor');
    await sponsor.page.getByRole('link', { name: 'Agents nomades 2026' }).click();
    const granted = put(sponsor.page, '/answer');
    await sponsor.page.getByRole('button', { name: 'Grant' }).click();
    expect((await granted).status()).toBe(200);
    await sponsor.page.getByText('€54.00').waitFor(); // three days of 18.00 are committed

    await page.reload();
    const taken = put(page, '/v1/vouchers/answer');
    await page.getByRole('button', { name: 'Take them' }).click();
    expect((await taken).status()).toBe(200);
    await page.getByText('3 days are left').waitFor();
    await page.goto(`/spaces/${world.spaces.MRS.id}?from=2026-12-07&until=2026-12-07`);
    await page.getByText('Your sponsor pays, with a voucher of a day.').first().waitFor();
    const booked = put(page, '/v1/bookings/');
    await page.getByRole('button', { name: 'Book this desk' }).click();
    expect((await booked).status()).toBe(200);
    const { body } = await agentWith(web.app, paul.session).get('/v1/bookings').expect(200);
    expect(body.items[0]).toMatchObject({
      day: '2026-12-07',
      funding: 'SPONSOR_VOUCHER',
      guestPrice: { minor: 0 },
    });

    await page.goto('/me');
    await page.getByText('2 days are left').waitFor();
    await sponsor.page.reload();
    await sponsor.page.getByRole('row', { name: /Paul Ferrand/ }).waitFor();
    const text = (await sponsor.page.locator('main').textContent()) ?? '';
    expect(text).not.toContain('2026-12-07'); // whose day it is, and where, is not the sponsor's to know
    const found = [
      ...(await examine(page, 'agent-vouchers')),
      ...(await examine(employer.page, 'employer-agents')),
      ...(await examine(sponsor.page, 'sponsor-programme')),
    ];
    expect(found).toEqual([]);
    expect([agent, employer, sponsor].flatMap(({ faults }) => faults.list)).toEqual([]);
  }, 240_000);
});
