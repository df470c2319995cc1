/** A statement to print: who, what each unit comes to, and its rows. Numbers stay left to right in every language. */
import { amount, decimalText, type Unit } from '../kernel/money.js';
import { Temporal } from '../kernel/time.js';
import type { Language } from '../kernel/wire.js';
import type { Item, Summed } from './export-rows.js';
import type { ControlSum } from './export.schema.js';
import { STATEMENT_WORDS } from './statement-words.js';

export const STATEMENT_SOURCE = `
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set page(paper: "a4", margin: (x: 18mm, y: 20mm), footer: context align(center,
  text(size: 8pt, fill: rgb("#52635F"), dir: ltr, data.footer + "  ·  " + counter(page).display("1 / 1", both: true))))
#set text(font: ("Commissioner", "Readex Pro"), size: 9.5pt, lang: data.lang, dir: if data.dir == "rtl" { rtl } else { ltr })
#let number(value) = [#text(dir: ltr, value)#metadata(value) <amount>]
#block(below: 6mm, text(fill: rgb("#0B5C6B"), size: 16pt, weight: "bold", "Escale"))
#block(below: 5mm, text(size: 18pt, weight: "bold", data.title))
#grid(columns: (42mm, 1fr), row-gutter: 2.6mm, ..data.facts.map(((label, value)) => (
  text(fill: rgb("#52635F"), label), [#text(weight: "semibold", value)#metadata(value) <fact>])).flatten())
#for section in data.sections {
  block(above: 8mm, below: 3mm, text(size: 12pt, weight: "bold", section.title))
  if section.rows.len() == 0 { text(fill: rgb("#52635F"), data.empty) } else {
    table(
      columns: section.columns.map(column => if column.number { auto } else { 1fr }),
      align: section.columns.map(column => if column.number { end } else { start }),
      stroke: (x: none, y: 0.4pt + rgb("#D7E0DD")), inset: (x: 2mm, y: 1.6mm),
      table.header(..section.columns.map(column => text(weight: "semibold", fill: rgb("#52635F"), column.name))),
      ..section.rows.flatten().enumerate().map(((at, value)) =>
        if section.columns.at(calc.rem(at, section.columns.len())).number { number(value) } else { value })
    )
  }
}
#block(above: 8mm, [#text(fill: rgb("#52635F"), data.control) \\ #for sum in data.sums [#number(sum) \\ ]])
`;

type Column = { readonly name: string; readonly number: boolean };
type Section = { readonly title: string; readonly columns: readonly Column[]; readonly rows: string[][] };
export type StatementFacts = {
  readonly language: Language;
  readonly party: string;
  readonly network: string;
  readonly window: { readonly number: number; readonly fromDay: string; readonly untilDay: string };
  readonly totals: readonly ControlSum[];
  readonly controlSums: readonly ControlSum[];
  /** Whole, so that a page that lost its first one is still known. */
  readonly exportId: string;
};

export function statementData(facts: StatementFacts, rows: { items: Item[] } | { claims: Summed[] }) {
  const { language, party, network, window, totals, controlSums, exportId } = facts;
  const words = STATEMENT_WORDS[language];
  const day = dayFormat(language);
  return {
    lang: language,
    dir: language === 'ar' ? 'rtl' : 'ltr',
    title: `${words.title} – ${party}`,
    footer: exportId,
    facts: [
      [words.party, party],
      [words.network, network],
      [words.window, String(window.number)],
      [words.period, `${day(window.fromDay)} – ${day(window.untilDay)}`],
    ],
    sections: [
      sumsSection(words.totals, language, totals),
      'items' in rows ? itemsSection(language, rows.items) : claimsSection(language, rows.claims),
    ],
    empty: words.empty,
    control: words.control,
    sums: controlSums.map(({ unit, receivesMinor, paysMinor }) =>
      [
        `${words.receives}: ${money(language, unit, receivesMinor)}`,
        `${words.pays}: ${money(language, unit, paysMinor)}`,
      ].join('   '),
    ),
  };
}

function sumsSection(title: string, language: Language, sums: readonly ControlSum[]): Section {
  const { receives, pays, net } = STATEMENT_WORDS[language];
  return {
    title,
    columns: [receives, pays, net].map((name) => ({ name, number: true })),
    rows: sums.map(({ unit, receivesMinor, paysMinor }) =>
      [receivesMinor, paysMinor, receivesMinor - paysMinor].map((minor) => money(language, unit, minor)),
    ),
  };
}

function claimsSection(language: Language, claims: readonly Summed[]): Section {
  const { columns, counterparties, ...words } = STATEMENT_WORDS[language];
  return {
    title: counterparties,
    columns: [
      { name: columns.counterparty, number: false },
      { name: columns.direction, number: false },
      { name: columns.visits, number: true },
      { name: columns.halfDays, number: true },
      { name: columns.charges, number: true },
      { name: columns.amount, number: true },
    ],
    rows: claims.map((claim) => [
      claim.counterparty.name,
      claim.direction === 'RECEIVES' ? words.receives : words.pays,
      String(claim.lines),
      String(claim.halfDays),
      money(language, claim.unit, claim.chargesMinor),
      money(language, claim.unit, claim.linesMinor + claim.chargesMinor),
    ]),
  };
}

function itemsSection(language: Language, items: readonly Item[]): Section {
  const { columns, kinds, ...words } = STATEMENT_WORDS[language];
  const day = dayFormat(language);
  return {
    title: words.items,
    columns: [
      { name: columns.day, number: false },
      { name: columns.kind, number: false },
      { name: columns.counterparty, number: false },
      { name: columns.direction, number: false },
      { name: columns.halfDays, number: true },
      { name: columns.rate, number: true },
      { name: columns.amount, number: true },
    ],
    rows: items.map((item) => [
      item.day === '' ? '' : day(item.day),
      kinds[item.kind] ?? item.kind,
      item.counterparty.name,
      item.direction === 'RECEIVES' ? words.receives : words.pays,
      item.halfDays === null ? '' : String(item.halfDays),
      item.rateMinor === null ? '' : money(language, item.unit, item.rateMinor),
      money(language, item.unit, item.minor),
    ]),
  };
}

/** Digits of our own, so that no amount passes through a float; the separators are the language's. */
export function money(language: Language, unit: Unit, minor: number): string {
  const text = decimalText(amount(unit, minor));
  const shown = new Intl.NumberFormat(`${language}-u-nu-latn`, {
    minimumFractionDigits: text.split('.')[1]?.length ?? 0,
  }).format(text as `${number}`);
  return unit === 'HALF_DAY' ? `${shown} ${STATEMENT_WORDS[language].halfDaysUnit}` : `${shown} ${unit}`;
}

function dayFormat(language: Language): (day: string) => string {
  return (day) =>
    Temporal.PlainDate.from(day).toLocaleString(`${language}-u-nu-latn-ca-gregory`, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    });
}
