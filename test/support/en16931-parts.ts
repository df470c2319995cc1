/** The parts of a document that rules speak of. */
import { at, get, list, type Node } from './read-ubl.js';

export type Doc = {
  readonly root: Node;
  readonly kind: 'Invoice' | 'CreditNote';
  readonly lines: readonly Node[];
  readonly seller: Node;
  readonly buyer: Node;
  readonly subtotals: readonly Node[];
  readonly sums: Node;
};
export type Rule = readonly [id: string, holds: (doc: Doc) => boolean];

export const lineCategory = (line: Node) => list(at(line, 'Item'), 'ClassifiedTaxCategory')[0];
export const vatOf = (party: Node) =>
  list(party, 'PartyTaxScheme').find((scheme) => get(scheme, 'TaxScheme', 'ID') === 'VAT');
export const taxOf = (party: Node) =>
  list(party, 'PartyTaxScheme').find((scheme) => get(scheme, 'TaxScheme', 'ID') !== 'VAT');
export const has = (node: unknown, ...path: string[]) => get(node, ...path) !== '';
export const charges = (doc: Doc) => list(doc.root, 'AllowanceCharge');
