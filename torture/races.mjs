/** C: many clients want the same at the same moment, through two API processes. */
import { readFileSync } from 'node:fs';
import { transformSync } from '@swc/core';
import { newId } from '../dist/src/kernel/ids.js';
import { pick } from './faults.mjs';
import { dayAfter } from './scene.mjs';

const PARTS = ['DAY', 'MORNING', 'AFTERNOON'];
const TWINS = 20;

/** The checker of seat histories, which the test suite uses as well, is a source of its own without imports. */
async function seatHistory() {
  const source = readFileSync(new URL('../test/support/seat-history.ts', import.meta.url), 'utf8');
  const { code } = transformSync(source, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' },
  });
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

const answerOf = ({ status, body }) => (status === 200 ? 'ok' : String(body?.code ?? status));

function acts(stage, { host, people, day }, history) {
  const timed = async ({ index, act, part, from, kind, id }, send) => {
    const began = performance.now();
    const answer = answerOf(await history.run({ kind, id }, send));
    return { client: `c${index}`, act, part, ...(from && { from }), answer, began, ended: performance.now() };
  };
  const put = (index, path, body) => () =>
    stage.clients[index % stage.clients.length].send('PUT', `/v1/${path}`, {
      token: people[index].token,
      body,
    });
  return {
    book: (index, part, id = newId()) =>
      timed(
        { index, act: 'book', part, kind: 'booking', id },
        put(index, `bookings/${id}`, { poolId: host.poolId, day, part }),
      ),
    cancel: (index, part, id) =>
      timed(
        { index, act: 'cancel', part, kind: 'cancellation', id },
        put(index, `bookings/${id}/cancellation`, { reason: 'ill' }),
      ),
    change: (index, from, part, id) => {
      const body = { newBookingId: newId(), part };
      return timed(
        { index, act: 'change', part, from, kind: 'change', id },
        put(index, `bookings/${id}/change`, body),
      );
    },
  };
}

const others = (act, first = 0) => Array.from({ length: 8 - first }, (_, index) => () => act(first + index));

/** What one client did before the others come, and what all do at once. */
const SHAPES = {
  'the last seat': async ({ book }) => ({ held: {}, all: others((index) => book(index, 'DAY')) }),
  'halves that overlap': async ({ book }, random) => ({
    held: {},
    all: others((index) => book(index, pick(random, PARTS))),
  }),
  'halves side by side': async ({ book }) => ({
    held: {},
    all: others((index) => book(index, index % 2 ? 'MORNING' : 'AFTERNOON')),
  }),
  'a change against bookings': async ({ book, change }) => {
    const id = newId();
    await book(0, 'MORNING', id);
    const all = [
      () => change(0, 'MORNING', 'AFTERNOON', id),
      ...others((index) => book(index, PARTS[index % 3]), 1),
    ];
    return { held: { c0: 'MORNING' }, all };
  },
  'a cancellation against bookings': async ({ book, cancel }) => {
    const id = newId();
    await book(0, 'DAY', id);
    const all = [() => cancel(0, 'DAY', id), ...others((index) => book(index, PARTS[index % 3]), 1)];
    return { held: { c0: 'DAY' }, all };
  },
};

export const C1 = {
  id: 'C1',
  promise: 'however eight clients race for a seat or for three, none is sold twice and none stays empty',
  smoke: { rounds: 80 },
  full: { rounds: 600 },
  async run({ stage, history, random, amount: { rounds } }) {
    const { isExplained } = await seatHistory();
    const names = Object.keys(SHAPES);
    const wrong = [];
    const seen = { won: 0, lost: 0, roundsWithLoser: 0 };
    const { crews } = stage.scene;
    let day = null;
    for (let number = 0; number < rounds; number += 1) {
      const crew = crews[number % crews.length];
      if (number % crews.length === 0) day = dayAfter(stage.scene.nextRaceDay());
      const round = { ...crew, day };
      const shape = names[Math.floor(number / crews.length) % names.length];
      const { held, all } = await SHAPES[shape](acts(stage, round, history), random);
      const begin = { capacity: crew.host.seats, held, pending: [], kept: {}, line: [] };
      const happened = await Promise.all(all.map((act) => act()));
      const won = happened.filter(({ answer }) => answer === 'ok').length;
      seen.won += won;
      seen.lost += happened.length - won;
      if (won < happened.length) seen.roundsWithLoser += 1;
      const end = { held: await heldAt(stage, round), pending: [], kept: {}, line: [] };
      if (!isExplained(begin, happened, end)) wrong.push(`${shape}: ${JSON.stringify({ happened, end })}`);
    }
    const shapes = Math.min(names.length, Math.ceil(rounds / crews.length));
    return {
      wrong,
      figure: `${rounds} rounds of ${shapes} shapes: ${seen.won} won, ${seen.lost} refused, every history explained`,
      coverage: {
        rounds: [rounds, rounds],
        shapes: [shapes, names.length],
        'rounds with a loser': [seen.roundsWithLoser, rounds * 0.9],
      },
    };
  },
};

async function heldAt({ ask }, { host, people, day }) {
  const rows = await ask(
    `SELECT person_id AS person, part FROM bookings.bookings WHERE pool_id = $1 AND day = $2 AND state IN ('PENDING', 'RESERVED')`,
    [host.poolId, day],
  );
  return Object.fromEntries(
    rows.map(({ person, part }) => [`c${people.findIndex(({ id }) => id === person)}`, part]),
  );
}

export const C3 = {
  id: 'C3',
  promise:
    'whatever eight clients do with the seats of a day, in an order that nobody knows, some order explains all answers',
  smoke: { histories: 16 },
  full: { histories: 160 },
  async run({ stage, history, random, amount: { histories } }) {
    const { isExplained } = await seatHistory();
    const { crews } = stage.scene;
    const wrong = [];
    const seen = { ok: 0, full: 0 };
    let day = null;
    for (let number = 0; number < histories; number += 1) {
      const crew = crews[number % crews.length];
      if (number % crews.length === 0) day = dayAfter(stage.scene.nextRaceDay());
      const round = { ...crew, day };
      const happened = (
        await Promise.all(
          crew.people.map((_, index) => wander(acts(stage, round, history), { index, random })),
        )
      ).flat();
      seen.ok += happened.filter(({ answer }) => answer === 'ok').length;
      seen.full += happened.filter(({ answer }) => answer === 'booking.full').length;
      const begin = { capacity: crew.host.seats, held: {}, pending: [], kept: {}, line: [] };
      const end = { held: await heldAt(stage, round), pending: [], kept: {}, line: [] };
      if (!isExplained(begin, happened, end)) wrong.push(JSON.stringify({ happened, end }));
    }
    return {
      wrong,
      figure: `${histories} histories of ${seen.ok + seen.full} answers (${seen.full} times full), every one explained`,
      coverage: { ok: [seen.ok, histories * 2], full: [seen.full, histories * 2] },
    };
  },
};

/** One client: asks for a part of the day, gives it back, and asks again. */
async function wander({ book, cancel }, { index, random }) {
  const done = [];
  for (let turn = 0; turn < 2; turn += 1) {
    const [id, part] = [newId(), pick(random, PARTS)];
    done.push(await book(index, part, id));
    if (done.at(-1).answer === 'ok' && turn === 0) done.push(await cancel(index, part, id));
  }
  return done;
}

export const C2 = {
  id: 'C2',
  promise:
    'twenty equal requests at once have one effect and one answer; the same id with other words is refused',
  smoke: { ids: 30 },
  full: { ids: 600 },
  async run({ stage, history, random, amount: { ids } }) {
    const wrong = [];
    const seen = { twins: 0, refused: 0 };
    for (let number = 0; number < ids; number += 1) {
      const { kind, id, path, person, body, other } = equalRequest(stage, number);
      const send = (given) =>
        pick(random, stage.clients).send('PUT', path, { token: person.token, body: given });
      const answers = await Promise.all(
        Array.from({ length: TWINS }, (_, twin) =>
          twin === 0 ? history.run({ kind, id, tries: 1 }, () => send(body)) : send(body),
        ),
      );
      const texts = new Set(
        answers.map(({ status, text }) => `${status} ${kind === 'purchase' ? '' : text}`),
      );
      if (texts.size !== 1 || answers[0].status !== 200)
        wrong.push(`${kind} ${id}: ${[...texts].join(' | ').slice(0, 300)}`);
      seen.twins += answers.length;
      const { status, body: refusal } = await send(other);
      if (status !== 409 || refusal?.code !== 'request.id_reused')
        wrong.push(`${kind} ${id} with other words: ${status} ${refusal?.code}`);
      else seen.refused += 1;
    }
    return {
      wrong,
      figure: `${ids} ids, ${seen.twins} equal requests, ${seen.refused} with other words refused`,
      coverage: { twins: [seen.twins, ids * TWINS], refused: [seen.refused, ids] },
    };
  },
};

/** Two bookings, then a purchase. */
function equalRequest({ scene }, number) {
  const { id, person, host, day } = scene.nextCase();
  if (number % 3 === 2) {
    const body = { productId: scene.soldId, startsAtOnce: true };
    return {
      kind: 'purchase',
      id,
      path: `/v1/purchases/${id}`,
      person,
      body,
      other: { ...body, productId: scene.productId },
    };
  }
  const body = { poolId: host.poolId, day, part: 'DAY' };
  return {
    kind: 'booking',
    id,
    path: `/v1/bookings/${id}`,
    person,
    body,
    other: { ...body, part: 'MORNING' },
  };
}
