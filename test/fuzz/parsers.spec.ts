/** Parsers of what strangers send: whatever comes, an answer or a named refusal, and soon. */
import { createHmac } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import ical from 'ical.js';
import { BankFileUnreadable } from '../../src/banking/bank-statement.js';
import { readBankFile } from '../../src/banking/bank-file.js';
import { calendarText } from '../../src/bookings/calendar.js';
import { csv } from '../../src/kernel/csv.js';
import { readPassCode } from '../../src/kernel/pass-code/esc1.js';
import { shown } from '../../src/kernel/pass-code/vector-parts.js';
import { Temporal } from '../../src/kernel/time.js';
import { isSigned } from '../../src/payments/provider-events.service.js';
import { readFxFile } from '../../src/settlement/fx-file.js';
import { seededRandom } from '../support/seeded-random.js';

const RUNS = Number(process.env['FUZZ_PARSER_RUNS'] ?? 2_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_201);
/** What one input may cost at most. */
const HANG_MS = 100;
const MINUTES_60 = 3_600_000;

const PIECES = [
  '',
  '\0',
  '\uFEFF',
  '"',
  '""',
  ';',
  ',',
  '\r\n',
  '<',
  '>',
  '&lt;',
  ']]>',
  '<!--',
  '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
  '&e;',
  '-',
  '9'.repeat(40),
  'é',
  'مكتب',
  '\uD800',
  '%',
  ':61:',
  ':86:',
  '{',
  'A'.repeat(300),
  '1e308',
  '__proto__',
];

/** One to four changes: a letter, a piece that means something to parsers, a part twice, a part away, two parts swapped. */
function mutant(text: string, random: () => number): string {
  let changed = text;
  const changes = 1 + Math.floor(random() * 4);
  for (let change = 0; change < changes; change += 1) {
    const at = Math.floor(random() * (changed.length + 1));
    const end = Math.min(changed.length, at + Math.floor(random() * 40));
    const [before, part, after] = [changed.slice(0, at), changed.slice(at, end), changed.slice(end)];
    const piece = PIECES[Math.floor(random() * PIECES.length)]!;
    const letter = String.fromCodePoint(32 + Math.floor(random() * 96));
    const ways = [
      before + letter + changed.slice(at + 1),
      before + piece + changed.slice(at),
      before + part + part + after,
      before + after,
      after + part + before,
    ];
    changed = ways[Math.floor(random() * ways.length)]!;
  }
  return changed;
}

/** Reads so many mutants; answers how they ended. A throw that is no named refusal fails, as does one that takes long. */
function fuzzed(good: readonly string[], read: (text: string) => string): Record<string, number> {
  const random = seededRandom(SEED);
  const ends: Record<string, number> = {};
  const slow: string[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const text = mutant(good[run % good.length]!, random);
    const from = performance.now();
    const end = read(text);
    if (performance.now() - from > HANG_MS && isSlowAgain(read, text)) slow.push(text.slice(0, 300));
    ends[end] = (ends[end] ?? 0) + 1;
  }
  expect(slow).toEqual([]);
  return ends;
}

/** A pause of the machine happens once; a hang happens again. */
function isSlowAgain(read: (text: string) => string, text: string): boolean {
  const from = performance.now();
  read(text);
  return performance.now() - from > HANG_MS;
}

const CAMT = `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Id>S1</Id><Acct><Id><IBAN>FR1420041010050500013M02606</IBAN></Id><Ccy>EUR</Ccy></Acct><Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-07-01</Dt></Dt></Bal><Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">120.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-07-02</Dt></Dt></Bal><Ntry><Amt Ccy="EUR">20.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-07-02</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>ABC</EndToEndId></Refs><RmtInf><Ustrd>Invoice 7</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`;
const MT940 =
  ':20:S1\r\n:25:12345678\r\n:28C:1/1\r\n:60F:C260701EUR100,00\r\n:61:2607020702C20,50NTRFABC//B1\r\n:86:Invoice 7\r\n:62F:C260702EUR120,50\r\n-\r\n';
const TABLE = 'day;amount;name\r\n2026-07-02;20,50;"Atelier; Vieux-Port"\r\n2026-07-03;-1.234,56;Kvarner\r\n';
const MAPPING = {
  delimiter: ';',
  decimal: ',',
  dayFormat: 'YYYY-MM-DD',
  currency: 'EUR',
  columns: { day: 'day', amount: 'amount', name: 'name' },
} as const;

function readBank(text: string): string {
  try {
    return readBankFile(Buffer.from(text), { ...MAPPING }).lines.length > 0 ? 'read' : 'empty';
  } catch (error) {
    if (error instanceof BankFileUnreadable) return 'refused';
    throw error;
  }
}

it(
  `${RUNS} pass codes that were changed are read or refused by name`,
  async () => {
    const ends = fuzzed([await shown()], (text) => {
      const read = readPassCode(text);
      return typeof read === 'string' ? read : 'read';
    });
    expect(Object.keys(ends).length).toBeGreaterThan(3);
  },
  MINUTES_60,
);

it.each([
  ['camt.053', CAMT],
  ['MT940', MT940],
  ['CSV of a bank', TABLE],
])(
  `${RUNS} files of %s that were changed are read or refused`,
  (_format, good) => {
    expect(readBank(good)).toBe('read'); // the control: unchanged it is read
    const ends = fuzzed([good], readBank);
    expect(ends['read']).toBeGreaterThan(0);
  },
  MINUTES_60,
);

it('no file of a bank reaches outside of itself', () => {
  const entity = CAMT.replace('<Document', '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><Document');
  const asked = entity.replace('Invoice 7', '&e;');
  expect(['read', 'refused', 'empty']).toContain(readBank(asked));
  expect(
    JSON.stringify(
      safely(() => readBankFile(Buffer.from(asked), null)),
      bigintAsText,
    ),
  ).not.toMatch(/root:/);
});

it(
  `${RUNS} tables of exchange rates that were changed are read, row by row`,
  () => {
    const good = 'Date,USD,TND\n2026-06-30,1.17,3.38\n2026-06-29,1.16,N/A\n';
    const ends = fuzzed([good], (text) => (readable(() => readFxFile(text)) ? 'read' : 'refused'));
    expect(ends['read']).toBeGreaterThan(0);
  },
  MINUTES_60,
);

it(
  `${RUNS} signed messages of the provider that were changed are taken for forged, and the unchanged one is not`,
  () => {
    const secret = 'whsec_of_a_test';
    const body = '{"id":"evt_1","type":"charge.refunded","data":{"object":{"amount":1800}}}';
    const mac = createHmac('sha256', secret).update(`1796083200.${body}`).digest('hex');
    const good = `t=1796083200,v1=${mac}\n${body}`;
    const check = (text: string) => {
      const cut = text.indexOf('\n');
      const [signature, bytes] = [text.slice(0, Math.max(cut, 0)), Buffer.from(text.slice(cut + 1))];
      if (!isSigned(bytes, signature, secret)) return 'forged';
      // What may be added around a signature changes nothing of what is signed.
      return bytes.toString() === body && signature.includes(mac) ? 'signed' : `accepted: ${text}`;
    };
    expect(check(good)).toBe('signed');
    expect(Object.keys(fuzzed([good], check)).filter((end) => end.startsWith('accepted'))).toEqual([]);
  },
  MINUTES_60,
);

it(
  `${RUNS} calendars with whatever people call things are read by another program, with one event each`,
  () => {
    const at = (text: string) => Temporal.Instant.from(text);
    const entry = (words: string) => ({
      id: '01980000-0000-7000-8000-000000000001',
      state: 'RESERVED' as const,
      timeZone: 'Europe/Paris',
      title: words,
      place: words,
      lat: 43.3,
      lon: 5.4,
      description: words,
      url: 'https://escale.example/b',
      startsAt: at('2026-06-08T07:00:00Z'),
      endsAt: at('2026-06-08T16:00:00Z'),
      bookedAt: at('2026-06-01T07:00:00Z'),
      stateAt: at('2026-06-01T07:00:00Z'),
    });
    const ends = fuzzed(
      ['Atelier du Vieux-Port\r\nEND:VEVENT\r\nBEGIN:VEVENT', 'مكتب; \\n, "x"'],
      (words) => {
        const events = new ical.Component(
          ical.parse(calendarText([entry(words)], words)) as unknown[],
        ).getAllSubcomponents('vevent');
        return events.length === 1 ? 'one' : `${events.length} events of ${words}`;
      },
    );
    expect(Object.keys(ends)).toEqual(['one']);
  },
  MINUTES_60,
);

it(
  `${RUNS} cells of CSV come back as they went, none of them a formula`,
  () => {
    fuzzed(['=1+1', 'Atelier, "du" Vieux-Port\r\n', '-1.50'], (words) => {
      const line = csv([[words]]);
      const isFormula = /^"?[=+@\t\0]/.test(line) || (/^"?-/.test(line) && !/^-\d+(\.\d+)?\r\n$/.test(line));
      expect([words, isFormula]).toEqual([words, false]);
      return 'safe';
    });
  },
  MINUTES_60,
);

/** Of what cannot be read at all, a reader says so in words of its own; anything else is a fault. */
function readable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof Error && /^(The first line must|It is no|CSV_)|A table/.test(error.message))
      return false;
    if (error instanceof BankFileUnreadable || (error instanceof Error && error.name === 'CsvError'))
      return false;
    throw error;
  }
}

function safely(read: () => unknown): unknown {
  return readable(read) ? read() : null;
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
