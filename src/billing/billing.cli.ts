import type { Command } from 'commander';
import { printJson, type OpenCli } from '../platform/cli.js';
import { Db } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { Billing } from './billing.service.js';

export function registerBillingCli(program: Command, open: OpenCli): void {
  program
    .command('series:verify')
    .description(
      'look for gaps in the numbers of documents and breaks in their chains; exit code 1 when there is one',
    )
    .option('--json', 'print what was found as JSON')
    .action(async ({ json }: { json?: true }) => {
      const app = await open();
      const billing = app.get(Billing);
      const { gaps, changed } = await app.get(Db).read(namedScope('operator'), async (on) => ({
        gaps: await billing.seriesWithGaps(on),
        changed: await billing.brokenChains(on),
      }));
      const lines = [
        ...gaps.map((gap) => `${gap.issuerPartyId} ${gap.kind} ${gap.year}: a gap\n`),
        ...changed.map(({ number }) => `${number}: not as it was issued\n`),
      ];
      if (json) printJson({ gaps, changed });
      else process.stdout.write(lines.join('') || 'Every series is whole.\n');
      if (lines.length > 0) process.exitCode = 1;
    });
}
