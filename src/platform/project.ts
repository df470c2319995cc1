import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder with our package.json, from the sources as from the build. */
export function projectFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return folder;
}

export function packageVersion(): string {
  const text = readFileSync(path.join(projectFolder(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** The commit of a checkout; null where there is none, as in an image. */
export function checkedOutCommit(): string | null {
  const git = path.join(projectFolder(), '.git');
  const head = readOrEmpty(path.join(git, 'HEAD'));
  const branch = /^ref: (\S+)/.exec(head)?.[1];
  const commit = branch ? readOrEmpty(path.join(git, branch)) : head;
  return commit.trim() || null;
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
