/** What the hosted page says. */
export type PageWords = {
  readonly title: string;
  readonly notReal: string;
  readonly card: string;
  readonly number: string;
  readonly expiry: string;
  readonly cvc: string;
  readonly debit: string;
  readonly iban: string;
  readonly pay: string;
  readonly save: string;
  readonly back: string;
  readonly declined: string;
  readonly bank: string;
  readonly confirm: string;
  readonly refuse: string;
  readonly tryCards: string;
  readonly expired: string;
};

const en: PageWords = {
  title: 'Payment',
  notReal: 'A rehearsal: no money moves here.',
  card: 'Card',
  number: 'Card number',
  expiry: 'Valid until',
  cvc: 'Security code',
  debit: 'SEPA direct debit',
  iban: 'IBAN',
  pay: 'Pay',
  save: 'Save',
  back: 'Back without paying',
  declined: 'The payment was declined. Try another card.',
  bank: 'Your bank asks you to confirm this payment.',
  confirm: 'Confirm',
  refuse: 'Refuse',
  tryCards: 'Numbers to try',
  expired: 'This page is over.',
};
const fr: PageWords = {
  title: 'Paiement',
  notReal: 'Une répétition : aucun argent ne circule ici.',
  card: 'Carte',
  number: 'Numéro de carte',
  expiry: 'Valable jusqu’à',
  cvc: 'Code de sécurité',
  debit: 'Prélèvement SEPA',
  iban: 'IBAN',
  pay: 'Payer',
  save: 'Enregistrer',
  back: 'Revenir sans payer',
  declined: 'Le paiement a été refusé. Essayez une autre carte.',
  bank: 'Votre banque vous demande de confirmer ce paiement.',
  confirm: 'Confirmer',
  refuse: 'Refuser',
  tryCards: 'Numéros à essayer',
  expired: 'Cette page est close.',
};
const es: PageWords = {
  title: 'Pago',
  notReal: 'Un ensayo: aquí no se mueve dinero.',
  card: 'Tarjeta',
  number: 'Número de tarjeta',
  expiry: 'Válida hasta',
  cvc: 'Código de seguridad',
  debit: 'Adeudo directo SEPA',
  iban: 'IBAN',
  pay: 'Pagar',
  save: 'Guardar',
  back: 'Volver sin pagar',
  declined: 'El pago fue rechazado. Prueba otra tarjeta.',
  bank: 'Tu banco te pide que confirmes este pago.',
  confirm: 'Confirmar',
  refuse: 'Rechazar',
  tryCards: 'Números para probar',
  expired: 'Esta página ha terminado.',
};
const it: PageWords = {
  title: 'Pagamento',
  notReal: 'Una prova: qui non si muove denaro.',
  card: 'Carta',
  number: 'Numero della carta',
  expiry: 'Valida fino a',
  cvc: 'Codice di sicurezza',
  debit: 'Addebito diretto SEPA',
  iban: 'IBAN',
  pay: 'Paga',
  save: 'Salva',
  back: 'Torna senza pagare',
  declined: 'Il pagamento è stato rifiutato. Prova un’altra carta.',
  bank: 'La tua banca ti chiede di confermare questo pagamento.',
  confirm: 'Conferma',
  refuse: 'Rifiuta',
  tryCards: 'Numeri da provare',
  expired: 'Questa pagina è chiusa.',
};
const ar: PageWords = {
  title: 'الدفع',
  notReal: 'تجربة فقط: لا تتحرك أموال هنا.',
  card: 'بطاقة',
  number: 'رقم البطاقة',
  expiry: 'صالحة حتى',
  cvc: 'رمز الأمان',
  debit: 'خصم مباشر SEPA',
  iban: 'IBAN',
  pay: 'ادفع',
  save: 'احفظ',
  back: 'العودة دون دفع',
  declined: 'رُفض الدفع. جرّب بطاقة أخرى.',
  bank: 'يطلب منك مصرفك تأكيد هذا الدفع.',
  confirm: 'تأكيد',
  refuse: 'رفض',
  tryCards: 'أرقام للتجربة',
  expired: 'انتهت هذه الصفحة.',
};

const WORDS: Readonly<Record<string, PageWords>> = { en, fr, es, it, ar };

export function wordsFor(locale: string | null): { readonly language: string; readonly words: PageWords } {
  const language = locale && locale in WORDS ? locale : 'en';
  return { language, words: WORDS[language]! };
}
