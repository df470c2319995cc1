/**
 * The clearing house in light, dark and Arabic, on a phone and on a desk, for its treasurer and for a member.
 * Promise: axe finds nothing (WCAG 2.2 AA), nothing is written to the console as an error, nothing is asked
 * of another origin, and nothing is wider than the screen.
 */
import type { Page } from 'playwright-core';
import { emptyDatabase } from '../support/app.js';
import { deliverEvents } from '../support/make-settlement.js';
import { closeBrowsers, findBrowser } from './support/browser.js';
import { faultsOf, LOOKS, openWalkers, visit, type Walker } from './support/looks.js';
import { callMonth, makeMonthForScreens, type Month } from './support/treasurers-month.js';
import { startWebApp, type WebApp } from './support/web-app.js';

let web: WebApp;
let walkers: Walker[];

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so no clearing house was looked at.');

const roomsOf = ({ windowId, agreementId, parties: { LEC, MRS } }: Month) => ({
  overview: 'overview',
  usage: 'usage?evidence=A',
  agreements: 'agreements',
  agreement: `agreements/${agreementId}`,
  windows: 'windows',
  window: `windows/${windowId}`,
  pair: `windows/${windowId}?pair=${LEC.id}.${MRS.id}`,
  statement: `windows/${windowId}/statements/${LEC.id}?view=items`,
  disputes: 'disputes',
  lines: 'bank/lines',
  import: 'bank/import',
  batches: 'bank/batches',
  accounts: 'bank/accounts',
  rates: 'rates',
  health: 'health',
  rules: 'rules',
  member: `rules?party=${LEC.id}`,
  books: 'books',
  journal: 'books/journal',
  audit: 'audit',
});

(isThere ? describe : describe.skip)('every room of a clearing house', () => {
  beforeAll(async () => {
    web = await startWebApp();
    await emptyDatabase();
    const month = await makeMonthForScreens(web);
    await callMonth(month);
    await deliverEvents(web.app);
    const rooms = roomsOf(month);
    const walk =
      (who: string, seen: Readonly<Record<string, string>>) => async (page: Page, look: string) => {
        const found: string[] = [];
        for (const [name, room] of Object.entries(seen))
          found.push(...(await visit(page, `/network/${month.networkId}/${room}`, `${who}-${name}-${look}`)));
        return found;
      };
    walkers = await openWalkers(web, [
      { session: month.first.session, walk: walk('treasurer', rooms) },
      {
        session: month.member.session,
        walk: walk('member', {
          health: rooms.health,
          closed: rooms.overview,
          statements: 'statements',
          own: `statements/${month.windowId}/${month.parties.MRS.id}?view=items`,
        }),
      },
    ]);
  });
  afterAll(async () => {
    await closeBrowsers();
    await web.app.close();
  });

  it.each(LOOKS)(
    'in %s: axe, console, origin and width find nothing',
    async (look) => {
      expect(await faultsOf(web, walkers, look)).toEqual([]);
    },
    300_000,
  );
});
