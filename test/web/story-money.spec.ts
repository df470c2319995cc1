/**
 * Marko of Rijeka buys ten days for 150.00: his first card is declined, his second asks his bank. He uses six of
 * them, gives the pass back, and gets 60.00. Then he pays a visit that no pass paid for. To the cent, in a browser.
 */
import type { Browser, Page } from 'playwright-core';
import { startSandbox } from '../../src/payment-sandbox/index.js';
import { emptyDatabase, ownerSql } from '../support/app.js';
import { agentWith } from '../support/make-identity.js';
import { openShop, settleMoney, tellProvider, type Shop, type Till } from '../support/make-payments.js';
import { passHold } from '../support/make-passes.js';
import { placeSpace } from '../support/place-rows.js';
import { freePort } from '../support/redis.js';
import { closeBrowsers, DESK, findBrowser, openBrowser, openDevice, PHONE } from './support/browser.js';
import { makeMember, startWebApp, type Member } from './support/web-app.js';

let till: Pick<Till, 'app' | 'sandbox'> & { readonly origin: string };
let shop: Shop;
let marko: Member;
let browser: Browser;

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so Marko bought nothing.');

(isThere ? describe : describe.skip)('Marko’s ten days', () => {
  beforeAll(async () => {
    const sandbox = await startSandbox();
    const port = await freePort();
    const settings = { PAYMENT_SANDBOX_URL: sandbox.url, PORT: String(port) };
    const { app, origin } = await startWebApp({ settings, port });
    till = { app, sandbox, origin };
    await emptyDatabase();
    await tellProvider(till);
    shop = await openShop(app, { name: 'Euro-Med pass' });
    marko = await makeMember({ app, origin, clock: null as never }, { name: 'Marko Babić' });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await closeBrowsers();
    await till.app.close();
    await till.sandbox.close();
  });

  it('cost 150.00, of which 60.00 come back when six days are used', async () => {
    const { page, faults } = await openDevice(browser, till.origin, {
      session: marko.session,
      viewport: PHONE,
    });
    await page.goto('/me/money/buy');
    await page.getByText('Begin at once').click();
    await page.getByRole('button', { name: 'Buy Euro-Med pass' }).click();
    await payWith(page, '4000000000000002');
    await page.getByRole('alert').waitFor();
    await payWith(page, '4000002500003155');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.waitForURL(/\/me\/money\/purchases\//);
    await settleMoney(till);
    await page.getByText('Show my pass').waitFor();
    expect(await receipt(page)).toMatchObject({ Price: '€150.00', Total: '€150.00' });

    const [pass] = (await agentWith(till.app, marko.session).get('/v1/passes').expect(200)).body.items;
    const space = await placeSpace(till.app, shop.network);
    await passHold(till.app).use(marko.id, { passId: pass.id, hostSpaceId: space.id, halfDays: 12 });
    await page.getByText('Give it back').click();
    await page.getByRole('button', { name: 'Withdraw from the purchase' }).click();
    await page.locator('.money-refunded').waitFor();
    await settleMoney(till);
    expect(await receipt(page)).toMatchObject({ 'Given back': '€60.00' });
    expect(till.sandbox.store.all('refund').map(({ amount }) => amount)).toEqual([6_000]);
    const accounts = await ownerSql<{ kind: string; left: string }>(
      `SELECT kind, (credits - debits)::text AS left FROM ledger.accounts
       WHERE kind IN ('provider_clearing', 'pass_sales') ORDER BY kind`,
    );
    expect(accounts).toEqual([
      { kind: 'pass_sales', left: '9000' }, // six days of 15.00
      { kind: 'provider_clearing', left: '0' },
    ]);
    const strange = faults.list.filter((fault) => !fault.startsWith(`off origin: ${till.sandbox.url}`));
    expect(strange).toEqual([]); // the provider’s page is the one place elsewhere
  }, 240_000);

  it('are read in Arabic on the provider’s page as well, and a card can be left for later', async () => {
    await ownerSql(`UPDATE identity.people SET language = 'ar' WHERE id = $1`, [marko.id]);
    const { page } = await openDevice(browser, till.origin, { session: marko.session, viewport: DESK });
    await page.goto('/me/money/methods');
    await page.locator('.money .pill-strong').click();
    await page.locator('input[name=number]').waitFor();
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    await payWith(page, '4242424242424242');
    await page.waitForURL(/\/me\/money\/methods/);
    await page.getByText('•••• 4242').waitFor();
  }, 240_000);
});

async function payWith(page: Page, number: string): Promise<void> {
  await page.locator('input[name=number]').fill(number);
  await page.locator('input[name=expiry]').fill('12/34');
  await page.locator('input[name=cvc]').fill('123');
  await page.locator('button.main').click();
}

/** The lines of the receipt, by their names. */
async function receipt(page: Page): Promise<Record<string, string>> {
  const [names, values] = await Promise.all([
    page.locator('.money-receipt dt').allTextContents(),
    page.locator('.money-receipt dd').allTextContents(),
  ]);
  return Object.fromEntries(names.map((name, index) => [name, values[index]!.trim()]));
}
