import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findRunningServer } from '../../src/platform/running-server.js';
import { eventually } from '../support/app.js';

const COMMANDS_MAX = 12;
const STARTS_WITHIN_MS = 60_000;

/** The lines a newcomer copies from the README, one command each. */
const walk = (/[<]!-- walk[^]*?```sh\n([^]*?)```/.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '')
  .split('\n')
  .filter(Boolean);

const folder = mkdtempSync(path.join(os.tmpdir(), 'escale-walk-'));
const { PATH, HOME, TMPDIR } = process.env;
const environment = { PATH, HOME, TMPDIR, DATA_DIR: folder };
let server: ChildProcess;

beforeAll(async () => {
  // `npm start` ends in this, on a build that `npm test` has made already.
  server = spawn(process.execPath, ['dist/src/main.js'], {
    env: { ...environment, PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await eventually(async () => findRunningServer(folder) !== null, true, STARTS_WITHIN_MS);
}, 90_000);

afterAll(async () => {
  server.kill('SIGINT');
  await once(server, 'exit');
  rmSync(folder, { recursive: true, force: true });
});

it('is short enough to type', () => {
  expect(walk.length).toBeGreaterThan(0);
  expect(walk.length + 1).toBeLessThanOrEqual(COMMANDS_MAX); // and `npm start`
});

// A README whose commands fail is worse than none.
it('takes a newcomer from signing in to a settled window, word for word', () => {
  const outputs = walk.map((command) => {
    const result = spawnSync('sh', ['-c', command], { env: environment, encoding: 'utf8' });
    expect({ command, status: result.status, error: result.status === 0 ? '' : result.stderr }).toEqual({
      command,
      status: 0,
      error: '',
    });
    return result.stdout;
  });
  const said = outputs.join('\n');
  expect(said).toContain('Signed in: Marta Soler (nomad).');
  expect(said).toMatch(/MRS +Atelier du Vieux-Port +Marseille +0 +12/);
  expect(said).toContain('RESERVED: Atelier du Vieux-Port, Marseille, 2026-06-03. You pay 0.00 EUR');
  expect(said).toContain('ACCEPTED: ');
  expect(said).toContain('Taller Poblenou pays Atelier du Vieux-Port 20.00 EUR.');
  expect(said).toMatch(/2026-06-03 +RECEIVES +Taller Poblenou +20\.00 +EUR/);
  expect(said).toContain('is SETTLED: every payment is made.');
  expect(said).toContain('All holds.');
}, 120_000);
