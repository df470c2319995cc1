/** The races of test/concurrency/seat-race.spec.ts, 500 rounds of each: every history is checked. */
import { spawnSync } from 'node:child_process';

const ROUNDS = 500;

export function run() {
  const jest = ['node_modules/jest/bin/jest.js', 'test/concurrency/seat-race.spec.ts', '-i', '--verbose'];
  const env = { ...process.env, RACE_ROUNDS: String(process.env.RACE_ROUNDS ?? ROUNDS) };
  const options = ['--experimental-vm-modules', '--no-warnings', ...jest];
  return spawnSync(process.execPath, options, { env, stdio: 'inherit' }).status ?? 1;
}
