/**
 * A space in Athens closes for good in a month. Three guests have booked: each gets another seat or their days back.
 * Promise: announced once on the manager's screen; nobody has to telephone; nobody is left without an answer.
 */
import type { Browser, Page } from 'playwright-core';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase } from '../support/app.js';
import { runBackground } from '../support/make-closures.js';
import { makeHome, makeNetwork, makeSpace } from '../support/make-directory.js';
import { agentWith, lastMail, type Agent } from '../support/make-identity.js';
import { makeAgreement } from '../support/make-reciprocity.js';
import { closeBrowsers, DESK, findBrowser, openBrowser, openDevice, PHONE } from './support/browser.js';
import { makeMember, startWebApp, type Member, type WebApp } from './support/web-app.js';

const CLOSES = '2027-01-04';
/** Tuesdays and a Friday: the other space in Athens is open from Monday to Thursday. */
const [TUESDAY, FRIDAY] = ['2027-01-12', '2027-01-15'];

type Space = Awaited<ReturnType<typeof makeSpace>>;
type Guest = Member & { readonly agent: Agent; readonly bookingId: string };

let web: WebApp;
let browser: Browser;
let closing: Space;
let manager: Member;
let [moves, declines, seatless]: Guest[] = [];

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so no space closed.');

(isThere ? describe : describe.skip)('a space that closes', () => {
  beforeAll(async () => {
    web = await startWebApp();
    await emptyDatabase();
    const { app } = web;
    const { id: networkId, admin } = await makeNetwork(app);
    const athens = {
      networkId,
      city: 'Athens',
      country: 'GR',
      timeZone: 'Europe/Athens',
      lat: 37.978,
      lon: 23.7,
    };
    closing = await makeSpace(app, { ...athens, name: 'Psyrri Commons' });
    const near = { ...athens, name: 'Kypseli Rooms', lat: 38.001, openingHours: 'Mo-Th 09:00-18:00' };
    const other = await makeSpace(app, near);
    const home = await makeSpace(app, { networkId, name: 'Dar el Bhira', city: 'Tunis', country: 'TN' });
    const rates = [closing, other].map(({ id }) => ({ hostSpaceId: id }));
    await makeAgreement(app, { homeNetworkId: networkId, rates });
    const guest = async (name: string, day: string): Promise<Guest> => {
      const member = await makeMember(web, { name });
      await makeHome(admin, { personId: member.id, spaceId: home.id });
      const [agent, bookingId] = [agentWith(app, member.session), newId()];
      const wish = { poolId: closing.pools[0]!.id, day, part: 'DAY' };
      await agent.put(`/v1/bookings/${bookingId}`).send(wish).expect(200);
      return { ...member, agent, bookingId };
    };
    moves = await guest('Ines Trabelsi', TUESDAY);
    declines = await guest('Omar Khelifi', TUESDAY);
    seatless = await guest('Salma Idrissi', FRIDAY);
    const grants = [{ organisationId: closing.operatorId, role: 'space_manager' as const }];
    manager = await makeMember(web, { name: 'Eleni Pappa', grants });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await closeBrowsers();
    await web.app.close();
  });

  it('is announced on screen, and every guest is settled: one moves, one declines, one gets the day back', async () => {
    const office = await openDevice(browser, web.origin, { viewport: DESK, session: manager.session });
    await announce(office.page);
    await runBackground(web.app);

    const [one, two, three] = await Promise.all([moves!, declines!, seatless!].map(openBooking));
    const seat = one!.page.getByRole('region', { name: 'Another seat for you' });
    await seat.getByRole('heading', { name: 'Kypseli Rooms' }).waitFor();
    await seat.getByText('2.6 km away').waitFor();
    await seat.getByRole('button', { name: 'Take this seat' }).click();
    await one!.page.getByRole('link', { name: 'Open the new booking' }).click();
    await one!.page.getByRole('heading', { level: 1, name: 'Kypseli Rooms' }).waitFor();
    await one!.page.getByText('Booked', { exact: true }).waitFor();

    await two!.page.getByRole('button', { name: 'No, thank you' }).click();
    await two!.page.getByText('Everything came back to you.').waitFor();
    await three!.page.getByText('Everything came back to you.').waitFor();
    expect((await lastMail(seatless!.email))?.text).toContain('Psyrri Commons');

    await runBackground(web.app);
    await office.page.reload();
    await office.page.getByText('3 of 3 guests are settled').waitFor();
    expect(await Promise.all([moves!, declines!, seatless!].map(freeHalfDaysUsed))).toEqual([2, 0, 0]);
    expect([office, one!, two!, three!].flatMap(({ faults }) => faults.list)).toEqual([]);
  }, 180_000);
});

async function announce(page: Page): Promise<void> {
  await page.goto(`/space/${closing.id}/closures`);
  await page.getByText('No closure is announced.').waitFor();
  await page.getByLabel('First closed day').fill(CLOSES);
  await page.getByLabel('Reason, for your guests').fill('The lease ends.');
  await page.getByRole('button', { name: 'Announce it' }).click();
  await page.getByRole('heading', { name: /^From .* on, for good$/ }).waitFor();
}

async function openBooking({ session, bookingId }: Guest) {
  const phone = await openDevice(browser, web.origin, { viewport: PHONE, session });
  await phone.page.goto(`/me/bookings/${bookingId}`);
  await phone.page.getByRole('heading', { level: 1, name: 'Psyrri Commons' }).waitFor();
  return phone;
}

/** At both spaces: what is held for a booking is not free. */
async function freeHalfDaysUsed({ agent }: Guest): Promise<number> {
  const { body } = await agent.get('/v1/bookings').expect(200);
  const held = body.items.filter(({ state }: { state: string }) => state === 'RESERVED');
  return held.reduce((sum: number, { halfDays }: { halfDays: number }) => sum + halfDays, 0);
}
