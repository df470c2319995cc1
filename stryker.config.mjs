/**
 * Changes the rules one operator at a time and runs the specs beside them: what nobody notices is untested.
 * `npm run mutate -- --mutate 'src/passes/*.rules.ts'` does one slice; docs/evidence/mutation.md keeps the figures.
 */
export default {
  mutate: [
    'src/settlement/{window.rules,net-payments,largest-remainder,fx-file}.ts',
    'src/bookings/{booking.rules,contest.rules,proposal.rules,itinerary.rules,day-parts,space-terms}.ts',
    'src/passes/{pass.rules,product.rules,movement.rules,status-list}.ts',
    'src/checkin/{checkin.rules,merge.rules}.ts',
    'src/kernel/{money,tariff}.ts',
  ],
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
  jest: {
    projectType: 'custom',
    configFile: 'jest.unit.config.mjs',
    enableFindRelatedTests: true,
  },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  ignorePatterns: ['web', 'dist', 'docs', 'bench', 'migrations', 'test', '.data', '.ci'],
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: true },
  thresholds: { high: 95, low: 85, break: 85 },
  ignoreStatic: true, // what runs once at the start would run every spec again, and says nothing of a decision
  tempDirName: '.stryker-tmp',
  disableTypeChecks: false,
};
