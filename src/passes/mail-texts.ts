import type { Language } from '../kernel/wire.js';

type Text = { readonly subject: string; readonly text: string };

export type Ending = {
  readonly name: string;
  readonly product: string;
  readonly inDays: number;
  readonly until: string;
  /** Days and halves of days, in the figures of the language. */
  readonly left: string;
  readonly link: string;
};
export type Invited = {
  readonly guest: string;
  readonly inviter: string;
  readonly space: string;
  readonly day: string;
  readonly link: string;
};

/** What passes write to people. `link` stands alone on its line, so that a phone makes it one to tap. */
export const MAIL_TEXTS: Readonly<
  Record<
    Language,
    {
      readonly ending: (of: Ending) => Text;
      readonly invited: (of: Invited) => Text;
      readonly withdrawn: (of: Omit<Invited, 'link'>) => Text;
    }
  >
> = {
  en: {
    ending: ({ name, product, inDays, until, left, link }) => ({
      subject: `Your pass ends in ${inDays} days`,
      text: `Hello ${name},\n\nyour pass “${product}” ends on ${until}. Days left on it: ${left}. What is not used by then lapses.\n\nBook your next day here:\n${link}\n`,
    }),
    invited: ({ guest, inviter, space, day, link }) => ({
      subject: `${inviter} invites you to ${space}`,
      text: `Hello ${guest},\n\n${inviter} invites you to work at ${space} on ${day}. The visit costs you nothing.\n\nConfirm your address and get your code for the door:\n${link}\n\nThe link is for you alone. If you do not know ${inviter}, do nothing.\n`,
    }),
    withdrawn: ({ guest, inviter, space, day }) => ({
      subject: `The invitation to ${space} was withdrawn`,
      text: `Hello ${guest},\n\n${inviter} withdrew the invitation to ${space} on ${day}. The code no longer opens the door.\n`,
    }),
  },
  fr: {
    ending: ({ name, product, inDays, until, left, link }) => ({
      subject: `Votre pass se termine dans ${inDays} jours`,
      text: `Bonjour ${name},\n\nvotre pass « ${product} » se termine le ${until}. Jours restants : ${left}. Ce qui n’est pas utilisé d’ici là est perdu.\n\nRéservez votre prochain jour ici :\n${link}\n`,
    }),
    invited: ({ guest, inviter, space, day, link }) => ({
      subject: `${inviter} vous invite à ${space}`,
      text: `Bonjour ${guest},\n\n${inviter} vous invite à travailler à ${space} le ${day}. La visite ne vous coûte rien.\n\nConfirmez votre adresse et obtenez votre code pour l’entrée :\n${link}\n\nCe lien est pour vous seul·e. Si vous ne connaissez pas ${inviter}, ne faites rien.\n`,
    }),
    withdrawn: ({ guest, inviter, space, day }) => ({
      subject: `L’invitation à ${space} est retirée`,
      text: `Bonjour ${guest},\n\n${inviter} a retiré l’invitation à ${space} du ${day}. Le code n’ouvre plus la porte.\n`,
    }),
  },
  es: {
    ending: ({ name, product, inDays, until, left, link }) => ({
      subject: `Tu pase termina en ${inDays} días`,
      text: `Hola, ${name}:\n\ntu pase «${product}» termina el ${until}. Días que quedan: ${left}. Lo que no se use hasta entonces se pierde.\n\nReserva tu próximo día aquí:\n${link}\n`,
    }),
    invited: ({ guest, inviter, space, day, link }) => ({
      subject: `${inviter} te invita a ${space}`,
      text: `Hola, ${guest}:\n\n${inviter} te invita a trabajar en ${space} el ${day}. La visita no te cuesta nada.\n\nConfirma tu dirección y recibe tu código para la puerta:\n${link}\n\nEl enlace es solo para ti. Si no conoces a ${inviter}, no hagas nada.\n`,
    }),
    withdrawn: ({ guest, inviter, space, day }) => ({
      subject: `La invitación a ${space} se ha retirado`,
      text: `Hola, ${guest}:\n\n${inviter} ha retirado la invitación a ${space} del ${day}. El código ya no abre la puerta.\n`,
    }),
  },
  it: {
    ending: ({ name, product, inDays, until, left, link }) => ({
      subject: `Il tuo pass finisce tra ${inDays} giorni`,
      text: `Ciao ${name},\n\nil tuo pass «${product}» finisce il ${until}. Giorni rimasti: ${left}. Quello che non usi entro allora decade.\n\nPrenota il tuo prossimo giorno qui:\n${link}\n`,
    }),
    invited: ({ guest, inviter, space, day, link }) => ({
      subject: `${inviter} ti invita a ${space}`,
      text: `Ciao ${guest},\n\n${inviter} ti invita a lavorare a ${space} il ${day}. La visita non ti costa nulla.\n\nConferma il tuo indirizzo e ricevi il codice per la porta:\n${link}\n\nIl link è solo per te. Se non conosci ${inviter}, non fare nulla.\n`,
    }),
    withdrawn: ({ guest, inviter, space, day }) => ({
      subject: `L’invito a ${space} è stato ritirato`,
      text: `Ciao ${guest},\n\n${inviter} ha ritirato l’invito a ${space} del ${day}. Il codice non apre più la porta.\n`,
    }),
  },
  ar: {
    ending: ({ name, product, inDays, until, left, link }) => ({
      subject: `تنتهي بطاقتك بعد ${inDays} يومًا`,
      text: `مرحبًا ${name}،\n\nتنتهي بطاقتك «${product}» في ${until}. الأيام المتبقية: ${left}. ما لا يُستخدم حتى ذلك الحين يسقط.\n\nاحجز يومك القادم هنا:\n${link}\n`,
    }),
    invited: ({ guest, inviter, space, day, link }) => ({
      subject: `يدعوك ${inviter} إلى ${space}`,
      text: `مرحبًا ${guest}،\n\nيدعوك ${inviter} للعمل في ${space} يوم ${day}. الزيارة لا تكلفك شيئًا.\n\nأكّد عنوانك واحصل على رمزك عند الباب:\n${link}\n\nالرابط لك وحدك. إن كنت لا تعرف ${inviter} فلا تفعل شيئًا.\n`,
    }),
    withdrawn: ({ guest, inviter, space, day }) => ({
      subject: `سُحبت الدعوة إلى ${space}`,
      text: `مرحبًا ${guest}،\n\nسحب ${inviter} الدعوة إلى ${space} يوم ${day}. لم يعد الرمز يفتح الباب.\n`,
    }),
  },
};
