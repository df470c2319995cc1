import fc from 'fast-check';
import { Temporal } from '../kernel/time.js';
import {
  clearingOf,
  mayEndWith,
  reductionPercent,
  stateBefore,
  type SettlementProfile,
} from './window.rules.js';

const profile = fc.constantFrom<SettlementProfile[]>('NETTING_ALLOWED', 'GROSS_ONLY', 'IN_KIND_ONLY');

describe('how a claim is cleared', () => {
  it('is the same whoever owes', () => {
    fc.assert(
      fc.property(profile, profile, (a, b) => {
        expect(clearingOf('EUR', a, b)).toBe(clearingOf('EUR', b, a));
      }),
    );
  });

  it('is netted only when both sides allow it, and never for half-days', () => {
    fc.assert(
      fc.property(profile, profile, (a, b) => {
        const both = a === 'NETTING_ALLOWED' && b === 'NETTING_ALLOWED';
        expect(clearingOf('EUR', a, b) === 'NETTED').toBe(both);
        expect(clearingOf('HALF_DAY', a, b)).toBe('IN_KIND');
      }),
    );
  });

  it('is paid in full when one side is never offset, unless it is paid in kind', () => {
    expect(clearingOf('EUR', 'GROSS_ONLY', 'NETTING_ALLOWED')).toBe('GROSS');
    expect(clearingOf('EUR', 'GROSS_ONLY', 'IN_KIND_ONLY')).toBe('IN_KIND');
  });
});

describe('a window', () => {
  const day = (text: string) => Temporal.PlainDate.from(text);
  const now = Temporal.Instant.from('2026-12-01T08:00:00Z');

  it.each([
    ['2026-10-31', false],
    ['2026-11-01', true],
    ['2026-12-01', true],
    ['2026-12-02', false],
  ])('from 1 November may end with %s on 1 December: %s', (until, allowed) => {
    expect(mayEndWith(day(until), day('2026-11-01'), now)).toBe(allowed);
  });

  it('goes one step at a time', () => {
    expect(stateBefore('CLOSED')).toBe('OPEN');
    expect(stateBefore('ADVISED')).toBe('CLOSED');
    expect(stateBefore('CALLED')).toBe('ADVISED');
    expect(stateBefore('SETTLED')).toBe('CALLED');
  });
});

describe('the reduction', () => {
  it('is what need not be paid: (442.00 − 100.00) ÷ 442.00', () => {
    expect(reductionPercent(44_200n, 10_000n)).toBe(77.38); // 77.3755…
    expect(reductionPercent(0n, 0n)).toBe(0);
  });

  it('lies between 0 and 100', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 12n), fc.bigInt(0n, 10n ** 12n), (gross, paid) => {
        const percent = reductionPercent(gross, paid > gross ? gross : paid);
        expect(percent >= 0 && percent <= 100).toBe(true);
      }),
    );
  });
});
