/**
 * `npm run bench -- booking`, or all of a profile: `npm run bench -- --profile smoke`. Measures on a throw-away
 * PostgreSQL with its default durability, and says how.
 */
import { parseArgs } from 'node:util';
import { PROFILES } from '../bench/profiles.mjs';

/** Not part of a profile: they need a browser, another's programs, or minutes of one race. */
const OTHERS = {
  peers: '../bench/peers.mjs',
  tablet: '../bench/tablet.mjs',
  races: '../bench/races.mjs',
};

const { names, runAlone, runProfile } = await import('../bench/run.mjs');
const { values, positionals } = parseArgs({
  options: { profile: { type: 'string' } },
  allowPositionals: true,
});
const { profile } = values;
const isKnown = positionals.every((name) => names.includes(name) || (!profile && name in OTHERS));
if (!isKnown || (profile ? !(profile in PROFILES) : positionals.length !== 1)) {
  console.error(`Say one of: ${[...names, ...Object.keys(OTHERS)].join(', ')},`);
  console.error(`or --profile and one of: ${Object.keys(PROFILES).join(', ')}`);
  process.exit(1);
}
const [name] = positionals;
if (profile) process.exit(await runProfile(profile, positionals));
if (name in OTHERS) process.exit(await (await import(OTHERS[name])).run());
process.exit(await runAlone(name));
