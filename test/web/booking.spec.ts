/** A nomad on a phone: finds a space by place and dates, books, cancels, books again, takes it back, and waits in line. */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { SpaceChanges } from '../../src/bookings/space-changes.js';
import { Db } from '../../src/platform/db.js';
import { namedScope } from '../../src/platform/scope.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql } from '../support/app.js';
import { deliverAll } from '../support/deliver.js';
import { lastMail } from '../support/make-identity.js';
import { addRoomRates, makeRoom } from '../support/make-rooms.js';
import { closeBrowsers, findBrowser, openBrowser, openDevice, PHONE } from './support/browser.js';
import { examine } from './support/looks.js';
import { startWebApp, type WebApp } from './support/web-app.js';
import { makeWorld, type World } from './support/world.js';

let web: WebApp;
let world: World;
let browser: Browser;

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so nobody booked a desk.');

(isThere ? describe : describe.skip)('booking on a phone', () => {
  beforeAll(async () => {
    web = await startWebApp();
    await emptyDatabase();
    world = await makeWorld(web);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await closeBrowsers();
    await web.app.close();
  });

  it('goes from a city and a date to a desk, and back', async () => {
    const { session } = world.nomad;
    const { page, faults } = await openDevice(browser, web.origin, { session, viewport: PHONE });
    await findMarseille(page);
    await bookThursday(page);
    await cancel(page);
    await again(page);
    expect(faults.list).toEqual([]);
  }, 240_000);

  it('waits in line for a full day, and takes the desk that is kept', async () => {
    const { session } = world.nomad;
    const { context, page, faults } = await openDevice(browser, web.origin, { session, viewport: PHONE });
    await context.addInitScript({ content: axe.source });
    await page.goto(`/spaces/${world.host.id}`);
    await page.getByRole('button', { name: /Tue,? 8 Dec/ }).waitFor();
    await setTaken('capacity');
    await page.reload();
    await page.getByRole('button', { name: /Tue,? 8 Dec.*no desk/ }).click();
    await page.getByRole('button', { name: 'Join the waitlist' }).click();
    await page.getByRole('heading', { name: 'You are number 1 in line' }).waitFor();
    expect(await examine(page, 'waitlist-joined')).toEqual([]);
    await page.setViewportSize(PHONE);
    await freeOne();
    await page.getByRole('link', { name: 'My bookings' }).click();
    await page.getByRole('heading', { name: 'A desk at Atelier du Vieux-Port is kept for you' }).waitFor();
    await page.getByText(/left to answer; then it goes to the next in line/).waitFor();
    await page.getByText(/Cancel until Mon 7 Dec, 18:00/).waitFor();
    expect(await examine(page, 'waitlist-offered')).toEqual([]);
    await page.setViewportSize(PHONE);
    await page.getByRole('button', { name: 'Take this desk' }).click();
    await page.getByRole('heading', { name: /is kept for you/ }).waitFor({ state: 'detached' });
    expect(await states()).toContain('2026-12-08 RESERVED');
    expect(faults.list).toEqual([]);
  }, 240_000);

  it('takes a room by the half-hour, at what the host asks, and is told of a room', async () => {
    const { nomad, host } = world;
    await makeRoom(host, ROOM);
    await addRoomRates(host, [host.id]);
    const visitor = await openDevice(browser, web.origin, { session: nomad.session, viewport: PHONE });
    const { context, page, faults } = visitor;
    await context.addInitScript({ content: axe.source });
    await page.goto(`/spaces/${host.id}`);
    await bookRoom(page);
    await deliverAll(web.app);
    expect((await lastMail(nomad.email))?.text).toContain('your room at Atelier du Vieux-Port is booked');
    await page.reload();
    const rooms = page.locator('.book-room');
    await rooms.getByLabel('Day').fill('2026-12-02');
    await rooms.getByRole('img', { name: `Free half-hours of ${ROOM}` }).waitFor();
    const starts = await rooms.getByLabel('From').locator('option').allTextContents();
    expect(starts).toEqual(expect.arrayContaining(['09:30', '11:30']));
    for (const taken of ['10:00', '10:30', '11:00']) expect(starts).not.toContain(taken);
    expect(faults.list).toEqual([]);
  }, 240_000);
});

const ROOM = 'Salle bleue';

/** 12.00 an hour in half-hours: an hour and a half is 18.00. */
async function bookRoom(page: Page): Promise<void> {
  const rooms = page.locator('.book-room');
  await rooms.getByLabel('Day').fill('2026-12-02');
  await rooms.getByRole('img', { name: `Free half-hours of ${ROOM}` }).waitFor();
  await rooms.getByLabel('From').selectOption('10:00');
  await rooms.getByLabel('Until').selectOption('11:30');
  await rooms.getByText('18.00').first().waitFor();
  await rooms.getByText(/late costs each step begun/).waitFor();
  expect(await examine(page, 'book-room')).toEqual([]);
  await page.setViewportSize(PHONE);
  await rooms.getByRole('button', { name: 'Book this time' }).click();
  await page.getByRole('heading', { name: 'Your time at Atelier du Vieux-Port is booked' }).waitFor();
}

const setTaken = (taken: string) =>
  ownerSql(`UPDATE bookings.pool_days SET taken = ${taken} WHERE day = '2026-12-08'`);

/** As when somebody leaves: the days are looked at again, and a sweep tells who is first. */
async function freeOne(): Promise<void> {
  await setTaken(`(SELECT array_agg(greatest(0, seats - 1)::smallint ORDER BY slot)
    FROM unnest(taken) WITH ORDINALITY AS each (seats, slot))`);
  const { app } = web;
  await app.get(Db).tx(namedScope('sweep'), (tx) => app.get(SpaceChanges).remake(tx, world.host.id));
  await app.get(Sweeps).runAll();
}

const states = async () =>
  (await world.nomad.agent.get('/v1/bookings').expect(200)).body.items.map(
    ({ day, state }: { day: string; state: string }) => `${day} ${state}`,
  );

async function findMarseille(page: Page): Promise<void> {
  await page.goto('/spaces');
  await page.getByRole('button', { name: /Anywhere by the sea/ }).click();
  await page.getByRole('searchbox', { name: 'City or space' }).fill('marseil');
  await page.getByLabel('From').fill('2026-12-03');
  const list = page.getByRole('region', { name: 'Spaces' });
  await list.getByText('1 space', { exact: true }).waitFor();
  await list.getByText('free then').waitFor();
  await list.getByText('Your free days pay').waitFor();
  await list.getByRole('link', { name: /Atelier du Vieux-Port/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Atelier du Vieux-Port' }).waitFor();
}

/** The day searched for is chosen already; the terms stand before the tap. */
async function bookThursday(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Thursday 3 December' }).waitFor();
  await page.getByText('Your home space pays: you have free days here.').waitFor();
  await page.getByText(/Cancel until Wed 2 Dec, 18:00 in Marseille/).waitFor();
  await page.getByRole('button', { name: 'Book this desk' }).click();
  await page.getByRole('heading', { name: 'Your desk at Atelier du Vieux-Port is booked' }).waitFor();
  expect(await states()).toEqual(['2026-12-03 RESERVED']);
}

async function cancel(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'My bookings' }).click();
  await page.getByRole('link', { name: 'Atelier du Vieux-Port' }).click();
  await page.getByRole('heading', { name: 'What was agreed' }).waitFor();
  await page.getByRole('button', { name: 'Cancel booking' }).click();
  await page.getByText('Your free days come back in full.').waitFor();
  await page.getByRole('button', { name: 'Yes, cancel it' }).click();
  await page.getByText('Everything came back to you.').waitFor();
  expect(await states()).toEqual(['2026-12-03 CANCELED']);
}

/** The same weekday a week later, at one tap; another takes it back. */
async function again(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Book again' }).click();
  await page.getByRole('link', { name: /Booked again: Thu 10 Dec/ }).waitFor();
  expect(await states()).toEqual(['2026-12-10 RESERVED', '2026-12-03 CANCELED']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Taken back. Everything came back to you.').waitFor();
  expect(await states()).toEqual(['2026-12-10 CANCELED', '2026-12-03 CANCELED']);
}
