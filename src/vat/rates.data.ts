/**
 * Standard rates of VAT, in basis points, each from the day it began to apply. A desk, a room and a machine are
 * nowhere on a list of reduced rates; a country that had one would get its own row in place.data.ts.
 *
 * Sources: the Commission's "VAT rates applied in the Member States" (situation of 1 January of each year) for the
 * Union; the national acts named for what changed since, and for countries outside of it. A rate outside the Union
 * is to be confirmed by an adviser before anybody there is billed with it: `checked` says which ones were.
 */
export type DatedRate = { readonly from: string; readonly bps: number; readonly ref: string };

const DIRECTIVE = 'Directive 2006/112/EC, art. 96';

export const STANDARD_RATES: Readonly<Record<string, readonly DatedRate[]>> = {
  AT: [{ from: '1984-01-01', bps: 2000, ref: `${DIRECTIVE}; UStG § 10(1)` }],
  BE: [{ from: '1996-01-01', bps: 2100, ref: `${DIRECTIVE}; AR 20, art. 1` }],
  BG: [{ from: '1999-01-01', bps: 2000, ref: `${DIRECTIVE}; ZDDS art. 66(1)` }],
  CY: [{ from: '2014-01-13', bps: 1900, ref: `${DIRECTIVE}; Law 95(I)/2000, s. 17` }],
  CZ: [{ from: '2013-01-01', bps: 2100, ref: `${DIRECTIVE}; Act 235/2004, § 47` }],
  DE: [
    { from: '2007-01-01', bps: 1900, ref: `${DIRECTIVE}; UStG § 12(1)` },
    { from: '2020-07-01', bps: 1600, ref: 'UStG § 28(1), second half of 2020' },
    { from: '2021-01-01', bps: 1900, ref: `${DIRECTIVE}; UStG § 12(1)` },
  ],
  DK: [{ from: '1992-01-01', bps: 2500, ref: `${DIRECTIVE}; Momsloven § 33` }],
  EE: [
    { from: '2009-07-01', bps: 2000, ref: `${DIRECTIVE}; KMS § 15` },
    { from: '2024-01-01', bps: 2200, ref: 'KMS § 15 as of 1 January 2024' },
    { from: '2025-07-01', bps: 2400, ref: 'KMS § 15 as of 1 July 2025' },
  ],
  ES: [{ from: '2012-09-01', bps: 2100, ref: `${DIRECTIVE}; Ley 37/1992, art. 90` }],
  FI: [
    { from: '2013-01-01', bps: 2400, ref: `${DIRECTIVE}; AVL 84 §` },
    { from: '2024-09-01', bps: 2550, ref: 'AVL 84 § as of 1 September 2024' },
  ],
  FR: [
    { from: '2000-04-01', bps: 1960, ref: 'CGI, art. 278 as it stood until 2013' },
    { from: '2014-01-01', bps: 2000, ref: `${DIRECTIVE}; CGI, art. 278` },
  ],
  GR: [
    { from: '2010-07-01', bps: 2300, ref: `${DIRECTIVE}; Law 2859/2000, art. 21` },
    { from: '2016-06-01', bps: 2400, ref: 'Law 4389/2016, art. 52' },
  ],
  HR: [{ from: '2012-03-01', bps: 2500, ref: `${DIRECTIVE}; Zakon o PDV-u, čl. 38` }],
  HU: [{ from: '2012-01-01', bps: 2700, ref: `${DIRECTIVE}; Áfa tv. 82. §` }],
  IE: [
    { from: '2012-01-01', bps: 2300, ref: `${DIRECTIVE}; VATCA 2010, s. 46` },
    { from: '2020-09-01', bps: 2100, ref: 'Financial Provisions (Covid-19) (No. 2) Act 2020' },
    { from: '2021-03-01', bps: 2300, ref: `${DIRECTIVE}; VATCA 2010, s. 46` },
  ],
  IT: [{ from: '2013-10-01', bps: 2200, ref: `${DIRECTIVE}; DPR 633/1972, art. 16` }],
  LT: [{ from: '2009-09-01', bps: 2100, ref: `${DIRECTIVE}; PVM įst. 19 str.` }],
  LU: [
    { from: '2015-01-01', bps: 1700, ref: `${DIRECTIVE}; Loi TVA, art. 39` },
    { from: '2023-01-01', bps: 1600, ref: 'Loi du 26 octobre 2022' },
    { from: '2024-01-01', bps: 1700, ref: `${DIRECTIVE}; Loi TVA, art. 39` },
  ],
  LV: [{ from: '2012-07-01', bps: 2100, ref: `${DIRECTIVE}; PVN likums, 41. p.` }],
  MT: [{ from: '2004-01-01', bps: 1800, ref: `${DIRECTIVE}; VAT Act, Cap. 406` }],
  NL: [{ from: '2012-10-01', bps: 2100, ref: `${DIRECTIVE}; Wet OB 1968, art. 9` }],
  PL: [{ from: '2011-01-01', bps: 2300, ref: `${DIRECTIVE}; Ustawa o VAT, art. 41, 146ef` }],
  PT: [{ from: '2011-01-01', bps: 2300, ref: `${DIRECTIVE}; CIVA, art. 18` }],
  RO: [
    { from: '2016-01-01', bps: 2000, ref: `${DIRECTIVE}; Cod fiscal, art. 291` },
    { from: '2017-01-01', bps: 1900, ref: `${DIRECTIVE}; Cod fiscal, art. 291` },
    { from: '2025-08-01', bps: 2100, ref: 'Legea 141/2025' },
  ],
  SE: [{ from: '1990-07-01', bps: 2500, ref: `${DIRECTIVE}; ML 9 kap. 2 §` }],
  SI: [{ from: '2013-07-01', bps: 2200, ref: `${DIRECTIVE}; ZDDV-1, 41. čl.` }],
  SK: [
    { from: '2011-01-01', bps: 2000, ref: `${DIRECTIVE}; Zákon 222/2004, § 27` },
    { from: '2025-01-01', bps: 2300, ref: 'Zákon 278/2024' },
  ],
  // Outside the Union, around the sea.
  AL: [{ from: '2014-01-01', bps: 2000, ref: 'Ligj 92/2014, neni 49' }],
  BA: [{ from: '2006-01-01', bps: 1700, ref: 'Zakon o PDV-u, čl. 23' }],
  DZ: [{ from: '2017-01-01', bps: 1900, ref: 'Code des TCA, art. 21' }],
  EG: [{ from: '2017-07-01', bps: 1400, ref: 'Law 67/2016, art. 3' }],
  IL: [
    { from: '2015-10-01', bps: 1700, ref: 'VAT Law 1975, s. 2' },
    { from: '2025-01-01', bps: 1800, ref: 'VAT Order 2024' },
  ],
  MA: [{ from: '2006-01-01', bps: 2000, ref: 'CGI (Maroc), art. 98' }],
  MC: [{ from: '2014-01-01', bps: 2000, ref: 'Convention franco-monégasque; CTCA, art. 52' }],
  ME: [{ from: '2018-01-01', bps: 2100, ref: 'Zakon o PDV-u, čl. 24' }],
  MK: [{ from: '2001-01-01', bps: 1800, ref: 'ЗДДВ, чл. 29' }],
  RS: [{ from: '2012-10-01', bps: 2000, ref: 'Zakon o PDV-u, čl. 23' }],
  TN: [{ from: '2018-01-01', bps: 1900, ref: 'Loi de finances 2018, art. 43; Code de la TVA, art. 7' }],
  TR: [
    { from: '2007-01-01', bps: 1800, ref: 'KDVK 3065, md. 28' },
    { from: '2023-07-10', bps: 2000, ref: 'Cumhurbaşkanı Kararı 7346' },
  ],
};

export const UNION: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

/**
 * Parts of a Member State with a rate of their own, or outside the Union's VAT, by the beginning of their territory
 * code (NUTS 2024). Bps null: no VAT of the Union at all.
 */
export type Territory = {
  readonly code: string;
  readonly name: string;
  readonly from: string;
  readonly bps: number | null;
  readonly ref: string;
};
export const TERRITORIES: readonly Territory[] = [
  {
    code: 'ES70',
    name: 'Canary Islands',
    from: '1993-01-01',
    bps: null,
    ref: 'Directive 2006/112/EC, art. 6(1)(b)',
  },
  { code: 'ES63', name: 'Ceuta', from: '1993-01-01', bps: null, ref: 'Directive 2006/112/EC, art. 6(2)(c)' },
  {
    code: 'ES64',
    name: 'Melilla',
    from: '1993-01-01',
    bps: null,
    ref: 'Directive 2006/112/EC, art. 6(2)(d)',
  },
  { code: 'FRY1', name: 'Guadeloupe', from: '2014-01-01', bps: 850, ref: 'CGI, art. 296' },
  { code: 'FRY2', name: 'Martinique', from: '2014-01-01', bps: 850, ref: 'CGI, art. 296' },
  { code: 'FRY3', name: 'Guyane', from: '2014-01-01', bps: null, ref: 'CGI, art. 294' },
  { code: 'FRY4', name: 'La Réunion', from: '2014-01-01', bps: 850, ref: 'CGI, art. 296' },
  { code: 'FRY5', name: 'Mayotte', from: '2014-01-01', bps: null, ref: 'CGI, art. 294' },
  { code: 'PT20', name: 'Açores', from: '2021-07-01', bps: 1600, ref: 'CIVA, art. 18(3)(a)' },
  { code: 'PT30', name: 'Madeira', from: '2012-04-01', bps: 2200, ref: 'CIVA, art. 18(3)(b)' },
];
