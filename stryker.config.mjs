/**
 * Changes the rules one operator at a time and runs the specs beside them: what nobody notices is untested.
 * `npm run mutate -- --mutate 'src/passes/*.rules.ts'` does one slice; docs/evidence/mutation.md keeps the figures.
 */
import jest from './jest.config.mjs';

const {
  projects: [unit],
} = jest;

export default {
  mutate: [
    'src/settlement/{window.rules,net-payments,largest-remainder,fx-file}.ts',
    'src/bookings/{booking.rules,contest.rules,proposal.rules,itinerary.rules,day-parts,space-terms}.ts',
    'src/passes/{pass.rules,product.rules,status-list}.ts',
    'src/checkin/{checkin.rules,merge.rules}.ts',
    'src/kernel/{money,tariff}.ts',
  ],
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
  jest: {
    projectType: 'custom',
    config: { ...unit, rootDir: undefined, displayName: undefined, testMatch: ['<rootDir>/src/**/*.spec.ts'] },
    enableFindRelatedTests: true,
  },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  ignorePatterns: ['web', 'dist', 'docs', 'bench', 'migrations', 'test', '.data', '.ci'],
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: true },
  thresholds: { high: 95, low: 85, break: 85 },
  tempDirName: 'dist/stryker',
  allowEmpty: false,
  disableTypeChecks: false,
};
