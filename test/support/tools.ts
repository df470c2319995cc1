import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Runs a program of the system on a text, as a file of this name; null, said aloud, when it is not installed. */
export function runOn(
  program: string,
  file: { readonly name: string; readonly text: string },
  args: (file: string) => string[],
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } | null {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'escale-'));
  try {
    const target = path.join(folder, file.name);
    writeFileSync(target, file.text);
    const { status, stdout, stderr, error } = spawnSync(program, args(target), {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    if (error) {
      console.warn(`SKIPPED: ${program} is not installed`);
      return null;
    }
    return { status, stdout, stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
