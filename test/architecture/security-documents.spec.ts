import { existsSync, readFileSync } from 'node:fs';

const DOCUMENTS = ['SECURITY.md', 'docs/asvs.md', 'docs/threat-model.md', 'docs/evidence/security.md'];
const STATES = ['met', 'partly', 'open', 'operator', 'n/a'];
const NAMED = /`((?:src|test|docs|web)\/[\w./-]+)`/g;

it.each(DOCUMENTS)('%s names only files that exist', (file) => {
  const named = [...readFileSync(file, 'utf8').matchAll(NAMED)].map(([, name]) => name!);
  expect(named.filter((name) => !existsSync(name))).toEqual([]);
});

it('each requirement of the checklist has a state that is one of those explained, and is there once', () => {
  const rows = [
    ...readFileSync('docs/asvs.md', 'utf8').matchAll(
      /^\| (\d+\.\d+\.\d+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$/gm,
    ),
  ];
  expect(rows.length).toBeGreaterThan(200);
  expect(rows.filter(([, , state]) => !STATES.includes(state!)).map(([row]) => row)).toEqual([]);
  expect(new Set(rows.map(([, number]) => number)).size).toBe(rows.length);
  const bare = rows.filter(([, , state, where]) => ['partly', 'open'].includes(state!) && where === '–');
  expect(bare.map(([, number]) => number)).toEqual([]);
});

it('each component that is locked has a checksum, and none names the place it was fetched from', () => {
  type Locked = { readonly resolved?: string; readonly integrity?: string; readonly link?: boolean };
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const ofOthers = Object.entries(packages).filter(
    ([name, { link }]) => name.includes('node_modules/') && !link,
  );
  expect(ofOthers.length).toBeGreaterThan(1_000);
  expect(
    ofOthers.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([name]) => name),
  ).toEqual([]);
  expect(ofOthers.filter(([, { resolved }]) => resolved).map(([name]) => name)).toEqual([]);
});
