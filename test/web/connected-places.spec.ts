/**
 * The data bank and connected places, as a stranger, a facilitator and two nomads meet them.
 * Promise: what is wrong can be told without an account and is answered in public; nobody is seen who did not say so.
 */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { Temporal } from '../../src/kernel/time.js';
import { emptyDatabase } from '../support/app.js';
import { makeNetwork, makeSpace } from '../support/make-directory.js';
import { importTwoPlaces } from '../support/make-places.js';
import { closeBrowsers, DESK, findBrowser, openBrowser, openDevice, PHONE } from './support/browser.js';
import { examine, visit } from './support/looks.js';
import { makeMember, startWebApp, type WebApp } from './support/web-app.js';

let web: WebApp;
let browser: Browser;
const people: Record<'stranger' | 'admin' | 'leader' | 'ines' | 'paul', Page> = Object.create(null);
const sessions: Record<string, string> = {};
const faults: (readonly string[])[] = [];

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so nobody met anybody.');

(isThere ? describe : describe.skip)('the data bank and connected places', () => {
  beforeAll(async () => {
    web = await startWebApp();
    browser = await openBrowser();
    await emptyDatabase();
    const { id: networkId } = await makeNetwork(web.app);
    const { operatorId } = await makeSpace(web.app, { networkId });
    await importTwoPlaces(web.app);
    const roles = {
      admin: [{ organisationId: networkId, role: 'network_admin' as const }],
      leader: [{ organisationId: operatorId, role: 'facilitator' as const }],
      ines: [],
      paul: [],
    };
    const names = { admin: 'Sofia Lindgren', leader: 'Nora Kaci', ines: 'Inès Trabelsi', paul: 'Paul Roux' };
    for (const [who, name] of Object.entries(names) as [keyof typeof roles, string][])
      sessions[who] = (await makeMember(web, { name, grants: roles[who] })).session;
    for (const who of ['stranger', 'admin', 'leader', 'ines', 'paul'] as const) {
      const session = sessions[who];
      const viewport = who === 'leader' ? DESK : PHONE;
      const device = await openDevice(browser, web.origin, { viewport, ...(session ? { session } : {}) });
      await device.context.addInitScript({ content: axe.source });
      people[who] = device.page;
      faults.push(device.faults.list);
    }
  });
  afterEach(() => expect(faults.flat()).toEqual([]));
  afterAll(async () => {
    await closeBrowsers();
    await web.app.close();
  });

  it('a stranger finds a place, says what is wrong in it and where one is missing; the answer is public', async () => {
    const { stranger, admin } = people;
    await stranger.goto('/data');
    await stranger.getByLabel('Name or city').fill('manosque');
    await stranger.getByRole('button', { name: 'Find' }).click();
    await stranger.getByRole('heading', { name: '1 record' }).waitFor();
    await stranger.getByText('Something is wrong', { exact: true }).click();
    await stranger.getByLabel('It should say').fill('La Garrigue, Manosque');
    await stranger.getByLabel('How do you know?').fill('It is on the door.');
    await stranger.getByRole('button', { name: 'Report' }).click();
    await stranger.getByText('Waits for an answer').waitFor();
    await stranger.locator('select[name=city]').selectOption({ label: 'Alexandria, EG' });
    await stranger.getByRole('button', { name: 'Count me in' }).click();
    await stranger.getByText('You are counted in Alexandria.').waitFor();
    await stranger.getByRole('row', { name: /Alexandria, EG fewer than five 0/ }).waitFor();
    await admin.goto('/data');
    await admin.getByLabel('Your reason, which everybody reads').fill('We rang them.');
    await admin.getByRole('button', { name: 'Correct it' }).click();
    await admin.getByText('Corrected').waitFor();
    await stranger.goto('/data?q=manosque');
    await stranger.getByRole('heading', { name: 'La Garrigue, Manosque' }).first().waitFor();
    expect(await examine(stranger, 'data')).toEqual([]);
  }, 120_000);

  it('two who said that they come are introduced, and one of them attests an encounter on the spot', async () => {
    const { leader, ines, paul } = people;
    for (const [page, skills] of [
      [ines, 'I draw.'],
      [paul, 'I print.'],
    ] as const) {
      await page.goto('/encounters');
      await page.getByText('Say that you come').click();
      await page.getByLabel('First day').fill(today(7));
      await page.getByLabel('Last day').fill(today(9));
      await page.getByLabel(/^What you do/).fill(skills);
      await page.getByRole('checkbox').check();
      await page.getByRole('button', { name: 'Share it' }).click();
      await page.getByRole('button', { name: 'Take it back' }).waitFor();
    }
    await leader.goto('/encounters/lead');
    await leader.getByRole('heading', { name: 'Inès' }).waitFor();
    for (const button of await leader.getByRole('button', { name: 'Introduce', exact: true }).all())
      await button.click();
    await leader.getByLabel(/^A word for/).fill('A book comes to mind.');
    await leader.getByRole('button', { name: 'Introduce them' }).click();
    await ines.reload();
    await ines.getByRole('heading', { name: 'Atelier du Vieux-Port introduces you to Paul' }).waitFor();
    await leader.getByText('Announce an encounter').click();
    await leader.locator('input[name=title]').fill('Officials look at a workshop');
    await leader.locator('input[name=day]').fill('2026-12-01');
    await leader.locator('input[name=from]').fill('09:30');
    await leader.getByRole('button', { name: 'Announce', exact: true }).click();
    await leader.getByText('Officials look at a workshop').first().click();
    await leader.getByRole('img', { name: 'Code that attests who is here' }).waitFor();
    await ines.goto(await attendancePath());
    await ines.getByRole('button', { name: /^From a space/ }).click();
    await ines.getByText('You are here. Thank you.').waitFor();
    expect(await examine(leader, 'encounters-lead')).toEqual([]);
    await paul.context().addCookies([{ name: 'lang', value: 'ar', url: web.origin }]);
    for (const path of ['encounters', 'data'])
      expect(await visit(paul, `/${path}`, `${path}-ar`)).toEqual([]);
  }, 180_000);
});

/** Days are counted by the clock of the browser, which is the real one. */
function today(days: number): string {
  return Temporal.Now.plainDateISO('Asia/Tokyo').add({ days }).toString();
}

/** What the phone reads from the picture, on the port of this test. */
async function attendancePath(): Promise<string> {
  const headers = { cookie: `escale_session=${sessions['leader']}` };
  const read = async (path: string) => (await fetch(`${web.origin}${path}`, { headers })).json();
  const { items } = (await read('/v1/encounters')) as { items: { id: string }[] };
  const room = (await read(`/v1/encounters/${items[0]!.id}/room`)) as { attendanceAddress: string };
  const { pathname, hash } = new URL(room.attendanceAddress);
  return pathname + hash;
}
