import { readBankCsv } from './bank-csv.js';
import { BankFileUnreadable, type BankStatement } from './bank-statement.js';
import { readCamt053 } from './camt053.js';
import { readMt940 } from './mt940.js';
import type { CsvMapping } from './bank-file.schema.js';

export type BankFormat = 'CAMT053' | 'MT940' | 'CSV';

export function formatOf(text: string): BankFormat {
  if (/^\uFEFF?\s*</.test(text)) return 'CAMT053';
  return /^(\{1:|:20:|\s*:20:)/m.test(text) ? 'MT940' : 'CSV';
}

/** UTF-8 when it is; otherwise what western banks still send. */
export function textOfBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** @throws BankFileUnreadable when nothing of it can be read. */
export function readBankFile(bytes: Uint8Array, mapping: CsvMapping | null): BankStatement {
  const text = textOfBytes(bytes);
  switch (formatOf(text)) {
    case 'CAMT053':
      return readCamt053(text);
    case 'MT940':
      return readMt940(text);
    case 'CSV':
      if (!mapping) throw new BankFileUnreadable('A table needs to be explained.');
      return readBankCsv(text, mapping);
  }
}
