import { Command } from 'commander';
import { registerDemoCli } from './demo/demo.cli.js';
import { Problem } from './kernel/problem.js';
import { readConfig } from './platform/config.js';

const settings = readConfig(process.env);
const program = new Command('escale')
  .description('Acts as somebody who is signed in, over HTTP, or as the operator on the database itself.')
  .showHelpAfterError();
registerDemoCli(program, settings.DATA_DIR);

// Verbs over HTTP answer at once; the operator's load the whole server first.
const isOverHttp = program.commands.some((command) => command.name() === process.argv[2]);
const letGo = isOverHttp
  ? async () => {}
  : (await import('./operator.cli.js')).registerOperatorCli(program, settings);

try {
  await program.parseAsync();
} catch (error) {
  const sentence =
    error instanceof Problem
      ? `${error.code}: ${error.detail}`
      : error instanceof Error
        ? error.message
        : String(error);
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
} finally {
  await letGo();
}
