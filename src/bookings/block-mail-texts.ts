import type { Language } from '../kernel/wire.js';
import type { BlockReason } from './block.schema.js';

type Blocked = {
  readonly name: string;
  readonly space: string;
  readonly reason: BlockReason;
  readonly statement: string;
  readonly until: string | null;
};
type Decided = {
  readonly name: string;
  readonly space: string;
  readonly outcome: 'UPHELD' | 'LIFTED';
  readonly statement: string;
};
type Text = { readonly subject: string; readonly text: string };
type Texts = { readonly blocked: (told: Blocked) => Text; readonly decided: (told: Decided) => Text };

const REASONS: Readonly<Record<Language, Record<BlockReason, string>>> = {
  en: {
    HOUSE_RULES: 'the house rules',
    DAMAGE: 'damage',
    HARASSMENT: 'harassment',
    SAFETY: 'safety',
    MISUSE: 'misuse of the pass',
    OTHER: 'another reason',
  },
  fr: {
    HOUSE_RULES: 'le règlement intérieur',
    DAMAGE: 'des dégradations',
    HARASSMENT: 'du harcèlement',
    SAFETY: 'la sécurité',
    MISUSE: 'un usage abusif du pass',
    OTHER: 'un autre motif',
  },
  es: {
    HOUSE_RULES: 'las normas de la casa',
    DAMAGE: 'daños',
    HARASSMENT: 'acoso',
    SAFETY: 'la seguridad',
    MISUSE: 'un uso indebido del pase',
    OTHER: 'otro motivo',
  },
  it: {
    HOUSE_RULES: 'le regole della casa',
    DAMAGE: 'danni',
    HARASSMENT: 'molestie',
    SAFETY: 'la sicurezza',
    MISUSE: 'un uso improprio del pass',
    OTHER: 'un altro motivo',
  },
  ar: {
    HOUSE_RULES: 'قواعد المكان',
    DAMAGE: 'أضرار',
    HARASSMENT: 'مضايقة',
    SAFETY: 'السلامة',
    MISUSE: 'إساءة استخدام البطاقة',
    OTHER: 'سبب آخر',
  },
};

/** What is the matter, since when and until when, what has been done about bookings, and how to appeal. */
export const BLOCK_TEXTS: Readonly<Record<Language, Texts>> = {
  en: {
    blocked: ({ name, space, reason, statement, until }) => ({
      subject: `${space} does not let you in`,
      text: `Hello ${name},\n\n${space} has blocked you${until ? ` until ${until}` : ''}. Your bookings there are canceled and cost you nothing.\n\nThe reason: ${REASONS.en[reason]}. In the words of the space:\n${statement}\n\nYou may appeal: in Escale under “You”, “Incidents”. Somebody of the network who did not block you decides.\n`,
    }),
    decided: ({ name, space, outcome, statement }) => ({
      subject: `Your appeal: ${space}`,
      text: `Hello ${name},\n\nthe network has decided about your appeal. ${outcome === 'LIFTED' ? `The block is lifted: you can come to ${space} again.` : `The block at ${space} stays.`}\n\nThe reasons:\n${statement}\n`,
    }),
  },
  fr: {
    blocked: ({ name, space, reason, statement, until }) => ({
      subject: `${space} ne vous laisse plus entrer`,
      text: `Bonjour ${name},\n\n${space} vous a bloqué·e${until ? ` jusqu’au ${until}` : ''}. Vos réservations là-bas sont annulées, sans frais pour vous.\n\nLe motif : ${REASONS.fr[reason]}. Selon l’espace :\n${statement}\n\nVous pouvez faire appel : dans Escale, sous « Vous », « Incidents ». Une personne du réseau qui ne vous a pas bloqué·e décidera.\n`,
    }),
    decided: ({ name, space, outcome, statement }) => ({
      subject: `Votre appel : ${space}`,
      text: `Bonjour ${name},\n\nle réseau a statué sur votre appel. ${outcome === 'LIFTED' ? `Le blocage est levé : vous pouvez revenir à ${space}.` : `Le blocage à ${space} est maintenu.`}\n\nLes motifs :\n${statement}\n`,
    }),
  },
  es: {
    blocked: ({ name, space, reason, statement, until }) => ({
      subject: `${space} no te deja entrar`,
      text: `Hola, ${name}:\n\n${space} te ha bloqueado${until ? ` hasta el ${until}` : ''}. Tus reservas allí quedan canceladas sin coste.\n\nEl motivo: ${REASONS.es[reason]}. En palabras del espacio:\n${statement}\n\nPuedes recurrir: en Escale, en «Tú», «Incidencias». Decidirá alguien de la red que no te haya bloqueado.\n`,
    }),
    decided: ({ name, space, outcome, statement }) => ({
      subject: `Tu recurso: ${space}`,
      text: `Hola, ${name}:\n\nla red ha decidido sobre tu recurso. ${outcome === 'LIFTED' ? `El bloqueo se levanta: puedes volver a ${space}.` : `El bloqueo en ${space} se mantiene.`}\n\nLos motivos:\n${statement}\n`,
    }),
  },
  it: {
    blocked: ({ name, space, reason, statement, until }) => ({
      subject: `${space} non ti lascia entrare`,
      text: `Ciao ${name},\n\n${space} ti ha bloccato${until ? ` fino al ${until}` : ''}. Le tue prenotazioni lì sono annullate e non ti costano nulla.\n\nIl motivo: ${REASONS.it[reason]}. Con le parole dello spazio:\n${statement}\n\nPuoi fare ricorso: in Escale, sotto «Tu», «Segnalazioni». Deciderà qualcuno della rete che non ti ha bloccato.\n`,
    }),
    decided: ({ name, space, outcome, statement }) => ({
      subject: `Il tuo ricorso: ${space}`,
      text: `Ciao ${name},\n\nla rete ha deciso sul tuo ricorso. ${outcome === 'LIFTED' ? `Il blocco è tolto: puoi tornare a ${space}.` : `Il blocco a ${space} resta.`}\n\nI motivi:\n${statement}\n`,
    }),
  },
  ar: {
    blocked: ({ name, space, reason, statement, until }) => ({
      subject: `${space} لا تسمح لك بالدخول`,
      text: `مرحبًا ${name}،\n\nحظرتك ${space}${until ? ` حتى ${until}` : ''}. أُلغيت حجوزاتك هناك دون أي كلفة عليك.\n\nالسبب: ${REASONS.ar[reason]}. وبعبارة الفضاء:\n${statement}\n\nيمكنك الاعتراض: في Escale ضمن «أنت» ثم «البلاغات». ويقرّر شخص من الشبكة لم يحظرك.\n`,
    }),
    decided: ({ name, space, outcome, statement }) => ({
      subject: `اعتراضك: ${space}`,
      text: `مرحبًا ${name}،\n\nبتّت الشبكة في اعتراضك. ${outcome === 'LIFTED' ? `رُفع الحظر: يمكنك العودة إلى ${space}.` : `يبقى الحظر في ${space} قائمًا.`}\n\nالأسباب:\n${statement}\n`,
    }),
  },
};
