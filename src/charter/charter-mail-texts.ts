import type { Language } from '../kernel/wire.js';
import type { Grounds } from './member.schema.js';

type Published = { readonly title: string; readonly day: string };
type Stopped = {
  readonly state: 'CHARTER_LAPSED' | 'SUSPENDED' | 'TERMINATING';
  readonly ground: Grounds | null;
  readonly reasons: string | null;
  readonly day: string | null;
};
type Answered = { readonly outcome: 'UPHELD' | 'REJECTED'; readonly statement: string };
export type Text = { readonly subject: string; readonly text: string };
export type Texts = {
  readonly published: (told: Published) => Text;
  readonly stopped: (told: Stopped) => Text;
  readonly answered: (told: Answered) => Text;
};

type Words = {
  readonly publishedSubject: string;
  readonly published: (told: Published) => string;
  readonly states: Readonly<Record<Stopped['state'], string>>;
  readonly grounds: Readonly<Record<Grounds, string>>;
  readonly ground: string;
  readonly reasons: string;
  readonly day: string;
  readonly appeal: string;
  readonly outcomes: Readonly<Record<Answered['outcome'], string>>;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    publishedSubject: 'a new version of the charter',
    published: ({ title, day }) =>
      `“${title}” has a new version. Read what has changed and sign it by ${day}. If it is not signed by then, your space takes no new bookings; what was booked before stays.`,
    states: {
      CHARTER_LAPSED: 'the charter has lapsed, so no new bookings are taken; what was booked before stays',
      SUSPENDED: 'suspended, so no new bookings are taken; what was booked before stays',
      TERMINATING: 'it leaves the network',
    },
    grounds: {
      CHARTER_BREACH: 'a commitment of the charter was broken',
      SAFETY: 'safety',
      DISCRIMINATION: 'discrimination',
      UNPAID_DEBT: 'a debt that was not paid',
      FALSE_ASSESSMENT: 'an assessment that is not true',
      LEGAL_ORDER: 'an order of an authority',
    },
    ground: 'Ground',
    reasons: 'Reasons',
    day: 'Until',
    appeal: 'You can appeal under Charter in Escale; somebody else will decide.',
    outcomes: { UPHELD: 'your appeal was upheld', REJECTED: 'your appeal was rejected' },
  },
  fr: {
    publishedSubject: 'une nouvelle version de la charte',
    published: ({ title, day }) =>
      `« ${title} » a une nouvelle version. Lisez ce qui a changé et signez-la au plus tard le ${day}. Sans signature à cette date, votre espace ne reçoit plus de nouvelles réservations ; celles déjà faites sont maintenues.`,
    states: {
      CHARTER_LAPSED:
        'la charte est caduque : plus de nouvelles réservations, celles déjà faites sont maintenues',
      SUSPENDED: 'suspension : plus de nouvelles réservations, celles déjà faites sont maintenues',
      TERMINATING: 'départ du réseau',
    },
    grounds: {
      CHARTER_BREACH: 'un engagement de la charte n’a pas été tenu',
      SAFETY: 'la sécurité',
      DISCRIMINATION: 'une discrimination',
      UNPAID_DEBT: 'une dette impayée',
      FALSE_ASSESSMENT: 'une auto-évaluation inexacte',
      LEGAL_ORDER: 'une décision d’une autorité',
    },
    ground: 'Motif',
    reasons: 'Raisons',
    day: 'Jusqu’au',
    appeal: 'Vous pouvez faire appel sous Charte dans Escale ; une autre personne décidera.',
    outcomes: { UPHELD: 'votre recours est accepté', REJECTED: 'votre recours est rejeté' },
  },
  es: {
    publishedSubject: 'una nueva versión de la carta',
    published: ({ title, day }) =>
      `«${title}» tiene una nueva versión. Lee qué ha cambiado y fírmala a más tardar el ${day}. Si no se firma, tu espacio no recibe reservas nuevas; las ya hechas se mantienen.`,
    states: {
      CHARTER_LAPSED: 'la carta ha caducado: no hay reservas nuevas; las ya hechas se mantienen',
      SUSPENDED: 'suspensión: no hay reservas nuevas; las ya hechas se mantienen',
      TERMINATING: 'salida de la red',
    },
    grounds: {
      CHARTER_BREACH: 'no se ha cumplido un compromiso de la carta',
      SAFETY: 'seguridad',
      DISCRIMINATION: 'discriminación',
      UNPAID_DEBT: 'una deuda sin pagar',
      FALSE_ASSESSMENT: 'una autoevaluación que no es cierta',
      LEGAL_ORDER: 'una orden de una autoridad',
    },
    ground: 'Motivo',
    reasons: 'Razones',
    day: 'Hasta el',
    appeal: 'Puedes recurrir en Carta, en Escale; decidirá otra persona.',
    outcomes: { UPHELD: 'tu recurso se ha aceptado', REJECTED: 'tu recurso se ha rechazado' },
  },
  it: {
    publishedSubject: 'una nuova versione della carta',
    published: ({ title, day }) =>
      `«${title}» ha una nuova versione. Leggi che cosa è cambiato e firmala entro il ${day}. Senza firma, il tuo spazio non riceve nuove prenotazioni; quelle già fatte restano.`,
    states: {
      CHARTER_LAPSED: 'la carta è decaduta: nessuna nuova prenotazione, quelle già fatte restano',
      SUSPENDED: 'sospensione: nessuna nuova prenotazione, quelle già fatte restano',
      TERMINATING: 'uscita dalla rete',
    },
    grounds: {
      CHARTER_BREACH: 'un impegno della carta non è stato mantenuto',
      SAFETY: 'sicurezza',
      DISCRIMINATION: 'discriminazione',
      UNPAID_DEBT: 'un debito non pagato',
      FALSE_ASSESSMENT: 'un’autovalutazione non veritiera',
      LEGAL_ORDER: 'un ordine di un’autorità',
    },
    ground: 'Motivo',
    reasons: 'Ragioni',
    day: 'Fino al',
    appeal: 'Puoi fare ricorso sotto Carta in Escale; deciderà un’altra persona.',
    outcomes: { UPHELD: 'il tuo ricorso è accolto', REJECTED: 'il tuo ricorso è respinto' },
  },
  ar: {
    publishedSubject: 'نسخة جديدة من الميثاق',
    published: ({ title, day }) =>
      `لـ«${title}» نسخة جديدة. اقرأ ما تغيّر ووقّعها في موعد أقصاه ${day}. إن لم تُوقَّع فلن يستقبل فضاؤك حجوزات جديدة، وتبقى الحجوزات السابقة.`,
    states: {
      CHARTER_LAPSED: 'سقط الميثاق: لا حجوزات جديدة، وتبقى الحجوزات السابقة',
      SUSPENDED: 'تعليق: لا حجوزات جديدة، وتبقى الحجوزات السابقة',
      TERMINATING: 'مغادرة الشبكة',
    },
    grounds: {
      CHARTER_BREACH: 'لم يُحترم أحد التزامات الميثاق',
      SAFETY: 'السلامة',
      DISCRIMINATION: 'التمييز',
      UNPAID_DEBT: 'دين لم يُسدَّد',
      FALSE_ASSESSMENT: 'تقييم ذاتي غير صحيح',
      LEGAL_ORDER: 'أمر من سلطة',
    },
    ground: 'السبب',
    reasons: 'التعليل',
    day: 'حتى',
    appeal: 'يمكنك الطعن من صفحة الميثاق في Escale، وسيقرر شخص آخر.',
    outcomes: { UPHELD: 'قُبل طعنك', REJECTED: 'رُفض طعنك' },
  },
};

function textsOf(words: Words): Texts {
  return {
    published: (told) => ({ subject: words.publishedSubject, text: words.published(told) }),
    stopped: ({ state, ground, reasons, day }) => ({
      subject: words.states[state],
      text: [
        words.states[state],
        ground && `${words.ground}: ${words.grounds[ground]}`,
        reasons && `${words.reasons}: ${reasons}`,
        day && `${words.day}: ${day}`,
        words.appeal,
      ]
        .filter((line) => line !== null && line !== '')
        .join('\n\n'),
    }),
    answered: ({ outcome, statement }) => ({
      subject: words.outcomes[outcome],
      text: `${words.outcomes[outcome]}\n\n${words.reasons}: ${statement}`,
    }),
  };
}

export const CHARTER_TEXTS: Readonly<Record<Language, Texts>> = {
  en: textsOf(WORDS.en),
  fr: textsOf(WORDS.fr),
  es: textsOf(WORDS.es),
  it: textsOf(WORDS.it),
  ar: textsOf(WORDS.ar),
};
