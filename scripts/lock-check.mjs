/**
 * Every optional package of every platform must be locked, not only those of the computer that made the
 * lock: npm leaves out what it could not find without a word, and `npm ci` then breaks on another system.
 */
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));

const lost = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
  Object.keys(optionalDependencies)
    .filter((name) => !isLocked(from, name))
    .map((name) => `${from}: ${name}`),
);
if (lost.length > 0) {
  console.error(`Not locked:\n${lost.join('\n')}`);
  process.exit(1);
}

/** Node looks for a package beside its user first, then in each folder further up. */
function isLocked(from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true;
    if (!at) return false;
  }
}
