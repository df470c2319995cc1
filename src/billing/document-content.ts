import type { Unit } from '../kernel/money.js';
import type { Language } from '../kernel/wire.js';
import {
  MENTION_WORDS,
  type Mention,
  type VatCategory,
  type VatDecision,
  type VatInputs,
} from '../vat/index.js';
import type { DocumentCharge, DocumentLine } from './document.schema.js';
import type { EInvoice, ELine, EParty, TypeCode } from './en16931/e-invoice.js';
import { netWithin, sum, taxesOf } from './en16931/totals.js';
import { LINE_WORDS } from './document-words.js';

/** What a decision was made from, and what was decided: beside the document, and the same for each of its lines. */
export type DecidedVat = { readonly inputs: VatInputs | null; readonly decision: VatDecision };

export type ContentOrder = {
  readonly typeCode: TypeCode;
  readonly issueDay: string;
  readonly dueDay: string;
  readonly unit: Unit;
  readonly language: Language;
  readonly seller: EParty;
  readonly buyer: EParty;
  readonly buyerReference: string | null;
  readonly orderNumber: string | null;
  readonly refersTo: readonly string[];
  readonly vat: DecidedVat;
  readonly selfBilled: boolean;
};

/** Everything but the number, which the series gives. */
export type DocumentContent = Omit<EInvoice, 'number'> & { readonly language: Language };

/** Of visits and charges at net prices; the VAT is the document's, as its order says. */
export function contentOf(
  order: ContentOrder,
  lines: readonly DocumentLine[],
  charges: readonly DocumentCharge[],
): DocumentContent {
  const words = LINE_WORDS[order.language];
  const { category, rateBps } = order.vat.decision;
  const visits = lines.map((line): Omit<ELine, 'id'> => ({
    name: words.visit,
    description: line.visitId,
    quantityHundredths: line.halfDays * 50,
    unitCode: 'DAY',
    priceMinor: line.rateMinor * 2,
    netMinor: line.amountMinor,
    category,
    rateBps,
    day: line.day,
  }));
  const beside = charges.map((charge): Omit<ELine, 'id'> => ({
    name: words[charge.kind],
    description: charge.note || null,
    quantityHundredths: 100,
    unitCode: 'C62',
    priceMinor: charge.amountMinor,
    netMinor: charge.amountMinor,
    category,
    rateBps,
    day: charge.day,
  }));
  const numbered = [...visits, ...beside].map((line, place): ELine => ({ id: String(place + 1), ...line }));
  return totalled(order, numbered, 0);
}

export type ProgrammeDays = {
  readonly programme: string;
  readonly lines: readonly {
    readonly month: string;
    /** Empty: several places with too few persons to be named. */
    readonly place: string;
    readonly halfDays: number;
    readonly amountMinor: number;
  }[];
};

/** Of days that a sponsor pays for, by month and place, without persons. */
export function contentOfDays(order: ContentOrder, { programme, lines }: ProgrammeDays): DocumentContent {
  const words = LINE_WORDS[order.language];
  const { category, rateBps } = order.vat.decision;
  const numbered = lines.map(({ month, place, halfDays, amountMinor }, index): ELine => ({
    id: String(index + 1),
    name: words.sponsored,
    description: `${programme} · ${month} · ${place || words.otherPlaces}`,
    quantityHundredths: halfDays * 50,
    unitCode: 'DAY',
    priceMinor: (amountMinor * 2) / halfDays,
    netMinor: amountMinor,
    category,
    rateBps,
    day: null,
  }));
  return totalled(order, numbered, 0);
}

/** Of one thing at a price that contains its VAT: a pass. */
export function contentWithin(
  order: ContentOrder,
  sold: { name: string; grossMinor: number },
): DocumentContent {
  const { category, rateBps } = order.vat.decision;
  const { netMinor, roundingMinor } = netWithin(sold.grossMinor, rateBps);
  const line: ELine = {
    id: '1',
    name: sold.name,
    description: null,
    quantityHundredths: 100,
    unitCode: 'C62',
    priceMinor: netMinor,
    netMinor,
    category,
    rateBps,
    day: null,
  };
  return totalled(order, [line], roundingMinor);
}

function totalled(order: ContentOrder, lines: readonly ELine[], roundingMinor: number): DocumentContent {
  const { vat, unit, selfBilled, ...rest } = order;
  const { language } = rest;
  const { mention, why } = vat.decision;
  const reason = mention === null ? null : MENTION_WORDS[mention][language];
  const taxes = taxesOf(lines, (category) => ({ reason, reasonCode: reasonCode(category, mention, why) }));
  const netMinor = sum(lines.map((line) => line.netMinor));
  const taxMinor = sum(taxes.map((tax) => tax.taxMinor));
  return {
    ...rest,
    currency: unit,
    notes: [reason, selfBilled ? MENTION_WORDS.SELF_BILLING[language] : null].filter((note) => note !== null),
    iban: null,
    lines,
    taxes,
    netMinor,
    taxMinor,
    roundingMinor,
    payableMinor: netMinor + taxMinor + roundingMinor,
  };
}

/** From the code list of exemption reasons; where it has no code of ours, the words say it alone. */
function reasonCode(category: VatCategory, mention: Mention | null, why: VatDecision['why']): string | null {
  if (category === 'AE') return 'VATEX-EU-AE';
  if (category === 'O') return 'VATEX-EU-O';
  if (mention === 'SME_DOMESTIC' && why.some(({ ref }) => ref === 'CGI, art. 293 B'))
    return 'VATEX-FR-FRANCHISE';
  if (mention === 'NON_PROFIT_EXEMPT') return 'VATEX-EU-132-1L';
  return null;
}
