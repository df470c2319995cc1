import anyAscii from 'any-ascii';

/** What SEPA and most banks take in names and texts: Latin letters without accents, digits and a few signs (EPC217-08). */
export function bankText(text: string, lengthMax: number): string {
  return anyAscii(text)
    .replaceAll(/[^A-Za-z0-9/\-?:().,'+ ]/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
    .slice(0, lengthMax)
    .trim();
}

/** The same reference, however a bank or a person has written it: no case, no spaces or signs, no leading zeros. */
export function looseReference(text: string): string {
  return text
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .replace(/^0+/, '');
}
