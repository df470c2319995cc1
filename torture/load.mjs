/** What clients do all the time: book, cancel, ask for what cannot be had, ask again, buy a pass and pay for it. */
import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '../dist/src/kernel/ids.js';
import { pick } from './faults.mjs';
import { dayAfter } from './scene.mjs';

const CLIENTS = 8;
/** A client that got no answer waits a moment, as all of ours do. */
const AFTER_SILENCE_MS = 50;
const MIX = { book: 0.68, cancel: 0.12, refuse: 0.1, repeat: 0.07, buy: 0.03 };

/** Runs until it is stopped, or until so many operations were begun. */
export function startLoad(stage, history, { random, clients = CLIENTS, count = Infinity, mix = MIX }) {
  const state = { isOver: false };
  const begun = () => history.operations.length;
  const wrong = [];
  const work = async (number) => {
    const own = { number, random, booked: [], wrong };
    while (!state.isOver && begun() < count) await once(stage, history, own, mix);
  };
  const tasks = Promise.all(Array.from({ length: clients }, (_, number) => work(number)));
  return {
    wrong,
    done: tasks,
    async stop() {
      state.isOver = true;
      await tasks;
    },
  };
}

async function once(stage, history, own, mix) {
  let dice = own.random();
  for (const [act, share] of Object.entries(mix)) {
    dice -= share;
    if (dice < 0) return ACTS[act](stage, history, own);
  }
  return ACTS.book(stage, history, own);
}

const ACTS = {
  async book(stage, history, own) {
    const { id, person, host, day } = stage.scene.nextCase();
    const body = { poolId: host.poolId, day, part: 'DAY' };
    const { operation } = await history.run(
      { kind: 'booking', id },
      put(stage, own, { path: `bookings/${id}`, person, body }),
    );
    if (operation.outcome === 'ok') own.booked.push({ id, person, body });
  },
  async cancel(stage, history, own) {
    const booking = own.booked.pop();
    if (!booking) return ACTS.book(stage, history, own);
    const { id, person } = booking;
    const order = { path: `bookings/${id}/cancellation`, person, body: { reason: 'ill' } };
    await history.run({ kind: 'cancellation', id }, put(stage, own, order));
  },
  /** A day that is over. */
  async refuse(stage, history, own) {
    const { person, host } = stage.scene.nextCase();
    const id = newId();
    const body = { poolId: host.poolId, day: dayAfter(-3), part: 'DAY' };
    await history.run({ kind: 'booking', id }, put(stage, own, { path: `bookings/${id}`, person, body }));
  },
  /** The same request as before, which changes nothing. */
  async repeat(stage, history, own) {
    const booking = pick(own.random, own.booked);
    if (!booking) return ACTS.book(stage, history, own);
    const send = put(stage, own, { path: `bookings/${booking.id}`, ...booking });
    const { status, body } = await send(1);
    if (status !== 0 && status < 500 && (status !== 200 || body.id !== booking.id))
      own.wrong.push(`booking ${booking.id} asked for again: ${status} ${body?.code}`);
  },
  async buy(stage, history, own) {
    const { person } = stage.scene.nextCase();
    const id = newId();
    const body = { productId: stage.scene.soldId, startsAtOnce: true };
    const answer = await history.run(
      { kind: 'purchase', id },
      put(stage, own, { path: `purchases/${id}`, person, body }),
    );
    if (answer.status === 200 && answer.body.checkoutUrl)
      await stage.sandbox.pay(answer.body.checkoutUrl).catch(() => {});
  },
};

/** Each try goes to the other process, as behind a balancer. */
function put({ clients }, { number }, { path, person, body }) {
  return async (attempt) => {
    const client = clients[(number + attempt) % clients.length];
    const answer = await client.send('PUT', `/v1/${path}`, { token: person.token, body });
    if (answer.status === 0 || answer.status >= 500) await pause(AFTER_SILENCE_MS);
    return answer;
  };
}
