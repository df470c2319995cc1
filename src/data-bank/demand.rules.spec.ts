import fc from 'fast-check';
import { COUNT_SHOWN_MIN, shown } from './demand.rules.js';

it('a count is shown as it is, or not at all', () => {
  fc.assert(
    fc.property(fc.nat({ max: 50 }), (count) => {
      const isSmall = count > 0 && count < COUNT_SHOWN_MIN;
      expect(shown(count)).toEqual(isSmall ? { count: null, hidden: 'UNDER_5' } : { count, hidden: null });
    }),
  );
});
