/** Codes that are no code, and frames that hold none: checks 1 to 3, before anything is believed. */
import { CborTag, decodeCbor, encodeCbor, joinBytes, type CborMap } from './cbor.js';
import { bentBytes, credential, shown, type Bad } from './vector-parts.js';

/** 1: what is no pass code at all, and never may be opened, fetched or printed as it is. */
export async function texts(): Promise<Bad[]> {
  const good = await shown();
  const strange = {
    'nothing at all': '',
    'one space': ' ',
    'the prefix without its colon': 'ESC1',
    'a neighbour of the prefix': good.replace('ESC1:', 'ESC3:'),
    'the short form, which this door does not know': good.replace('ESC1:', 'ESC2:'),
    'a door poster': good.replace('ESC1:', 'ESCD:'),
    'a receipt': good.replace('ESC1:', 'ESCR:'),
    'a space before the prefix': ` ${good}`,
    'a byte order mark before the prefix': `\uFEFF${good}`,
    'a zero-width space before the prefix': `\u200B${good}`,
    'a letter of another alphabet in the prefix': good.replace('ESC1', 'ЕSC1'),
    'full-width letters': good.replace('ESC1', 'ＥＳＣ１'),
    'a web address with the code in it': `https://example.org/?c=${good}`,
    'a script address': 'javascript:alert(1)',
    'a data address': 'data:text/html,<script>alert(1)</script>',
    'a script element': '<script>alert(1)</script>',
    'an image with a handler': '<img src=x onerror=alert(1)>',
    'a statement for a database': "' OR 1=1; DROP TABLE scans; --",
    'a template': '{{constructor.constructor("return process")()}}',
    'a format string': '%s%s%n',
    'a path upwards': '../../../../etc/passwd',
    'a health certificate of the European Union': 'HC1:6BF+70790T9WJWG.FKY*4GO0',
    'a JSON Web Token': 'eyJhbGciOiJub25lIn0.eyJpc3MiOiJubS1ldSJ9.',
    'a contact card': 'BEGIN:VCARD\nFN:Marko\nEND:VCARD',
    'a network to join': 'WIFI:T:WPA;S:Escale;P:secret;;',
    'one character too long for a camera to have read it': `ESC1:${'1'.repeat(1020)}`,
    'sixty-four thousand characters': `ESC1:${'0'.repeat(65_536)}`,
    'a card that is too long': `ESC1S:${'A'.repeat(1024)}`,
  };
  return Object.entries(strange).map(([name, text]) => ['not_a_pass_code', name, text] as const);
}

/** 2 */
export function alphabet(good: string): Bad[] {
  const body = good.slice(5);
  const outside = [
    '#',
    '!',
    '"',
    '&',
    "'",
    '(',
    ',',
    '<',
    '=',
    '?',
    '@',
    '[',
    '_',
    '~',
    'é',
    '٣',
    '\n',
    '\0',
  ];
  return [
    ...outside.map(
      (character) =>
        ['base45', `U+${codeOf(character)} inside`, `ESC1:${character}${body.slice(1)}`] as const,
    ),
    ['base45', 'a character alone at the end', `ESC1:${body}0`],
    ['base45', 'a pair above 255', `ESC1:${body}::`],
    ['base45', 'lower case', `ESC1:${body.toLowerCase()}`],
    ['base45', 'a line break at the end', `${good}\n`],
    ['base45', 'the code twice', `${good}${good}`.slice(0, 1000)],
    ['base45', 'a card with a character outside', 'ESC1S:#00'],
    ['base45', 'a card that overflows', 'ESC1S::::'],
  ];
}

/** 3 and 4: the frame around the credential. */
export function frames(): Bad[] {
  const frame = (name: string, change: (bytes: Uint8Array) => Uint8Array): Bad => [
    'shape',
    name,
    bentBytes(change),
  ];
  const sized = (size: number) => (bytes: Uint8Array) =>
    joinBytes([Uint8Array.of(size >> 8, size & 0xff), bytes.slice(2)]);
  return [
    frame('one byte', () => Uint8Array.of(1)),
    frame('a length and nothing else', () => Uint8Array.of(0, 184)),
    frame('a length of nought', sized(0)),
    frame('a length of one', sized(1)),
    frame('a length of 65535', sized(0xffff)),
    frame('a length read little-endian', (bytes) =>
      joinBytes([Uint8Array.of(bytes[1]!, bytes[0]!), bytes.slice(2)]),
    ),
    frame('no length', (bytes) => bytes.slice(2)),
    frame('no proof', (bytes) => bytes.slice(0, -72)),
    frame('half a proof', (bytes) => bytes.slice(0, -36)),
    frame('two proofs', (bytes) => joinBytes([bytes, bytes.slice(-72)])),
    frame('proof before the credential', (bytes) =>
      joinBytes([bytes.slice(0, 2), bytes.slice(-72), bytes.slice(2, -72)]).slice(0, -1),
    ),
    frame('all zeros', () => new Uint8Array(120)),
    frame('time seven seconds off the step', (bytes) => {
      const changed = bytes.slice();
      changed[bytes.length - 69]! += 7;
      return changed;
    }),
  ];
}

/** 3: each a second encoding of a value that has one. */
export async function nested(): Promise<Bad[]> {
  const good = await credential();
  const { value } = decodeCbor(good) as CborTag;
  const [header, , payload, signature] = value as [Uint8Array, CborMap, Uint8Array, Uint8Array];
  const around = (inside: Uint8Array) => shown({ credential: inside });
  const raw = (...parts: (number | Uint8Array)[]) =>
    joinBytes(parts.map((part) => (typeof part === 'number' ? Uint8Array.of(part) : part)));
  const rest = good.slice(1);
  return [
    ['cbor', 'a tag in two bytes', around(raw(0xd8, 18, rest))],
    ['cbor', 'an array without an end', around(raw(0xd2, 0x9f, rest.slice(1), 0xff))],
    ['cbor', 'an array in two bytes', around(raw(0xd2, 0x98, 4, rest.slice(1)))],
    ['cbor', 'a map without an end', around(bytesOf(header, raw(0xbf, 0xff), payload, signature))],
    ['cbor', 'trailing nothing', around(raw(good, 0xf6))],
    ['cbor', 'a float', around(raw(0xfb, new Uint8Array(8)))],
    ['cbor', 'true', around(raw(0xf5))],
    ['cbor', 'null', around(raw(0xf6))],
    ['cbor', 'undefined', around(raw(0xf7))],
    ['cbor', 'a break alone', around(raw(0xff))],
    ['cbor', 'a number of eight bytes', around(raw(0x1b, new Uint8Array(8)))],
    ['cbor', 'a number longer than it need be', around(raw(0x18, 1))],
    ['cbor', 'a reserved length', around(raw(0x1c))],
    ['cbor', 'more bytes promised than there are', around(raw(0x5a, 0xff, 0xff, 0xff, 0xff))],
    ['cbor', 'more items promised than there are', around(raw(0x9a, 0xff, 0xff, 0xff, 0xff))],
    ['cbor', 'seven arrays inside each other', around(raw(...Array.from({ length: 8 }, () => 0x81), 0))],
    ['cbor', 'text that is no UTF-8', around(raw(0x62, 0xc3, 0x28))],
    ['cbor', 'a key twice', around(bytesOf(header, raw(0xa2, 1, 0, 1, 0), payload, signature))],
    ['cbor', 'keys in falling order', around(bytesOf(header, raw(0xa2, 4, 0, 1, 0), payload, signature))],
    ['cbor', 'a text as a key', around(bytesOf(header, raw(0xa1, 0x61, 0x61, 0), payload, signature))],
    ['cbor', 'a header that is cut off', around(bytesOf(header.slice(0, -1), raw(0xa0), payload, signature))],
    [
      'cbor',
      'a payload that is cut off',
      around(bytesOf(header, raw(0xa0), payload.slice(0, -1), signature)),
    ],
    ['cbor', 'a payload with more behind it', around(bytesOf(header, raw(0xa0), raw(payload, 0), signature))],
    ['cbor', 'an empty payload', around(bytesOf(header, raw(0xa0), new Uint8Array(), signature))],
  ];
}

/** A COSE_Sign1 whose parts are given as bytes, so that they may be wrong. */
function bytesOf(
  header: Uint8Array,
  unsigned: Uint8Array,
  payload: Uint8Array,
  signature: Uint8Array,
): Uint8Array {
  return joinBytes([
    Uint8Array.of(0xd2, 0x84),
    encodeCbor(header),
    unsigned,
    encodeCbor(payload),
    encodeCbor(signature),
  ]);
}

function codeOf(character: string): string {
  return character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
}
