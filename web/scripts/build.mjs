/**
 * Builds web/dist and puts a Brotli twin beside each text file. Does nothing when no source has changed,
 * so that `npm start` and `npm test` may always call it.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { drawIcons } from './icons.mjs';

const web = path.dirname(import.meta.dirname);
const STAMP = path.join(web, 'dist/.stamp');
const TEXT = /\.(js|css|html|svg|json|wasm|webmanifest)$/;
const SMALL_BYTES = 1000;

process.chdir(web); // Lingui and PostCSS look for their settings here
const stamp = sourceHash();
if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) process.exit(0);
const { build } = await import('vite');
await build({ logLevel: 'warn' });
drawIcons('public/icon.svg', 'dist');
for (const file of filesUnder('dist')) compress(file);
writeFileSync(STAMP, stamp);

/** The web's own files, and what it takes from the server through @wire. */
function sourceHash() {
  const hash = createHash('sha256');
  const shared = filesUnder('../src').filter((file) => /kernel\/|\.schema\.ts$/.test(file));
  const own = ['src', 'public', 'scripts'].flatMap(filesUnder);
  const settings = [
    'index.html',
    'vite.config.ts',
    'lingui.config.ts',
    'package.json',
    '../package-lock.json',
  ];
  for (const file of [...own, ...shared, ...settings]) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())
    .toSorted();
}

function compress(file) {
  const bytes = readFileSync(file);
  // The shell gets a nonce at each answer, so it is never sent from a file.
  if (!TEXT.test(file) || file.endsWith('index.html') || bytes.length < SMALL_BYTES) return;
  const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: quality }));
}
