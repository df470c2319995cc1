import fc from 'fast-check';
import { isIban, plainIban } from './iban.rules.js';

const GOOD = [
  'FR1420041010050500013M02606',
  'TN5910006035183598478831',
  'GB29NWBK60161331926819',
  'DE89370400440532013000',
];

it.each(GOOD)('%s is an IBAN, also as people write it', (iban) => {
  expect(isIban(iban)).toBe(true);
  expect(isIban(plainIban(iban.toLowerCase().replaceAll(/.{4}/g, '$& ')))).toBe(true);
});

it('one wrong digit is noticed, and so are two neighbours that changed places', () => {
  fc.assert(
    fc.property(fc.constantFrom(...GOOD), fc.nat(30), fc.nat(9), (iban, at, digit) => {
      const place = 4 + (at % (iban.length - 5));
      if (/\d/.test(iban[place]!) && iban[place] !== String(digit))
        expect(isIban(iban.slice(0, place) + digit + iban.slice(place + 1))).toBe(false);
      const [one, other] = [iban[place]!, iban[place + 1]!];
      if (one !== other && /\d\d/.test(one + other))
        expect(isIban(iban.slice(0, place) + other + one + iban.slice(place + 2))).toBe(false);
    }),
  );
});

it.each(['', 'FR14', 'FR14 2004', '1420041010050500013M02606', 'fr1420041010050500013m02606'])(
  '%j is none',
  (text) => {
    expect(isIban(text)).toBe(false);
  },
);
