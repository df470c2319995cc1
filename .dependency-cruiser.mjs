/**
 * The module graph, as data. A module may import src/kernel, src/platform and the modules named here.
 * Down is a call; up is an event. To allow a new edge, change this table and say why in an ADR.
 */
export const mayImport = {
  identity: [],
  ledger: [],
  directory: ['identity'],
  // Which VAT, of what others say; passes freeze what they are for it when they are issued.
  vat: ['identity', 'directory'],
  // Documents of what was sold and redeemed: it reads sealed visits, what they were booked on, and what was paid.
  billing: [
    'identity',
    'directory',
    'ledger',
    'vat',
    'passes',
    'programmes',
    'bookings',
    'checkin',
    'payments',
  ],
  reciprocity: ['identity', 'directory', 'ledger'],
  passes: ['identity', 'directory', 'ledger', 'vat'],
  // Public money for visits: bookings take its vouchers, and know nothing of budgets.
  programmes: ['identity', 'directory'],
  bookings: ['identity', 'directory', 'ledger', 'passes', 'reciprocity', 'programmes'],
  checkin: ['identity', 'directory', 'passes', 'bookings'],
  // How a network settles, and the acts that take two people.
  treasury: ['identity', 'directory'],
  // The stand-in for the provider of payments: a process of its own, spoken to over HTTP alone.
  'payment-sandbox': [],
  // What people buy and pay; a visit beyond quota and pass is bought by its sealed record.
  payments: ['identity', 'directory', 'ledger', 'vat', 'passes', 'bookings', 'checkin'],
  // What both sides think of a sealed record, before it is settled.
  review: ['identity', 'directory', 'reciprocity', 'checkin'],
  settlement: [
    'identity',
    'directory',
    'ledger',
    'billing',
    'reciprocity',
    'encounters',
    'checkin',
    'review',
    'treasury',
  ],
  // Immersion stays: presence is attested by sealed visits at the stay place.
  stays: ['identity', 'directory', 'checkin'],
  // What two parties argue about: above settlement, which keeps whose line waits.
  disputes: ['identity', 'directory', 'reciprocity', 'checkin', 'settlement'],
  // What other policies would have made of the same visits: it asks settlement and writes into no book.
  laboratory: ['identity', 'directory', 'settlement'],
  exports: ['identity', 'directory', 'settlement'],
  // What visits and settlements come to for territories: it reads what is sealed and closed, and nobody calls it.
  observatory: ['identity', 'directory', 'checkin', 'settlement'],
  // The open catalogue of places and spaces.
  'data-bank': ['identity', 'directory'],
  // What members promise each other and how they stand: it reads what others publish, and stops hosting in directory.
  charter: ['identity', 'directory', 'reciprocity', 'bookings', 'checkin', 'treasury', 'settlement'],
  // Whom a platform has to hold back is in no batch.
  banking: ['identity', 'directory', 'billing', 'settlement', 'duties'],
  // What spaces and people do together beside desks; chapters by the agreements they inherit.
  encounters: ['identity', 'directory', 'reciprocity'],
  // Double entry of what the others did; nobody calls it.
  // The rate of the VAT that a customer accounts for is the one of its own country.
  books: [
    'identity',
    'directory',
    'ledger',
    'vat',
    'billing',
    'treasury',
    'settlement',
    'disputes',
    'banking',
  ],
  // Who did what, read from what each of them publishes of its own acts; nobody calls it.
  audit: ['identity', 'directory', 'treasury', 'settlement', 'disputes', 'banking', 'books'],
  // What a platform has to know of its sellers and to report; it reads visits, documents and what passes were sold for.
  duties: ['identity', 'directory', 'vat', 'checkin', 'billing'],
  // Tells partners' systems of events, by their names; knows nothing of what they mean.
  hooks: ['identity'],
  // What is kept of a person, and how it goes: it asks whether they are still expected somewhere.
  privacy: ['identity', 'bookings', 'checkin'],
  // Loads the demo network through everybody's use cases, and moves its clock. Nobody imports it.
  demo: [
    'identity',
    'directory',
    'ledger',
    'reciprocity',
    'passes',
    'bookings',
    'checkin',
    'review',
    'treasury',
    'settlement',
    'billing',
    'charter',
  ],
};

const modules = Object.keys(mayImport);
const anyModule = `^src/(${modules.join('|')})/`;
const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const moduleRules = modules.map((name) => {
  const refused = modules.filter((other) => other !== name && !mayImport[name].includes(other));
  return error(
    `${name}-imports`,
    `${name} may import ${mayImport[name].join(', ') || 'no module'}.`,
    { path: `^src/${name}/` },
    { path: `^src/(${refused.join('|')})/` },
  );
});

export default {
  forbidden: [
    error('no-circular', 'Two files that import each other are one file.', {}, { circular: true }),
    error(
      'kernel-is-pure',
      'The kernel knows no framework, no database, no module.',
      { path: '^src/kernel/', pathNot: '\\.spec\\.ts$' },
      { pathNot: '^src/kernel/|node_modules/(temporal-polyfill|zod)/', dependencyTypesNot: ['core'] },
    ),
    error(
      'platform-knows-no-module',
      'The platform serves every module and knows none.',
      { path: '^src/platform/' },
      { path: anyModule },
    ),
    ...moduleRules,
    error(
      'only-through-index',
      "Another module's files are private: import its index.ts.",
      { path: '^src/([^/]+)/' },
      { path: `${anyModule}(?!index\\.ts$)`, pathNot: '^src/$1/' },
    ),
    error(
      'wire-schemas-are-pure',
      'A *.schema.ts is shared with the web: zod, the kernel and other schemas only.',
      { path: '\\.schema\\.ts$' },
      { pathNot: '^src/kernel/|\\.schema\\.ts$|node_modules/zod/' },
    ),
    error(
      'web-imports-wire-only',
      'The web may import wire schemas and the kernel, nothing else of the server.',
      { path: '^web/' },
      { path: '^src/', pathNot: '^src/kernel/|\\.schema\\.ts$' },
    ),
    error(
      'no-test-in-code',
      'Code never imports a test.',
      { path: '^src/', pathNot: '\\.spec\\.ts$' },
      { path: '^test/|\\.spec\\.ts$' },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.graph.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
