import { fnv1a, zellige } from './zellige';

describe('zellige', () => {
  it('draws the same tile for the same id for ever: the golden values', () => {
    expect(fnv1a(zellige('escale', { n: 2 })).toString(16)).toBe('b668d1b6');
    expect(fnv1a(zellige('pmo-kalsa')).toString(16)).toBe('36c835b9');
  });

  it('prints nothing of the id', () => {
    expect(zellige('"><script>alert(1)</script>')).not.toContain('script');
  });
});
