import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { printJson, printTable, progress, type OpenCli } from '../platform/cli.js';
import { FxRates, type FxImport } from './fx-rates.service.js';

export function registerSettlementCli(program: Command, open: OpenCli): void {
  program
    .command('fx:import')
    .argument('<file>', 'euro reference rates of the European Central Bank, as CSV')
    .description('store reference rates of the day; a second run changes nothing')
    .option('--dry-run', 'say what would happen and write nothing')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, { dryRun = false, json }: { dryRun?: boolean; json?: true }) => {
      const text = await readFile(file, 'utf8');
      const app = await open();
      const bar = progress(text.trimEnd().split('\n').length - 1);
      const step = (rows: number) => Array.from({ length: rows }).forEach(() => bar.step());
      const result = await app.get(FxRates).import(text, { dryRun, step });
      bar.stop();
      if (json) printJson(result);
      else report(result);
    });
}

function report({ rows, rates, ...counts }: FxImport): void {
  printTable([counts]);
  process.stdout.write(`${rates.stored} rates, ${rates.notAvailable} not available\n`);
  if (rows.length > 0) printTable(rows);
}
