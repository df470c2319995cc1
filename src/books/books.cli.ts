import type { Command } from 'commander';
import { Ledger, stuckInClearing } from '../ledger/index.js';
import { printJson, type OpenCli } from '../platform/cli.js';
import { Db } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import type { Difference } from './books.schema.js';
import { Postings } from './postings.service.js';
import { Verifications } from './verification.service.js';

type Verified = {
  readonly networkId: string;
  readonly network: string;
  readonly entries: number;
  readonly head: string;
  readonly differences: readonly Difference[];
};

export function registerBooksCli(program: Command, open: OpenCli): void {
  program
    .command('books:post')
    .description('post every fact that no entry says yet; running it again adds nothing')
    .action(async () => {
      const posted = await (await open()).get(Postings).postAll();
      process.stdout.write(`${posted} entries posted.\n`);
    });
  program
    .command('ledger:verify')
    .description('recompute balances and books from what they came from; exit code 1 when something differs')
    .option('--json', 'print what differs as JSON')
    .action(async ({ json }: { json?: true }) => {
      const app = await open();
      const wrong = await app.get(Db).read(namedScope('operator'), (on) => app.get(Ledger).wrongBalances(on));
      const verifications = app.get(Verifications);
      const books: Verified[] = [];
      for (const { id, name } of await verifications.networks())
        books.push({ networkId: id, network: name, ...(await verifications.verify(id)) });
      const clearing = await app.get(Db).read(namedScope('operator'), stuckInClearing);
      if (json) printJson({ wrong, clearing, books });
      else
        process.stdout.write(
          report(wrong) + clearing.map(stuckReport).join('') + books.map(bookReport).join(''),
        );
      if (wrong.length + clearing.length > 0 || books.some(({ differences }) => differences.length > 0))
        process.exitCode = 1;
    });
}

function report(wrong: readonly { id: string }[]): string {
  if (wrong.length === 0) return 'Every balance is the sum of its transfers.\n';
  const ids = wrong.map(({ id }) => `  ${id}\n`).join('');
  return `${wrong.length} balances are not the sum of their transfers:\n${ids}`;
}

function stuckReport({ id, unit, minor }: { id: string; unit: string; minor: string }): string {
  return `Clearing account ${id} holds ${minor} ${unit} in minor units: ask the provider's books.\n`;
}

function bookReport({ network, entries, head, differences }: Verified): string {
  if (differences.length === 0) return `${network}: ${entries} entries hold, head ${head}.\n`;
  const lines = differences.map(
    ({ check, subject, expected, found }) => `  ${check}: ${subject}: ${found}, and not ${expected}\n`,
  );
  return `${network}: ${differences.length} differences in ${entries} entries:\n${lines.join('')}`;
}
