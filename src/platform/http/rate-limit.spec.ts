import { RateLimit } from './rate-limit.js';

describe('RateLimit', () => {
  let now = 0;
  let limit: RateLimit;
  beforeEach(() => {
    now = 0;
    limit = new RateLimit({ attemptsMax: 3, windowSeconds: 60 }, () => now);
  });
  const attempts = (count: number, ...names: string[]) => {
    for (let attempt = 0; attempt < count; attempt += 1) limit.count(...names);
  };

  it('allows its number and refuses the next, saying how long to wait', () => {
    attempts(3, 'leila@example.org');
    now = 20_500;
    expect(() => limit.count('leila@example.org')).toThrow(
      expect.objectContaining({ code: 'http.too_many_requests', extra: { retryAfterSeconds: 40 } }),
    );
  });

  it('counts each name alone', () => {
    attempts(3, 'a', 'b');
    expect(() => attempts(3, 'a,b')).not.toThrow();
  });

  it('opens again when the window ends, and after a success', () => {
    attempts(3, 'a');
    now = 60_000;
    expect(() => attempts(3, 'a')).not.toThrow();
    limit.clear('a');
    expect(() => attempts(3, 'a')).not.toThrow();
  });
});
