/** K: processes die without a warning, under load. What was acknowledged is there; nothing is there twice. */
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { migrate } from '../dist/src/database.js';
import { client } from './client.mjs';
import { startLoad } from './load.mjs';
import { answersHttp, ask, until } from './processes.mjs';

const BETWEEN_MS = [50, 500];
const RESTART_SECONDS_MAX = 15;

/** Kills and starts again, each time at another moment of the load. Answers how long each return took, in seconds. */
async function killing({ stage, history, random, kills, clients }, kill) {
  const load = startLoad(stage, history, { random, clients });
  const took = [];
  for (let number = 0; number < kills; number += 1) {
    await pause(BETWEEN_MS[0] + random() * (BETWEEN_MS[1] - BETWEEN_MS[0]));
    const from = performance.now();
    await kill(number);
    took.push((performance.now() - from) / 1_000);
  }
  await load.stop();
  return { took, wrong: load.wrong };
}

function outcome({ history, kills, took, wrong, unclear = 0 }) {
  const [ok, fail, unknown] = ['ok', 'fail', 'unknown'].map((one) => history.count(one));
  return {
    wrong,
    figure: `${kills} kills, ${history.operations.length} operations (${ok} ok, ${fail} refused, ${unknown} never known, ${history.unclear()} unclear at first); back in ${Math.max(...took).toFixed(1)} s at most`,
    coverage: {
      kills: [took.length, kills],
      ok: [ok, 20],
      refused: [fail, 5],
      unclear: [history.unclear(), unclear],
    },
  };
}

const restart = async (process) => {
  await process.kill();
  await process.start();
};

const withinSeconds = (took, max) =>
  took
    .filter((seconds) => seconds > max)
    .map((seconds) => `back only after ${seconds.toFixed(1)} s (at most ${max})`);

export const K1 = {
  id: 'K1',
  promise: 'an API process that is killed loses nothing that it acknowledged, and doubles nothing',
  smoke: { kills: 4 },
  full: { kills: 24 },
  async run({ stage, history, random, amount: { kills } }) {
    const { took, wrong } = await killing({ stage, history, random, kills }, (number) =>
      restart(stage.apis[number % stage.apis.length]),
    );
    return outcome({ history, kills, took, wrong, unclear: 5 });
  },
};

export const K2 = {
  id: 'K2',
  promise: 'a worker that is killed loses no job and does none twice',
  smoke: { kills: 6 },
  full: { kills: 40 },
  async run({ stage, history, random, amount: { kills } }) {
    const { took, wrong } = await killing({ stage, history, random, kills }, () => restart(stage.worker));
    return outcome({ history, kills, took, wrong });
  },
};

export const K3 = {
  id: 'K3',
  promise: 'a database that is killed keeps every acknowledged commit, and is back within 15 seconds',
  smoke: { kills: 3 },
  full: { kills: 15 },
  async run({ stage, history, random, amount: { kills } }) {
    const { took, wrong } = await killing({ stage, history, random, kills }, async () => {
      await restart(stage.database);
      await everyApiAnswers(stage);
    });
    wrong.push(...withinSeconds(took, RESTART_SECONDS_MAX));
    return outcome({ history, kills, took, wrong, unclear: 5 });
  },
};

export const K4 = {
  id: 'K4',
  promise: 'API, worker and database killed at once lose nothing',
  smoke: { kills: 1 },
  full: { kills: 6 },
  async run({ stage, history, random, amount: { kills } }) {
    const all = [stage.database, stage.apis[0], stage.worker];
    const { took, wrong } = await killing({ stage, history, random, kills }, async () => {
      await Promise.all(all.map((one) => one.kill()));
      for (const one of all) await one.start();
      await everyApiAnswers(stage);
    });
    return outcome({ history, kills, took, wrong, unclear: 5 });
  },
};

export const K5 = {
  id: 'K5',
  promise: 'API processes that are restarted one after the other cut at most one request in 400',
  smoke: { restarts: 2 },
  full: { restarts: 10 },
  async run({ stage, history, random, amount: { restarts } }) {
    const balanced = { ...stage, clients: stage.ports.api.map((port) => client(port)) }; // without a line: it accepts what nobody takes
    const { took, wrong } = await killing(
      { stage: balanced, history, random, kills: restarts, clients: 40 },
      async (number) => {
        const api = stage.apis[number % stage.apis.length];
        await api.stop();
        await api.start();
      },
    );
    for (const each of balanced.clients) each.close();
    const cut = history.unclear();
    const allowed = Math.ceil(history.operations.length / 400);
    if (cut > allowed) wrong.push(`${cut} requests were cut, of ${history.operations.length}`);
    const result = outcome({ history, kills: restarts, took, wrong });
    return { ...result, figure: `${result.figure}; ${cut} cut` };
  },
};

export const K6 = {
  id: 'K6',
  promise: 'a Redis that is killed and forgets everything loses no event, no mail and no delivery',
  needsRedis: true,
  smoke: { kills: 2 },
  full: { kills: 20 },
  async run({ stage, history, random, amount: { kills } }) {
    const { took, wrong } = await killing({ stage, history, random, kills }, () => restart(stage.redis));
    return outcome({ history, kills, took, wrong });
  },
};

export const K8 = {
  id: 'K8',
  promise:
    'a process that is killed while it migrates leaves each migration whole or undone, and the next one finishes',
  smoke: { kills: 2 },
  full: { kills: 8 },
  async run({ stage, random, amount: { kills } }) {
    const wrong = [];
    const halfway = [];
    for (let number = 0; number < kills; number += 1) {
      const url = new URL(stage.database.url);
      url.pathname = `/migrated_${number}`;
      await stage.ask(`CREATE DATABASE migrated_${number} TEMPLATE template0`);
      const target = Math.floor(random() * 40);
      await killedMigrating(url.href, () =>
        applied(url.href).then(
          (done) => done >= target,
          () => false,
        ),
      );
      const done = await applied(url.href).catch(() => 0);
      halfway.push(done);
      await migrate(url.href);
      const [ours, fresh] = [await columnsOf(url.href), await columnsOf(stage.database.url)];
      if (ours !== fresh) wrong.push(`killed after ${done} migrations: ${ours} columns, not ${fresh}`);
      await stage.ask(`DROP DATABASE migrated_${number} WITH (FORCE)`);
    }
    return {
      wrong,
      figure: `killed after ${halfway.join(', ')} migrations; each time the next start made the same schema`,
      coverage: {
        kills: [halfway.length, kills],
        halfway: [halfway.filter((done) => done > 0).length, kills / 2],
      },
    };
  },
};

const columnsOf = async (url) =>
  (
    await ask(
      url,
      `SELECT count(*)::int AS n FROM information_schema.columns
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema', 'torture')`,
    )
  )[0].n;

const applied = async (url) =>
  (await ask(url, 'SELECT count(*)::int AS n FROM public.schema_migrations'))[0].n;

async function killedMigrating(url, hasCome) {
  const code = `await (await import('./dist/src/database.js')).migrate(${JSON.stringify(url)})`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await until('it migrates', async () => child.exitCode !== null || (await hasCome()), 60_000);
  child.kill('SIGKILL');
  await ended;
}

async function everyApiAnswers({ ports }) {
  for (const port of ports.api) await until('the API answers again', () => answersHttp(port));
}
