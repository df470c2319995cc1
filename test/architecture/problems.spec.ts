import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { generatedDocs } from '../../src/generated-docs.js';
import { problemCatalogue } from '../../src/kernel/problem.js';

await generatedDocs(); // loads every module, and with them every problem

/** Codes that no test can provoke, with the reason. */
const NOT_ASSERTED: Record<string, string> = {
  'http.unauthenticated': "the framework's own 401; our guard answers access.unauthenticated",
  'http.forbidden': "the framework's own 403; our guard answers access.denied",
};

const texts = ['src', 'test'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) => file.endsWith('.spec.ts') && !file.endsWith(path.join('architecture', 'problems.spec.ts')),
    )
    .map((file) => readFileSync(path.join(folder, file), 'utf8')),
);
const isAsserted = (code: string) => texts.some((text) => text.includes(`'${code}'`));

it('every problem of the catalogue is asserted in some test', () => {
  const silent = [...problemCatalogue.keys()].filter((code) => !isAsserted(code) && !NOT_ASSERTED[code]);
  expect(silent.toSorted()).toEqual([]);
});

it('every exception is a problem that exists and that no test asserts', () => {
  const stale = Object.keys(NOT_ASSERTED).filter((code) => !problemCatalogue.has(code) || isAsserted(code));
  expect(stale).toEqual([]);
});
