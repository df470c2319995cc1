/**
 * The files that banks and their standard give us, and the files we give to banks.
 * Promise: what is sent is valid against the published schemas, and real statements are read or refused in words.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Temporal } from '../../src/kernel/time.js';
import { readCamt053 } from '../../src/banking/camt053.js';
import { creditTransferFile, TRANSFER_VERSIONS } from '../../src/banking/credit-transfers.js';

const DATA = path.resolve('../shared/data/iso20022');
const hasData = existsSync(DATA);
if (!hasData) console.warn('SKIPPED: the ISO 20022 schemas and samples are not beside the repository.');
const hasXmllint = isThere('xmllint');
if (!hasXmllint) console.warn('SKIPPED: no xmllint, so no file was checked against its schema.');

const folder = mkdtempSync(path.join(os.tmpdir(), 'escale-bank-'));
afterAll(() => rmSync(folder, { recursive: true }));

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function validate(xml: string, schema: string): void {
  const file = path.join(folder, 'file.xml');
  writeFileSync(file, xml);
  execFileSync('xmllint', ['--noout', '--nonet', '--schema', path.join(DATA, schema), file], {
    stdio: 'pipe',
  });
}

/** S6: Lecce pays Marseille 58.00 and Athens 18.00; one bank is known, one is not. */
const ORDER = {
  messageId: '0192f0c4a1b27c3d8e4f5a6b7c8d9e0f',
  madeAt: Temporal.Instant.from('2026-12-04T09:00:00.123Z'),
  executionDay: Temporal.PlainDate.from('2026-12-07'),
  initiator: 'Réseau Escale “Méditerranée”',
  payer: { name: 'Manifatture Knos, Lecce', country: 'IT', iban: 'IT60X0542811101000000123456', bic: null },
  transfers: [
    {
      endToEndId: '0192f0c4a1b27c3d8e4f5a6b7c8d9e10',
      amount: { unit: 'EUR', minor: 5800n },
      payee: {
        name: 'Atelier du Vieux-Port',
        country: 'FR',
        iban: 'FR7630006000011234567890189',
        bic: 'AGRIFRPP',
      },
      text: 'Escale window 3, LEC > MRS',
    },
    {
      endToEndId: '0192f0c4a1b27c3d8e4f5a6b7c8d9e11',
      amount: { unit: 'EUR', minor: 1800n },
      payee: { name: 'Αθήνα Κοινός', country: 'GR', iban: 'GR1601101250000000012300695', bic: null },
      text: 'Escale window 3, LEC > ATH & '.repeat(9),
    },
  ],
} as const;

(hasData && hasXmllint ? describe : describe.skip)('a credit transfer file', () => {
  it.each(TRANSFER_VERSIONS)('of version %s is valid against its schema', (version) => {
    validate(creditTransferFile(ORDER, version), `pain.001.001.${version}.xsd`);
    expect(creditTransferFile(ORDER, version)).toContain('<CtrlSum>76.00</CtrlSum>');
  });

  it('would be found out if it were not valid', () => {
    const other = creditTransferFile(ORDER, '09').replace('<NbOfTxs>2</NbOfTxs>', '');
    expect(() => validate(other, 'pain.001.001.09.xsd')).toThrow(/NbOfTxs/);
  });
});

(hasData ? describe : describe.skip)('statements of others', () => {
  const read = (name: string) => readCamt053(readFileSync(path.join(DATA, name), 'utf8'));

  it('are read to the cent', () => {
    expect(read('camt053.v2.minimal.xml')).toMatchObject({
      account: 'NL26VAYB8060476890',
      lines: [
        {
          minor: 885n,
          unit: 'EUR',
          bookedDay: '2014-12-31',
          valueDay: '2015-01-02',
          counterparty: 'NAME NAME',
        },
      ],
      faults: [], // its balances are in two currencies, so there is no sum to check
    });
    expect(read('camt053.v2.minimal.ultimate.xml').lines).toMatchObject([{ minor: 885n }]);
  });

  it('with a broken sum are told apart: 1.01 + 8.85 is not 4.04', () => {
    const { account, faults } = read('camt053.v2.all-balance-types.xml');
    expect(account).toBe('CH2801234000123456789');
    expect(faults).toMatchObject([{ row: null, code: 'SUM_BROKEN' }]);
  });
});
