import { spawnSync } from 'node:child_process';

/** A zone is read once per process, so each one needs a process of its own. */
it.each([['America/New_York'], ['Africa/Cairo']])(
  'a space is open at the same times when the server stands in %s',
  (zone) => {
    const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
    const only = ['--selectProjects', 'unit', '--testPathPatterns', 'directory/opening-hours.rules'];
    const run = spawnSync(process.execPath, [...jest, ...only], {
      encoding: 'utf8',
      env: { ...process.env, TZ: zone },
    });
    expect(run.stderr).toMatch(/Tests: +\d+ passed, \d+ total/);
    expect(run.status).toBe(0);
  },
  60_000,
);
