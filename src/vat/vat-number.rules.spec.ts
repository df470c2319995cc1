import fc from 'fast-check';
import { CHECKS, FORMS } from './vat-number.data.js';
import { checkVatNumber, vatPrefix } from './vat-number.rules.js';

/** Numbers that administrations and companies have published. */
const KNOWN = [
  ['ATU13585627', 'AT'],
  ['BE0403019261', 'BE'],
  ['BG175074752', 'BG'],
  ['BG7523169263', 'BG'],
  ['CY10259033P', 'CY'],
  ['CZ25123891', 'CZ'],
  ['CZ640903926', 'CZ'],
  ['CZ7103192745', 'CZ'],
  ['DE136695976', 'DE'],
  ['DK13585628', 'DK'],
  ['EE100931558', 'EE'],
  ['EL094259216', 'GR'],
  ['ESB64717838', 'ES'],
  ['ES54362315K', 'ES'],
  ['ESX2482300W', 'ES'],
  ['FI20774740', 'FI'],
  ['FR40303265045', 'FR'],
  ['FR83404833048', 'FR'],
  ['FRK7399859412', 'FR'],
  ['HR33392005961', 'HR'],
  ['HU12892312', 'HU'],
  ['IE6433435F', 'IE'],
  ['IE6433435OA', 'IE'],
  ['IE8D79739I', 'IE'],
  ['IT00743110157', 'IT'],
  ['LT119511515', 'LT'],
  ['LT100001919017', 'LT'],
  ['LU15027442', 'LU'],
  ['LV40003521600', 'LV'],
  ['LV16117519997', 'LV'],
  ['MT11679112', 'MT'],
  ['NL004495445B01', 'NL'],
  ['NL123456789B13', 'NL'],
  ['PL8567346215', 'PL'],
  ['PT501964843', 'PT'],
  ['RO18547290', 'RO'],
  ['SE123456789701', 'SE'],
  ['SI50223054', 'SI'],
  ['SK2022749619', 'SK'],
  ['ALJ91402501L', 'AL'],
  ['DZ416001000000007', 'DZ'],
  ['IL516179157', 'IL'],
  ['MA001561191000066', 'MA'],
  ['MC53000004605', 'MC'],
  ['ME02655284', 'ME'],
  ['MK4030000375897', 'MK'],
  ['RS101134702', 'RS'],
  ['TN1234567MAM000', 'TN'],
  ['TR4540536920', 'TR'],
] as const;

it.each(KNOWN)('%s is a number of %s', (number, country) => {
  expect(checkVatNumber(number)).toMatchObject({ ok: true, country });
});

/** Their last digits are a serial number of their own, or one of three sums. */
const NO_LAST_CHECK = ['NL004495445B01', 'SE123456789701', 'BG7523169263'];

it.each(KNOWN.filter(([number]) => CHECKS[number.slice(0, 2)] && !NO_LAST_CHECK.includes(number)))(
  '%s with another last digit is none',
  (number) => {
    // The last digit is the check, or part of it; of letters, the next one. Some arithmetic ends in a letter.
    const at = number.search(/\d(?=\D*$)/);
    const digit = number[at]!;
    const others = Array.from({ length: 10 }, (_, other) => String(other)).filter((other) => other !== digit);
    const accepted = others.filter(
      (other) => checkVatNumber(number.slice(0, at) + other + number.slice(at + 1)).ok,
    );
    expect(accepted.length).toBeLessThanOrEqual(1); // modulo eleven writes two remainders as one digit
  },
);

it('is read as people write it', () => {
  expect(checkVatNumber('fr 83 404 833 048')).toMatchObject({ ok: true, number: 'FR83404833048' });
  expect(checkVatNumber('EL-094.259.216')).toMatchObject({ ok: true, country: 'GR' });
});

it.each([
  ['XX123', 'UNKNOWN_COUNTRY'],
  ['', 'UNKNOWN_COUNTRY'],
  ['FR8340483304', 'FORM'],
  ['CY12259033P', 'FORM'],
  ['IE6433435E', 'CHECK_DIGITS'],
  ['DE136695978', 'CHECK_DIGITS'],
  ['FR84323140391', 'CHECK_DIGITS'],
])('%s is refused: %s', (number, reason) => {
  expect(checkVatNumber(number)).toEqual({ ok: false, reason });
});

it('every check has a form, and every country of the Union has both', () => {
  expect(Object.keys(CHECKS).filter((prefix) => !FORMS[prefix])).toEqual([]);
  const union = 'AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
  expect(union.filter((prefix) => !CHECKS[prefix])).toEqual([]);
});

it('one digit that is wrong is found, wherever the arithmetic promises it', () => {
  const promised = [
    'DE136695976',
    'HR33392005961',
    'IT00743110157',
    'FI20774740',
    'FR83404833048',
    'RS101134702',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...promised),
      fc.nat(),
      fc.integer({ min: 1, max: 9 }),
      (number, where, by) => {
        const at = 2 + (where % (number.length - 2));
        const wrong = number.slice(0, at) + String((Number(number[at]) + by) % 10) + number.slice(at + 1);
        expect(checkVatNumber(wrong).ok).toBe(false);
      },
    ),
  );
});

it('whatever is typed, an answer comes', () => {
  fc.assert(fc.property(fc.string(), (text) => typeof checkVatNumber(text).ok === 'boolean'));
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(FORMS)),
      fc.stringMatching(/^[A-Z0-9]{4,15}$/),
      (prefix, rest) => {
        expect(typeof checkVatNumber(prefix + rest).ok).toBe('boolean');
      },
    ),
  );
});

it('Greece is EL on its numbers', () => {
  expect([vatPrefix('GR'), vatPrefix('FR')]).toEqual(['EL', 'FR']);
});
