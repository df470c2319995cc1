import { existsSync, readFileSync } from 'node:fs';
import { generatedDocs } from '../../src/generated-docs.js';

const documents = await generatedDocs();

it.each(Object.entries(documents))('%s is what the code says (else: npm run docs)', (file, text) => {
  expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(text);
});

it('the API description names the routes of the product', () => {
  const { openapi, paths } = JSON.parse(documents['docs/openapi.json']!) as {
    openapi: string;
    paths: Record<string, unknown>;
  };
  expect(openapi).toBe('3.1.0');
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/v1/sessions', '/healthz', '/v1/mails']));
});
