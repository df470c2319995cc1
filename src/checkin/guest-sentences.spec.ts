import { DOOR_REASONS } from './checkin.schema.js';
import { SENTENCES } from './door-reasons.js';
import { GUEST_SENTENCES } from './guest-sentences.js';

/** All that a guest may be told, by language. */
const TOLD = {
  en: Object.fromEntries(DOOR_REASONS.map((reason) => [reason, SENTENCES[reason].guest])),
  ...GUEST_SENTENCES,
};

describe.each(Object.entries(TOLD))('what a guest reads at the door in %s', (_, sentences) => {
  it.each(DOOR_REASONS)('%s: what is the matter, and what can be done now', (reason) => {
    const parts = sentences[reason].split(/(?<=[.؟?])\s+/u);
    expect(parts.length).toBeGreaterThanOrEqual(2);
    for (const part of parts) expect(part.length).toBeGreaterThan(8);
  });

  it('is another sentence for each reason', () => {
    expect(new Set(DOOR_REASONS.map((reason) => sentences[reason])).size).toBe(DOOR_REASONS.length);
  });
});

it('a guest who is blocked is told how to appeal, in every language', () => {
  const words = { en: 'appeal', fr: 'appel', es: 'recurrir', it: 'ricorso', ar: 'تعترض' };
  for (const [language, word] of Object.entries(words))
    expect(TOLD[language as keyof typeof TOLD]['blocked_member']).toContain(word);
});
