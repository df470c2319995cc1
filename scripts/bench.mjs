/** `npm run bench -- booking`: measures on a throw-away PostgreSQL with its default durability, and says how. */
const BENCHES = {
  booking: '../bench/booking.mjs',
  door: '../bench/door.mjs',
  observatory: '../bench/observatory.mjs',
  search: '../bench/search.mjs',
  settlement: '../bench/settlement.mjs',
  races: '../bench/races.mjs',
  queue: '../bench/queue.mjs',
  documents: '../bench/documents.mjs',
};

const [name] = process.argv.slice(2);
if (!(name in BENCHES)) {
  console.error(`Say one of: ${Object.keys(BENCHES).join(', ')}`);
  process.exit(1);
}
const { run } = await import(BENCHES[name]);
process.exit(await run());
