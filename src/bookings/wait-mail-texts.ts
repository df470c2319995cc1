import type { Language } from '../kernel/wire.js';

export type WaitTold = {
  readonly name: string;
  readonly space: string;
  readonly day: string;
  readonly isoDay: string;
  /** Until when the seat is kept, at the space. */
  readonly answerBy: string;
  readonly because: WaitBecause;
  readonly link: string;
};
type Text = { readonly subject: string; readonly text: string };
export type WaitMail = 'offered' | 'lapsed' | 'skipped';
type Texts = Readonly<Record<WaitMail, (told: WaitTold) => Text>>;

/** Why somebody in line could not have booked. */
export const WAIT_BECAUSE = ['FUNDING', 'BLOCKED', 'BOOKED', 'CLOSED', 'OTHER'] as const;
export type WaitBecause = (typeof WAIT_BECAUSE)[number];

const BECAUSE_OF_CODE: Readonly<Record<string, WaitBecause>> = {
  'booking.no_funding': 'FUNDING',
  'booking.no_home': 'FUNDING',
  'booking.not_in_agreement': 'FUNDING',
  'booking.blocked_member': 'BLOCKED',
  'booking.same_place': 'BOOKED',
  'booking.closed': 'CLOSED',
};

export function becauseOf(code: string | null): WaitBecause {
  return BECAUSE_OF_CODE[code ?? ''] ?? 'OTHER';
}

const REASONS: Readonly<Record<Language, Record<WaitBecause, string>>> = {
  en: {
    FUNDING: 'no quota, pass or payment of yours covers that day any more',
    BLOCKED: 'the space does not let you in at present',
    BOOKED: 'you have a booking there on that day',
    CLOSED: 'the space is closed then',
    OTHER: 'you could not have booked it',
  },
  fr: {
    FUNDING: 'aucun quota, pass ou paiement ne couvre plus ce jour pour vous',
    BLOCKED: 'l’espace ne vous laisse pas entrer en ce moment',
    BOOKED: 'vous y avez une réservation ce jour-là',
    CLOSED: 'l’espace est fermé à ce moment',
    OTHER: 'vous n’auriez pas pu la réserver',
  },
  es: {
    FUNDING: 'ningún cupo, pase ni pago tuyo cubre ya ese día',
    BLOCKED: 'el espacio no te deja entrar por ahora',
    BOOKED: 'ya tienes una reserva allí ese día',
    CLOSED: 'el espacio está cerrado entonces',
    OTHER: 'no habrías podido reservarla',
  },
  it: {
    FUNDING: 'nessuna quota, pass o pagamento copre più quel giorno per te',
    BLOCKED: 'lo spazio al momento non ti lascia entrare',
    BOOKED: 'hai già una prenotazione lì quel giorno',
    CLOSED: 'lo spazio è chiuso in quel momento',
    OTHER: 'non avresti potuto prenotarlo',
  },
  ar: {
    FUNDING: 'لم تعد حصة أو بطاقة أو دفعة لديك تغطي ذلك اليوم',
    BLOCKED: 'لا يسمح لك الفضاء بالدخول حاليًا',
    BOOKED: 'لديك حجز هناك في ذلك اليوم',
    CLOSED: 'الفضاء مغلق حينها',
    OTHER: 'لم يكن بإمكانك حجزه',
  },
};

/** A seat is kept and until when; it went to the next in line, and why. */
export const WAIT_TEXTS: Readonly<Record<Language, Texts>> = {
  en: {
    offered: ({ name, space, day, isoDay, answerBy, link }) => ({
      subject: `A seat is kept for you: ${space}, ${isoDay}`,
      text: `Hello ${name},\n\na seat came free at ${space} on ${day}, and you are first in line. It is kept for you until ${answerBy}; then it goes to the next. You see the terms before you say yes.\n\n${link}\n`,
    }),
    lapsed: ({ name, space, day, isoDay, link }) => ({
      subject: `The seat went to the next: ${space}, ${isoDay}`,
      text: `Hello ${name},\n\nthe time to answer is over, so the seat at ${space} on ${day} went to the next in line. You can join the line again.\n\n${link}\n`,
    }),
    skipped: ({ name, space, day, isoDay, because, link }) => ({
      subject: `You were passed over: ${space}, ${isoDay}`,
      text: `Hello ${name},\n\na seat came free at ${space} on ${day}, but it went to the next in line: ${REASONS.en[because]}.\n\n${link}\n`,
    }),
  },
  fr: {
    offered: ({ name, space, day, isoDay, answerBy, link }) => ({
      subject: `Une place vous est gardée : ${space}, ${isoDay}`,
      text: `Bonjour ${name},\n\nune place s’est libérée à ${space} le ${day}, et vous êtes en tête de la file. Elle vous est gardée jusqu’à ${answerBy} ; ensuite elle passe à la personne suivante. Vous voyez les conditions avant d’accepter.\n\n${link}\n`,
    }),
    lapsed: ({ name, space, day, isoDay, link }) => ({
      subject: `La place est passée à la personne suivante : ${space}, ${isoDay}`,
      text: `Bonjour ${name},\n\nle temps pour répondre est écoulé : la place à ${space} le ${day} est passée à la personne suivante. Vous pouvez rejoindre la file à nouveau.\n\n${link}\n`,
    }),
    skipped: ({ name, space, day, isoDay, because, link }) => ({
      subject: `Votre tour est passé : ${space}, ${isoDay}`,
      text: `Bonjour ${name},\n\nune place s’est libérée à ${space} le ${day}, mais elle est allée à la personne suivante : ${REASONS.fr[because]}.\n\n${link}\n`,
    }),
  },
  es: {
    offered: ({ name, space, day, isoDay, answerBy, link }) => ({
      subject: `Te guardamos una plaza: ${space}, ${isoDay}`,
      text: `Hola, ${name}:\n\nse ha liberado una plaza en ${space} el ${day} y eres la primera persona de la cola. Se te guarda hasta ${answerBy}; después pasa a la siguiente. Ves las condiciones antes de aceptar.\n\n${link}\n`,
    }),
    lapsed: ({ name, space, day, isoDay, link }) => ({
      subject: `La plaza pasó a la siguiente persona: ${space}, ${isoDay}`,
      text: `Hola, ${name}:\n\nse acabó el tiempo para responder, así que la plaza en ${space} el ${day} pasó a la siguiente persona. Puedes volver a la cola.\n\n${link}\n`,
    }),
    skipped: ({ name, space, day, isoDay, because, link }) => ({
      subject: `Se saltó tu turno: ${space}, ${isoDay}`,
      text: `Hola, ${name}:\n\nse liberó una plaza en ${space} el ${day}, pero pasó a la siguiente persona: ${REASONS.es[because]}.\n\n${link}\n`,
    }),
  },
  it: {
    offered: ({ name, space, day, isoDay, answerBy, link }) => ({
      subject: `Un posto è tenuto per te: ${space}, ${isoDay}`,
      text: `Ciao ${name},\n\nsi è liberato un posto da ${space} per ${day}, e tocca a te. È tenuto per te fino a ${answerBy}; poi passa alla persona successiva. Vedi le condizioni prima di accettare.\n\n${link}\n`,
    }),
    lapsed: ({ name, space, day, isoDay, link }) => ({
      subject: `Il posto è passato alla persona successiva: ${space}, ${isoDay}`,
      text: `Ciao ${name},\n\nil tempo per rispondere è finito: il posto da ${space} per ${day} è passato alla persona successiva. Puoi rimetterti in fila.\n\n${link}\n`,
    }),
    skipped: ({ name, space, day, isoDay, because, link }) => ({
      subject: `Il tuo turno è stato saltato: ${space}, ${isoDay}`,
      text: `Ciao ${name},\n\nsi è liberato un posto da ${space} per ${day}, ma è passato alla persona successiva: ${REASONS.it[because]}.\n\n${link}\n`,
    }),
  },
  ar: {
    offered: ({ name, space, day, isoDay, answerBy, link }) => ({
      subject: `مقعد محفوظ لك: ${space}، ${isoDay}`,
      text: `مرحبًا ${name}،\n\nشغر مقعد في ${space} يوم ${day}، وأنت أول من في الدور. يُحفظ لك حتى ${answerBy}، ثم ينتقل إلى من يليك. تطّلع على الشروط قبل أن تقبل.\n\n${link}\n`,
    }),
    lapsed: ({ name, space, day, isoDay, link }) => ({
      subject: `انتقل المقعد إلى من يليك: ${space}، ${isoDay}`,
      text: `مرحبًا ${name}،\n\nانتهت مهلة الرد، فانتقل المقعد في ${space} يوم ${day} إلى من يليك في الدور. يمكنك الانضمام إلى الدور من جديد.\n\n${link}\n`,
    }),
    skipped: ({ name, space, day, isoDay, because, link }) => ({
      subject: `تجاوزك الدور: ${space}، ${isoDay}`,
      text: `مرحبًا ${name}،\n\nشغر مقعد في ${space} يوم ${day}، لكنه انتقل إلى من يليك: ${REASONS.ar[because]}.\n\n${link}\n`,
    }),
  },
};
