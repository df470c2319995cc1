/** `npm run fuzz -- --profile smoke|full`: strange requests to each route, then strange texts to each parser. */
import { spawnSync } from 'node:child_process';

const PROFILES = {
  ci: { FUZZ_RUNS: '12', FUZZ_PARSER_RUNS: '2000' },
  smoke: { FUZZ_RUNS: '300', FUZZ_PARSER_RUNS: '100000' },
  full: { FUZZ_RUNS: '3000', FUZZ_PARSER_RUNS: '1000000' },
};

const [flag, name = 'smoke', ...rest] = process.argv.slice(2);
const profile = PROFILES[name];
if ((flag !== undefined && flag !== '--profile') || !profile) {
  console.error(`Say --profile ${Object.keys(PROFILES).join('|')}`);
  process.exit(1);
}
const jest = [
  '--experimental-vm-modules',
  '--no-warnings',
  'node_modules/jest/bin/jest.js',
  '-i',
  'test/fuzz',
  ...rest,
];
const { status } = spawnSync(process.execPath, jest, {
  stdio: 'inherit',
  env: { ...process.env, ...profile },
});
process.exit(status ?? 1);
