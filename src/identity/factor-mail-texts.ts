import type { Language } from '../kernel/wire.js';

export type FactorNews =
  | 'PASSKEY_ADDED'
  | 'PASSKEY_REMOVED'
  | 'AUTHENTICATOR_ADDED'
  | 'AUTHENTICATOR_REMOVED'
  | 'RECOVERY_CODES_MADE';
type Text = { readonly subject: string; readonly text: string };

/** What has happened, as a whole sentence: it is subject and first line. */
const NEWS: Readonly<Record<Language, Readonly<Record<FactorNews, string>>>> = {
  en: {
    PASSKEY_ADDED: 'A passkey was added',
    PASSKEY_REMOVED: 'A passkey was removed',
    AUTHENTICATOR_ADDED: 'An authenticator app was added',
    AUTHENTICATOR_REMOVED: 'The authenticator app was removed',
    RECOVERY_CODES_MADE: 'New recovery codes were made',
  },
  fr: {
    PASSKEY_ADDED: 'Une clé d’accès a été ajoutée',
    PASSKEY_REMOVED: 'Une clé d’accès a été retirée',
    AUTHENTICATOR_ADDED: 'Une application d’authentification a été ajoutée',
    AUTHENTICATOR_REMOVED: 'L’application d’authentification a été retirée',
    RECOVERY_CODES_MADE: 'De nouveaux codes de secours ont été créés',
  },
  es: {
    PASSKEY_ADDED: 'Se ha añadido una llave de acceso',
    PASSKEY_REMOVED: 'Se ha quitado una llave de acceso',
    AUTHENTICATOR_ADDED: 'Se ha añadido una aplicación de autenticación',
    AUTHENTICATOR_REMOVED: 'Se ha quitado la aplicación de autenticación',
    RECOVERY_CODES_MADE: 'Se han creado códigos de recuperación nuevos',
  },
  it: {
    PASSKEY_ADDED: 'È stata aggiunta una passkey',
    PASSKEY_REMOVED: 'È stata tolta una passkey',
    AUTHENTICATOR_ADDED: 'È stata aggiunta un’app di autenticazione',
    AUTHENTICATOR_REMOVED: 'È stata tolta l’app di autenticazione',
    RECOVERY_CODES_MADE: 'Sono stati creati nuovi codici di recupero',
  },
  ar: {
    PASSKEY_ADDED: 'أُضيف مفتاح مرور',
    PASSKEY_REMOVED: 'أُزيل مفتاح مرور',
    AUTHENTICATOR_ADDED: 'أُضيف تطبيق مصادقة',
    AUTHENTICATOR_REMOVED: 'أُزيل تطبيق المصادقة',
    RECOVERY_CODES_MADE: 'أُنشئت رموز استرداد جديدة',
  },
};

export const FACTOR_MAIL_TEXTS: Readonly<Record<Language, (name: string, news: FactorNews) => Text>> = {
  en: (name, news) => ({
    subject: NEWS.en[news],
    text: `Hello ${name},\n\n${NEWS.en[news]} on your account.\n\nIf it was you, there is nothing to do. If it was not, change your password at once and end all sessions under “Sign-in and security”.`,
  }),
  fr: (name, news) => ({
    subject: NEWS.fr[news],
    text: `Bonjour ${name},\n\n${NEWS.fr[news]} sur votre compte.\n\nSi c’était vous, il n’y a rien à faire. Sinon, changez tout de suite votre mot de passe et fermez toutes les sessions sous « Connexion et sécurité ».`,
  }),
  es: (name, news) => ({
    subject: NEWS.es[news],
    text: `Hola, ${name}:\n\n${NEWS.es[news]} en tu cuenta.\n\nSi has sido tú, no hay nada que hacer. Si no, cambia enseguida tu contraseña y cierra todas las sesiones en «Inicio de sesión y seguridad».`,
  }),
  it: (name, news) => ({
    subject: NEWS.it[news],
    text: `Ciao ${name},\n\n${NEWS.it[news]} nel tuo account.\n\nSe sei stato tu, non c’è nulla da fare. Altrimenti cambia subito la password e chiudi tutte le sessioni in «Accesso e sicurezza».`,
  }),
  ar: (name, news) => ({
    subject: NEWS.ar[news],
    text: `مرحبًا ${name}،\n\n${NEWS.ar[news]} في حسابك.\n\nإن كنت أنت فلا شيء عليك فعله. وإلا فغيّر كلمة السر فورًا وأنهِ كل الجلسات ضمن «تسجيل الدخول والأمان».`,
  }),
};
