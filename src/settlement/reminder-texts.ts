import type { Language } from '../kernel/wire.js';

type Text = { readonly subject: string; readonly text: string };
type Owed = {
  readonly party: string;
  readonly payee: string;
  readonly amount: string;
  readonly window: number;
  readonly dueDay: string;
  readonly link: string;
};

/** A payment that the bank has not shown yet: what, to whom, since when. The link stands alone on its line. */
export function reminderMail(language: Language, number: number, owed: Owed): Text {
  return TEXTS[language](owed, number);
}

const TEXTS: Readonly<Record<Language, (owed: Owed, number: number) => Text>> = {
  en: ({ party, payee, amount, window, dueDay, link }, number) => ({
    subject: `Reminder ${number}: ${amount} for ${payee}`,
    text: `Hello,\n\n${party} owes ${payee} ${amount} from settlement window ${window}. It was due on ${dueDay}, and nobody has marked it as paid.\n\nIf you have paid in the last days, do nothing. If you disagree or cannot pay now, tell your network's treasurer.\n\nThe statement:\n${link}\n`,
  }),
  fr: ({ party, payee, amount, window, dueDay, link }, number) => ({
    subject: `Rappel ${number} : ${amount} pour ${payee}`,
    text: `Bonjour,\n\n${party} doit ${amount} à ${payee} pour la période de compensation ${window}. Le paiement était attendu le ${dueDay}, et personne ne l’a marqué comme fait.\n\nSi vous avez payé ces derniers jours, ne faites rien. Si vous n’êtes pas d’accord ou ne pouvez pas payer maintenant, prévenez la trésorerie de votre réseau.\n\nLe relevé :\n${link}\n`,
  }),
  es: ({ party, payee, amount, window, dueDay, link }, number) => ({
    subject: `Recordatorio ${number}: ${amount} para ${payee}`,
    text: `Hola:\n\n${party} debe ${amount} a ${payee} por la ventana de compensación ${window}. Vencía el ${dueDay} y nadie lo ha marcado como pagado.\n\nSi has pagado estos días, no hagas nada. Si no estás de acuerdo o no puedes pagar ahora, avisa a la tesorería de tu red.\n\nEl extracto:\n${link}\n`,
  }),
  it: ({ party, payee, amount, window, dueDay, link }, number) => ({
    subject: `Promemoria ${number}: ${amount} per ${payee}`,
    text: `Buongiorno,\n\n${party} deve ${amount} a ${payee} per la finestra di compensazione ${window}. La scadenza era il ${dueDay} e nessuno lo ha segnato come pagato.\n\nSe hai pagato in questi giorni, non fare nulla. Se non sei d’accordo o non puoi pagare ora, avvisa la tesoreria della tua rete.\n\nL’estratto:\n${link}\n`,
  }),
  ar: ({ party, payee, amount, window, dueDay, link }, number) => ({
    subject: `تذكير ${number}: ${amount} لـ ${payee}`,
    text: `مرحبًا،\n\nعلى ${party} مبلغ ${amount} لـ ${payee} عن فترة المقاصة ${window}. كان مستحقًا في ${dueDay} ولم يُسجَّل دفعه بعد.\n\nإن كنتم قد دفعتم في الأيام الأخيرة فلا داعي لفعل شيء. وإن كنتم لا توافقون أو لا تستطيعون الدفع الآن فأبلغوا أمانة صندوق شبكتكم.\n\nكشف الحساب:\n${link}\n`,
  }),
};
