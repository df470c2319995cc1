/**
 * How long a tablet without a network takes from a code to its verdict: what a guest waits, in the browser, with the
 * page, the lists and the disk that a tablet has.
 */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { Temporal } from '../dist/src/kernel/time.js';
import { issuePasses, openDoors } from './door-scene.mjs';
import { httpClient } from './http-client.mjs';
import { makeScene } from './scene.mjs';
import { openDatabase, startServer } from './server.mjs';

const GUESTS = 40;
const VERDICT_MS_GOAL = 300;
const CHROMIUM = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const TABLET = { width: 1180, height: 820 };

const quantile = (values, of) => values.toSorted((a, b) => a - b)[Math.floor(values.length * of)];

export async function run() {
  return (await measureDoor()) ? 0 : 1;
}

/** False when there is no browser, or a guest was refused. */
async function measureDoor() {
  const executablePath = CHROMIUM.find((path) => path && existsSync(path));
  if (!executablePath) {
    console.log('No Chromium (name it in CHROMIUM): the tablet is not measured.');
    return false;
  }
  const server = await startServer();
  const database = await openDatabase(server, 'bench_tablet');
  let browser;
  try {
    const scene = await prepare(database);
    const api = await database.openApi();
    browser = await chromium.launch({
      executablePath,
      args: ['--headless', '--no-sandbox', '--disable-gpu'],
    });
    const origin = `http://127.0.0.1:${api.port}`;
    const client = httpClient(api.port, 1);
    const guests = await issuePasses(client, scene);
    client.end();
    const page = await openDoor(browser, origin, scene);
    return conclude(await scanAll(page, guests, scene.hosts[0].spaceId));
  } finally {
    await browser?.close();
    await database.close();
    await server.stop();
  }
}

async function prepare(database) {
  const { owner } = database;
  const { app, end } = await database.openApp();
  try {
    const scene = await makeScene(app, owner, { hosts: 1, people: GUESTS + 2, seats: () => GUESTS });
    await owner.query(`UPDATE directory.spaces SET name = 'The door' WHERE id = $1`, [
      scene.hosts[0].spaceId,
    ]);
    return await openDoors(app, owner, scene);
  } finally {
    await end();
  }
}

/** A tablet whose lists are there, and whose network is gone. */
async function openDoor(browser, origin, { staff }) {
  const context = await browser.newContext({ baseURL: origin, viewport: TABLET });
  await context.addCookies([{ name: 'escale_session', value: staff.token, url: origin }]);
  const page = await context.newPage();
  await page.goto('/desk');
  await Promise.all([
    page.waitForResponse((answer) => answer.url().includes('/day-package?day=')),
    page.getByRole('button', { name: /^The door/ }).click(),
  ]);
  await page.getByRole('textbox', { name: 'Type or scan a code' }).waitFor();
  await context.setOffline(true);
  await page.getByText("today's list from").waitFor();
  return page;
}

/** As a scanner on USB types it: from the Enter key to the frame after the verdict is on the page. */
const SCAN = `(code) => new Promise((resolve) => {
  const field = document.querySelector('.code-entry input');
  field.value = code;
  const start = performance.now();
  const watch = new MutationObserver(() => {
    const word = document.querySelector('.verdict-word');
    if (!word) return;
    watch.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => resolve([performance.now() - start, word.textContent])));
  });
  watch.observe(document.body, { childList: true, subtree: true });
  field.form.requestSubmit();
})`;

async function scanAll(page, guests, spaceId) {
  const taken = [];
  for (const { holder, credential } of guests) {
    const code = await holder.show(credential, spaceId, Temporal.Now.instant());
    const [ms, word] = await page.evaluate(`(${SCAN})(${JSON.stringify(code)})`);
    if (!word.startsWith('Come in')) throw new Error(`A guest was refused: ${word}`);
    taken.push(ms);
    await page.getByRole('button', { name: /^Next scan/ }).click();
  }
  return taken;
}

function conclude(taken) {
  const [median, worst] = [quantile(taken, 0.5), quantile(taken, 0.95)].map((ms) => ms.toFixed(0));
  console.log(
    `Code to verdict without a network: ${median} ms in the median of ${taken.length}, ${worst} ms in the 95th of a hundred (goal ${VERDICT_MS_GOAL} ms)`,
  );
  return true;
}
