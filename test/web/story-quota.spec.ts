/**
 * Inès of Tunis spends a week in Marseille: three days from her quota, two she pays herself.
 * She reads it in French and in Arabic, and books all of it at one tap.
 */
import type { Browser, Page } from 'playwright-core';
import { emptyDatabase } from '../support/app.js';
import { makeHome, makeNetwork, makeSpace } from '../support/make-directory.js';
import { agentWith } from '../support/make-identity.js';
import { makeAgreement } from '../support/make-reciprocity.js';
import { closeBrowsers, DESK, findBrowser, openBrowser, openDevice, PHONE } from './support/browser.js';
import { makeMember, startWebApp, type Member, type WebApp } from './support/web-app.js';

const WEEK = 'from=2026-12-07&until=2026-12-11';

let web: WebApp;
let ines: Member;
let browser: Browser;
let host: Awaited<ReturnType<typeof makeSpace>>;

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so Inès stayed at home.');

(isThere ? describe : describe.skip)('Tunis to Marseille', () => {
  beforeAll(async () => {
    web = await startWebApp();
    await emptyDatabase();
    const { app } = web;
    const [med, tunis] = [
      await makeNetwork(app),
      await makeNetwork(app, {
        name: 'Tunisie',
        country: 'TN',
        unit: 'TND',
        settlementProfile: 'GROSS_ONLY',
      }),
    ];
    host = await makeSpace(app, { networkId: med.id });
    const home = await makeSpace(app, {
      networkId: tunis.id,
      name: 'Dar el Bhira',
      city: 'Tunis',
      country: 'TN',
      territoryCode: 'TN-11',
      timeZone: 'Africa/Tunis',
      lat: 36.8008,
      lon: 10.1797,
      unit: 'TND',
    });
    // Six free half-days; then the day rate of Marseille, 40.00, is two half-days of 20.00.
    const ratePerHalfDay = { unit: 'EUR', minor: 2000 };
    await makeAgreement(app, {
      homeNetworkId: tunis.id,
      hostNetworkId: med.id,
      rates: [{ hostSpaceId: host.id, ratePerHalfDay }],
    });
    ines = await makeMember(web, { name: 'Inès Trabelsi' });
    await makeHome(tunis.admin, { personId: ines.id, spaceId: home.id });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await closeBrowsers();
    await web.app.close();
  });

  it('is three days of quota and two priced, said in Arabic and in French, booked in one tap', async () => {
    const open = async (lang: string, viewport: typeof PHONE) => {
      const visitor = await openDevice(browser, web.origin, { session: ines.session, viewport });
      await visitor.context.addCookies([{ name: 'lang', value: lang, url: web.origin }]);
      await visitor.page.goto(`/spaces/${host.id}?${WEEK}`);
      return visitor;
    };
    const arabic = await open('ar', DESK);
    expect(await offerIn(arabic.page)).toEqual([
      '3 أيام من أيامك المجانية هنا: فضاؤك الأصلي يدفع.',
      'يومان تدفعهما بنفسك: 40.00 € لليوم',
    ]);
    expect(await arabic.page.locator('html').getAttribute('dir')).toBe('rtl');

    const french = await open('fr', PHONE);
    expect(await offerIn(french.page)).toEqual([
      "3 jours pris sur vos jours offerts ici : votre lieu d'origine paie.",
      '2 jours que vous payez vous-même: 40,00 € par jour',
    ]);
    // Two days of 40.00.
    expect(plain(await french.page.locator('.offer-price strong').textContent())).toBe('80,00 €');
    await french.page.getByRole('button', { name: 'Réserver 5 jours' }).click();
    await french.page.getByRole('heading', { name: /Votre poste .* est réservé/ }).waitFor();
    expect(await booked()).toEqual([
      '2026-12-07 VISA_QUOTA 0',
      '2026-12-08 VISA_QUOTA 0',
      '2026-12-09 VISA_QUOTA 0',
      '2026-12-10 PAY_AS_YOU_GO 4000',
      '2026-12-11 PAY_AS_YOU_GO 4000',
    ]);
    expect([...arabic.faults.list, ...french.faults.list]).toEqual([]);
  }, 240_000);
});

/** Spaces of every width count as one, and invisible marks as none. */
function plain(text: string | null): string {
  return (text ?? '')
    .replaceAll(/[\u200e\u200f\u061c]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

async function offerIn(page: Page): Promise<string[]> {
  await page.locator('.offer-ways li').nth(1).waitFor();
  const lines = await page.locator('.offer-ways li').all();
  return Promise.all(
    lines.map(async (line) => {
      const days = plain(await line.locator('.offer-days').textContent());
      return plain(await line.textContent()).replace(days, '');
    }),
  );
}

async function booked(): Promise<string[]> {
  const { body } = await agentWith(web.app, ines.session).get('/v1/bookings').expect(200);
  return body.items
    .map(
      ({ day, funding, guestPrice }: { day: string; funding: string; guestPrice: { minor: number } }) =>
        `${day} ${funding} ${guestPrice.minor}`,
    )
    .toSorted();
}
