import { Temporal } from '../../kernel/time.js';
import { requestHash } from './same-request.js';

describe('requestHash', () => {
  const day = Temporal.PlainDate.from('2026-12-01');
  const body = { day, price: { unit: 'EUR', minor: 1250n }, tags: ['a', 'b'] };

  it('is the same whatever the order of keys', () => {
    expect(requestHash({ tags: ['a', 'b'], price: { minor: 1250n, unit: 'EUR' }, day })).toBe(
      requestHash(body),
    );
  });

  it.each([
    ['a day', { ...body, day: day.add({ days: 1 }) }],
    ['an amount', { ...body, price: { unit: 'EUR', minor: 1251n } }],
    ['the order of a list', { ...body, tags: ['b', 'a'] }],
    ['a key more', { ...body, note: '' }],
  ])('tells %s apart', (_what, other) => {
    expect(requestHash(other)).not.toBe(requestHash(body));
  });

  it('takes a missing body', () => {
    expect(requestHash(undefined)).toBe(requestHash(null));
  });
});
