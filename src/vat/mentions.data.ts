import type { Language } from '../kernel/wire.js';

/** What an invoice has to say beside its figures. */
export const MENTIONS = [
  'REVERSE_CHARGE',
  'SELF_BILLING',
  'EXEMPT_LETTING',
  'SME_DOMESTIC',
  'SME_CROSS_BORDER',
  'NON_PROFIT_EXEMPT',
  'OUTSIDE_UNION',
  'VOUCHER_SALE',
] as const;
export type Mention = (typeof MENTIONS)[number];

/**
 * In the document's language. The words of "Reverse charge" and "Self-billing" are those of the directive's own
 * language versions (art. 226, points 11a and 10a); the Arabic ones are ours.
 */
export const MENTION_WORDS: Readonly<Record<Mention, Readonly<Record<Language, string>>>> = {
  REVERSE_CHARGE: {
    en: 'Reverse charge',
    fr: 'Autoliquidation',
    es: 'Inversión del sujeto pasivo',
    it: 'Inversione contabile',
    ar: 'الاحتساب العكسي للضريبة',
  },
  SELF_BILLING: {
    en: 'Self-billing',
    fr: 'Autofacturation',
    es: 'Facturación por el destinatario',
    it: 'Autofatturazione',
    ar: 'فوترة ذاتية من المشتري',
  },
  EXEMPT_LETTING: {
    en: 'Exempt: letting of immovable property',
    fr: 'Exonéré : location de biens immeubles',
    es: 'Exento: arrendamiento de bienes inmuebles',
    it: 'Esente: locazione di beni immobili',
    ar: 'معفى: تأجير عقارات',
  },
  SME_DOMESTIC: {
    en: 'Exempt: small enterprise',
    fr: 'TVA non applicable : franchise des petites entreprises',
    es: 'Exento: franquicia de pequeñas empresas',
    it: 'Esente: regime di franchigia per le piccole imprese',
    ar: 'معفى: نظام المنشآت الصغيرة',
  },
  SME_CROSS_BORDER: {
    en: 'Exempt: small enterprise of another Member State',
    fr: 'TVA non applicable : franchise des petites entreprises d’un autre État membre',
    es: 'Exento: franquicia de pequeñas empresas de otro Estado miembro',
    it: 'Esente: regime di franchigia per le piccole imprese di un altro Stato membro',
    ar: 'معفى: منشأة صغيرة من دولة عضو أخرى',
  },
  NON_PROFIT_EXEMPT: {
    en: 'Exempt: non-profit body',
    fr: 'Exonéré : organisme sans but lucratif',
    es: 'Exento: entidad sin ánimo de lucro',
    it: 'Esente: ente senza scopo di lucro',
    ar: 'معفى: هيئة غير ربحية',
  },
  OUTSIDE_UNION: {
    en: 'Outside the scope of EU VAT',
    fr: 'Hors champ de la TVA de l’UE',
    es: 'Fuera del ámbito del IVA de la UE',
    it: 'Fuori campo IVA UE',
    ar: 'خارج نطاق ضريبة القيمة المضافة للاتحاد الأوروبي',
  },
  VOUCHER_SALE: {
    en: 'Multi-purpose voucher: VAT falls due when it is used',
    fr: 'Bon à usages multiples : la TVA est due à l’utilisation',
    es: 'Bono polivalente: el IVA se devenga al canjearlo',
    it: 'Buono multiuso: l’IVA è dovuta all’utilizzo',
    ar: 'قسيمة متعددة الأغراض: تستحق الضريبة عند الاستعمال',
  },
};

/** The provision behind an exemption, where a country's own is asked for beside the directive's. */
export const NATIONAL_REFS: Readonly<Record<string, Partial<Record<Mention, string>>>> = {
  FR: {
    SME_DOMESTIC: 'CGI, art. 293 B',
    SME_CROSS_BORDER: 'CGI, art. 293 B',
    NON_PROFIT_EXEMPT: 'CGI, art. 261, 7, 1°',
    EXEMPT_LETTING: 'CGI, art. 261 D',
    REVERSE_CHARGE: 'CGI, art. 283',
  },
  IT: {
    SME_DOMESTIC: 'L. 190/2014, art. 1, c. 54-89',
    EXEMPT_LETTING: 'DPR 633/1972, art. 10, n. 8',
    REVERSE_CHARGE: 'DPR 633/1972, art. 7-ter',
  },
  ES: { EXEMPT_LETTING: 'Ley 37/1992, art. 20.Uno.23', REVERSE_CHARGE: 'Ley 37/1992, art. 84' },
  GR: { SME_DOMESTIC: 'Law 2859/2000, art. 39' },
  HR: { SME_DOMESTIC: 'Zakon o PDV-u, čl. 90' },
};

export const UNION_REFS: Readonly<Record<Mention, string>> = {
  REVERSE_CHARGE: 'Directive 2006/112/EC, art. 196',
  SELF_BILLING: 'Directive 2006/112/EC, art. 224',
  EXEMPT_LETTING: 'Directive 2006/112/EC, art. 135(1)(l)',
  SME_DOMESTIC: 'Directive 2006/112/EC, art. 284(1)',
  SME_CROSS_BORDER: 'Directive 2006/112/EC, art. 284(2), as of Directive (EU) 2020/285',
  NON_PROFIT_EXEMPT: 'Directive 2006/112/EC, art. 132(1)(l)',
  OUTSIDE_UNION: 'Directive 2006/112/EC, arts 5 and 6',
  VOUCHER_SALE: 'Directive 2006/112/EC, art. 30b(2)',
};
