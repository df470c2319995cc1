import fc from 'fast-check';
import { UNITS, type Unit } from '../kernel/money.js';
import { BankFileUnreadable, minorOf } from './bank-statement.js';
import { readBankCsv } from './bank-csv.js';
import { bankText } from './bank-text.js';
import { readCamt053 } from './camt053.js';
import { readMt940 } from './mt940.js';

const entry = (inner: string, amount = '58.00', side = 'CRDT', currency = 'EUR') =>
  `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${side}</CdtDbtInd>${inner}
   <BookgDt><Dt>2026-12-04</Dt></BookgDt></Ntry>`;
const camt = (entries: string, { version = '02', closing = '' } = {}) =>
  `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt><Stmt>
   <Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>
   <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
   ${closing}${entries}</Stmt></BkToCstmrStmt></Document>`;
const closingAt = (amount: string, side = 'CRDT') =>
  `<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${side}</CdtDbtInd></Bal>`;
const booked = '<Sts>BOOK</Sts>';

describe('an amount of a bank file', () => {
  const units = Object.keys(UNITS).filter((unit) => unit !== 'HALF_DAY') as Unit[];

  it('is read to the minor unit, or not at all', () => {
    fc.assert(
      fc.property(fc.constantFrom(...units), fc.bigInt(-(10n ** 12n), 10n ** 12n), (unit, minor) => {
        const { scale } = UNITS[unit];
        const digits = String(minor < 0n ? -minor : minor).padStart(scale + 1, '0');
        const text = `${minor < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
        expect(minorOf(text, unit)).toBe(minor);
        expect(minorOf(`${text}00`, unit)).toBe(minor);
        expect(minorOf(`${text}1`, unit)).toBeNull();
      }),
    );
  });

  it.each(['', ' ', '1,00', '1e3', '12.345', 'NaN', '--1', '1 000.00', '0x10'])('%j is refused', (text) => {
    expect(minorOf(text, 'EUR')).toBeNull();
  });
});

describe('a camt.053 file', () => {
  it('tells out from in, who, and the reference that travelled with the money, in both versions', () => {
    const refs = '<Refs><EndToEndId>E2E-7</EndToEndId></Refs>';
    const details = (party: string) =>
      `<NtryDtls><TxDtls>${refs}<RltdPties><Cdtr>${party}</Cdtr><CdtrAcct><Id><IBAN>HR1</IBAN></Id></CdtrAcct></RltdPties>
       <RmtInf><Ustrd>Window 3</Ustrd></RmtInf></TxDtls></NtryDtls>`;
    const old = readCamt053(camt(entry(booked + details('<Nm>Rijeka</Nm>'), '18.00', 'DBIT')));
    const now = readCamt053(
      camt(entry('<Sts><Cd>BOOK</Cd></Sts>' + details('<Pty><Nm>Rijeka</Nm></Pty>'), '18.00', 'DBIT'), {
        version: '08',
      }),
    );
    const line = {
      row: 1,
      minor: -1800n,
      unit: 'EUR',
      counterparty: 'Rijeka',
      counterpartyAccount: 'HR1',
      endToEndId: 'E2E-7',
      text: 'Window 3',
      bookedDay: '2026-12-04',
    };
    expect(old.lines).toMatchObject([line]);
    expect(now.lines).toMatchObject([line]);
    expect(old.account).toBe('FR7630006000011234567890189');
  });

  it('leaves out what is only announced', () => {
    expect(readCamt053(camt(entry('<Sts>PDNG</Sts>'))).lines).toEqual([]);
  });

  it('says where an amount is zero, unreadable or in no currency', () => {
    const { lines, faults } = readCamt053(
      camt(
        entry(booked, '0.00') + entry(booked, '1,50') + entry(booked, '5.00', 'CRDT', 'XXX') + entry(booked),
      ),
    );
    expect(lines).toHaveLength(1);
    expect(faults).toEqual([
      { row: 1, code: 'AMOUNT_ZERO', text: '0.00' },
      { row: 2, code: 'AMOUNT_UNREADABLE', text: '1,50' },
      { row: 3, code: 'CURRENCY_UNKNOWN', text: 'XXX' },
    ]);
  });

  it('adds up: opening balance and entries are the closing balance', () => {
    const entries = entry(booked) + entry(booked, '100.00', 'DBIT');
    expect(readCamt053(camt(entries, { closing: closingAt('32.00', 'DBIT') })).faults).toEqual([]);
    expect(readCamt053(camt(entries, { closing: closingAt('32.00') })).faults).toMatchObject([
      { code: 'SUM_BROKEN' },
    ]);
  });

  it('opens a batch when its parts are told and add up, else keeps it whole', () => {
    const part = (amount: string) =>
      `<TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">${amount}</Amt></TxAmt></AmtDtls></TxDtls>`;
    const batch = (...amounts: string[]) =>
      camt(entry(`${booked}<NtryDtls>${amounts.map(part).join('')}</NtryDtls>`));
    expect(readCamt053(batch('18.00', '40.00')).lines.map(({ minor }) => minor)).toEqual([1800n, 4000n]);
    expect(readCamt053(batch('18.00', '41.00')).lines.map(({ minor }) => minor)).toEqual([5800n]);
  });

  it.each([
    ['<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><Document/>', 'document type'],
    ['<Document><BkToCstmrStmt>', 'well-formed'],
    ['<Document><Other/></Document>', 'no camt.053'],
  ])('is refused: %j', (xml, why) => {
    expect(() => readCamt053(xml)).toThrow(BankFileUnreadable);
    expect(() => readCamt053(xml)).toThrow(why);
  });

  it('never fails on what is cut off or changed: it is read, or refused as unreadable', () => {
    const whole = camt(entry(booked) + entry(booked, '5.00'), { closing: closingAt('73.00') });
    fc.assert(
      fc.property(fc.nat(whole.length), fc.string({ maxLength: 4 }), (at, put) => {
        try {
          readCamt053(whole.slice(0, at) + put + whole.slice(at + put.length));
        } catch (error) {
          expect(error).toBeInstanceOf(BankFileUnreadable);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('an MT940 file', () => {
  const mt940 = (lines: string, closing = 'C261204EUR50,00') =>
    `:20:STMT\n:25:NL26VAYB8060476890EUR\n:28C:1/1\n:60F:C261203EUR10,00\n${lines}\n:62F:${closing}\n-`;

  it('tells out from in, the name, and the reference in both usual shapes of field 86', () => {
    const { account, lines, faults } = readMt940(
      mt940(
        `:61:2612041204C58,00NTRFNONREF//B1\n:86:166?00GUTSCHRIFT?20EREF+E2E-7SVWZ+Window 3?31HR1?32Rije?33ka\n` +
          `:61:2612041204D18,00NTRFE2E-8//B2\n:86:/EREF/E2E-9/IBAN/GR1/NAME/Athina/REMI/Window 3`,
      ),
    );
    expect(faults).toEqual([]);
    expect(account).toBe('NL26VAYB8060476890');
    expect(lines).toMatchObject([
      {
        minor: 5800n,
        counterparty: 'Rijeka',
        counterpartyAccount: 'HR1',
        endToEndId: 'E2E-7',
        text: 'Window 3',
      },
      {
        minor: -1800n,
        counterparty: 'Athina',
        counterpartyAccount: 'GR1',
        endToEndId: 'E2E-9',
        text: 'Window 3',
      },
    ]);
  });

  it('finds the year of a booking day at the turn of the year', () => {
    const { lines } = readMt940(mt940(':61:2701021231C40,00NTRFNONREF', 'C261231EUR50,00'));
    expect(lines).toMatchObject([{ valueDay: '2027-01-02', bookedDay: '2026-12-31' }]);
  });

  it('turns a reversal round', () => {
    expect(readMt940(mt940(':61:2612041204RD40,00NTRFNONREF')).lines).toMatchObject([{ minor: 4000n }]);
  });

  it('says what does not add up or cannot be read', () => {
    expect(readMt940(mt940(':61:2612041204C41,00NTRFNONREF')).faults).toMatchObject([{ code: 'SUM_BROKEN' }]);
    expect(readMt940(mt940(':61:2612041204C0,00NTRFNONREF')).faults).toMatchObject([
      { row: 1, code: 'AMOUNT_ZERO' },
    ]);
    expect(readMt940(mt940(':61:nonsense')).faults).toMatchObject([{ row: 1, code: 'AMOUNT_UNREADABLE' }]);
    expect(() => readMt940('hello')).toThrow(BankFileUnreadable);
  });
});

describe("a bank's own table", () => {
  const mapping = {
    delimiter: ';',
    decimal: ',',
    dayFormat: 'DD/MM/YYYY',
    currency: 'EUR',
    columns: { day: 'Date', amount: 'Montant', name: 'Tiers', text: 'Libellé' },
  } as const;

  it('is read by its mapping: comma, groups of three, the day first', () => {
    const { lines, faults } = readBankCsv(
      '\uFEFFDate;Montant;Tiers;Libellé\n04/12/2026;-1 018,50;Rijeka;Fenêtre 3\n04/12/2026;-1 018,50;Rijeka;Fenêtre 3\n',
      mapping,
    );
    expect(faults).toEqual([]);
    expect(lines).toMatchObject([
      { minor: -101850n, bookedDay: '2026-12-04', counterparty: 'Rijeka', text: 'Fenêtre 3' },
      { minor: -101850n },
    ]);
    expect(lines[0]!.key).not.toBe(lines[1]!.key); // two equal payments are two payments
  });

  it('takes what came and what went from two columns', () => {
    const two = { ...mapping, columns: { day: 'Date', credit: 'Crédit', debit: 'Débit' } };
    const { lines, faults } = readBankCsv(
      'Date;Crédit;Débit\n04/12/2026;5,00;\n04/12/2026;;7,25\n04/12/2026;1;2\n',
      two,
    );
    expect(lines.map(({ minor }) => minor)).toEqual([500n, -725n]);
    expect(faults).toMatchObject([{ row: 3, code: 'AMOUNT_UNREADABLE' }]);
  });

  it('says which rows stop it', () => {
    const { faults } = readBankCsv(
      'Date;Montant;Tiers;Libellé\n31/02/2026;1,00;;\n04/12/2026;0,00;;\n',
      mapping,
    );
    expect(faults).toEqual([
      { row: 1, code: 'DAY_UNREADABLE', text: '31/02/2026' },
      { row: 2, code: 'AMOUNT_ZERO', text: '0.00' },
    ]);
  });

  it('is refused without the columns that were named', () => {
    expect(() => readBankCsv('Day;Amount\n', mapping)).toThrow(/Date, Montant, Tiers, Libellé/);
  });
});

it('a text for a bank keeps to its letters, and no longer than it may be', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 140 }), (text, max) => {
      const sent = bankText(text, max);
      expect(sent).toMatch(/^[A-Za-z0-9/\-?:().,'+ ]*$/);
      expect(sent.length).toBeLessThanOrEqual(max);
    }),
  );
  expect(bankText('Dár el Bhira – Crêperie & Łódź', 70)).toBe('Dar el Bhira - Creperie Lodz');
});
