import { UNITS, type Unit } from '../../kernel/money.js';
import type { VatCategory } from '../../vat/index.js';

/** UNCL 1001: invoice, credit note, and both issued in the seller's name by whoever buys. */
export type TypeCode = '380' | '381' | '389' | '261';

export type EParty = {
  readonly name: string;
  readonly street: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly country: string;
  readonly email: string | null;
  readonly vatNumber: string | null;
  /** A number of the tax office that is no VAT number, of those who are exempt. */
  readonly taxNumber: string | null;
  readonly registration: { readonly id: string; readonly scheme: string | null } | null;
  /** Where e-invoices are delivered: EAS scheme and id (0204 Leitweg, 0009 SIRET, 9957 FR VAT …). */
  readonly endpoint: { readonly id: string; readonly scheme: string } | null;
};

export type ELine = {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** In hundredths of the unit: half a day is 50. */
  readonly quantityHundredths: number;
  /** UN/ECE recommendation 20. */
  readonly unitCode: 'DAY' | 'C62';
  readonly priceMinor: number;
  readonly netMinor: number;
  readonly category: VatCategory;
  readonly rateBps: number;
  readonly day: string | null;
};

export type ETax = {
  readonly category: VatCategory;
  readonly rateBps: number;
  readonly taxableMinor: number;
  readonly taxMinor: number;
  readonly reason: string | null;
  readonly reasonCode: string | null;
};

/** A document as EN 16931 understands it, frozen when it is issued. Amounts are whole minor units of one currency. */
export type EInvoice = {
  readonly typeCode: TypeCode;
  readonly number: string;
  readonly issueDay: string;
  readonly dueDay: string;
  readonly currency: Unit;
  readonly notes: readonly string[];
  readonly buyerReference: string | null;
  readonly orderNumber: string | null;
  readonly refersTo: readonly string[];
  readonly seller: EParty;
  readonly buyer: EParty;
  readonly iban: string | null;
  readonly lines: readonly ELine[];
  readonly taxes: readonly ETax[];
  readonly netMinor: number;
  readonly taxMinor: number;
  /** What a price that contained its VAT differs by from net and VAT added up. */
  readonly roundingMinor: number;
  readonly payableMinor: number;
};

const HUNDRED = 100;

export function isCredit({ typeCode }: Pick<EInvoice, 'typeCode'>): boolean {
  return typeCode === '381' || typeCode === '261';
}

/** EN 16931 knows two decimals: an amount in a currency of three has to end in zero. */
export function isTwoDecimal(unit: Unit, minor: number): boolean {
  const { scale } = UNITS[unit];
  return scale <= 2 || minor % 10 ** (scale - 2) === 0;
}

/** With exactly two decimals. */
export function amountText(unit: Unit, minor: number): string {
  const hundredths = Math.round(minor / 10 ** (UNITS[unit].scale - 2)); // exact: see isTwoDecimal
  return hundredthsText(hundredths);
}

export function hundredthsText(hundredths: number): string {
  const digits = String(Math.abs(hundredths)).padStart(3, '0');
  return `${hundredths < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** "20.00" of 2000 basis points. */
export function percentText(bps: number): string {
  return hundredthsText(bps);
}

export function daysText(quantityHundredths: number): string {
  return quantityHundredths % HUNDRED === 0
    ? String(quantityHundredths / HUNDRED)
    : hundredthsText(quantityHundredths);
}

/**
 * What keeps a document from being an e-invoice, as the names of what is missing. The rules of EN 16931 that a
 * document of ours could break by what a party has not told us; the others hold by how documents are made.
 */
export function missingFor(invoice: EInvoice): string[] {
  const { seller, buyer, taxes, currency } = invoice;
  const categories = new Set(taxes.map(({ category }) => category));
  const missing: string[] = [];
  const need = (isThere: boolean, name: string) => {
    if (!isThere) missing.push(name);
  };
  const taxed = categories.has('S') || categories.has('AE') || categories.has('E');
  need(!taxed || seller.vatNumber !== null || seller.taxNumber !== null, 'seller.vatNumber'); // BR-S-02, AE-02, E-02
  need(!categories.has('AE') || buyer.vatNumber !== null || buyer.registration !== null, 'buyer.vatNumber');
  need(seller.vatNumber !== null || seller.registration !== null, 'seller.registration'); // BR-CO-26
  need(!categories.has('O') || seller.registration !== null, 'seller.registration'); // BR-O-02 takes the VAT number
  const amounts = [
    invoice.netMinor,
    invoice.taxMinor,
    invoice.payableMinor,
    ...invoice.lines.map((line) => line.netMinor),
  ];
  need(
    amounts.every((minor) => isTwoDecimal(currency, minor)),
    'amounts of two decimals',
  ); // BR-DEC
  return [...new Set(missing)];
}
