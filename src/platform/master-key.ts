import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const KEY_BYTES = 32;

/** The key of DATA_DIR, made at the first start. An existing one is never replaced. */
export function masterKey(dataFolder: string): string {
  const file = path.join(dataFolder, 'master.key');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(KEY_BYTES).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch {
    // it is there already; if it cannot be written, reading it says why
  }
  return readFileSync(file, 'utf8').trim();
}
