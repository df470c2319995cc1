import type { Language } from '../kernel/wire.js';
import type { Stay } from './stay.queries.js';
import type { StayState } from './stay.words.schema.js';

type Told = Exclude<StayState, 'DRAFT' | 'IN_PROGRESS' | 'REPORTS_ACCEPTED' | 'BALANCE_DUE'>;
type Facts = {
  readonly stay: Pick<
    Stay,
    'callTitle' | 'participantName' | 'fromDay' | 'untilDay' | 'stayPlace' | 'reportsDueOn'
  >;
  readonly state: StayState;
  readonly reason: string;
  readonly isTurn: boolean;
};
type Words = {
  readonly states: Readonly<Record<Told, string>>;
  readonly dates: (from: string, until: string) => string;
  readonly place: string;
  readonly reason: string;
  readonly due: string;
  readonly turn: string;
  readonly where: string;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    states: {
      EMPLOYER_REVIEW: 'an application awaits your answer',
      REFUSED: 'the application was refused',
      DEFERRED: 'the application was put off',
      MATCHING: 'agreed to; a host is being looked for',
      MATCHED: 'a host is proposed',
      AGREEMENT_DRAFT: 'both sides have accepted; the agreement is being written',
      SIGNING: 'the agreement is ready to be signed',
      SIGNED: 'everybody has signed the agreement',
      READY: 'all papers are there; the stay can begin',
      AWAITING_REPORTS: 'the stay is over; both sides now write what they have learned',
      OVERDUE: 'a statement of what was learned is overdue',
      CLOSED: 'the stay is closed',
      CANCELED: 'the stay was canceled',
    },
    dates: (from, until) => `From ${from} to ${until}.`,
    place: 'Place',
    reason: 'Reason',
    due: 'Due on',
    turn: 'It is your turn.',
    where: 'You find it in Escale under Immersion stays.',
  },
  fr: {
    states: {
      EMPLOYER_REVIEW: 'une candidature attend votre réponse',
      REFUSED: 'la candidature est refusée',
      DEFERRED: 'la candidature est reportée',
      MATCHING: 'accord donné ; un lieu d’accueil est recherché',
      MATCHED: 'un lieu d’accueil est proposé',
      AGREEMENT_DRAFT: 'les deux côtés ont accepté ; la convention est en cours d’écriture',
      SIGNING: 'la convention est prête à être signée',
      SIGNED: 'tout le monde a signé la convention',
      READY: 'tous les papiers sont là ; l’immersion peut commencer',
      AWAITING_REPORTS: 'l’immersion est terminée ; chaque côté écrit maintenant ce qu’il a appris',
      OVERDUE: 'une note d’apprentissage est en retard',
      CLOSED: 'l’immersion est close',
      CANCELED: 'l’immersion est annulée',
    },
    dates: (from, until) => `Du ${from} au ${until}.`,
    place: 'Lieu',
    reason: 'Raison',
    due: 'À remettre le',
    turn: 'C’est à vous.',
    where: 'Vous la trouvez dans Escale, sous Immersions.',
  },
  es: {
    states: {
      EMPLOYER_REVIEW: 'una solicitud espera tu respuesta',
      REFUSED: 'la solicitud se ha rechazado',
      DEFERRED: 'la solicitud se ha aplazado',
      MATCHING: 'aceptada; se busca un anfitrión',
      MATCHED: 'se propone un anfitrión',
      AGREEMENT_DRAFT: 'ambas partes han aceptado; se redacta el convenio',
      SIGNING: 'el convenio está listo para firmar',
      SIGNED: 'todos han firmado el convenio',
      READY: 'están todos los papeles; la estancia puede empezar',
      AWAITING_REPORTS: 'la estancia ha terminado; ambas partes escriben ahora lo que han aprendido',
      OVERDUE: 'una memoria de aprendizaje lleva retraso',
      CLOSED: 'la estancia está cerrada',
      CANCELED: 'la estancia se ha cancelado',
    },
    dates: (from, until) => `Del ${from} al ${until}.`,
    place: 'Lugar',
    reason: 'Motivo',
    due: 'Para el',
    turn: 'Te toca a ti.',
    where: 'La encuentras en Escale, en Estancias.',
  },
  it: {
    states: {
      EMPLOYER_REVIEW: 'una domanda attende la tua risposta',
      REFUSED: 'la domanda è stata respinta',
      DEFERRED: 'la domanda è stata rinviata',
      MATCHING: 'approvata; si cerca chi ospita',
      MATCHED: 'è proposto chi ospita',
      AGREEMENT_DRAFT: 'le due parti hanno accettato; si scrive l’accordo',
      SIGNING: 'l’accordo è pronto per la firma',
      SIGNED: 'tutti hanno firmato l’accordo',
      READY: 'i documenti ci sono tutti; il soggiorno può cominciare',
      AWAITING_REPORTS: 'il soggiorno è finito; ora le due parti scrivono che cosa hanno imparato',
      OVERDUE: 'una nota su quanto si è imparato è in ritardo',
      CLOSED: 'il soggiorno è chiuso',
      CANCELED: 'il soggiorno è annullato',
    },
    dates: (from, until) => `Dal ${from} al ${until}.`,
    place: 'Luogo',
    reason: 'Motivo',
    due: 'Entro il',
    turn: 'Tocca a te.',
    where: 'Lo trovi in Escale, sotto Soggiorni.',
  },
  ar: {
    states: {
      EMPLOYER_REVIEW: 'طلب ينتظر ردكم',
      REFUSED: 'رُفض الطلب',
      DEFERRED: 'أُجِّل الطلب',
      MATCHING: 'تمت الموافقة، والبحث جارٍ عن مضيف',
      MATCHED: 'اقتُرح مضيف',
      AGREEMENT_DRAFT: 'قبل الطرفان، والاتفاقية قيد الكتابة',
      SIGNING: 'الاتفاقية جاهزة للتوقيع',
      SIGNED: 'وقّع الجميع الاتفاقية',
      READY: 'كل الوثائق متوفرة، ويمكن أن تبدأ الإقامة',
      AWAITING_REPORTS: 'انتهت الإقامة، ويكتب الطرفان الآن ما تعلماه',
      OVERDUE: 'تأخر تقرير عما جرى تعلمه',
      CLOSED: 'أُغلقت الإقامة',
      CANCELED: 'أُلغيت الإقامة',
    },
    dates: (from, until) => `من ${from} إلى ${until}.`,
    place: 'المكان',
    reason: 'السبب',
    due: 'الموعد',
    turn: 'الدور عليكم.',
    where: 'تجدونها في Escale تحت الإقامات.',
  },
};

/** One state, one sentence; then whom and when it concerns, and whether the reader is awaited. */
export function stayMail(
  language: Language,
  { stay, state, reason, isTurn }: Facts,
): { subject: string; text: string } {
  const words = WORDS[language];
  const sentence = words.states[state as Told];
  const isDue = state === 'AWAITING_REPORTS' || state === 'OVERDUE';
  const lines = [
    `${stay.participantName}: ${sentence}.`,
    words.dates(stay.fromDay, stay.untilDay),
    stay.stayPlace && `${words.place}: ${stay.stayPlace.name}, ${stay.stayPlace.city}`,
    reason && `${words.reason}: ${reason}`,
    isDue && stay.reportsDueOn && `${words.due}: ${stay.reportsDueOn}`,
    isTurn && words.turn,
    words.where,
  ];
  return { subject: `${stay.callTitle}: ${sentence}`, text: lines.filter(Boolean).join('\n\n') };
}
