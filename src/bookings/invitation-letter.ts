/** The letter that a guest shows where a visa is asked for: who comes, when, where, to whom. It promises nothing else. */
import type { Language } from '../kernel/wire.js';

export const LETTER_SOURCE = `
#let letter = json(bytes(sys.inputs.data))
#set document(title: letter.parts.first().title)
#set page(paper: "a4", margin: (x: 24mm, y: 24mm))
#set text(font: ("Commissioner", "Readex Pro"), size: 11pt)
#set par(leading: 0.8em, spacing: 1.4em)
#for (place, part) in letter.parts.enumerate() {
  if place > 0 { pagebreak() }
  set text(lang: part.lang, dir: if part.dir == "rtl" { rtl } else { ltr })
  block(below: 8mm, text(fill: rgb("#0B5C6B"), size: 18pt, weight: "bold", "Escale"))
  align(end, text(fill: rgb("#52635F"), part.date))
  block(above: 10mm, below: 6mm, text(size: 20pt, weight: "bold", part.title))
  for paragraph in part.paragraphs { par(paragraph) }
  block(above: 8mm, below: 8mm, grid(
    columns: (45mm, 1fr), row-gutter: 3.5mm,
    ..part.facts.map(((label, value)) => (
      text(fill: rgb("#52635F"), label),
      [#text(weight: "semibold", dir: if value.match(regex("^[0-9]")) != none { ltr } else { auto }, value)#metadata(value) <fact>],
    )).flatten()
  ))
  par(part.closing)
  block(above: 14mm, text(weight: "bold", part.sign))
}
`;

export type LetterFacts = {
  readonly guest: string;
  readonly space: string;
  readonly place: string;
  readonly operator: string;
  readonly day: string;
  readonly time: string;
  readonly reference: string;
  readonly issued: string;
};
type LetterPart = {
  readonly lang: Language;
  readonly dir: 'ltr' | 'rtl';
  readonly date: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly facts: readonly (readonly [string, string])[];
  readonly closing: string;
  readonly sign: string;
};

type Words = {
  readonly title: string;
  readonly concern: string;
  readonly confirms: (facts: LetterFacts) => string;
  readonly labels: readonly [
    guest: string,
    space: string,
    place: string,
    operator: string,
    day: string,
    time: string,
    reference: string,
  ];
  readonly closing: string;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    title: 'Letter of invitation',
    concern: 'To whom it may concern,',
    confirms: ({ guest, operator, space }) =>
      `${operator}, which runs the coworking space ${space}, confirms that ${guest} has booked a workplace there as follows and is welcome.`,
    labels: ['Guest', 'Space', 'Place', 'Host', 'Day', 'Time', 'Booking'],
    closing:
      'This letter confirms the booking only. It is neither an offer of employment nor a guarantee of accommodation, funds or return, and it does not replace any decision of the authorities.',
  },
  fr: {
    title: 'Lettre d’invitation',
    concern: 'À qui de droit,',
    confirms: ({ guest, operator, space }) =>
      `${operator}, exploitant de l’espace de coworking ${space}, confirme que ${guest} y a réservé un poste de travail comme suit et y est bienvenu·e.`,
    labels: ['Invité·e', 'Espace', 'Lieu', 'Hôte', 'Jour', 'Heures', 'Réservation'],
    closing:
      'Cette lettre confirme uniquement la réservation. Elle n’est ni une offre d’emploi, ni une garantie d’hébergement, de ressources ou de retour, et ne remplace aucune décision des autorités.',
  },
  es: {
    title: 'Carta de invitación',
    concern: 'A quien corresponda:',
    confirms: ({ guest, operator, space }) =>
      `${operator}, que gestiona el espacio de coworking ${space}, confirma que ${guest} ha reservado allí un puesto de trabajo como sigue y será bien recibido/a.`,
    labels: ['Huésped', 'Espacio', 'Lugar', 'Anfitrión', 'Día', 'Horas', 'Reserva'],
    closing:
      'Esta carta confirma solamente la reserva. No es una oferta de empleo ni una garantía de alojamiento, medios o regreso, y no sustituye ninguna decisión de las autoridades.',
  },
  it: {
    title: 'Lettera d’invito',
    concern: 'A chi di competenza,',
    confirms: ({ guest, operator, space }) =>
      `${operator}, che gestisce lo spazio di coworking ${space}, conferma che ${guest} vi ha prenotato una postazione di lavoro come segue ed è benvenuto/a.`,
    labels: ['Ospite', 'Spazio', 'Luogo', 'Gestore', 'Giorno', 'Orario', 'Prenotazione'],
    closing:
      'Questa lettera conferma soltanto la prenotazione. Non è un’offerta di lavoro né una garanzia di alloggio, mezzi o ritorno, e non sostituisce alcuna decisione delle autorità.',
  },
  ar: {
    title: 'خطاب دعوة',
    concern: 'إلى من يهمه الأمر،',
    confirms: ({ guest, operator, space }) =>
      `تؤكد ${operator}، التي تدير فضاء العمل المشترك ${space}، أن ${guest} قد حجز مكان عمل فيه على النحو التالي، وهو موضع ترحيب.`,
    labels: ['الضيف', 'الفضاء', 'المكان', 'المضيف', 'اليوم', 'الوقت', 'الحجز'],
    closing:
      'يؤكد هذا الخطاب الحجز فقط. وهو ليس عرض عمل ولا ضمانًا للسكن أو الموارد أو العودة، ولا يحل محل أي قرار للسلطات.',
  },
};

export function letterPart(language: Language, facts: LetterFacts): LetterPart {
  const { title, concern, confirms, labels, closing } = WORDS[language];
  const { guest, space, place, operator, day, time, reference, issued } = facts;
  const values = [guest, space, place, operator, day, time, reference];
  return {
    lang: language,
    dir: language === 'ar' ? 'rtl' : 'ltr',
    date: issued,
    title,
    paragraphs: [concern, confirms(facts)],
    facts: labels.map((label, at) => [label, values[at]!] as const),
    closing,
    sign: operator,
  };
}

const LANGUAGE_OF: Readonly<Record<string, Language>> = {
  FR: 'fr',
  ES: 'es',
  IT: 'it',
  TN: 'ar',
  MA: 'ar',
  DZ: 'ar',
  EG: 'ar',
  LB: 'ar',
  JO: 'ar',
  LY: 'ar',
  PS: 'ar',
};

/** The language of the host's country where we write it, and English, which consulates read. */
export function letterLanguages(country: string): readonly Language[] {
  const own = LANGUAGE_OF[country];
  return own ? [own, 'en'] : ['en'];
}
