import { UNITS } from '../kernel/money.js';
import type { Language } from '../kernel/wire.js';
import { daysText, percentText, type EInvoice, type EParty } from './en16931/e-invoice.js';
import { PAPER_WORDS, type PaperWords } from './paper-words.js';

/** One page or more; figures stay left to right, whatever the direction of the text. */
export const DOCUMENT_SOURCE = `
#let doc = json(bytes(sys.inputs.data))
#let ink = rgb("#52635F")
#let figure-of(value) = text(dir: ltr, value)
#set document(title: doc.title)
#set page(paper: "a4", margin: (x: 20mm, top: 20mm, bottom: 22mm), footer: context align(center, text(size: 8pt, fill: ink, figure-of(doc.number + "  ·  " + str(counter(page).get().first()) + " / " + str(counter(page).final().first())))))
#set text(font: ("Commissioner", "Readex Pro"), size: 9.5pt, lang: doc.lang, dir: if doc.dir == "rtl" { rtl } else { ltr })
#grid(columns: (1fr, auto), align: (start, end),
  text(fill: rgb("#0B5C6B"), size: 16pt, weight: "bold", "Escale"),
  [#text(size: 15pt, weight: "bold", doc.title) \\ #figure-of(doc.number)#metadata(doc.number) <fact>],
)
#v(7mm)
#grid(columns: (1fr, 1fr), column-gutter: 10mm,
  ..doc.parties.map(party => block[
    #text(fill: ink, size: 8pt, party.label) \\ #text(weight: "semibold", party.name)
    #for line in party.lines [ \\ #line]
  ]))
#v(5mm)
#grid(columns: (auto, 1fr), column-gutter: 6mm, row-gutter: 2mm,
  ..doc.facts.map(((label, value)) => (text(fill: ink, label), figure-of(value))).flatten())
#v(6mm)
#table(columns: (1fr, auto, auto, auto, auto), stroke: none, inset: (x: 3pt, y: 5pt), align: (start, end, end, end, end),
  table.header(..doc.columns.map(name => text(fill: ink, size: 8pt, name))),
  table.hline(stroke: 0.6pt + ink),
  ..doc.rows.map(row => ([#row.name#if row.day != "" [ #text(fill: ink, figure-of(row.day))]], ..row.cells.map(figure-of))).flatten(),
  table.hline(stroke: 0.6pt + ink))
#align(end, grid(columns: (auto, auto), column-gutter: 8mm, row-gutter: 2.5mm, align: (start, end),
  ..doc.totals.map(((label, value)) => (text(label), [#figure-of(value)#metadata(value) <total>])).flatten(),
  text(weight: "bold", doc.payable.first()), text(weight: "bold", figure-of(doc.payable.last()))))
#v(6mm)
#for note in doc.notes [#par(note)]
`;

export type PaperOf = {
  readonly invoice: EInvoice;
  readonly language: Language;
  readonly kind: 'INVOICE' | 'CREDIT_NOTE' | 'RECEIPT';
};

/** What the page says, in the document's language. */
export function paperOf({ invoice, language, kind }: PaperOf) {
  const words = PAPER_WORDS[language];
  const money = (minor: number) => amountOnPaper(invoice, minor);
  const facts: [string, string][] = [
    [words.issued, invoice.issueDay],
    ...(kind === 'INVOICE' ? [[words.due, invoice.dueDay] as [string, string]] : []),
    ...pair(words.refersTo, invoice.refersTo.join(', ')),
    ...pair(words.order, invoice.orderNumber),
    ...pair(words.reference, invoice.buyerReference),
  ];
  return {
    lang: language,
    dir: language === 'ar' ? 'rtl' : 'ltr',
    title: words.titles[kind],
    number: invoice.number,
    parties: [onPaper(words.seller, invoice.seller), onPaper(words.buyer, invoice.buyer)],
    facts,
    columns: [words.what, words.quantity, words.price, words.vat, words.net],
    rows: invoice.lines.map((line) => ({
      name: line.name,
      day: line.day ?? '',
      cells: [
        daysText(line.quantityHundredths),
        money(line.priceMinor),
        line.category === 'S' ? `${percentText(line.rateBps)} %` : '–',
        money(line.netMinor),
      ],
    })),
    totals: totals(invoice, words),
    payable: [words.payable, money(invoice.payableMinor)],
    notes: invoice.notes,
  };
}

function totals(invoice: EInvoice, words: PaperWords): [string, string][] {
  const vat = invoice.taxes.map((tax): [string, string] => [
    tax.category === 'S' ? `${words.vat} ${percentText(tax.rateBps)} %` : words.vat,
    amountOnPaper(invoice, tax.taxMinor),
  ]);
  const rounding: [string, string][] =
    invoice.roundingMinor === 0 ? [] : [[words.rounding, amountOnPaper(invoice, invoice.roundingMinor)]];
  return [[words.net, amountOnPaper(invoice, invoice.netMinor)], ...vat, ...rounding];
}

/** With all the decimals of its currency, which paper has room for. */
function amountOnPaper({ currency }: EInvoice, minor: number): string {
  const { scale } = UNITS[currency];
  const digits = String(Math.abs(minor)).padStart(scale + 1, '0');
  const [whole, fraction] = [digits.slice(0, digits.length - scale), digits.slice(digits.length - scale)];
  return `${minor < 0 ? '-' : ''}${whole}.${fraction} ${currency}`;
}

function onPaper(label: string, party: EParty) {
  const place = [party.postcode, party.city].filter((part) => part !== null).join(' ');
  const numbers = [party.registration?.id, party.vatNumber ?? party.taxNumber];
  return {
    label,
    name: party.name,
    lines: [party.street, place, party.country, ...numbers].filter(
      (line) => line !== null && line !== undefined && line !== '',
    ),
  };
}

function pair(label: string, value: string | null): [string, string][] {
  return value ? [[label, value]] : [];
}
