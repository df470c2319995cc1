import type { Language } from '../kernel/wire.js';
import type { SigningSide } from './stay.words.schema.js';

/** What an agreement and a certificate say around what is particular to a stay. */
export type StayPaperWords = {
  readonly agreement: string;
  readonly certificate: string;
  readonly basis: string;
  readonly sides: Readonly<Record<SigningSide, string>>;
  readonly place: string;
  readonly tutor: string;
  readonly days: string;
  readonly grant: string;
  readonly functions: string;
  readonly insurance: string;
  readonly confidentiality: string;
  readonly property: string;
  readonly data: string;
  readonly expenses: string;
  readonly signatures: string;
  readonly notSigned: string;
  readonly hash: string;
  readonly attests: string;
  readonly attested: string;
};

export const STAY_PAPER_WORDS: Readonly<Record<Language, StayPaperWords>> = {
  en: {
    agreement: 'Immersion agreement',
    certificate: 'Certificate of attendance',
    basis: 'Legal basis',
    sides: {
      PARTICIPANT: 'Participant',
      EMPLOYER: 'Employer',
      LEGAL_HOST: 'Host',
      GRANT_BODY: 'Granting body',
    },
    place: 'Place of the stay',
    tutor: 'Tutor',
    days: 'Days',
    grant: 'Grant at most',
    functions: 'Functions observed',
    insurance: 'Insurance',
    confidentiality: 'Confidentiality',
    property: 'Intellectual property',
    data: 'Data protection',
    expenses: 'Expenses',
    signatures: 'Signatures',
    notSigned: 'not signed yet',
    hash: 'Fingerprint of this text (SHA-256)',
    attests:
      'The network attests an immersion stay whose days of presence were read at the door of the place.',
    attested: 'Days attested',
  },
  fr: {
    agreement: 'Convention d’immersion',
    certificate: 'Attestation de présence',
    basis: 'Fondement juridique',
    sides: {
      PARTICIPANT: 'Bénéficiaire',
      EMPLOYER: 'Employeur',
      LEGAL_HOST: 'Structure d’accueil',
      GRANT_BODY: 'Organisme financeur',
    },
    place: 'Lieu de l’immersion',
    tutor: 'Tuteur',
    days: 'Jours',
    grant: 'Bourse au plus',
    functions: 'Fonctions observées',
    insurance: 'Assurance',
    confidentiality: 'Confidentialité',
    property: 'Propriété intellectuelle',
    data: 'Protection des données',
    expenses: 'Frais',
    signatures: 'Signatures',
    notSigned: 'pas encore signé',
    hash: 'Empreinte de ce texte (SHA-256)',
    attests: 'Le réseau atteste une immersion dont les jours de présence ont été lus à la porte du lieu.',
    attested: 'Jours attestés',
  },
  es: {
    agreement: 'Convenio de inmersión',
    certificate: 'Certificado de asistencia',
    basis: 'Base jurídica',
    sides: {
      PARTICIPANT: 'Participante',
      EMPLOYER: 'Empleador',
      LEGAL_HOST: 'Entidad de acogida',
      GRANT_BODY: 'Entidad financiadora',
    },
    place: 'Lugar de la estancia',
    tutor: 'Tutor',
    days: 'Días',
    grant: 'Ayuda como máximo',
    functions: 'Funciones observadas',
    insurance: 'Seguro',
    confidentiality: 'Confidencialidad',
    property: 'Propiedad intelectual',
    data: 'Protección de datos',
    expenses: 'Gastos',
    signatures: 'Firmas',
    notSigned: 'aún sin firmar',
    hash: 'Huella de este texto (SHA-256)',
    attests:
      'La red certifica una estancia de inmersión cuyos días de presencia se leyeron en la puerta del lugar.',
    attested: 'Días certificados',
  },
  it: {
    agreement: 'Convenzione di immersione',
    certificate: 'Attestazione di presenza',
    basis: 'Base giuridica',
    sides: {
      PARTICIPANT: 'Partecipante',
      EMPLOYER: 'Datore di lavoro',
      LEGAL_HOST: 'Ente ospitante',
      GRANT_BODY: 'Ente finanziatore',
    },
    place: 'Luogo dell’immersione',
    tutor: 'Tutor',
    days: 'Giorni',
    grant: 'Contributo al massimo',
    functions: 'Funzioni osservate',
    insurance: 'Assicurazione',
    confidentiality: 'Riservatezza',
    property: 'Proprietà intellettuale',
    data: 'Protezione dei dati',
    expenses: 'Spese',
    signatures: 'Firme',
    notSigned: 'non ancora firmato',
    hash: 'Impronta di questo testo (SHA-256)',
    attests: 'La rete attesta un’immersione i cui giorni di presenza sono stati letti alla porta del luogo.',
    attested: 'Giorni attestati',
  },
  ar: {
    agreement: 'اتفاقية الإقامة الانغماسية',
    certificate: 'شهادة حضور',
    basis: 'الأساس القانوني',
    sides: {
      PARTICIPANT: 'المشارك',
      EMPLOYER: 'جهة العمل',
      LEGAL_HOST: 'الجهة المضيفة',
      GRANT_BODY: 'الجهة الممولة',
    },
    place: 'مكان الإقامة',
    tutor: 'المرشد',
    days: 'الأيام',
    grant: 'المنحة بحد أقصى',
    functions: 'الوظائف الملاحظة',
    insurance: 'التأمين',
    confidentiality: 'السرية',
    property: 'الملكية الفكرية',
    data: 'حماية البيانات',
    expenses: 'المصاريف',
    signatures: 'التواقيع',
    notSigned: 'لم يوقّع بعد',
    hash: 'بصمة هذا النص (SHA-256)',
    attests: 'تشهد الشبكة بإقامة انغماسية قُرئت أيام حضورها عند باب المكان.',
    attested: 'الأيام المثبتة',
  },
};
