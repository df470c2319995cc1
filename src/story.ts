/** `npm run story`: two months of Escale, through HTTP, on a private server that is thrown away afterwards. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { playMonth, summary, tell, JULY, JUNE, World } from './demo/index.js';
import { printJson } from './platform/cli.js';
import { findRunningServer } from './platform/running-server.js';

const START_MS_MAX = 60_000;
const PAUSE_MS = 50;

const folder = mkdtempSync(path.join(os.tmpdir(), 'escale-story-'));
const server = startServer();
try {
  const world = new World(await addressOf(server));
  const june = await playMonth(world, JUNE, '2026-07-01T08:00:00Z');
  const july = await playMonth(world, JULY, '2026-08-03T08:00:00Z');
  if (process.argv.includes('--json')) printJson(summary(june, july));
  else tell(june, july);
} finally {
  await stop(server);
  rmSync(folder, { recursive: true, force: true });
}

/** As `npm start` would, but on its own folder, port and database. */
function startServer(): ChildProcess {
  const { DATABASE_URL: _database, REDIS_URL: _redis, ...environment } = process.env;
  return spawn(process.execPath, [path.join(import.meta.dirname, 'main.js')], {
    env: { ...environment, DATA_DIR: folder, PORT: '0', DEMO: 'true', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function addressOf(child: ChildProcess): Promise<string> {
  for (let waited = 0; waited < START_MS_MAX; waited += PAUSE_MS) {
    const running = findRunningServer(folder);
    if (running) return running.apiUrl;
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`);
    await sleep(PAUSE_MS);
  }
  throw new Error('The server did not start in time.');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGINT');
  await once(child, 'exit');
}
