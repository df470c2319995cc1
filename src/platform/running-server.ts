import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** How other programs on this computer find the server that `npm start` runs. */
export type RunningServer = {
  /** Of the database, with its password: the file is for its owner only. */
  readonly url: string;
  readonly apiUrl: string;
  readonly pid: number;
};

export function writeRunningServer(dataFolder: string, server: RunningServer): void {
  rmSync(fileIn(dataFolder), { force: true }); // an older file would keep its own mode
  writeFileSync(fileIn(dataFolder), `${JSON.stringify(server)}\n`, { mode: 0o600 });
}

export function removeRunningServer(dataFolder: string): void {
  rmSync(fileIn(dataFolder), { force: true });
}

/** Null when there is none, or when it was killed and could not remove its file. */
export function findRunningServer(dataFolder: string): RunningServer | null {
  try {
    const server = JSON.parse(readFileSync(fileIn(dataFolder), 'utf8')) as RunningServer;
    process.kill(server.pid, 0); // asks whether it lives
    return server;
  } catch {
    return null;
  }
}

function fileIn(dataFolder: string): string {
  return path.join(dataFolder, 'server.json');
}
