/**
 * A quarter of the observatory, as a researcher runs it and as everybody reads it; and whose home is whose.
 */
import { emptyDatabase } from '../support/app.js';
import { makeWinter } from '../support/make-observatory.js';
import { closeBrowsers, findBrowser } from './support/browser.js';
import { examine, faultsOf, openWalkers, visit } from './support/looks.js';
import { makeMember, startWebApp, type WebApp } from './support/web-app.js';

let web: WebApp;
const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so no quarter was run by hand.');

(isThere ? describe : describe.skip)('the impact of a quarter', () => {
  let sessions: { researcher: string; nomad: string };
  beforeAll(async () => {
    web = await startWebApp();
    await emptyDatabase();
    const { networkId } = await makeWinter(web.app);
    const grants = [{ organisationId: networkId, role: 'researcher' as const }];
    const researcher = await makeMember(web, { name: 'Salma Haddad', grants });
    const nomad = await makeMember(web, { name: 'Marko Babić' });
    sessions = { researcher: researcher.session, nomad: nomad.session };
  });
  afterAll(async () => {
    await closeBrowsers();
    await web.app.close();
  });

  it('is begun at the researcher’s home, taken step by step, published, and then read by a stranger', async () => {
    const [researcher, stranger, nomad] = await openWalkers(web, [
      {
        session: sessions.researcher,
        walk: async (page) => {
          const found = await visit(page, '/home/researcher', 'home-researcher');
          await page.getByRole('link', { name: /Run a quarter/ }).click();
          await page.getByLabel('Begin a quarter').selectOption('2026-Q1');
          await page.getByRole('button', { name: 'Begin', exact: true }).click();
          for (const step of ['Freeze the data', 'Compute', 'Check for disclosure'])
            await page.getByRole('button', { name: step }).click();
          await page.getByLabel('What the figures show').fill('A quiet winter.');
          await page.getByLabel('What they cannot say').fill('Few answered.');
          found.push(...(await examine(page, 'impact-work')));
          await page.getByRole('button', { name: 'Write the review' }).click();
          await page.getByRole('button', { name: 'Publish', exact: true }).click();
          await page.getByText(/^escale:impact:.*:2026-Q1:v1$/).waitFor();
          return found;
        },
      },
      {
        walk: async (page, look) => {
          const found = await visit(page, '/impact', `impact-${look}`);
          await page.locator('.impact-arcs path.hidden').first().waitFor({ state: 'attached' });
          await page.locator('.impact-chart button').first().click();
          await page.locator('.impact-chart table').waitFor();
          return [...found, ...(await examine(page, `impact-table-${look}`))];
        },
      },
      {
        session: sessions.nomad,
        walk: async (page) => {
          await page.goto('/home/researcher');
          await page.getByRole('heading', { name: 'This is the page of another role' }).waitFor();
          return visit(page, '/me', 'you-rights');
        },
      },
    ]);
    expect(await faultsOf(web, [researcher!], 'en')).toEqual([]);
    expect(await faultsOf(web, [stranger!, nomad!], 'en')).toEqual([]);
    expect(await faultsOf(web, [stranger!], 'ar')).toEqual([]);
  }, 180_000);
});
