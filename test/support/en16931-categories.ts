/** The rules that each VAT category repeats, and who has to be identified in it. */
import { charges, has, lineCategory, taxOf, vatOf, type Doc, type Rule } from './en16931-parts.js';
import { at, decimal, get, num, total, type Node } from './read-ubl.js';

const inCategory = (doc: Doc, id: string) => ({
  lines: doc.lines.filter((line) => get(lineCategory(line), 'ID') === id),
  taxes: doc.subtotals.filter((one) => get(one, 'TaxCategory', 'ID') === id),
  charges: charges(doc).filter((one) => get(one, 'TaxCategory', 'ID') === id),
});
const sold = (doc: Doc, id: string, percent: string | null) => {
  const ofRate = (node: unknown) => percent === null || decimal(get(node, 'Percent')) === decimal(percent);
  const { lines, charges: extra } = inCategory(doc, id);
  const signed = extra
    .filter((one) => ofRate(at(one, 'TaxCategory')))
    .map((one) => (get(one, 'ChargeIndicator') === 'true' ? 1n : -1n) * num(one, 'Amount'));
  return total([
    ...lines.filter((line) => ofRate(lineCategory(line))).map((line) => num(line, 'LineExtensionAmount')),
    ...signed,
  ]);
};
const isReasoned = (one: Node) =>
  has(one, 'TaxCategory', 'TaxExemptionReason') || has(one, 'TaxCategory', 'TaxExemptionReasonCode');

/** The eight or more rules that each category repeats, under its own prefix. */
export function categoryRules(id: 'S' | 'AE' | 'E' | 'O'): Rule[] {
  const touched = (doc: Doc) => inCategory(doc, id).lines.length + inCategory(doc, id).charges.length > 0;
  const prefix = `BR-${id}`;
  const rules: Rule[] = [
    [
      `${prefix}-01`,
      (doc) =>
        !touched(doc) ||
        (id === 'S' ? inCategory(doc, id).taxes.length > 0 : inCategory(doc, id).taxes.length === 1),
    ],
    [
      `${prefix}-08`,
      (doc) =>
        inCategory(doc, id).taxes.every(
          (one) =>
            num(one, 'TaxableAmount') ===
            sold(doc, id, id === 'S' ? get(one, 'TaxCategory', 'Percent') : null),
        ),
    ],
    [`${prefix}-10`, (doc) => inCategory(doc, id).taxes.every((one) => isReasoned(one) === (id !== 'S'))],
  ];
  const taxed: Rule = [
    `${prefix}-09`,
    (doc) =>
      inCategory(doc, id).taxes.every((one) =>
        id === 'S' ? num(one, 'TaxCategory', 'Percent') > 0n : num(one, 'TaxAmount') === 0n,
      ),
  ];
  const rate: Rule = [
    `${prefix}-05`,
    (doc) =>
      inCategory(doc, id).lines.every((line) => {
        const percent = get(lineCategory(line), 'Percent');
        if (id === 'O') return percent === '';
        return id === 'S' ? decimal(percent) > 0n : percent !== '' && decimal(percent) === 0n;
      }),
  ];
  return [...rules, taxed, rate];
}

export const identified: Rule[] = [
  [
    'BR-S-02',
    (doc) =>
      inCategory(doc, 'S').lines.length === 0 ||
      Boolean(vatOf(doc.seller) ?? taxOf(doc.seller) ?? at(doc.root, 'TaxRepresentativeParty')),
  ],
  [
    'BR-E-02',
    (doc) => inCategory(doc, 'E').lines.length === 0 || Boolean(vatOf(doc.seller) ?? taxOf(doc.seller)),
  ],
  [
    'BR-AE-02',
    (doc) =>
      inCategory(doc, 'AE').lines.length === 0 ||
      (Boolean(vatOf(doc.seller) ?? taxOf(doc.seller)) &&
        (Boolean(vatOf(doc.buyer)) || has(doc.buyer, 'PartyLegalEntity', 'CompanyID'))),
  ],
  ['BR-O-02', (doc) => inCategory(doc, 'O').lines.length === 0 || (!vatOf(doc.seller) && !vatOf(doc.buyer))],
  ['BR-O-11', (doc) => inCategory(doc, 'O').taxes.length === 0 || doc.subtotals.length === 1],
  [
    'BR-O-12',
    (doc) =>
      inCategory(doc, 'O').taxes.length === 0 ||
      doc.lines.every((line) => get(lineCategory(line), 'ID') === 'O'),
  ],
];
