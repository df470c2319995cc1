/**
 * The last of a stock for many at once: seats of a pool here, a product of a shop there, on the same PostgreSQL and in
 * the same minute. The shop is Vendure from npm, in a temporary folder of its own that is removed afterwards.
 *
 * A shop is not a booking system, and does more for each order: what is compared is how many are sold beyond the stock.
 */
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { newId } from '../dist/src/kernel/ids.js';
import { Temporal } from '../dist/src/kernel/time.js';
import { httpClient } from './http-client.mjs';
import { makeScene } from './scene.mjs';
import { freePort, openDatabase, startServer } from './server.mjs';

const SHOP = ['@vendure/core@3.7.3', 'pg@8.23.1'];
const STOCK = 5;
const CLIENTS = 12;
const TRIES = 8;
const INSTALL_MS_MAX = 600_000;

export async function run() {
  const folder = process.env.PEER_FOLDER ?? installed();
  const server = await startServer();
  const ours = await openDatabase(server, 'bench_race');
  let shop;
  try {
    const race = await ownRace(ours);
    shop = await startShop(folder, await server.makeEmpty('bench_shop'));
    const rounds = [];
    for (let number = 0; number < TRIES; number += 1)
      rounds.push({ ours: await race(number), shop: await shopRace(shop, number) });
    return conclude(rounds);
  } finally {
    shop?.child.kill('SIGTERM');
    await ours.close();
    await server.stop();
    if (!process.env.PEER_FOLDER) rmSync(folder, { recursive: true, force: true });
  }
}

function installed() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'escale-peer-'));
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  console.log(`Installing ${SHOP.join(', ')} in ${folder}`);
  const install = ['install', '--no-audit', '--no-fund', '--loglevel=error', ...SHOP];
  const { status } = spawnSync('npm', install, { cwd: folder, stdio: 'inherit', timeout: INSTALL_MS_MAX });
  if (status !== 0) throw new Error(`npm ended with ${status}: the peer cannot be set up.`);
  return folder;
}

/** As many bookings at once as there are clients, for a pool of so many seats on a day of its own. */
async function ownRace(database) {
  const { app, end } = await database.openApp();
  const scene = await makeScene(app, database.owner, { hosts: 1, people: CLIENTS, seats: () => STOCK });
  await end();
  const api = await database.openApi();
  const client = httpClient(api.port, CLIENTS);
  const today = Temporal.Now.plainDateISO('UTC');
  return async (number) => {
    const body = {
      poolId: scene.hosts[0].poolId,
      day: today.add({ days: 2 + number }).toString(),
      part: 'DAY',
    };
    const answers = await Promise.all(
      scene.people.map(({ token }) => client.send('PUT', `/v1/bookings/${newId()}`, { token, body })),
    );
    return answers.filter(({ status }) => status === 200).length;
  };
}

async function startShop(folder, url) {
  const script = path.join(folder, 'peer-shop.mjs');
  copyFileSync('bench/peer-shop.mjs', script);
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    SHOP_PORT: String(port),
    SHOP_DATABASE: url,
    SHOP_STOCK: String(STOCK),
  };
  const child = spawn(process.execPath, [script], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(() => {
    throw new Error('The shop ended before it was ready.');
  });
  await Promise.race([ready(child), ended]);
  return { child, port };
}

async function ready(child) {
  for await (const text of child.stdout) if (String(text).includes('ready')) return;
}

/** Everybody has the same product in the basket and pays at the same moment. */
async function shopRace({ port }, number) {
  const baskets = [];
  for (let client = 0; client < CLIENTS; client += 1) baskets.push(await basket(port, number, client));
  const paid = await Promise.all(baskets.map(pay));
  return paid.filter(Boolean).length;
}

const ADD = `mutation ($id: ID!) { addItemToOrder(productVariantId: $id, quantity: 1) { __typename } }`;
const CUSTOMER = `mutation ($email: String!) {
  setCustomerForOrder(input: { firstName: "A", lastName: "B", emailAddress: $email }) { __typename } }`;
const ADDRESS = `mutation { setOrderShippingAddress(input: { streetLine1: "1", countryCode: "FR" }) { __typename } }`;
const METHODS = `{ eligibleShippingMethods { id } }`;
const SHIPPING = `mutation ($id: [ID!]!) { setOrderShippingMethod(shippingMethodId: $id) { __typename } }`;
const ARRANGE = `mutation { transitionOrderToState(state: "ArrangingPayment") { type: __typename } }`;
const PAY = `mutation { addPaymentToOrder(input: { method: "dummy", metadata: {} }) { __typename ... on Order { state } } }`;
const VARIANTS = `query ($slug: String!) { product(slug: $slug) { variants { id } } }`;

async function basket(port, number, client) {
  const shop = session(port);
  const { product } = await shop.ask(VARIANTS, { slug: `desk-${number}` });
  await shop.ask(ADD, { id: product.variants[0].id });
  await shop.ask(CUSTOMER, { email: `guest-${number}-${client}@example.org` });
  await shop.ask(ADDRESS);
  const { eligibleShippingMethods } = await shop.ask(METHODS);
  await shop.ask(SHIPPING, { id: [eligibleShippingMethods[0].id] });
  return shop;
}

/** The stock is asked for when payment is arranged, and again when it is paid. */
async function pay(shop) {
  const arranged = await shop.ask(ARRANGE);
  if (arranged.transitionOrderToState?.type !== 'Order') return false;
  const { addPaymentToOrder } = await shop.ask(PAY);
  return addPaymentToOrder.state === 'PaymentAuthorized' || addPaymentToOrder.state === 'PaymentSettled';
}

function session(port) {
  let token;
  return {
    async ask(query, variables = {}) {
      const answer = await fetch(`http://127.0.0.1:${port}/shop-api`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        body: JSON.stringify({ query, variables }),
      });
      token = answer.headers.get('vendure-auth-token') ?? token;
      const { data, errors } = await answer.json();
      if (errors) throw new Error(JSON.stringify(errors));
      return data;
    },
  };
}

function conclude(rounds) {
  const over = (name) => rounds.reduce((sum, round) => sum + Math.max(0, round[name] - STOCK), 0);
  console.log(`${CLIENTS} clients at once for a stock of ${STOCK}, ${TRIES} times on the same PostgreSQL:`);
  for (const name of ['ours', 'shop'])
    console.log(
      `${name.padEnd(5)} sold ${rounds.map((round) => round[name]).join(', ')}: ${over(name)} beyond the stock`,
    );
  return over('ours') === 0 ? 0 : 1;
}
