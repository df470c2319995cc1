import type { Language } from '../kernel/wire.js';

/** What a printed statement says, in the words of docs/glossary.md. */
export type StatementWords = {
  readonly title: string;
  readonly window: string;
  readonly period: string;
  readonly party: string;
  readonly network: string;
  readonly totals: string;
  readonly receives: string;
  readonly pays: string;
  readonly net: string;
  readonly counterparties: string;
  readonly items: string;
  readonly columns: {
    readonly counterparty: string;
    readonly direction: string;
    readonly visits: string;
    readonly halfDays: string;
    readonly charges: string;
    readonly amount: string;
    readonly day: string;
    readonly kind: string;
    readonly rate: string;
  };
  readonly kinds: Readonly<Record<string, string>>;
  readonly halfDaysUnit: string;
  readonly control: string;
  readonly empty: string;
};

export const STATEMENT_WORDS: Readonly<Record<Language, StatementWords>> = {
  en: {
    title: 'Statement',
    window: 'Window',
    period: 'Period',
    party: 'Party',
    network: 'Network',
    totals: 'Position',
    receives: 'receives',
    pays: 'pays',
    net: 'net',
    counterparties: 'By counterparty',
    items: 'Lines',
    columns: {
      counterparty: 'Counterparty',
      direction: 'Direction',
      visits: 'Visits',
      halfDays: 'Half-days',
      charges: 'Charges',
      amount: 'Amount',
      day: 'Day',
      kind: 'Kind',
      rate: 'Rate',
    },
    kinds: {
      VISIT: 'visit',
      FEE: 'network fee',
      SOLIDARITY: 'solidarity share',
      DUES: 'dues',
      CREDIT: 'credit',
      RELEASE: 'release',
      CARRIED: 'carried on',
      REBILLED: 'charged again',
      SERVICE: 'cross service',
      OPENING: 'opening balance',
      VAT: 'VAT',
    },
    halfDaysUnit: 'half-days',
    control: 'All rows of this document come to',
    empty: 'No row passes the filter.',
  },
  fr: {
    title: 'Relevé',
    window: 'Période de compensation',
    period: 'Du – au',
    party: 'Partie',
    network: 'Réseau',
    totals: 'Solde net',
    receives: 'reçoit',
    pays: 'doit',
    net: 'net',
    counterparties: 'Par contrepartie',
    items: 'Écritures',
    columns: {
      counterparty: 'Contrepartie',
      direction: 'Sens',
      visits: 'Visites',
      halfDays: 'Demi-journées',
      charges: 'Imputations',
      amount: 'Montant',
      day: 'Jour',
      kind: 'Nature',
      rate: 'Tarif',
    },
    kinds: {
      VISIT: 'visite',
      FEE: 'frais du réseau',
      SOLIDARITY: 'part de solidarité',
      DUES: 'cotisation',
      CREDIT: 'avoir',
      RELEASE: 'libération',
      CARRIED: 'report',
      REBILLED: 'réimputation',
      SERVICE: 'service croisé',
      OPENING: 'solde d’ouverture',
      VAT: 'TVA',
    },
    halfDaysUnit: 'demi-journées',
    control: 'Toutes les lignes de ce document font',
    empty: 'Aucune ligne ne correspond au filtre.',
  },
  es: {
    title: 'Extracto',
    window: 'Ventana de compensación',
    period: 'Periodo',
    party: 'Parte',
    network: 'Red',
    totals: 'Saldo neto',
    receives: 'recibe',
    pays: 'debe',
    net: 'neto',
    counterparties: 'Por contraparte',
    items: 'Apuntes',
    columns: {
      counterparty: 'Contraparte',
      direction: 'Sentido',
      visits: 'Visitas',
      halfDays: 'Medias jornadas',
      charges: 'Cargos',
      amount: 'Importe',
      day: 'Día',
      kind: 'Tipo',
      rate: 'Tarifa',
    },
    kinds: {
      VISIT: 'visita',
      FEE: 'cuota de la red',
      SOLIDARITY: 'parte de solidaridad',
      DUES: 'cuota anual',
      CREDIT: 'abono',
      RELEASE: 'liberación',
      CARRIED: 'traslado',
      REBILLED: 'cargo repetido',
      SERVICE: 'servicio cruzado',
      OPENING: 'saldo inicial',
      VAT: 'IVA',
    },
    halfDaysUnit: 'medias jornadas',
    control: 'Todas las filas de este documento suman',
    empty: 'Ninguna fila pasa el filtro.',
  },
  it: {
    title: 'Estratto',
    window: 'Finestra di compensazione',
    period: 'Periodo',
    party: 'Parte',
    network: 'Rete',
    totals: 'Saldo netto',
    receives: 'riceve',
    pays: 'deve',
    net: 'netto',
    counterparties: 'Per controparte',
    items: 'Scritture',
    columns: {
      counterparty: 'Controparte',
      direction: 'Verso',
      visits: 'Visite',
      halfDays: 'Mezze giornate',
      charges: 'Addebiti',
      amount: 'Importo',
      day: 'Giorno',
      kind: 'Tipo',
      rate: 'Tariffa',
    },
    kinds: {
      VISIT: 'visita',
      FEE: 'quota della rete',
      SOLIDARITY: 'quota di solidarietà',
      DUES: 'quota annuale',
      CREDIT: 'accredito',
      RELEASE: 'sblocco',
      CARRIED: 'riporto',
      REBILLED: 'riaddebito',
      SERVICE: 'servizio incrociato',
      OPENING: 'saldo iniziale',
      VAT: 'IVA',
    },
    halfDaysUnit: 'mezze giornate',
    control: 'Tutte le righe di questo documento danno',
    empty: 'Nessuna riga passa il filtro.',
  },
  ar: {
    title: 'كشف حساب',
    window: 'فترة المقاصة',
    period: 'المدة',
    party: 'الطرف',
    network: 'الشبكة',
    totals: 'الرصيد الصافي',
    receives: 'يستحق',
    pays: 'يدفع',
    net: 'الصافي',
    counterparties: 'حسب الطرف المقابل',
    items: 'البنود',
    columns: {
      counterparty: 'الطرف المقابل',
      direction: 'الاتجاه',
      visits: 'الزيارات',
      halfDays: 'أنصاف الأيام',
      charges: 'الرسوم',
      amount: 'المبلغ',
      day: 'اليوم',
      kind: 'النوع',
      rate: 'السعر',
    },
    kinds: {
      VISIT: 'زيارة',
      FEE: 'رسم الشبكة',
      SOLIDARITY: 'حصة التضامن',
      DUES: 'اشتراك سنوي',
      CREDIT: 'قيد دائن',
      RELEASE: 'تحرير',
      CARRIED: 'مرحّل',
      REBILLED: 'إعادة قيد',
      SERVICE: 'خدمة متبادلة',
      OPENING: 'رصيد افتتاحي',
      VAT: 'ضريبة القيمة المضافة',
    },
    halfDaysUnit: 'أنصاف أيام',
    control: 'مجموع كل بنود هذه الوثيقة',
    empty: 'لا بند يوافق المرشّح.',
  },
};

const LANGUAGE_OF: Readonly<Record<string, Language>> = {
  ...Object.fromEntries(['FR', 'MC'].map((country) => [country, 'fr'])),
  ...Object.fromEntries(['ES', 'AD'].map((country) => [country, 'es'])),
  ...Object.fromEntries(['IT', 'SM'].map((country) => [country, 'it'])),
  ...Object.fromEntries(
    ['TN', 'MA', 'DZ', 'EG', 'LB', 'JO', 'LY', 'PS', 'SY'].map((country) => [country, 'ar']),
  ),
};

/** The language a party of that country is written to, where nobody asked for another. */
export function languageOf(country: string): Language {
  return LANGUAGE_OF[country] ?? 'en';
}
