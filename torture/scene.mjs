/** Who takes part: members with a home, hosts, five doors, guests with passes on phones, somebody at a network's desk. */
import { makeScene } from '../bench/scene.mjs';
import { Identity } from '../dist/src/identity/index.js';
import { newId } from '../dist/src/kernel/ids.js';
import { Temporal } from '../dist/src/kernel/time.js';
import { Credentials, Issuing, makeHolder, Products } from '../dist/src/passes/index.js';
import { PutProduct } from '../dist/src/passes/product.schema.js';
import { Clock } from '../dist/src/platform/clock.js';
import { Db } from '../dist/src/platform/db.js';
import { namedScope } from '../dist/src/platform/scope.js';
import { must } from './client.mjs';

const DOORS = 5;
const PLAIN_HOSTS = 10;
const CREW = 8;
const FIRST_DAY = 2;
const RACE_DAY = 140;
const LAST_DAY = 178;
/** A door's day is mostly over, so that scans of many hours can be told of. */
const LOCAL_HOUR = 20;
const PASS_HOURS_OLD = 24;

export async function makeTortureScene({ app, owner, api, people: count }) {
  const crews = Math.floor(count / CREW);
  const seats = (number) => (number < PLAIN_HOSTS ? 1_000 : number % 5 === 4 ? 3 : 1);
  const scene = await makeScene(app, owner, { hosts: PLAIN_HOSTS + crews, people: count + 2, seats });
  await owner.query(`UPDATE directory.spaces SET opening_hours = '24/7', time_zone = $1`, [
    zoneOfTheEvening(),
  ]);
  await owner.query(
    `INSERT INTO directory.parties (id, kind, network_id, name, country, unit, settlement_profile, created_at)
     VALUES ($1, 'network', $1, 'Bench', 'FR', 'EUR', 'NETTING_ALLOWED', now())`,
    [scene.networkId],
  );
  const [{ operatorId }] = (
    await owner.query('SELECT operator_id AS "operatorId" FROM directory.spaces LIMIT 1')
  ).rows;
  const [admin, manager, ...members] = scene.people;
  await app.get(Db).tx(namedScope('operator'), async (tx) => {
    const grant = (person, organisationId, role) =>
      app.get(Identity).grant(tx, { personId: person.id, organisationId, role });
    await grant(admin, scene.networkId, 'network_admin');
    await grant(manager, operatorId, 'space_manager');
  });
  const hosts = scene.hosts.map((host, number) => ({ ...host, seats: seats(number) }));
  const made = { ...scene, admin, manager, operatorId, members, plain: hosts.slice(0, PLAIN_HOSTS) };
  const products = await makeProducts(app, made);
  await makeGuests(app, { ...made, ...products }, 1); // the network's key is there before a door asks for it
  return {
    ...made,
    ...products,
    doors: await makeDoors(api, made),
    crews: crewsOf(members, hosts.slice(PLAIN_HOSTS)),
    nextCase: casesOf(members, made.plain),
    nextRaceDay: counterOf(RACE_DAY, LAST_DAY),
    guests: (number) => makeGuests(app, { ...made, ...products }, number),
  };
}

/** Where it is about eight in the evening now. */
function zoneOfTheEvening() {
  const offset = ((LOCAL_HOUR - Temporal.Now.zonedDateTimeISO('UTC').hour + 35) % 24) - 11;
  return `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

/** Each person on each day once: no two cases meet but at the seats of a host. */
function casesOf(members, hosts) {
  const next = counterOf(0, members.length * (RACE_DAY - FIRST_DAY) - 1);
  return () => {
    const number = next();
    const person = members[number % members.length];
    const day = dayAfter(FIRST_DAY + Math.floor(number / members.length));
    return { id: newId(), person, day, host: hosts[number % hosts.length] };
  };
}

/** Eight people and a host of their own. */
function crewsOf(members, hosts) {
  return hosts.map((host, number) => ({ host, people: members.slice(number * CREW, (number + 1) * CREW) }));
}

function counterOf(first, last) {
  let next = first;
  return () => {
    if (next > last) throw new Error('The scene is used up: fewer operations, or more people.');
    return next++;
  };
}

export function dayAfter(days) {
  return Temporal.Now.plainDateISO('UTC').add({ days }).toString();
}

/** One that guests have on their phones, and one that people buy. */
async function makeProducts(app, { networkId, admin }) {
  const scope = { networkIds: [networkId], spaceIds: [], resourceKinds: ['hot_desk'] };
  const product = {
    networkId,
    name: 'Ten days',
    halfDays: 20,
    validDays: 365,
    price: { unit: 'EUR', minor: 15_000 },
  };
  const [productId, soldId] = [newId(), newId()];
  const actor = await actorOf(app, admin.id);
  const put = (id, more) =>
    app.get(Products).put(actor, id, PutProduct.parse({ ...product, scope, ...more }));
  await asOf(app, PASS_HOURS_OLD, async () => {
    await put(productId, { offline: 'allowed' });
    await put(soldId, { name: 'Ten days, sold' });
  });
  return { productId, soldId };
}

/** People without a home whose pass pays: each has been carrying it for a day. */
async function makeGuests(app, { networkId, productId, admin }, count) {
  const actor = await actorOf(app, admin.id);
  const guests = [];
  for (let number = 0; number < count; number += 1) {
    const id = newId();
    await app.get(Db).tx(namedScope('operator'), async (tx) => {
      await app
        .get(Identity)
        .registerPerson(tx, { id, email: `${id}@example.org`, name: 'Guest', language: 'en' });
    });
    const [passId, holder] = [newId(), makeHolder()];
    const own = await actorOf(app, id);
    const order = { passId, holderKey: holder.holderKey };
    const { credential } = await asOf(app, PASS_HOURS_OLD, async () => {
      await app.get(Issuing).put(actor, passId, { productId, personId: id });
      return app.get(Credentials).put(own, newId(), order);
    });
    guests.push({ id, passId, networkId, show: (spaceId, at) => holder.show(credential, spaceId, at) });
  }
  return guests;
}

function actorOf(app, personId) {
  return app.get(Db).read(namedScope('identity'), (on) => app.get(Identity).actor(on, personId));
}

/** Only in the driver's own process: what it makes is some hours old. */
async function asOf(app, hours, work) {
  const clock = app.get(Clock);
  clock.now = () => Temporal.Now.instant().subtract({ hours });
  try {
    return await work();
  } finally {
    delete clock.now;
  }
}

async function makeDoors(api, { manager, plain, operatorId }) {
  const doors = [];
  for (const { spaceId } of plain.slice(0, DOORS)) {
    const id = newId();
    const body = { organisationId: operatorId, spaceId, name: 'Front door' };
    const { enrolmentCode } = await must(
      api.send('PUT', `/v1/devices/${id}`, { body, token: manager.token }),
    );
    const enrolled = await must(
      api.send('PUT', `/v1/devices/${id}/enrolment`, { body: { code: enrolmentCode } }),
    );
    doors.push({ spaceId, token: enrolled.token });
  }
  return doors;
}

/** The partner is told of what happens to bookings; the address is that of its line. */
export async function makeEndpoint({ api, scene, partner, port }) {
  const { admin, networkId } = scene;
  const id = newId();
  const events = ['bookings.reserved.v1', 'bookings.canceled.v1'];
  const body = { organisationId: networkId, url: `http://127.0.0.1:${port}/escale`, events };
  await must(api.send('PUT', `/v1/webhook-endpoints/${id}`, { body, token: admin.token }));
  const given = await must(
    api.send('PUT', `/v1/webhook-endpoints/${id}/secrets/${newId()}`, { body: {}, token: admin.token }),
  );
  partner.trust(given.secret);
  return id;
}
