import type { Language } from '../kernel/wire.js';
import type { BookedPart } from '../kernel/words.js';

type Told = {
  readonly name: string;
  readonly space: string;
  readonly day: string;
  readonly outcome: BookedPart | 'INVALID';
  readonly reason: string;
};
type Text = { readonly subject: string; readonly text: string };

/** What a visit is now, in words that end a sentence. */
const OUTCOMES: Readonly<Record<Language, Record<Told['outcome'], string>>> = {
  en: {
    DAY: 'a whole day',
    MORNING: 'the morning',
    HOURS: 'the hours you had booked',
    AFTERNOON: 'the afternoon',
    INVALID: 'no visit at all: everything it used is yours again',
  },
  fr: {
    DAY: 'une journée entière',
    MORNING: 'la matinée',
    HOURS: 'les heures réservées',
    AFTERNOON: 'l’après-midi',
    INVALID: 'aucune visite : tout ce qui avait été décompté vous est rendu',
  },
  es: {
    DAY: 'un día entero',
    MORNING: 'la mañana',
    HOURS: 'las horas reservadas',
    AFTERNOON: 'la tarde',
    INVALID: 'ninguna visita: todo lo descontado vuelve a ser tuyo',
  },
  it: {
    DAY: 'una giornata intera',
    MORNING: 'la mattina',
    HOURS: 'le ore prenotate',
    AFTERNOON: 'il pomeriggio',
    INVALID: 'nessuna visita: tutto ciò che era stato scalato torna a te',
  },
  ar: {
    DAY: 'يوم كامل',
    MORNING: 'الفترة الصباحية',
    HOURS: 'الساعات المحجوزة',
    AFTERNOON: 'فترة ما بعد الظهر',
    INVALID: 'لا زيارة: عاد إليك كل ما خُصم',
  },
};

/** A host corrected a visit within the day after it. */
export const CORRECTION_TEXTS: Readonly<Record<Language, (told: Told) => Text>> = {
  en: ({ name, space, day, outcome, reason }) => ({
    subject: `Visit corrected: ${space}, ${day}`,
    text: `Hello ${name},\n\n${space} corrected your visit of ${day}. It now counts as ${OUTCOMES.en[outcome]}.\n\nThe reason given: ${reason}\n\nIf this is not right, answer in Escale under “You”, “Incidents”.\n`,
  }),
  fr: ({ name, space, day, outcome, reason }) => ({
    subject: `Visite corrigée : ${space}, ${day}`,
    text: `Bonjour ${name},\n\n${space} a corrigé votre visite du ${day}. Elle compte désormais pour ${OUTCOMES.fr[outcome]}.\n\nMotif indiqué : ${reason}\n\nSi ce n’est pas exact, répondez dans Escale, sous « Vous », « Incidents ».\n`,
  }),
  es: ({ name, space, day, outcome, reason }) => ({
    subject: `Visita corregida: ${space}, ${day}`,
    text: `Hola, ${name}:\n\n${space} ha corregido tu visita del ${day}. Ahora cuenta como ${OUTCOMES.es[outcome]}.\n\nMotivo indicado: ${reason}\n\nSi no es correcto, responde en Escale, en «Tú», «Incidencias».\n`,
  }),
  it: ({ name, space, day, outcome, reason }) => ({
    subject: `Visita corretta: ${space}, ${day}`,
    text: `Ciao ${name},\n\n${space} ha corretto la tua visita del ${day}. Ora conta come ${OUTCOMES.it[outcome]}.\n\nMotivo indicato: ${reason}\n\nSe non è giusto, rispondi in Escale, sotto «Tu», «Segnalazioni».\n`,
  }),
  ar: ({ name, space, day, outcome, reason }) => ({
    subject: `تصحيح زيارة: ${space}، ${day}`,
    text: `مرحبًا ${name}،\n\nصحّحت ${space} زيارتك بتاريخ ${day}. وهي تُحتسب الآن: ${OUTCOMES.ar[outcome]}.\n\nالسبب المذكور: ${reason}\n\nإن لم يكن ذلك صحيحًا فأجب في Escale ضمن «أنت» ثم «البلاغات».\n`,
  }),
};

type Late = Pick<Told, 'name' | 'space' | 'day'> & {
  readonly until: string;
  readonly minutes: number;
  readonly price: string;
};

/** A guest left later than booked, and the tariff asks for that. */
export const OVERSTAY_TEXTS: Readonly<Record<Language, (late: Late) => Text>> = {
  en: ({ name, space, day, until, minutes, price }) => ({
    subject: `You stayed longer: ${space}, ${day}`,
    text: `Hello ${name},\n\nyour room at ${space} was yours until ${until} on ${day}. You left ${minutes} minutes later. By the tariff that you booked on this adds ${price}.\n\nIf this is not right, tell the space in Escale under “You”, “Incidents”.\n`,
  }),
  fr: ({ name, space, day, until, minutes, price }) => ({
    subject: `Vous êtes resté plus longtemps : ${space}, ${day}`,
    text: `Bonjour ${name},\n\nvotre salle à ${space} était à vous jusqu’à ${until} le ${day}. Vous êtes parti ${minutes} minutes plus tard. Selon le tarif de votre réservation, cela ajoute ${price}.\n\nSi ce n’est pas exact, dites-le à l’espace dans Escale, sous « Vous », « Incidents ».\n`,
  }),
  es: ({ name, space, day, until, minutes, price }) => ({
    subject: `Te quedaste más tiempo: ${space}, ${day}`,
    text: `Hola, ${name}:\n\ntu sala en ${space} era tuya hasta las ${until} del ${day}. Saliste ${minutes} minutos más tarde. Según la tarifa de tu reserva, esto suma ${price}.\n\nSi no es correcto, díselo al espacio en Escale, en «Tú», «Incidencias».\n`,
  }),
  it: ({ name, space, day, until, minutes, price }) => ({
    subject: `Ti sei trattenuto di più: ${space}, ${day}`,
    text: `Ciao ${name},\n\nla tua sala a ${space} era tua fino alle ${until} del ${day}. Sei uscito ${minutes} minuti dopo. Secondo la tariffa della tua prenotazione questo aggiunge ${price}.\n\nSe non è giusto, dillo allo spazio in Escale, sotto «Tu», «Segnalazioni».\n`,
  }),
  ar: ({ name, space, day, until, minutes, price }) => ({
    subject: `بقيت مدة أطول: ${space}، ${day}`,
    text: `مرحبًا ${name}،\n\nكانت قاعتك في ${space} لك حتى الساعة ${until} يوم ${day}. وقد غادرت بعد ذلك بعدد من الدقائق قدره ${minutes}. وبحسب التعرفة التي حجزت بها يضيف ذلك ${price}.\n\nإن لم يكن ذلك صحيحًا فأخبر الفضاء في Escale ضمن «أنت» ثم «البلاغات».\n`,
  }),
};
