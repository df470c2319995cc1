import type { Command } from 'commander';
import { printJson, type OpenCli } from '../platform/cli.js';
import { Db } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { Billing } from './billing.service.js';

export function registerBillingCli(program: Command, open: OpenCli): void {
  program
    .command('series:verify')
    .description('look for gaps in the numbers of documents; exit code 1 when there is one')
    .option('--json', 'print the series with gaps as JSON')
    .action(async ({ json }: { json?: true }) => {
      const app = await open();
      const gaps = await app
        .get(Db)
        .read(namedScope('operator'), (on) => app.get(Billing).seriesWithGaps(on));
      if (json) printJson({ gaps });
      else
        process.stdout.write(
          gaps.length === 0
            ? 'Every series is whole.\n'
            : gaps.map((gap) => `${gap.issuerPartyId} ${gap.kind} ${gap.year}: a gap\n`).join(''),
        );
      if (gaps.length > 0) process.exitCode = 1;
    });
}
