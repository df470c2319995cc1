import { findSearch, isFound } from './find-search';

const mora = { name: 'Zona Riu', city: "Móra d'Ebre", country: 'ES' };

describe('the directory in its address', () => {
  it.each([
    [{}, true],
    [{ q: '  ' }, true],
    [{ q: 'mora' }, true],
    [{ q: 'RIU móra' }, true],
    [{ q: 'mora lecce' }, false],
    [{ country: 'ES' }, true],
    [{ country: 'IT', q: 'mora' }, false],
  ])('%j finds the space: %s', (search, found) => {
    expect(isFound(search, mora)).toBe(found);
  });

  it('drops what a hand has put wrong into the address instead of failing', () => {
    expect(findSearch.parse({ q: 'x'.repeat(81), country: 'Spain' })).toEqual({});
  });
});
