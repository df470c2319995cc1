import { isForeign } from './origin.rules.js';

const host = 'passes.example.org';

describe('a write', () => {
  it.each([
    ['a program that sends neither header', {}, false],
    ['our own page', { 'sec-fetch-site': 'same-origin' }, false],
    ['a person who typed the address', { 'sec-fetch-site': 'none' }, false],
    ['another site', { 'sec-fetch-site': 'cross-site' }, true],
    ['a neighbour under the same domain', { 'sec-fetch-site': 'same-site' }, true],
    ['our own page in an older browser', { origin: `https://${host}` }, false],
    ['another site in an older browser', { origin: 'https://evil.example' }, true],
    ['a page without an origin', { origin: 'null' }, true],
    ['another port of this host', { origin: `https://${host}:8443` }, true],
  ])('from %s: foreign or not', (_who, headers, expected) => {
    expect(isForeign('PUT', { host, ...headers })).toBe(expected);
  });

  it('trusts the newer header over the older one', () => {
    const headers = { host, origin: `https://${host}`, 'sec-fetch-site': 'cross-site' };
    expect(isForeign('POST', headers)).toBe(true);
  });
});

it.each(['GET', 'HEAD', 'OPTIONS'])('%s changes nothing and may come from anywhere', (method) => {
  expect(isForeign(method, { host, 'sec-fetch-site': 'cross-site' })).toBe(false);
});
