/**
 * A nomad's phone and a space's tablet meet: two browsers, a screen and a camera.
 * Promise: what the phone draws, the tablet's camera reads, and the server lets in once.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { emptyDatabase } from '../support/app.js';
import { closeBrowsers, findBrowser, openBrowser, openDevice, PHONE, TABLET } from './support/browser.js';
import { filmOf } from './support/camera.js';
import { startWebApp, type WebApp } from './support/web-app.js';
import { book, makeWorld, type World } from './support/world.js';

const DAY = '2026-12-01';
const folder = mkdtempSync(path.join(os.tmpdir(), 'escale-camera-'));
const film = path.join(folder, 'pass.y4m');

let web: WebApp;
let world: World;
let browser: Browser;

beforeAll(async () => {
  web = await startWebApp();
  browser = await openBrowser();
});
afterAll(async () => {
  await closeBrowsers();
  await web.app.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  await emptyDatabase();
  world = await makeWorld(web);
});

/** The code as it stands on the phone's screen. */
async function photograph(page: Page): Promise<void> {
  const code = page.getByRole('img', { name: 'Your pass code, to be scanned at the door' });
  await code.waitFor();
  filmOf(await code.screenshot(), film);
}

/** Opens the door of the host on a tablet whose camera sees what was photographed. */
async function openDoor(): Promise<{ page: Page; faults: string[] }> {
  const camera = await openBrowser({ camera: film });
  const session = world.staff.session;
  const { page, faults } = await openDevice(camera, web.origin, { viewport: TABLET, session });
  await page.goto('/desk');
  await page.getByRole('button', { name: /Atelier du Vieux-Port/ }).click();
  return { page, faults: faults.list };
}

const isThere = await findBrowser();
if (!isThere) console.warn('SKIPPED: no Chromium, so no phone met a door.');

(isThere ? describe : describe.skip)('a visit, from the phone to the door', () => {
  it('a nomad signs in, shows the pass, and the tablet says come in', async () => {
    await book(world, DAY);
    const phone = await openDevice(browser, web.origin, { viewport: PHONE, deviceScaleFactor: 2 });
    await phone.page.goto('/sign-in');
    await phone.page.getByLabel('E-mail').fill(world.nomad.email);
    await phone.page.getByLabel('Password', { exact: true }).fill(world.nomad.password);
    await phone.page.getByRole('button', { name: 'Sign in' }).click();
    await phone.page.getByText('Today: Atelier du Vieux-Port, Marseille').waitFor();
    await photograph(phone.page);

    const door = await openDoor();
    const verdict = door.page.getByRole('status').filter({ hasText: 'Come in' });
    await verdict.waitFor();
    expect(await verdict.getByRole('heading').textContent()).toBe('Nour');
    expect(await verdict.textContent()).toContain('From Dar el Bhira');
    await door.page.getByRole('list', { name: 'Who is here' }).getByText('Nour').waitFor();
    expect([...phone.faults.list, ...door.faults]).toEqual([]);
  }, 180_000);
});
