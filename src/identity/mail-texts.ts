import type { Language } from '../kernel/wire.js';

type Text = { readonly subject: string; readonly text: string };

/** What identity writes to people. `link` stands alone on its line, so that a phone makes it one to tap. */
export const MAIL_TEXTS: Readonly<
  Record<
    Language,
    {
      readonly confirm: (name: string, link: string) => Text;
      readonly known: (name: string, link: string) => Text;
      readonly reset: (name: string, link: string) => Text;
      readonly invite: (organisation: string, link: string) => Text;
    }
  >
> = {
  en: {
    confirm: (name, link) => ({
      subject: 'Confirm your address',
      text: `Hello ${name},\n\nConfirm your address to start using Escale:\n${link}\n\nThe link works for two days. If you did not register, do nothing.`,
    }),
    known: (name, link) => ({
      subject: 'You already have an account',
      text: `Hello ${name},\n\nSomebody registered with your address, which already has an account. If it was you, sign in, or reset your password here:\n${link}\n\nIf it was not you, do nothing.`,
    }),
    reset: (name, link) => ({
      subject: 'Choose a new password',
      text: `Hello ${name},\n\nChoose a new password here:\n${link}\n\nThe link works for one hour, once, and signs you out everywhere. If you did not ask for it, do nothing.`,
    }),
    invite: (organisation, link) => ({
      subject: `Invitation from ${organisation}`,
      text: `Hello,\n\n${organisation} invites you to join it on Escale. Sign in or register, then accept here:\n${link}\n\nThe link works for 14 days, once.`,
    }),
  },
  fr: {
    confirm: (name, link) => ({
      subject: 'Confirmez votre adresse',
      text: `Bonjour ${name},\n\nConfirmez votre adresse pour utiliser Escale :\n${link}\n\nLe lien est valable deux jours. Si vous ne vous êtes pas inscrit·e, ne faites rien.`,
    }),
    known: (name, link) => ({
      subject: 'Vous avez déjà un compte',
      text: `Bonjour ${name},\n\nUne inscription a été faite avec votre adresse, qui a déjà un compte. Si c’était vous, connectez-vous ou changez votre mot de passe ici :\n${link}\n\nSinon, ne faites rien.`,
    }),
    reset: (name, link) => ({
      subject: 'Choisissez un nouveau mot de passe',
      text: `Bonjour ${name},\n\nChoisissez un nouveau mot de passe ici :\n${link}\n\nLe lien est valable une heure, une seule fois, et vous déconnecte partout. Si vous n’avez rien demandé, ne faites rien.`,
    }),
    invite: (organisation, link) => ({
      subject: `Invitation de ${organisation}`,
      text: `Bonjour,\n\n${organisation} vous invite à la rejoindre sur Escale. Connectez-vous ou inscrivez-vous, puis acceptez ici :\n${link}\n\nLe lien est valable 14 jours, une seule fois.`,
    }),
  },
  es: {
    confirm: (name, link) => ({
      subject: 'Confirma tu dirección',
      text: `Hola, ${name}:\n\nConfirma tu dirección para empezar a usar Escale:\n${link}\n\nEl enlace vale dos días. Si no te has registrado, no hagas nada.`,
    }),
    known: (name, link) => ({
      subject: 'Ya tienes una cuenta',
      text: `Hola, ${name}:\n\nAlguien se ha registrado con tu dirección, que ya tiene una cuenta. Si has sido tú, inicia sesión o cambia tu contraseña aquí:\n${link}\n\nSi no, no hagas nada.`,
    }),
    reset: (name, link) => ({
      subject: 'Elige una contraseña nueva',
      text: `Hola, ${name}:\n\nElige una contraseña nueva aquí:\n${link}\n\nEl enlace vale una hora, una sola vez, y cierra todas tus sesiones. Si no lo has pedido, no hagas nada.`,
    }),
    invite: (organisation, link) => ({
      subject: `Invitación de ${organisation}`,
      text: `Hola:\n\n${organisation} te invita a unirte en Escale. Inicia sesión o regístrate y acepta aquí:\n${link}\n\nEl enlace vale 14 días, una sola vez.`,
    }),
  },
  it: {
    confirm: (name, link) => ({
      subject: 'Conferma il tuo indirizzo',
      text: `Ciao ${name},\n\nconferma il tuo indirizzo per iniziare a usare Escale:\n${link}\n\nIl link vale due giorni. Se non ti sei registrato, non fare nulla.`,
    }),
    known: (name, link) => ({
      subject: 'Hai già un account',
      text: `Ciao ${name},\n\nqualcuno si è registrato con il tuo indirizzo, che ha già un account. Se eri tu, accedi oppure cambia la password qui:\n${link}\n\nAltrimenti non fare nulla.`,
    }),
    reset: (name, link) => ({
      subject: 'Scegli una nuova password',
      text: `Ciao ${name},\n\nscegli una nuova password qui:\n${link}\n\nIl link vale un’ora, una sola volta, e chiude tutte le tue sessioni. Se non l’hai chiesto, non fare nulla.`,
    }),
    invite: (organisation, link) => ({
      subject: `Invito da ${organisation}`,
      text: `Ciao,\n\n${organisation} ti invita a farne parte su Escale. Accedi o registrati, poi accetta qui:\n${link}\n\nIl link vale 14 giorni, una sola volta.`,
    }),
  },
  ar: {
    confirm: (name, link) => ({
      subject: 'أكّد عنوانك',
      text: `مرحبًا ${name}،\n\nأكّد عنوانك لتبدأ باستخدام Escale:\n${link}\n\nيعمل الرابط يومين. إن لم تسجّل فلا تفعل شيئًا.`,
    }),
    known: (name, link) => ({
      subject: 'لديك حساب بالفعل',
      text: `مرحبًا ${name}،\n\nسجّل أحدهم بعنوانك الذي له حساب بالفعل. إن كنت أنت فسجّل الدخول أو غيّر كلمة السر هنا:\n${link}\n\nوإلا فلا تفعل شيئًا.`,
    }),
    reset: (name, link) => ({
      subject: 'اختر كلمة سر جديدة',
      text: `مرحبًا ${name}،\n\nاختر كلمة سر جديدة هنا:\n${link}\n\nيعمل الرابط ساعة واحدة ومرة واحدة، ويُنهي كل جلساتك. إن لم تطلبه فلا تفعل شيئًا.`,
    }),
    invite: (organisation, link) => ({
      subject: `دعوة من ${organisation}`,
      text: `مرحبًا،\n\nتدعوك ${organisation} للانضمام إليها على Escale. سجّل الدخول أو أنشئ حسابًا ثم اقبل هنا:\n${link}\n\nيعمل الرابط 14 يومًا ومرة واحدة.`,
    }),
  },
};
