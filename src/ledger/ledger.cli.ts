import type { Command } from 'commander';
import { printJson, type OpenCli } from '../platform/cli.js';
import { Db } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { Ledger } from './ledger.service.js';

export function registerLedgerCli(program: Command, open: OpenCli): void {
  program
    .command('ledger:verify')
    .description('recompute every balance from the transfers; exit code 1 when one differs')
    .option('--json', 'print the accounts that differ as JSON')
    .action(async ({ json }: { json?: true }) => {
      const app = await open();
      const ledger = app.get(Ledger);
      const wrong = await app.get(Db).read(namedScope('operator'), (on) => ledger.wrongBalances(on));
      if (json) printJson({ wrong });
      else process.stdout.write(report(wrong));
      if (wrong.length > 0) process.exitCode = 1;
    });
}

function report(wrong: readonly { id: string }[]): string {
  if (wrong.length === 0) return 'Every balance is the sum of its transfers.\n';
  const ids = wrong.map(({ id }) => `  ${id}\n`).join('');
  return `${wrong.length} balances are not the sum of their transfers:\n${ids}`;
}
