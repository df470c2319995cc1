/**
 * A member that owes a line disputes it from its own statement, and shows why.
 * Promise: from the amount to the open dispute in one drawer; the receipt arrives at the treasurer, who can answer.
 */
import type { Browser, Page } from 'playwright-core';
import { emptyDatabase } from '../support/app.js';
import { deliverEvents } from '../support/make-settlement.js';
import { closeBrowsers, DESK, findBrowser, openBrowser, openDevice, PHONE } from './support/browser.js';
import { callMonth, makeMonthForScreens, type Month } from './support/treasurers-month.js';
import { startWebApp, type WebApp } from './support/web-app.js';

let web: WebApp;
let browser: Browser;
let month: Month;
let member: Page;
let treasurer: Page;
let faults: readonly (readonly string[])[];

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so no line was disputed.');
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

(isThere ? describe : describe.skip)('a member', () => {
  beforeAll(async () => {
    web = await startWebApp();
    browser = await openBrowser();
    await emptyDatabase();
    month = await makeMonthForScreens(web);
    await callMonth(month);
    await deliverEvents(web.app);
    const devices = [
      await openDevice(browser, web.origin, { viewport: PHONE, session: month.member.session }),
      await openDevice(browser, web.origin, { viewport: DESK, session: month.first.session }),
    ];
    [member, treasurer] = devices.map(({ page }) => page) as [Page, Page];
    faults = devices.map((device) => device.faults.list);
  });
  afterEach(() => expect(faults.flat()).toEqual([]));
  afterAll(async () => {
    await closeBrowsers();
    await web.app.close();
  });

  it('disputes a line of its own statement with its scan and a receipt', async () => {
    await member.goto(`/network/${month.networkId}/statements`);
    await member.getByRole('link', { name: /^Window 1/ }).click();
    await member.getByRole('button', { name: '€122.00' }).click(); // what it pays: 108.00 + 14.00
    await member.getByRole('button', { name: '\u2212€14.00 owes' }).click();
    const line = member.getByRole('dialog');
    await line.getByRole('button', { name: 'Dispute this line' }).click();
    await line.getByLabel('Reason').selectOption('NOT_THERE');
    await line.getByLabel('What happened').fill('Nobody of ours was in Athens that day.');
    await line
      .getByLabel(/^Receipts/)
      .setInputFiles({ name: 'train-ticket.png', mimeType: 'image/png', buffer: PNG });
    await line.getByRole('button', { name: 'Open the dispute' }).click();
    await member.getByRole('heading', { name: 'MRS disputes a line of ATH' }).waitFor();
    await member.getByRole('link', { name: 'train-ticket.png' }).waitFor();
    expect(await member.getByText('The scan at the door is attached.').count()).toBe(1);
  }, 120_000);

  it('is read by the treasurer, who opens the receipt and finds the act in the audit by name', async () => {
    await treasurer.goto('/network');
    await treasurer.getByRole('link', { name: /^MRS disputes a line of ATH/ }).click();
    const [download] = await Promise.all([
      treasurer.waitForEvent('download'),
      treasurer.getByRole('link', { name: 'train-ticket.png' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('train-ticket.png');
    await treasurer.goto(`/network/${month.networkId}/audit?section=DISPUTES`);
    await treasurer.getByRole('row', { name: /Amina Ferrand Dispute MRS\s*: opened €14\.00/ }).waitFor();
    const [file] = await Promise.all([
      treasurer.waitForEvent('download'),
      treasurer.getByRole('link', { name: 'CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('acts.csv');
  }, 120_000);
});
