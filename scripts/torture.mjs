/** `npm run torture -- --profile smoke`: kills, cuts and races on a throw-away stage, and asks whether every promise held. */
const { run } = await import('../torture/run.mjs');
process.exit(await run(process.argv.slice(2)));
