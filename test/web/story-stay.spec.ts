/**
 * Claire of the region asks for a week in Barcelona; her region agrees, a host is found, three sign one text, and
 * 784.80 of 981.00 are ordered before she leaves. The heart of it in a browser, what others do beside it by request.
 */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { StayView } from '../../src/stays/stay.schema.js';
import { Temporal } from '../../src/kernel/time.js';
import { emptyDatabase } from '../support/app.js';
import { agentWith, type Agent } from '../support/make-identity.js';
import { makeCall, makeStayScene, ORDER, staySteps, type StayScene } from '../support/make-stays.js';
import { closeBrowsers, DESK, findBrowser, openBrowser, openDevice, PHONE } from './support/browser.js';
import { examine } from './support/looks.js';
import { makeMember, startWebApp, type WebApp } from './support/web-app.js';

let web: WebApp;
let scene: StayScene;
let browser: Browser;
let claire: { session: string; agent: Agent };
let region: { session: string };

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so Claire went nowhere.');

(isThere ? describe : describe.skip)('Claire’s week in Barcelona', () => {
  beforeAll(async () => {
    web = await startWebApp();
    await emptyDatabase();
    web.clock.setFrom(Temporal.Instant.from('2026-06-02T08:00:00Z'), Temporal.Now.instant());
    scene = await makeStayScene(web.app);
    await makeCall(scene);
    const { session } = await makeMember(web, { name: 'Claire Vidal' });
    claire = { session, agent: agentWith(web.app, session) };
    const grants = [{ organisationId: scene.region.id, role: 'public_sponsor' as const }];
    region = await makeMember(web, { name: 'Paul Martin', grants });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await closeBrowsers();
    await web.app.close();
  });

  it('is asked for on a phone, agreed to at a desk, signed by three, and paid for at 80 % before', async () => {
    const own = await openDevice(browser, web.origin, { session: claire.session, viewport: PHONE });
    await own.context.addInitScript({ content: axe.source });
    const faults = await applyAt(own.page);
    const id = own.page.url().split('/').at(-1)!;

    const desk = await openDevice(browser, web.origin, { session: region.session, viewport: DESK });
    await desk.context.addInitScript({ content: axe.source });
    await desk.page.goto('/stays/office');
    await desk.page.getByText('Claire Vidal').click();
    faults.push(...(await examine(desk.page, 'stay-employer')));
    await desk.page.getByRole('button', { name: 'Agree', exact: true }).click();
    await desk.page.getByText('Looking for a host').first().waitFor();

    const stay = staySteps({ ...scene, claire: { ...scene.claire, agent: claire.agent } }, '', id);
    await stay.match().expect(200);
    await stay.answer(scene.barcelona.manager).expect(200);
    await own.page.reload();
    await own.page.getByRole('button', { name: 'Yes, I accept' }).click();
    await own.page.getByText('Agreement to be drafted').first().waitFor();
    await stay.draft().expect(200);
    const { agreement }: StayView = await stay.view();
    await stay.sign(scene.agency.agent, 'LEGAL_HOST', agreement!.hash).expect(200);
    await own.page.reload();
    await own.page.getByRole('button', { name: 'Sign as Claire Vidal' }).click();
    await desk.page.reload();
    await desk.page.getByRole('button', { name: 'Sign as Région Sud' }).click();
    await desk.page.getByRole('heading', { name: 'Checklist', exact: true }).waitFor();
    await stay.settle('MISSION_ORDER').expect(200);
    await stay.settle('A1', { ...ORDER, reference: 'A1-77' }).expect(200);
    await stay.put(scene.coordinator, 'readiness').expect(200);
    await own.page.reload();
    await own.page.getByText('€784.80').waitFor();
    await own.page.getByText('€981.00').waitFor();
    faults.push(...(await examine(own.page, 'stay-ready')));
    await own.context.addCookies([{ name: 'lang', value: 'ar', url: web.origin }]);
    await own.page.reload();
    await own.page.locator('h1').waitFor();
    faults.push(...(await examine(own.page, 'stay-arabic')));
    expect([...faults, ...own.faults.list, ...desk.faults.list]).toEqual([]);
  }, 240_000);
});

async function applyAt(page: Page): Promise<string[]> {
  await page.goto('/stays/');
  await page.getByText('A week in another place').waitFor();
  const faults = await examine(page, 'stays-public');
  await page.getByRole('link', { name: 'Apply' }).click();
  await page.getByLabel('Who sends you').selectOption({ label: 'Région Sud' });
  await page.getByLabel('You travel from').selectOption({ label: 'Marseille · Salle des agents' });
  await page.getByLabel('First day').fill('2026-09-14');
  await page.getByLabel('Last day').fill('2026-09-18');
  await page.getByLabel('Days there').fill('5');
  await page.getByLabel('Days of travel').fill('2');
  await page.getByLabel('Why you want to go').fill('I write rules for places that I have never worked in.');
  await page.getByLabel('Questions you take with you').fill('Who pays for the quiet hours?');
  faults.push(...(await examine(page, 'stays-apply')));
  await page.getByRole('button', { name: 'Keep the draft' }).click();
  await page.getByRole('button', { name: 'Hand it in' }).click();
  await page.getByText('With the employer').first().waitFor();
  return faults;
}
