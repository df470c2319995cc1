import type { INestApplicationContext } from '@nestjs/common';
import { SingleBar } from 'cli-progress';

/**
 * What the command line gives a module's verbs: `registerLedgerCli(program, open)`. It opens the
 * application on the database of DATABASE_URL, of the running `npm start`, or on the embedded one; the verb
 * closes it.
 */
export type OpenCli = () => Promise<INestApplicationContext>;

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Columns as wide as their widest cell; numbers to the right. */
export function printTable(rows: readonly Readonly<Record<string, string | number>>[]): void {
  const names = Object.keys(rows[0] ?? {});
  const widths = names.map((name) => Math.max(name.length, ...rows.map((row) => String(row[name]).length)));
  const line = (cells: readonly (string | number)[]) =>
    cells
      .map((cell, at) =>
        typeof cell === 'number' ? String(cell).padStart(widths[at]!) : cell.padEnd(widths[at]!),
      )
      .join('  ')
      .trimEnd();
  const lines = [line(names), ...rows.map((row) => line(names.map((name) => row[name] ?? '')))];
  process.stdout.write(`${lines.join('\n')}\n`);
}

export type Progress = { readonly step: () => void; readonly stop: () => void };

/** A bar on a terminal, nothing in a pipe. */
export function progress(total: number): Progress {
  if (!process.stderr.isTTY) return { step: () => {}, stop: () => {} };
  const bar = new SingleBar({ format: '{bar} {value}/{total}', stream: process.stderr });
  bar.start(total, 0);
  return { step: () => bar.increment(), stop: () => bar.stop() };
}
