import { inflateRawSync } from 'node:zlib';

const ENTRY = 0x02_01_4b_50;
const ENTRY_BYTES = 46;

/** The files of a ZIP, by name: read from its central directory, as a spreadsheet does. */
export function unzip(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  for (let at = zip.indexOf(Buffer.from('PK\u0001\u0002')); at >= 0 && zip.readUInt32LE(at) === ENTRY;) {
    const [packed, nameLength, extraLength, commentLength, local] = [
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
      zip.readUInt32LE(at + 42),
    ];
    const name = zip.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(from, from + packed);
    const isDeflated = zip.readUInt16LE(at + 10) === 8;
    files.set(name, (isDeflated ? inflateRawSync(bytes) : bytes).toString('utf8'));
    at += ENTRY_BYTES + nameLength + extraLength + commentLength;
  }
  return files;
}
