/**
 * A treasurer's month (scenario S6), as three people would play it on the screen.
 * Promise: from the first alert to a reconciled bank line nobody leaves the screen, nobody acts alone, and every
 * number opens to its scan in at most three clicks.
 */
import type { Browser, Page } from 'playwright-core';
import { emptyDatabase } from '../support/app.js';
import { deliverEvents } from '../support/make-settlement.js';
import { proveNow } from '../support/prove.js';
import { closeBrowsers, DESK, findBrowser, openBrowser, openDevice } from './support/browser.js';
import { leccesStatement, makeMonthForScreens, type Month } from './support/treasurers-month.js';
import { startWebApp, type WebApp } from './support/web-app.js';

let web: WebApp;
let month: Month;
let browser: Browser;
let page: Page;
let second: Page;
let third: Page;
let faults: readonly (readonly string[])[];

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so no month was closed.');

const act = async (on: Page, name: string) => {
  await on.getByRole('button', { name, exact: true }).first().click();
  await on.getByRole('button', { name: 'Yes, do it' }).click();
};
const rowsOf = async (table: string) =>
  (await page.getByRole('region', { name: table, exact: true }).locator('tbody tr').allInnerTexts()).map(
    (row) => row.replaceAll(/\s+/g, ' ').trim(),
  );
const wait = (text: string | RegExp, on = page) => on.getByText(text).first().waitFor();

(isThere ? describe : describe.skip)('a treasurer', () => {
  beforeAll(async () => {
    web = await startWebApp();
    browser = await openBrowser();
    await emptyDatabase();
    month = await makeMonthForScreens(web);
    const open = ({ session }: { session: string }) =>
      openDevice(browser, web.origin, { viewport: DESK, session });
    const devices = [await open(month.first), await open(month.second), await open(month.third)];
    [page, second, third] = devices.map((device) => device.page) as [Page, Page, Page];
    faults = devices.map((device) => device.faults.list);
  });
  afterEach(() => expect(faults.flat()).toEqual([]));
  afterAll(async () => {
    await closeBrowsers();
    await web.app.close();
  });

  it('is told that the month is over, and closes it with a second pair of eyes', async () => {
    await page.goto('/network');
    await page.getByRole('link', { name: 'Window 1 is over and can be closed' }).click();
    await wait('Two people have said yes.');
    await act(page, 'Propose the closing');
    await wait('You proposed the closing. It waits for a colleague.');

    await second.goto('/network');
    await second.getByRole('link', { name: /^A colleague proposes to close a window/ }).click();
    await act(second, 'Approve the closing');
    await second.getByRole('button', { name: 'Close the window' }).waitFor();

    await page.reload();
    await act(page, 'Close the window');
    await page.getByRole('heading', { name: 'Positions' }).waitFor();
    await deliverEvents(web.app); // the documents are issued
    await page.reload();
    await wait(/^It holds: 26 visits were counted once each/);
    expect(await rowsOf('Positions')).toEqual([
      'MRS €180.00 €122.00 +€58.00 is owed calculated',
      'ATH €70.00 €36.00 +€34.00 is owed calculated',
      'BCN €144.00 €136.00 +€8.00 is owed calculated',
      'RJK €12.00 €36.00 −€24.00 owes calculated',
      'LEC €36.00 €112.00 −€76.00 owes calculated',
    ]);
    expect((await rowsOf('Payments')).map((row) => row.replace(/ to be made.*/, ''))).toEqual([
      'LEC MRS €58.00',
      'LEC ATH €18.00',
      'RJK ATH €16.00',
      'RJK BCN €8.00', // 100.00 in all
    ]);
    await wait('77.38 %');
  }, 300_000);

  it('opens a number of the matrix and of a statement to the scan behind it', async () => {
    await page.getByRole('button', { name: 'LEC owes MRS €100.00' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /2 Nov 2026/ })
      .click();
    await wait('A: live code, read online');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Why this amount' }).first().click();
    await page.getByRole('dialog').getByText('is paid by LEC').waitFor();
    await page.getByRole('link', { name: 'Statement of MRS' }).click();
    await page.getByRole('heading', { name: 'Statement of MRS' }).waitFor();
    await page.getByRole('button', { name: '€180.00' }).click(); // one
    await page.getByRole('button', { name: '+€20.00 is owed' }).first().click(); // two
    const origin = page.getByRole('dialog');
    await origin.getByText('At the door').waitFor();
    await origin.getByText('A: live code, read online').waitFor();
    await origin.getByText('2 × €10.00 = €20.00').waitFor();
    expect(await origin.count()).toBe(1);
    await page.keyboard.press('Escape');
  }, 180_000);

  it('sends the statements, calls the payments, and batches what Lecce pays', async () => {
    await proveNow(month.first.id, month.second.id, month.third.id); // money asks for a proof of the last minutes
    await page.getByRole('article').getByRole('link', { name: 'Window 1' }).click();
    await act(page, 'Send the statements');
    await act(page, 'Call the payments');
    await wait(/^Payments still to be made: 4/);
    await deliverEvents(web.app); // the instructions go out
    await page.getByRole('link', { name: 'To the bank: batches of these payments' }).click();
    await wait('pays €76.00 in 2 payments');
    await act(page, 'Propose the batch');
    await wait('It waits for others: two people who did not propose it.');
    for (const other of [second, third]) {
      await other.goto('/network');
      await other.getByRole('link', { name: '1 payment batch waits for its approvals' }).click();
      await act(other, 'Approve the batch');
      await wait(/^Approved by you/, other);
    }
    await page.reload();
    const file = page.getByRole('link', { name: 'pain.001.001.09' });
    const [download] = await Promise.all([page.waitForEvent('download'), file.click()]);
    expect(download.suggestedFilename()).toBe('credit-transfers.xml');
    await act(page, 'Mark as sent to the bank');
    await wait('sent to the bank');
  }, 300_000);

  it('finds the money at the bank, says yes to what is only likely by a key, and Lecce is reconciled', async () => {
    const { body } = await month.first.agent
      .get(`/v1/payment-batches?windowId=${month.windowId}`)
      .expect(200);
    const paid = body.items[0].payments as { amount: { minor: number }; endToEndId: string }[];
    const reference = paid.find(({ amount }) => amount.minor === 5_800)!.endToEndId;
    await page.getByRole('link', { name: 'Import a file' }).click();
    await page.getByLabel('Account').selectOption(month.accounts.LEC);
    await page.getByLabel(/^File of the bank/).setInputFiles({
      name: 'lecce.xml',
      mimeType: 'application/xml',
      buffer: leccesStatement([
        { amount: '58.00', reference, payee: 'MRS' },
        { amount: '18.00', payee: 'ATH' }, // the bank has lost the reference
      ]),
    });
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByRole('button', { name: 'Import 2 lines' }).click();
    await page.getByRole('link', { name: 'To the bank lines' }).click();
    await wait('same account and same amount');
    await page.keyboard.press('Enter'); // on the line that has the keys at once
    await wait('Nothing waits for your yes.');
    await page.getByRole('button', { name: 'Matched 2' }).waitFor();
    await page.getByRole('link', { name: 'Windows', exact: true }).click();
    await page.getByRole('link', { name: /^Window 1/ }).click();
    await page.getByRole('heading', { name: 'Positions' }).waitFor();
    const positions = await rowsOf('Positions');
    expect(positions.find((row) => row.startsWith('LEC'))).toBe('LEC €36.00 €112.00 −€76.00 owes reconciled');
    expect(positions.find((row) => row.startsWith('MRS'))).toMatch(/paid out$/);
  }, 240_000);
});
