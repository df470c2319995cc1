import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { printJson, progress, type OpenCli } from '../platform/cli.js';
import { ImportProblems } from './directory.problems.js';
import { ImportMapping } from './import.schema.js';
import type { ImportResult } from './import-result.js';
import { Imports } from './imports.service.js';
import { countRows } from './import-files.js';

type Flags = { source: string; licence: string; dryRun?: true; json?: true };

export function registerDirectoryCli(program: Command, open: OpenCli): void {
  program
    .command('spaces:import')
    .description('fill the catalogue of places from a CSV or GeoJSON file; every row is accounted for')
    .argument('<file>')
    .requiredOption('--map <file>', 'which columns say what: see docs/imports/')
    .requiredOption('--source <name>', 'where the file comes from')
    .requiredOption('--licence <licence>', 'under which licence')
    .option('--dry-run', 'report everything and store nothing')
    .option('--json', 'print the report as JSON')
    .action(async (file: string, { map, json, ...flags }: Flags & { map: string }) => {
      const mapping = await readMapping(map);
      const bar = json ? { step: () => {}, stop: () => {} } : progress(await countRows(file));
      const app = await open();
      try {
        report(await app.get(Imports).run({ file, mapping, ...flags, onRow: bar.step }), json);
      } finally {
        bar.stop();
      }
    });
  program
    .command('territories:import')
    .description('import NUTS 3 regions (Eurostat GeoJSON) or ISO 3166-2 subdivisions')
    .argument('<file>')
    .option('--source <name>', 'where the file comes from', 'Eurostat GISCO')
    .option('--licence <licence>', 'under which licence', '© EuroGeographics')
    .option('--as-of <year>', 'the edition', '2024')
    .option('--dry-run', 'report everything and store nothing')
    .option('--json', 'print the report as JSON')
    .action(async (file: string, { json, ...flags }: Flags & { asOf: string }) => {
      const app = await open();
      report(await app.get(Imports).runTerritories({ file, ...flags }), json);
    });
}

async function readMapping(file: string): Promise<ImportMapping> {
  try {
    return ImportMapping.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw ImportProblems.mappingUnfit(`${file} is not a mapping: ${String(error)}`);
  }
}

function report(result: ImportResult, json: true | undefined): void {
  if (json) return printJson(result);
  const { rows, ...counts } = result;
  const said = rows
    .filter((row) => row.reason)
    .map((row) => `record ${row.line}: ${row.outcome}: ${row.reason}\n`);
  const sums = Object.entries(counts).map(([outcome, count]) => `${outcome} ${count}`);
  process.stdout.write(`${said.join('')}${sums.join(', ')}\n`);
}
