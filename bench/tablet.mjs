/**
 * How long a tablet without a network takes from a code to its verdict: what a guest waits, in the browser, with the
 * page, the lists and the disk that a tablet has.
 */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { Identity } from '../dist/src/identity/index.js';
import { newId } from '../dist/src/kernel/ids.js';
import { Temporal } from '../dist/src/kernel/time.js';
import { makeHolder } from '../dist/src/passes/index.js';
import { Db } from '../dist/src/platform/db.js';
import { namedScope } from '../dist/src/platform/scope.js';
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
    const guests = await issuePasses(origin, scene);
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
    await owner.query(`UPDATE directory.spaces SET opening_hours = '24/7', time_zone = 'Africa/Abidjan'`);
    await owner.query(
      `INSERT INTO directory.parties (id, kind, network_id, name, country, unit, settlement_profile, created_at)
       VALUES ($1, 'network', $1, 'Bench', 'FR', 'EUR', 'NETTING_ALLOWED', now())`,
      [scene.networkId],
    );
    await owner.query(`UPDATE directory.spaces SET name = 'The door' WHERE id = $1`, [
      scene.hosts[0].spaceId,
    ]);
    const { rows } = await owner.query('SELECT operator_id AS id FROM directory.spaces LIMIT 1');
    const [admin, staff, ...guests] = scene.people;
    await app.get(Db).tx(namedScope('operator'), async (tx) => {
      const grant = (person, organisationId, role) =>
        app.get(Identity).grant(tx, { personId: person.id, organisationId, role });
      await grant(admin, scene.networkId, 'network_admin');
      await grant(staff, rows[0].id, 'space_staff');
    });
    return { ...scene, admin, staff, guests };
  } finally {
    await end();
  }
}

async function issuePasses(origin, { networkId, admin, guests }) {
  const put = async (person, path, body) => {
    const answer = await fetch(`${origin}${path}`, {
      method: 'PUT',
      headers: { cookie: `escale_session=${person.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.json();
  };
  const productId = newId();
  await put(admin, `/v1/products/${productId}`, {
    networkId,
    name: 'Ten days',
    halfDays: 20,
    validDays: 365,
    price: { unit: 'EUR', minor: 15_000 },
    scope: { networkIds: [networkId], spaceIds: [], resourceKinds: ['hot_desk'] },
    offline: 'allowed',
  });
  const phones = [];
  for (const guest of guests) {
    const [passId, holder] = [newId(), makeHolder()];
    await put(admin, `/v1/passes/${passId}`, { productId, personId: guest.id });
    const order = { passId, holderKey: holder.holderKey };
    const { credential } = await put(guest, `/v1/credentials/${newId()}`, order);
    phones.push({ holder, credential });
  }
  return phones;
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
