/** Faults in what surrounds the ledger: events that are lost or acted on twice, seats that nobody counts. */
import { NestFactory } from '@nestjs/core';
import { makeScene } from '../bench/scene.mjs';
import { AppModule } from '../dist/src/app.module.js';
import { Bookings } from '../dist/src/bookings/index.js';
import { Identity } from '../dist/src/identity/index.js';
import { newId } from '../dist/src/kernel/ids.js';
import { Temporal } from '../dist/src/kernel/time.js';
import { readConfig } from '../dist/src/platform/config.js';
import { Db } from '../dist/src/platform/db.js';
import { Consumers } from '../dist/src/platform/outbox/consumers.js';
import { namedScope } from '../dist/src/platform/scope.js';
import { askOracles } from './oracles.mjs';
import { dayAfter } from './scene.mjs';
import { keepConsumers } from './stage.mjs';

const swallow = (table, condition, change) => `
  CREATE FUNCTION torture.planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${change} END $$;
  CREATE TRIGGER planted BEFORE ${table} FOR EACH ROW ${condition} EXECUTE FUNCTION torture.planted();
  GRANT USAGE ON SCHEMA torture TO escale_app;`;

const FAULTS = [
  {
    name: 'an event is not written with its fact (lost outbox)',
    oracle: 'booking_announced',
    plant: swallow('INSERT ON platform.outbox', `WHEN (NEW.name = 'bookings.reserved.v1')`, 'RETURN NULL;'),
  },
  {
    name: 'an event is marked as passed on, and is not (lost on its way)',
    oracle: 'event_acted',
    plant: swallow('INSERT ON platform.outbox', '', 'NEW.sent_at := now(); RETURN NEW;'),
  },
  {
    name: 'the inbox does not know what was done (missing unique guard)',
    oracle: 'acted_once',
    plant: 'ALTER TABLE platform.inbox DROP CONSTRAINT inbox_pkey;',
  },
  {
    name: 'seats that are taken are not counted (guard of the seats removed)',
    oracle: 'seats_within',
    plant: swallow('UPDATE ON bookings.pool_days', '', 'NEW.taken := OLD.taken; RETURN NEW;'),
  },
];

export const plantedInBookings = FAULTS.map((fault) => (copy) => inBookings(copy, fault));

async function inBookings(copy, { name, oracle, plant }) {
  const settings = { DATABASE_URL: copy.url, MASTER_KEY: Buffer.alloc(32).toString('base64'), DEMO: 'false' };
  const app = await NestFactory.createApplicationContext(AppModule.with(readConfig(settings)), {
    logger: false,
  });
  try {
    const scene = await makeScene(app, copy.owner, { hosts: 2, people: 6, seats: () => 1 });
    await keepConsumers(copy.owner, app.get(Consumers));
    const names = async () =>
      (await askOracles(copy.ask)).map((broken) => broken.oracle).filter((one) => one !== 'mails_sent');
    await askForOneSeat(app, { host: scene.hosts[0], people: scene.people.slice(0, 3), copy });
    const before = await names();
    await copy.owner.query(plant);
    await askForOneSeat(app, { host: scene.hosts[1], people: scene.people.slice(3), copy });
    const after = await names();
    return { name, oracle, before, after, isRight: before.length === 0 && after.includes(oracle) };
  } finally {
    await app.close();
    await copy.owner.end();
  }
}

/** Three people ask for one seat, and everything that follows from it is done, twice over as a queue may. */
async function askForOneSeat(app, { host, people, copy }) {
  for (const { id } of people) {
    const actor = await app.get(Db).read(namedScope('identity'), (on) => app.get(Identity).actor(on, id));
    const wish = { poolId: host.poolId, day: Temporal.PlainDate.from(dayAfter(3)), part: 'DAY', hold: false };
    await app
      .get(Bookings)
      .put(actor, newId(), wish)
      .catch(() => {});
  }
  const consumers = app.get(Consumers);
  for (;;) {
    const events = await copy.ask(`UPDATE platform.outbox SET sent_at = now() WHERE sent_at IS NULL
      RETURNING id, name, payload, actor, network_ids AS "networkIds", occurred_at AS "occurredAt"`);
    if (events.length === 0) return;
    for (const event of events)
      for (const consumer of consumers.namesFor(event.name))
        for (let time = 0; time < 2; time += 1) await consumers.deliver({ consumer, event });
  }
}
