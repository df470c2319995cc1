/** D: doors without a network. What tablets let in is told of in any order, twice, by several at once. */
import { Temporal } from '../dist/src/kernel/time.js';
import { must } from './client.mjs';
import { pick, shuffled } from './faults.mjs';
import { HOURS_BACK, momentsBack, openDoors, outcomesOf, uploadAll, visitsOf } from './tablets.mjs';

export const D1 = {
  id: 'D1',
  promise:
    'uploads of five offline doors, shuffled, doubled and cut, make one visit for each guest that was let in',
  smoke: { scans: 60 },
  full: { scans: 600 },
  async run({ stage, history, random, amount: { scans: count } }) {
    const doors = await openDoors(stage);
    const guests = await stage.scene.guests(count);
    const scans = (
      await Promise.all(guests.map((guest) => pick(random, doors).read(guest, momentsBack(random))))
    ).filter(Boolean);
    for (const line of stage.lines.api) line.set({ cutBefore: 0.02, cutAfter: 0.05 });
    await uploadAll(stage, history, { scans: shuffled(random, [...scans, ...scans]), random });
    for (const line of stage.lines.api) line.heal();
    await uploadAll(stage, history, { scans: shuffled(random, scans), random }); // the tablet asks until it was answered
    const visits = await visitsOf(stage, guests);
    const wrong = visits.length === scans.length ? [] : [`${visits.length} visits of ${scans.length} scans`];
    return {
      wrong,
      figure: `${scans.length} scans told ${history.operations.length} times, ${history.unclear()} times unclear at first, ${visits.length} visits`,
      coverage: { scans: [scans.length, count * 0.95], unclear: [history.unclear(), count / 20] },
    };
  },
};

export const D2 = {
  id: 'D2',
  promise: 'a pass that is shown at two to four offline doors is counted once, and every other time is found',
  smoke: { guests: 40 },
  full: { guests: 400 },
  async run({ stage, history, random, amount: { guests: count } }) {
    const doors = await openDoors(stage);
    const guests = await stage.scene.guests(count);
    const scans = [];
    const wrong = [];
    for (const guest of guests) {
      const moment = momentsBack(random);
      const some = shuffled(random, doors).slice(0, 2 + Math.floor(random() * 3));
      for (const [number, door] of some.entries()) {
        const scan = await door.read(guest, moment.add({ seconds: number * 20 }));
        if (scan === null) wrong.push(`guest ${guest.id} was refused at a door`);
        else scans.push(scan);
      }
    }
    await uploadAll(stage, history, { scans: shuffled(random, scans), random });
    const outcomes = await outcomesOf(stage, scans);
    const visits = await visitsOf(stage, guests);
    const found = await overuseOf(stage, doors);
    let copies = 0;
    for (const guest of guests) {
      const own = scans.filter((scan) => scan.guest === guest);
      copies += own.length - 1;
      const visited = visits.filter(({ person }) => person === guest.id);
      if (visited.length !== 1) wrong.push(`guest ${guest.id}: ${visited.length} visits`);
      const conflicts = own.filter(({ id }) => outcomes.get(id)?.outcome === 'CONFLICT');
      if (conflicts.length !== own.length - 1)
        wrong.push(`guest ${guest.id}: ${conflicts.length} conflicts of ${own.length} scans`);
      wrong.push(
        ...conflicts.filter(({ id }) => !found.has(id)).map(({ id }) => `scan ${id} is on nobody's list`),
      );
    }
    return {
      wrong,
      figure: `${guests.length} passes at ${scans.length} doors: ${visits.length} visits, ${copies} of ${copies} copies found`,
      coverage: { guests: [guests.length, count], copies: [copies, count] },
    };
  },
};

/** What a host is shown to look at, of today and of the day before. */
async function overuseOf({ clients, scene }, doors) {
  const ids = new Set();
  const today = Temporal.Now.plainDateISO('UTC');
  for (const { spaceId } of doors)
    for (const day of [today, today.subtract({ days: 1 }), today.add({ days: 1 })]) {
      const path = `/v1/spaces/${spaceId}/overuse?day=${day.toString()}`;
      const { items } = await must(clients[0].send('GET', path, { token: scene.manager.token }));
      for (const { scan } of items) ids.add(scan.id);
    }
  return ids;
}

export const D5 = {
  id: 'D5',
  promise: 'what offline scans come to does not depend on the order they are told in',
  smoke: { histories: 6, orders: 4 },
  full: { histories: 60, orders: 8 },
  async run({ stage, history, random, amount: { histories, orders } }) {
    const doors = await openDoors(stage);
    const wrong = [];
    let scansTold = 0;
    let conflicts = 0;
    for (let number = 0; number < histories; number += 1) {
      const plan = planOf(random, doors.length);
      const guests = await stage.scene.guests(orders); // the same history happens to each of them
      const results = [];
      for (const guest of guests) {
        const scans = await follow(plan, { guest, doors });
        await uploadAll(stage, history, {
          scans: shuffled(random, scans),
          random,
          atOnce: 1 + Math.floor(random() * 3),
        });
        scansTold += scans.length;
        const outcomes = await outcomesOf(stage, scans);
        const visits = await visitsOf(stage, [guest]);
        conflicts += scans.filter(({ id }) => outcomes.get(id)?.outcome === 'CONFLICT').length;
        results.push(
          JSON.stringify([
            scans.map(({ id }) => `${outcomes.get(id)?.outcome} ${outcomes.get(id)?.conflict}`),
            visits.map(({ space, half_days: halfDays }) => `${space} ${halfDays}`).toSorted(),
          ]),
        );
      }
      if (new Set(results).size !== 1) wrong.push(`history ${number}: ${[...new Set(results)].join(' or ')}`);
    }
    return {
      wrong,
      figure: `${histories} histories in ${orders} orders each, ${scansTold} scans, ${conflicts} conflicts`,
      coverage: { scans: [scansTold, histories * orders * 2], conflicts: [conflicts, histories] },
    };
  },
};

/** Two to six readings over a day: which door, and how many seconds ago. */
function planOf(random, doors) {
  const readings = Array.from({ length: 2 + Math.floor(random() * 5) }, () => ({
    door: Math.floor(random() * doors),
    ago: { seconds: 120 + Math.floor(random() * HOURS_BACK * 240) * 15 },
  }));
  return { from: Temporal.Now.instant(), readings };
}

/** Each door reads in the order of its own clock. */
async function follow({ from, readings }, { guest, doors }) {
  const scans = [];
  for (const { door, ago } of readings.toSorted((a, b) => b.ago.seconds - a.ago.seconds)) {
    const scan = await doors[door].read(guest, from.subtract(ago));
    if (scan) scans.push(scan);
  }
  return scans;
}
