import { XMLParser } from 'fast-xml-parser';

/** UBL as it is written, for checking it: elements without prefixes, amounts as whole numbers. */

export type Node = { readonly [name: string]: unknown };
const ARRAYS = new Set(
  (
    'InvoiceLine CreditNoteLine TaxSubtotal TaxTotal PartyTaxScheme PaymentMeans BillingReference AllowanceCharge Note ' +
    'PartyIdentification PaymentTerms Delivery ClassifiedTaxCategory'
  ).split(' '),
);

export function readUbl(xml: string): { kind: 'Invoice' | 'CreditNote'; root: Node } {
  const parser = new XMLParser({
    ignoreAttributes: false,
    removeNSPrefix: true,
    parseTagValue: false,
    isArray: (name) => ARRAYS.has(name),
  });
  const document = parser.parse(xml) as Node;
  const kind = 'Invoice' in document ? 'Invoice' : 'CreditNote';
  return { kind, root: document[kind] as Node };
}

export const at = (node: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((found, name) => (found as Node | undefined)?.[name], node);
export const list = (node: unknown, name: string): Node[] => (at(node, name) as Node[] | undefined) ?? [];
const text = (value: unknown): string => {
  const said = typeof value === 'object' && value !== null ? (value as Node)['#text'] : value;
  return typeof said === 'string' ? said.trim() : '';
};
export const get = (node: unknown, ...path: string[]) => text(at(node, ...path));

export const SCALE = 8;
/** As a whole number of 10⁻⁸: amounts are compared, never approximated. */
export function decimal(value: string): bigint {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  if (whole === undefined) return 0n;
  const digits = BigInt(whole + fraction.padEnd(SCALE, '0').slice(0, SCALE));
  return sign ? -digits : digits;
}
const CENT = 10n ** BigInt(SCALE - 2);
const abs = (value: bigint) => (value < 0n ? -value : value);
export const cents = (value: bigint) =>
  ((abs(value) * 2n + CENT) / (2n * CENT)) * CENT * (value < 0n ? -1n : 1n);
export const total = (values: readonly bigint[]) => values.reduce((sum, value) => sum + value, 0n);
export const num = (node: unknown, ...path: string[]) => decimal(get(node, ...path));
export const isTwoDecimals = (value: string) => (value.split('.')[1] ?? '').length <= 2;
