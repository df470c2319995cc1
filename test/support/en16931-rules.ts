/** The business rules of EN 16931 that a document of ours can touch, over UBL as it is written: nothing of the code under test is used. */

import { categoryRules, identified } from './en16931-categories.js';
import { has, lineCategory, vatOf, type Doc, type Rule } from './en16931-parts.js';
import { at, cents, get, isTwoDecimals, list, num, readUbl, SCALE, total, type Node } from './read-ubl.js';

export { readUbl } from './read-ubl.js';

const core: Rule[] = [
  ['BR-01', ({ root }) => has(root, 'CustomizationID')],
  ['BR-02', ({ root }) => has(root, 'ID')],
  ['BR-03', ({ root }) => /^\d{4}-\d\d-\d\d$/.test(get(root, 'IssueDate'))],
  ['BR-04', ({ root, kind }) => has(root, `${kind}TypeCode`)],
  ['BR-05', ({ root }) => has(root, 'DocumentCurrencyCode')],
  ['BR-06', ({ seller }) => has(seller, 'PartyLegalEntity', 'RegistrationName')],
  ['BR-07', ({ buyer }) => has(buyer, 'PartyLegalEntity', 'RegistrationName')],
  ['BR-08', ({ seller }) => at(seller, 'PostalAddress') !== undefined],
  ['BR-09', ({ seller }) => has(seller, 'PostalAddress', 'Country', 'IdentificationCode')],
  ['BR-10', ({ buyer }) => at(buyer, 'PostalAddress') !== undefined],
  ['BR-11', ({ buyer }) => has(buyer, 'PostalAddress', 'Country', 'IdentificationCode')],
  ['BR-12', ({ sums }) => has(sums, 'LineExtensionAmount')],
  ['BR-13', ({ sums }) => has(sums, 'TaxExclusiveAmount')],
  ['BR-14', ({ sums }) => has(sums, 'TaxInclusiveAmount')],
  ['BR-15', ({ sums }) => has(sums, 'PayableAmount')],
  ['BR-16', ({ lines }) => lines.length > 0],
  ['BR-21', ({ lines }) => lines.every((line) => has(line, 'ID'))],
  ['BR-22', ({ lines, kind }) => lines.every((line) => has(line, quantity(kind)))],
  ['BR-23', ({ lines, kind }) => lines.every((line) => has(line, quantity(kind), '@_unitCode'))],
  ['BR-24', ({ lines }) => lines.every((line) => has(line, 'LineExtensionAmount'))],
  ['BR-25', ({ lines }) => lines.every((line) => has(line, 'Item', 'Name'))],
  ['BR-26', ({ lines }) => lines.every((line) => has(line, 'Price', 'PriceAmount'))],
  ['BR-27', ({ lines }) => lines.every((line) => num(line, 'Price', 'PriceAmount') >= 0n)],
  ['BR-29', ({ root }) => inOrder(at(root, 'InvoicePeriod'))],
  ['BR-30', ({ lines }) => lines.every((line) => inOrder(at(line, 'InvoicePeriod')))],
  ['BR-45', ({ subtotals }) => subtotals.every((one) => has(one, 'TaxableAmount'))],
  ['BR-46', ({ subtotals }) => subtotals.every((one) => has(one, 'TaxAmount'))],
  ['BR-47', ({ subtotals }) => subtotals.every((one) => has(one, 'TaxCategory', 'ID'))],
  [
    'BR-48',
    ({ subtotals }) =>
      subtotals.every((one) => get(one, 'TaxCategory', 'ID') === 'O' || has(one, 'TaxCategory', 'Percent')),
  ],
  ['BR-49', ({ root }) => list(root, 'PaymentMeans').every((means) => has(means, 'PaymentMeansCode'))],
  [
    'BR-55',
    ({ root }) => list(root, 'BillingReference').every((one) => has(one, 'InvoiceDocumentReference', 'ID')),
  ],
  [
    'BR-61',
    ({ root }) =>
      list(root, 'PaymentMeans').every(
        (means) =>
          !['30', '58'].includes(get(means, 'PaymentMeansCode')) || has(means, 'PayeeFinancialAccount', 'ID'),
      ),
  ],
  ['BR-62', ({ seller }) => !has(seller, 'EndpointID') || has(seller, 'EndpointID', '@_schemeID')],
  ['BR-63', ({ buyer }) => !has(buyer, 'EndpointID') || has(buyer, 'EndpointID', '@_schemeID')],
];

const computed: Rule[] = [
  ['BR-CO-03', ({ root }) => !(has(root, 'TaxPointDate') && has(root, 'InvoicePeriod', 'DescriptionCode'))],
  ['BR-CO-04', ({ lines }) => lines.every((line) => has(lineCategory(line), 'ID'))],
  [
    'BR-CO-09',
    ({ seller, buyer }) =>
      [vatOf(seller), vatOf(buyer)].every(
        (scheme) => !scheme || /^(?:[A-Z]{2})/.test(get(scheme, 'CompanyID')),
      ),
  ],
  [
    'BR-CO-10',
    ({ sums, lines }) =>
      num(sums, 'LineExtensionAmount') === total(lines.map((line) => num(line, 'LineExtensionAmount'))),
  ],
  [
    'BR-CO-13',
    ({ sums }) =>
      num(sums, 'TaxExclusiveAmount') ===
      num(sums, 'LineExtensionAmount') - num(sums, 'AllowanceTotalAmount') + num(sums, 'ChargeTotalAmount'),
  ],
  [
    'BR-CO-14',
    ({ root, subtotals }) =>
      num(list(root, 'TaxTotal')[0], 'TaxAmount') === total(subtotals.map((one) => num(one, 'TaxAmount'))),
  ],
  [
    'BR-CO-15',
    ({ root, sums }) =>
      num(sums, 'TaxInclusiveAmount') ===
      num(sums, 'TaxExclusiveAmount') + num(list(root, 'TaxTotal')[0], 'TaxAmount'),
  ],
  [
    'BR-CO-16',
    ({ sums }) =>
      num(sums, 'PayableAmount') ===
      num(sums, 'TaxInclusiveAmount') - num(sums, 'PrepaidAmount') + num(sums, 'PayableRoundingAmount'),
  ],
  [
    'BR-CO-17',
    ({ subtotals }) =>
      subtotals.every(
        (one) =>
          num(one, 'TaxAmount') ===
          cents(
            (num(one, 'TaxableAmount') * num(one, 'TaxCategory', 'Percent')) / (100n * 10n ** BigInt(SCALE)),
          ),
      ),
  ],
  ['BR-CO-18', ({ subtotals }) => subtotals.length > 0],
  [
    'BR-CO-19',
    ({ root }) =>
      at(root, 'InvoicePeriod') === undefined ||
      has(root, 'InvoicePeriod', 'StartDate') ||
      has(root, 'InvoicePeriod', 'EndDate'),
  ],
  [
    'BR-CO-25', // a credit note asks for no payment
    ({ root, sums, kind }) =>
      kind === 'CreditNote' ||
      num(sums, 'PayableAmount') <= 0n ||
      has(root, 'DueDate') ||
      list(root, 'PaymentTerms').some((one) => list(one, 'Note').length > 0),
  ],
  [
    'BR-CO-26',
    ({ seller }) =>
      list(seller, 'PartyIdentification').length > 0 ||
      has(seller, 'PartyLegalEntity', 'CompanyID') ||
      vatOf(seller) !== undefined,
  ],
];

const decimals: Rule[] = [
  ['BR-DEC-09', ({ sums }) => isTwoDecimals(get(sums, 'LineExtensionAmount'))],
  ['BR-DEC-12', ({ sums }) => isTwoDecimals(get(sums, 'TaxExclusiveAmount'))],
  ['BR-DEC-13', ({ root }) => isTwoDecimals(get(list(root, 'TaxTotal')[0], 'TaxAmount'))],
  ['BR-DEC-14', ({ sums }) => isTwoDecimals(get(sums, 'TaxInclusiveAmount'))],
  ['BR-DEC-17', ({ sums }) => isTwoDecimals(get(sums, 'PayableRoundingAmount'))],
  ['BR-DEC-18', ({ sums }) => isTwoDecimals(get(sums, 'PayableAmount'))],
  ['BR-DEC-19', ({ subtotals }) => subtotals.every((one) => isTwoDecimals(get(one, 'TaxableAmount')))],
  ['BR-DEC-20', ({ subtotals }) => subtotals.every((one) => isTwoDecimals(get(one, 'TaxAmount')))],
  ['BR-DEC-23', ({ lines }) => lines.every((line) => isTwoDecimals(get(line, 'LineExtensionAmount')))],
];

const CODES = {
  Invoice: new Set(
    '80 82 84 130 202 203 204 211 295 325 326 380 383 384 385 386 387 388 389 390 393 394 395 456 457 527 575 623 633 751 780 875 876 877 935'.split(
      ' ',
    ),
  ),
  CreditNote: new Set('81 83 261 262 296 308 381 396 420 458 532'.split(' ')),
  category: new Set('AE L M E S Z G O K B'.split(' ')),
  means: new Set('1 10 20 30 31 42 48 49 57 58 59 97 ZZZ'.split(' ')),
  units: new Set('DAY HUR C62 H87 EA MTR KGM XPP ZZ LTR MON ANN KWH NAR XBX'.split(' ')),
  reasons:
    /^VATEX-(EU-(79-C|132(-1[A-Q])?|143(-1[A-L]|-1FA)?|148(-[A-G])?|151(-1[A-E]|-1AA)?|309|AE|D|F|G|I|IC|J|O)|FR-(FRANCHISE|CNWVAT))$/,
};
const codes: Rule[] = [
  ['BR-CL-01', ({ root, kind }) => CODES[kind].has(get(root, `${kind}TypeCode`))],
  ['BR-CL-04', ({ root }) => /^[A-Z]{3}$/.test(get(root, 'DocumentCurrencyCode'))],
  [
    'BR-CL-14',
    ({ seller, buyer }) =>
      [seller, buyer].every((one) =>
        /^[A-Z]{2}$/.test(get(one, 'PostalAddress', 'Country', 'IdentificationCode')),
      ),
  ],
  [
    'BR-CL-16',
    ({ root }) => list(root, 'PaymentMeans').every((one) => CODES.means.has(get(one, 'PaymentMeansCode'))),
  ],
  [
    'BR-CL-17',
    ({ subtotals }) => subtotals.every((one) => CODES.category.has(get(one, 'TaxCategory', 'ID'))),
  ],
  ['BR-CL-18', ({ lines }) => lines.every((line) => CODES.category.has(get(lineCategory(line), 'ID')))],
  [
    'BR-CL-22',
    ({ subtotals }) =>
      subtotals.every(
        (one) =>
          !has(one, 'TaxCategory', 'TaxExemptionReasonCode') ||
          CODES.reasons.test(get(one, 'TaxCategory', 'TaxExemptionReasonCode')),
      ),
  ],
  [
    'BR-CL-23',
    ({ lines, kind }) => lines.every((line) => CODES.units.has(get(line, quantity(kind), '@_unitCode'))),
  ],
  [
    'BR-CL-25',
    ({ seller, buyer }) =>
      [seller, buyer].every(
        (one) =>
          !has(one, 'EndpointID') ||
          /^(00|01|02|98|99)\d\d$|^(AN|AQ|AS|AU|EM)$/.test(get(one, 'EndpointID', '@_schemeID')),
      ),
  ],
];

export const RULES: readonly Rule[] = [
  ...core,
  ...computed,
  ...decimals,
  ...(['S', 'AE', 'E', 'O'] as const).flatMap(categoryRules),
  ...identified,
  ...codes,
];

/** The ids of the rules that the document breaks. */
export function brokenRules(xml: string, rules: readonly Rule[] = RULES): string[] {
  const { root, kind } = readUbl(xml);
  const doc: Doc = {
    root,
    kind,
    lines: list(root, `${kind}Line`),
    seller: at(root, 'AccountingSupplierParty', 'Party') as Node,
    buyer: at(root, 'AccountingCustomerParty', 'Party') as Node,
    subtotals: list(list(root, 'TaxTotal')[0], 'TaxSubtotal'),
    sums: at(root, 'LegalMonetaryTotal') as Node,
  };
  return rules.filter(([, holds]) => !holds(doc)).map(([id]) => id);
}

function quantity(kind: 'Invoice' | 'CreditNote'): string {
  return kind === 'Invoice' ? 'InvoicedQuantity' : 'CreditedQuantity';
}

function inOrder(period: unknown): boolean {
  const [from, until] = [get(period, 'StartDate'), get(period, 'EndDate')];
  return from === '' || until === '' || from <= until;
}
