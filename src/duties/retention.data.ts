/**
 * How long records are kept, by country and kind, with the provision. `years` null: not established; the longest
 * period that is known is kept until an adviser says otherwise. A person's right to be forgotten does not reach what
 * the law has kept (Regulation (EU) 2016/679, art. 17(3)(b)): their visits lose the name, the documents stay.
 * `*` is every country that has no row of its own. `checked`: whether an adviser has confirmed it.
 */
export type RetentionRule = {
  readonly country: string;
  readonly record: RetainedRecord;
  readonly years: number | null;
  readonly months: number | null;
  /** What the period is counted from. */
  readonly from: 'END_OF_YEAR' | 'CREATION';
  readonly ref: string;
  readonly checked: boolean;
};
export const RETAINED_RECORDS = [
  'DOCUMENT',
  'BOOK_ENTRY',
  'USAGE_RECORD',
  'ACCESS_LOG',
  'SELLER_PROFILE',
  'MAIL',
] as const;
export type RetainedRecord = (typeof RETAINED_RECORDS)[number];

const years = (
  country: string,
  record: RetainedRecord,
  count: number | null,
  ref: string,
): RetentionRule => ({
  country,
  record,
  years: count,
  months: null,
  from: 'END_OF_YEAR',
  ref,
  checked: false,
});
const months = (record: RetainedRecord, count: number, ref: string): RetentionRule => ({
  country: '*',
  record,
  years: null,
  months: count,
  from: 'CREATION',
  ref,
  checked: false,
});

const LEFT_TO_STATES = 'Directive 2006/112/EC, art. 247: each Member State determines the period';

export const RETENTION_RULES: readonly RetentionRule[] = [
  years('FR', 'DOCUMENT', 10, 'Code de commerce, art. L123-22'),
  years('FR', 'BOOK_ENTRY', 10, 'Code de commerce, art. L123-22'),
  years('IT', 'DOCUMENT', 10, 'Codice civile, art. 2220'),
  years('IT', 'BOOK_ENTRY', 10, 'Codice civile, art. 2220'),
  years('ES', 'DOCUMENT', 6, 'Código de Comercio, art. 30; four years for tax alone (Ley 58/2003, art. 66)'),
  years('ES', 'BOOK_ENTRY', 6, 'Código de Comercio, art. 30'),
  years('*', 'DOCUMENT', null, LEFT_TO_STATES),
  years('*', 'BOOK_ENTRY', null, LEFT_TO_STATES),
  years(
    '*',
    'USAGE_RECORD',
    null,
    'As the document that bills it; without the name once its window is settled',
  ),
  years('*', 'SELLER_PROFILE', 10, 'Directive 2011/16/EU, Annex V, section IV.B: from five to ten years'),
  months('ACCESS_LOG', 3, 'CNIL, example notice for visitors’ logs: three months'),
  months('MAIL', 1, 'Regulation (EU) 2016/679, art. 5(1)(e): a sent mail has no further purpose'),
];

/** Where nothing is established, the longest that is. */
export const LONGEST_KNOWN_YEARS = 10;

/** The row of that country, else the one of every country, with the years that are really kept. */
export function retentionIn(country: string): (RetentionRule & { readonly keptYears: number | null })[] {
  return RETAINED_RECORDS.map((record) => {
    const rows = RETENTION_RULES.filter((rule) => rule.record === record);
    const rule = rows.find((row) => row.country === country) ?? rows.find((row) => row.country === '*')!;
    return { ...rule, keptYears: rule.months === null ? (rule.years ?? LONGEST_KNOWN_YEARS) : null };
  });
}
