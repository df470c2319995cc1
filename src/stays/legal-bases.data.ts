import type { LegalBasis } from './stay.words.schema.js';

/** What a legal basis asks of a stay, since when, and where that is written. null: it asks nothing there. */
export type BasisRules = {
  readonly basis: LegalBasis;
  readonly validFrom: string;
  /** The employer's country; null for any. */
  readonly country: string | null;
  readonly daysMin: number;
  readonly daysMax: number | null;
  /** Only days from Monday to Friday count. */
  readonly isWorkingDays: boolean;
  readonly weeklyDaysMax: number | null;
  readonly noticeMonths: number;
  /** In so many months, all stays on this basis come to so many days at most. */
  readonly total: { readonly days: number; readonly months: number } | null;
  readonly answerMonths: number;
  /** The host that signs must be a public body: a private space can be the place, never the legal host. */
  readonly isLegalHostPublic: boolean;
  readonly source: string;
};

const rules = (basis: LegalBasis, own: Partial<Omit<BasisRules, 'basis'>>): BasisRules => ({
  basis,
  validFrom: '2018-01-01',
  country: null,
  daysMin: 1,
  daysMax: null,
  isWorkingDays: false,
  weeklyDaysMax: null,
  noticeMonths: 0,
  total: null,
  answerMonths: 1, // of the programme itself: everybody who asks is answered
  isLegalHostPublic: false,
  source: 'Programme rules',
  ...own,
});

/** Dated: of two rows of one basis, a stay obeys the later one that was in force when it began. */
export const LEGAL_BASIS_RULES: readonly BasisRules[] = [
  rules('FR_IMMERSION_PRO', {
    validFrom: '2022-07-25',
    country: 'FR',
    daysMin: 2,
    daysMax: 10,
    isWorkingDays: true,
    noticeMonths: 3,
    total: { days: 20, months: 36 },
    isLegalHostPublic: true,
    source:
      'Décret n° 2016-1732 du 14 décembre 2016, art. 12 à 13-2 (décret n° 2022-1043 du 22 juillet 2022)',
  }),
  rules('MISSION_ORDER', {
    source: 'Mission order of the employer, who answers for its length',
  }),
  rules('TELEWORK_THIRD_PLACE', {
    country: 'FR',
    validFrom: '2021-07-13',
    weeklyDaysMax: 3,
    source: 'Accord-cadre du 13 juillet 2021 relatif au télétravail dans la fonction publique',
  }),
  rules('TRAINING', { source: 'Training plan of the employer' }),
  rules('PACE', {
    validFrom: '2023-01-01',
    daysMax: 92,
    isLegalHostPublic: true,
    source: 'European Commission, Public Administration Cooperation Exchange: a few days to three months',
  }),
  rules('ERASMUS_STAFF', {
    validFrom: '2021-01-01',
    daysMin: 2,
    daysMax: 60,
    source: 'Erasmus+ Programme Guide, mobility of staff: 2 to 60 days',
  }),
  rules('EYE', {
    daysMin: 28,
    daysMax: 184,
    source: 'Erasmus for Young Entrepreneurs: one to six months',
  }),
  rules('ECHN_P2P', {
    daysMin: 4,
    daysMax: 5,
    source: 'European Creative Hubs Network, peer-to-peer: four to five days',
  }),
  rules('OTHER', { source: 'Agreed between the parties' }),
];
