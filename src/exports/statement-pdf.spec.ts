import { Pdf } from '../platform/pdf/pdf.js';
import { LANGUAGES } from '../kernel/wire.js';
import { money, statementData, STATEMENT_SOURCE } from './statement-pdf.js';
import { STATEMENT_WORDS } from './statement-words.js';

const pdf = new Pdf();
const facts = {
  party: 'فضاء القيروان',
  network: 'Escale Méditerranée',
  window: { number: 3, fromDay: '2026-11-01', untilDay: '2026-11-30' },
  totals: [{ unit: 'TND' as const, receivesMinor: 1_234_500, paysMinor: 45_000 }],
  controlSums: [{ unit: 'TND' as const, receivesMinor: 1_234_500, paysMinor: 45_000 }],
  exportId: 'an export',
};
const claim = {
  counterparty: { id: 'x', name: '#panic("no markup")' },
  direction: 'PAYS' as const,
  unit: 'TND' as const,
  lines: 1,
  halfDays: 2,
  linesMinor: 45_000,
  charges: 0,
  chargesMinor: 0,
  clearing: 'NETTED' as const,
};

describe('a printed statement', () => {
  it.each(LANGUAGES)('says its facts and its amounts in %s, with the digits of accounts', (language) => {
    const data = statementData({ ...facts, language }, { claims: [claim] });
    expect(pdf.query(STATEMENT_SOURCE, data, 'fact')).toEqual(data.facts.map(([, value]) => value));
    const amounts = pdf.query(STATEMENT_SOURCE, data, 'amount') as string[];
    expect(amounts).toContain(money(language, 'TND', 1_189_500)); // 1,234.500 − 45.000
    expect(amounts.join('')).not.toMatch(/[٠-٩]/);
    expect(pdf.print(STATEMENT_SOURCE, data).subarray(0, 5).toString()).toBe('%PDF-');
    expect(data.dir).toBe(language === 'ar' ? 'rtl' : 'ltr');
  });

  it('has a word for every kind of row, in every language, and none left in English', () => {
    const english = Object.keys(STATEMENT_WORDS.en.kinds);
    for (const language of LANGUAGES) {
      const { kinds, title, control } = STATEMENT_WORDS[language];
      expect(Object.keys(kinds)).toEqual(english);
      if (language !== 'en') expect([title, control]).not.toContain(STATEMENT_WORDS.en.title);
    }
  });

  it('sets an empty one too', () => {
    const data = statementData({ ...facts, language: 'fr', totals: [], controlSums: [] }, { items: [] });
    expect(pdf.print(STATEMENT_SOURCE, data).length).toBeGreaterThan(1_000);
  });
});
