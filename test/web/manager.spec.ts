/**
 * A manager's week in the office of a space, as a person would play it.
 * Promise: what is set in the office is what guests meet: profile, hours, seats, terms, answers, corrections.
 */
import type { Browser, Page } from 'playwright-core';
import { newId } from '../../src/kernel/ids.js';
import { Temporal } from '../../src/kernel/time.js';
import { emptyDatabase } from '../support/app.js';
import { agentWith, lastMail, type Agent } from '../support/make-identity.js';
import { makeManager } from './support/busy-office.js';
import { closeBrowsers, DESK, findBrowser, openBrowser, openDevice, TABLET } from './support/browser.js';
import { startWebApp, type WebApp } from './support/web-app.js';
import { book, makeWorld, type World } from './support/world.js';

let web: WebApp;
let world: World;
let browser: Browser;
let manager: Awaited<ReturnType<typeof makeManager>>;
let page: Page;
let faults: readonly string[];

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so nobody managed a space.');

const space = async () => (await manager.agent.get(`/v1/spaces/${world.host.id}`).expect(200)).body;
const room = (tab: string) => page.goto(`/space/${world.host.id}/${tab}`);
const button = (name: string) => page.getByRole('button', { name, exact: true });
const openOn = async (day: string) =>
  (await manager.agent.get(`/v1/spaces/${world.host.id}/days?from=${day}&days=1`).expect(200)).body.items[0];

(isThere ? describe : describe.skip)('a manager', () => {
  beforeAll(async () => {
    web = await startWebApp();
    browser = await openBrowser();
    await emptyDatabase();
    world = await makeWorld(web);
    manager = await makeManager(web, world);
    const device = await openDevice(browser, web.origin, { viewport: DESK, session: manager.session });
    page = device.page;
    faults = device.faults.list;
  });
  afterAll(async () => {
    await closeBrowsers();
    await web.app.close();
  });
  afterEach(() => expect(faults).toEqual([]));

  it('finds the one space at once, and completes its profile field by field', async () => {
    await page.goto('/space');
    await page.waitForURL(`**/space/${world.host.id}/today`);
    await page.getByRole('link', { name: 'Profile' }).click();
    await page.getByRole('heading', { name: '0 % told' }).waitFor();
    await page.getByText('16 things are missing').click();
    await page.getByRole('link', { name: 'Whom to ask for' }).click();
    await page.keyboard.type('Amina'); // the field that was jumped to
    await page.getByRole('group', { name: 'Step-free way in' }).getByRole('radio', { name: 'yes' }).check();
    await page.getByRole('checkbox', { name: 'Coffee' }).check();
    await page.getByText('Ask for Amina.').waitFor(); // what a guest would read, before it is saved
    await page.getByRole('link', { name: 'Today' }).click();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await button('Stay').click();
    await button('Save').click();
    await page.getByText('Saved. Guests see it now.').waitFor();
    expect((await space()).profile).toMatchObject({
      gettingIn: { contactName: 'Amina' },
      accessibility: { stepFree: { value: 'yes', checkedOn: '2026-12-01' } },
      amenities: ['coffee'],
    });
    await button('Undo').click();
    await page.getByText('It is again as it was before.').waitFor();
    expect((await space()).profile.gettingIn.contactName).toBeNull();
  }, 120_000);

  it('sets Ramadan hours and closes a day, told beforehand whom it would hit', async () => {
    await book(world, '2026-12-03');
    await room('hours');
    await button('Ramadan hours').click();
    const season = page.getByRole('form', { name: 'Season with other hours' });
    expect(await season.getByLabel('First day').inputValue()).toBe('2027-02-08');
    await season.getByRole('button', { name: 'Save these hours' }).click();
    await page.getByText('Mo-Fr 09:00-15:00').waitFor();
    expect((await openOn('2027-02-08')).intervals).toEqual([{ from: '09:00', until: '15:00' }]);

    await page.getByRole('button', { name: /^Thursday 3 December/ }).click();
    const day = page.getByRole('form', { name: 'Thursday 3 December' });
    await day.getByRole('radio', { name: 'closed' }).check();
    await day.getByText('1 booking lies in time you take away:').waitFor();
    await day.getByLabel('Why').fill('Stocktaking');
    await day.getByRole('button', { name: 'Save this day' }).click();
    await page.getByRole('button', { name: /^Thursday 3 December.*Stocktaking/ }).waitFor();
    expect((await openOn('2026-12-03')).closedBecause).toBe('exception');
  }, 120_000);

  it('offers more seats, and keeps some back for a day', async () => {
    await room('desks');
    const pool = page.getByRole('listitem', { name: 'Hot desks' });
    await pool.getByLabel('Seats').fill('12');
    await pool.getByRole('button', { name: 'Save' }).click();
    await pool.getByText('Saved.').waitFor();
    expect((await space()).pools[0].capacity).toBe(12);

    await room('capacity?day=2026-12-10');
    const day = page.getByRole('region', { name: 'Thursday 10 December' });
    await day.getByLabel('Keep seats back').fill('4');
    await day.getByLabel('What for').fill('Art school');
    await day.getByRole('button', { name: 'Keep back' }).click();
    await day.getByText('· Art school').waitFor();
    await day.getByRole('button', { name: 'Give back' }).click();
    await day.getByText('· Art school').waitFor({ state: 'detached' });
  }, 120_000);

  it('asks to be asked, and says yes in time', async () => {
    await room('terms');
    await page.getByRole('radio', { name: 'on request' }).check();
    await page.getByText('The space answers within 24 hours; the desk is kept for you meanwhile.').waitFor();
    await button('Save').click();
    await page.getByText('Saved. Guests see it now.').waitFor();
    const id = newId();
    const wish = { poolId: world.host.pools[0]!.id, day: '2026-12-04', part: 'DAY' };
    const { body } = await world.nomad.agent.put(`/v1/bookings/${id}`).send(wish).expect(200);
    expect(body.state).toBe('PENDING');
    await room('bookings');
    await page.getByRole('listitem', { name: 'Nour' }).getByRole('button', { name: 'Accept' }).click();
    await page.getByText('1 guest waits for your answer').waitFor({ state: 'detached' });
    expect((await world.nomad.agent.get(`/v1/bookings/${id}`).expect(200)).body.state).toBe('RESERVED');
  }, 120_000);

  it('invites a colleague, and pairs a tablet', async () => {
    await room('team');
    await page.getByLabel('E-mail of your colleague').fill('salma@example.org');
    await button('Send the invitation').click();
    await page.getByRole('list', { name: 'Invited, not here yet' }).getByText('salma@example.org').waitFor();
    expect((await lastMail('salma@example.org'))?.token).toBeDefined();

    await room('devices');
    await page.getByLabel('Name of the tablet').fill('Front door');
    await button('Pair a tablet').click();
    const address = await page.getByRole('link', { name: 'Pair this very device' }).getAttribute('href');
    const tablet = await openDevice(browser, web.origin, { viewport: TABLET });
    await tablet.page.goto(address!);
    await tablet.page.getByRole('button', { name: 'Pair', exact: true }).click();
    await tablet.page.getByRole('complementary', { name: 'Today' }).waitFor();
    await page.reload();
    await page.getByText(/last seen/).waitFor();
  }, 180_000);

  it("corrects yesterday's visit, and the guest is told", async () => {
    const bookingId = await visitOn(agentWith(web.app, world.staff.session), '2026-12-01');
    web.clock.setFrom(Temporal.Instant.from('2026-12-02T09:00:00Z'), Temporal.Now.instant());
    await room('bookings?day=2026-12-01');
    await button('Correct').click();
    const form = page.getByRole('form', { name: 'Correct this visit' });
    await form.getByRole('radio', { name: 'Morning' }).check();
    await form.getByLabel('Why').fill('Nour left at noon.');
    await form.getByRole('button', { name: 'Correct the visit' }).click();
    await form.waitFor({ state: 'detached' });
    const visits = await manager.agent.get(`/v1/visits?spaceId=${world.host.id}&day=2026-12-01`).expect(200);
    expect(visits.body.items).toMatchObject([{ bookingId, part: 'MORNING', halfDays: 1 }]);
  }, 120_000);
});

/** Booked, and let in by hand at the door. */
async function visitOn(staff: Agent, day: string): Promise<string> {
  await manager.agent
    .put(`/v1/spaces/${world.host.id}/terms`)
    .send({
      bookingMode: 'INSTANT',
      answerHours: null,
      cancelUntilHours: null,
      graceMinutes: 15,
      noShow: 'CONSUMED',
    })
    .expect(200);
  const bookingId = await book(world, day);
  const arrival = { spaceId: world.host.id, guest: { bookingId } };
  await staff.put(`/v1/hand-check-ins/${newId()}`).send(arrival).expect(200);
  return bookingId;
}
