/** N: lines that are cut, slow or dead. What a client did not hear of is there once or not at all. */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { pick } from './faults.mjs';
import { startLoad } from './load.mjs';
import { until } from './processes.mjs';

const HOLE_MS = 30_000;
const PROBE_MS = 1_000;
const ANSWERED_SECONDS_MAX = 15;
const BACK_SECONDS_MAX = 10;
/** Our side gives up a telling after five seconds. */
const TOLD_MS = 6_000;
const MEMORY_MB_MAX = 50;
const CUTS = { cutBefore: 0.0005, cutAfter: 0.0015, cutCommit: 0.05 };

export const N1 = {
  id: 'N1',
  promise: 'over lines that are cut before and after the server, everything intended is there once',
  smoke: { operations: 400 },
  full: { operations: 4_000 },
  async run({ stage, history, random, amount: { operations } }) {
    const { database, api } = stage.lines;
    const before = { ...database.counts };
    database.set(CUTS);
    for (const line of api) line.set({ cutBefore: 0.01, cutAfter: 0.03 });
    const load = startLoad(stage, history, { random, count: operations });
    await load.done;
    const since = (key) => database.counts[key] - before[key];
    const cut = api.reduce((sum, { counts }) => sum + counts.cutAfter, 0);
    const [ok, unclear] = [history.count('ok'), history.unclear()];
    return {
      wrong: load.wrong,
      figure: `${history.operations.length} operations, ${unclear} unclear at first, ${history.count('unknown')} for ever; ${since('ambiguousCommits')} commits whose answer was cut, ${cut} HTTP answers cut`,
      coverage: {
        ok: [ok, 20],
        refused: [history.count('fail'), 10],
        unclear: [unclear, 20],
        'ambiguous commits': [since('ambiguousCommits'), Math.min(20, operations / 20)],
        'cut before the server': [since('cutBefore'), 5],
        'HTTP answers cut': [cut, 5],
      },
    };
  },
};

export const N2 = {
  id: 'N2',
  promise:
    'a database that swallows everything is answered for within 15 seconds, and all goes on within 10 after it is back',
  smoke: { times: 1 },
  full: { times: 4 },
  async run({ stage, history, random, amount: { times } }) {
    const { database } = stage.lines;
    const wrong = [];
    const [answers, backs] = [[], []];
    for (let time = 0; time < times; time += 1) {
      const load = startLoad(stage, history, { random, clients: 24 });
      await pause(1_000);
      database.set({ blackHole: true });
      const probes = Array.from({ length: HOLE_MS / PROBE_MS }, async (_, number) => {
        await pause(number * PROBE_MS);
        const from = performance.now();
        const { status } = await stage.clients[number % 2].send('GET', '/healthz');
        return { status, seconds: (performance.now() - from) / 1_000 };
      });
      await pause(HOLE_MS);
      database.heal();
      const from = performance.now();
      for (const client of stage.clients)
        await until('it answers again', async () => (await client.send('GET', '/healthz')).status === 200);
      backs.push((performance.now() - from) / 1_000);
      answers.push(...(await Promise.all(probes)));
      await load.stop();
    }
    const late = answers.filter(({ seconds, status }) => seconds > ANSWERED_SECONDS_MAX || status === 0);
    if (late.length > 0)
      wrong.push(`${late.length} of ${answers.length} were not answered in ${ANSWERED_SECONDS_MAX} s`);
    const slowest = Math.max(...backs);
    if (slowest > BACK_SECONDS_MAX) wrong.push(`back only after ${slowest.toFixed(1)} s`);
    const told = [...new Set(answers.map(({ status }) => status))].map(
      (status) => `${answers.filter((one) => one.status === status).length} × ${String(status)}`,
    );
    return {
      wrong,
      figure: `${times} holes of ${HOLE_MS / 1_000} s: slowest answer ${Math.max(...answers.map(({ seconds }) => seconds)).toFixed(1)} s (${told.join(', ')}), back after ${slowest.toFixed(1)} s`,
      coverage: { swallowed: [database.counts.swallowed, 20 * times], probes: [answers.length, 10 * times] },
    };
  },
};

export const N3 = {
  id: 'N3',
  promise:
    'a provider of payments that is slow and fails half of the time keeps nobody from booking, and charges nobody twice',
  smoke: { seconds: 15 },
  full: { seconds: 60 },
  async run({ stage, history, random, amount: { seconds } }) {
    const { sandbox } = stage.lines;
    const paying = startLoad(stage, history, { random, clients: 4, mix: { buy: 1 } });
    sandbox.set({ latencyMs: 1_500, jitterMs: 1_500, cutAfter: 0.1 });
    const planning = setInterval(
      () => void stage.sandbox.control('faults', { kind: pick(random, ['error', 'drop']), times: 1 }),
      200,
    );
    const booking = startLoad(stage, history, { random, clients: 4, mix: { book: 0.9, cancel: 0.1 } });
    await pause(seconds * 1_000);
    clearInterval(planning);
    await booking.stop();
    sandbox.heal();
    await stage.sandbox.control('clear');
    await paying.stop();
    const booked = history.of('booking').filter(({ outcome }) => outcome === 'ok').length;
    const bought = history.of('purchase');
    return {
      wrong: [...paying.wrong, ...booking.wrong],
      figure: `${booked} bookings in ${seconds} s meanwhile; ${bought.length} purchases, ${bought.filter(({ wasUnclear }) => wasUnclear).length} of them unclear at first`,
      coverage: {
        booked: [booked, 5 * seconds],
        purchases: [bought.length, seconds / 3],
        unclear: [history.unclear(), 3],
      },
    };
  },
};

/** What a partner's system may do instead of answering. */
const MISBEHAVIOURS = {
  'no HTTP at all': (_id, request) => void request.socket.end('garbage\r\n\r\n'),
  'a hundred megabytes': (_id, request, response) => {
    response.writeHead(200);
    const part = Buffer.alloc(1 << 20);
    const more = (left) => left > 0 && !response.destroyed && response.write(part, () => more(left - 1));
    more(100);
  },
  'a byte a second': (_id, request, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('.'), 1_000);
    response.once('close', () => clearInterval(timer));
  },
  'a redirect to this computer': (_id, request, response) =>
    void response.writeHead(307, { location: `http://127.0.0.1:${response.socket.localPort}/trap` }).end(),
  'an error': () => 500,
};

export const N4 = {
  id: 'N4',
  promise:
    'a partner that answers with anything but an answer costs no memory, is followed nowhere, and is told again',
  smoke: { bookings: 5 },
  full: { bookings: 20 },
  async run({ stage, history, random, amount: { bookings } }) {
    const kinds = Object.entries(MISBEHAVIOURS);
    const seen = {};
    let trapped = 0;
    const before = memoryOf(stage);
    stage.partner.answerWith((id, request, response) => {
      if (request.url.startsWith('/trap')) trapped += 1;
      const [name, misbehave] = pick(random, kinds);
      seen[name] = (seen[name] ?? 0) + 1;
      return misbehave(id, request, response);
    });
    const load = startLoad(stage, history, { random, clients: 2, count: bookings, mix: { book: 1 } });
    await load.done;
    const all = () => Object.values(seen).reduce((sum, one) => sum + one, 0);
    await until('the partner was told', () => all() >= bookings, 120_000);
    await pause(TOLD_MS); // the longest that one telling may take
    const grown = Math.max(...memoryOf(stage).map((now, index) => now - before[index]));
    stage.partner.answerWith(null);
    await stage.ask(`UPDATE hooks.deliveries SET next_at = now() WHERE state = 'PENDING'`); // instead of waiting for minutes
    await until(
      'all is told',
      async () => (await stage.ask(`SELECT FROM hooks.deliveries WHERE state <> 'DELIVERED'`)).length === 0,
      130_000,
    );
    const wrong = trapped > 0 ? [`a redirect was followed ${trapped} times`] : [];
    if (grown > MEMORY_MB_MAX) wrong.push(`a process grew by ${grown} MB`);
    return {
      wrong: [...wrong, ...load.wrong],
      figure: `${all()} tellings met ${Object.keys(seen).length} kinds of misbehaviour; memory +${grown} MB; all told in the end`,
      coverage: {
        kinds: [Object.keys(seen).length, Math.min(kinds.length, Math.ceil(bookings / 3))],
        tellings: [all(), bookings],
      },
    };
  },
};

function memoryOf({ apis, worker }) {
  return [...apis, worker].map(({ pid }) => {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    return Math.round((pages * 4_096) / 2 ** 20);
  });
}
