import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import fc from 'fast-check';
import { brokenRules, readUbl, RULES } from '../../../test/support/en16931-rules.js';
import { LANGUAGES } from '../../kernel/wire.js';
import { decideVat } from '../../vat/index.js';
import { contentOf, contentWithin, type ContentOrder } from '../document-content.js';
import { ciiOf } from './cii.js';
import { missingFor, type EInvoice, type EParty } from './e-invoice.js';
import { netWithin } from './totals.js';
import { ublOf } from './ubl.js';

const SAMPLES = '../shared/data/en16931';
const XSD = `${SAMPLES}/ubl-2.1/maindoc`;
const hasSamples = existsSync(XSD);
const hasXmllint = (() => {
  try {
    execFileSync('xmllint', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
if (!hasSamples) console.warn(`SKIPPED: ${SAMPLES} is not here: no schema to validate against, no samples`);
if (!hasXmllint)
  console.warn('SKIPPED: xmllint is not installed: documents are not validated against the schema');

const party = (country: string, vatNumber: string | null): EParty => ({
  name: `Atelier & <Port> ${country}`,
  street: '1 quai du Port',
  postcode: '13002',
  city: 'Marseille',
  country,
  email: null,
  vatNumber,
  taxNumber: null,
  registration: { id: '404833048', scheme: '0002' },
  endpoint: { id: '40483304800010', scheme: '0009' },
});
const PARTIES = [party('FR', 'FR83404833048'), party('SI', 'SI50223054'), party('GR', 'EL094259216')];

const minor = fc.integer({ min: 1, max: 2_000_000 });
const uuid = '019a0000-0000-7000-8000-00000000beef';
const day = fc.integer({ min: 1, max: 28 }).map((one) => `2026-11-${String(one).padStart(2, '0')}`);
const visit = fc
  .record({ day, halfDays: fc.constantFrom(1, 2), rateMinor: minor })
  .map(({ rateMinor, ...one }) => ({
    ...one,
    recordId: uuid,
    visitId: uuid,
    rateMinor,
    amountMinor: one.halfDays * rateMinor,
    late: false,
  }));
const charge = fc
  .record({ day, amountMinor: minor, kind: fc.constantFrom('FEE', 'DUES', 'REBILLED'), note: fc.string() })
  .map((one) => ({
    ...one,
    kind: one.kind as 'FEE',
    chargeId: uuid,
    recordId: null,
    refersTo: null,
    note: one.note.replaceAll(/[^\x20-\x7E]/g, '').trim(),
  }));

const order = fc
  .record({
    seller: fc.constantFrom(...PARTIES),
    buyer: fc.constantFrom(...PARTIES),
    language: fc.constantFrom(...LANGUAGES),
    status: fc.constantFrom(
      'STANDARD',
      'OPTED',
      'EXEMPT_LETTING',
      'SME_DOMESTIC',
      'NON_PROFIT_EXEMPT',
      'NON_EU',
    ),
    resourceKind: fc.constantFrom('hot_desk', 'meeting_room', 'machine_time'),
    isCredit: fc.boolean(),
    selfBilled: fc.boolean(),
    buyerReference: fc.constantFrom(null, '991-01234-44', 'SERVICE-12'),
    orderNumber: fc.constantFrom(null, 'PO-2026-7'),
    unit: fc.constantFrom('EUR', 'CHF', 'MAD'),
  })
  .map(({ status, resourceKind, isCredit, selfBilled, unit, ...rest }): ContentOrder => {
    const inputs = {
      day: '2026-11-02',
      supplier: { country: rest.seller.country, territoryCode: null, status: status as 'STANDARD' },
      customer: { kind: 'BUSINESS' as const, country: rest.buyer.country },
      resourceKind: resourceKind as 'hot_desk',
    };
    return {
      ...rest,
      unit,
      typeCode: isCredit ? (selfBilled ? '261' : '381') : selfBilled ? '389' : '380',
      issueDay: '2026-12-01',
      dueDay: '2026-12-31',
      refersTo: isCredit ? ['MRS-2026-000001'] : [],
      vat: { inputs, decision: decideVat(inputs) },
      selfBilled,
    };
  });

const invoice = fc
  .record({
    order,
    visits: fc.array(visit, { maxLength: 6 }),
    charges: fc.array(charge, { minLength: 1, maxLength: 3 }),
  })
  .map(({ order: one, visits, charges }): EInvoice => ({
    number: 'MRS-2026-000042',
    ...contentOf(one, visits, charges),
  }));
const sale = fc.record({ order, grossMinor: minor }).map(({ order: one, grossMinor }): EInvoice => ({
  number: 'MED-2026-000007',
  ...contentWithin({ ...one, typeCode: '380', refersTo: [] }, { name: 'Ten days', grossMinor }),
}));
const documents = fc.oneof(invoice, sale);

describe.each(RULES)('%s', (id) => {
  it('holds in every document that we write', () => {
    const [rule] = RULES.filter(([name]) => name === id);
    fc.assert(
      fc.property(documents, (one) => {
        expect(brokenRules(ublOf(one), [rule!])).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

it('the checker finds nothing in the samples of the standard', () => {
  if (!hasSamples) return;
  for (const file of readdirSync(SAMPLES).filter((name) => name.endsWith('.xml')))
    expect([file, brokenRules(readFileSync(`${SAMPLES}/${file}`, 'utf8'))]).toEqual([file, []]);
});

/** One document of each kind, to be broken on purpose. */
const sample = (seed: number) =>
  ublOf(
    fc.sample(
      invoice.filter(({ typeCode, taxes }) => typeCode === '380' && taxes[0]!.category === 'S'),
      { seed, numRuns: 1 },
    )[0]!,
  );

it.each([
  ['BR-CO-10', (xml: string) => xml.replace(/(<cbc:LineExtensionAmount currencyID="\w+">)\d/, '$19')],
  ['BR-CO-15', (xml: string) => xml.replace(/(<cbc:TaxInclusiveAmount currencyID="\w+">)\d+/, '$11')],
  ['BR-CO-16', (xml: string) => xml.replace(/(<cbc:PayableAmount currencyID="\w+">)\d+/, '$11')],
  [
    'BR-CO-17',
    (xml: string) => xml.replace(/(<cac:TaxSubtotal>[\s\S]*?<cbc:TaxAmount currencyID="\w+">)\d+/, '$11'),
  ],
  [
    'BR-S-05',
    (xml: string) => xml.replace(/(<cac:ClassifiedTaxCategory>[\s\S]*?<cbc:Percent>)[\d.]+/, '$10.00'),
  ],
  ['BR-S-02', (xml: string) => xml.replace(/<cac:PartyTaxScheme>[\s\S]*?<\/cac:PartyTaxScheme>/, '')],
  ['BR-02', (xml: string) => xml.replace(/<cbc:ID>MRS.*?<\/cbc:ID>/, '')],
  ['BR-CL-01', (xml: string) => xml.replace('TypeCode>380<', 'TypeCode>999<')],
  ['BR-DEC-18', (xml: string) => xml.replace(/(<cbc:PayableAmount currencyID="\w+">[\d.]+)/, '$1000')],
])('the checker finds %s broken', (id, spoil) => {
  expect(brokenRules(spoil(sample(7)))).toContain(id);
});

it('UBL is valid against the schema of OASIS', () => {
  if (!hasSamples || !hasXmllint) return;
  const folder = mkdtempSync(path.join(tmpdir(), 'escale-ubl-'));
  const written = fc.sample(documents, { numRuns: 60, seed: 4 }).map((one, place) => {
    const file = path.join(folder, `${place}.xml`);
    const xml = ublOf(one);
    writeFileSync(file, xml);
    return { file, kind: readUbl(xml).kind };
  });
  for (const kind of ['Invoice', 'CreditNote'] as const) {
    const files = written.filter((one) => one.kind === kind).map(({ file }) => file);
    expect(files.length).toBeGreaterThan(5);
    execFileSync('xmllint', ['--noout', '--nonet', '--schema', `${XSD}/UBL-${kind}-2.1.xsd`, ...files], {
      stdio: 'pipe',
    });
  }
});

it('CII says the same as UBL: parties, lines, VAT and totals', () => {
  const parser = new XMLParser({ ignoreAttributes: true, removeNSPrefix: true, parseTagValue: false });
  fc.assert(
    fc.property(documents, (one) => {
      const { CrossIndustryInvoice: cii } = parser.parse(ciiOf(one));
      const trade = cii.SupplyChainTradeTransaction;
      const sums = trade.ApplicableHeaderTradeSettlement.SpecifiedTradeSettlementHeaderMonetarySummation;
      const { root } = readUbl(ublOf(one));
      const ubl = root as Record<string, Record<string, { '#text': string }>>;
      expect(cii.ExchangedDocument.ID).toBe(root['ID']);
      expect(cii.ExchangedDocument.TypeCode).toBe(one.typeCode);
      expect(sums.DuePayableAmount).toBe(ubl['LegalMonetaryTotal']!['PayableAmount']!['#text']);
      expect(sums.GrandTotalAmount).toBe(ubl['LegalMonetaryTotal']!['TaxInclusiveAmount']!['#text']);
      expect([trade.IncludedSupplyChainTradeLineItem].flat()).toHaveLength(one.lines.length);
      expect(trade.ApplicableHeaderTradeAgreement.SellerTradeParty.Name).toBe(one.seller.name);
    }),
    { numRuns: 50 },
  );
});

it('a price that contains its VAT is paid to the minor unit, and its rounding is one at most', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10 ** 12 }),
      fc.constantFrom(0, 1900, 2000, 2200, 2400, 2550),
      (gross, bps) => {
        const { netMinor, roundingMinor } = netWithin(gross, bps);
        expect(Math.abs(roundingMinor)).toBeLessThanOrEqual(1);
        expect(netMinor).toBeLessThanOrEqual(gross + 1);
      },
    ),
  );
  expect(netWithin(15_000, 2000)).toEqual({ netMinor: 12_500, roundingMinor: 0 });
  expect(netWithin(1500, 2200)).toEqual({ netMinor: 1229, roundingMinor: 1 }); // 2.70 is 22 % of 12.29
});

it('what keeps a document from being an e-invoice is named', () => {
  const [one] = fc.sample(invoice, { numRuns: 1, seed: 3 });
  const bare = { ...one!, seller: { ...one!.seller, vatNumber: null, registration: null } };
  expect(missingFor(bare)).toContain('seller.registration');
  expect(missingFor({ ...one!, currency: 'TND', payableMinor: 1001 })).toContain('amounts of two decimals');
});
