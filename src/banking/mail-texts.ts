import type { Language } from '../kernel/wire.js';

type Text = { readonly subject: string; readonly text: string };

/** The notice to those who gave the account before: if it was not them, three days are left to say so. */
export function changeMail(language: Language, party: string, usableFrom: string): Text {
  return TEXTS[language](party, usableFrom.slice(0, 16).replace('T', ' '));
}

const TEXTS: Readonly<Record<Language, (party: string, from: string) => Text>> = {
  en: (party, from) => ({
    subject: `New bank account for ${party}`,
    text: `From ${from} UTC on, ${party} will be paid to another bank account.\n\nIf you do not know of this, tell the treasurer of your network now: until then the account you gave is used.\n`,
  }),
  fr: (party, from) => ({
    subject: `Nouveau compte bancaire pour ${party}`,
    text: `À partir du ${from} UTC, ${party} sera payé sur un autre compte bancaire.\n\nSi vous n’en savez rien, prévenez tout de suite la trésorerie de votre réseau : jusque-là, le compte que vous avez donné est utilisé.\n`,
  }),
  es: (party, from) => ({
    subject: `Nueva cuenta bancaria para ${party}`,
    text: `A partir del ${from} UTC, ${party} cobrará en otra cuenta bancaria.\n\nSi no sabes nada de esto, avisa ya a la tesorería de tu red: hasta entonces se usa la cuenta que diste.\n`,
  }),
  it: (party, from) => ({
    subject: `Nuovo conto bancario per ${party}`,
    text: `Dal ${from} UTC, ${party} sarà pagato su un altro conto bancario.\n\nSe non ne sai nulla, avvisa subito la tesoreria della tua rete: fino ad allora si usa il conto che hai dato.\n`,
  }),
  ar: (party, from) => ({
    subject: `حساب مصرفي جديد لـ ${party}`,
    text: `ابتداءً من ${from} بالتوقيت العالمي سيُدفع إلى ${party} على حساب مصرفي آخر.\n\nإن لم تكن على علم بذلك فأبلغ أمانة صندوق شبكتك الآن: حتى ذلك الوقت يُستعمل الحساب الذي أعطيته.\n`,
  }),
};
