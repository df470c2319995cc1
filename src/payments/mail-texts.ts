import type { Language } from '../kernel/wire.js';

type Text = { readonly subject: string; readonly text: string };
export type PaymentMailFacts = {
  readonly name: string;
  /** What was bought. */
  readonly product: string;
  readonly amount: string;
  readonly day: string;
  readonly link: string;
};
export type PaymentMailKind = 'receipt' | 'failed' | 'refunded' | 'past_due' | 'ended' | 'visit';
type Texts = Readonly<Record<PaymentMailKind, (facts: PaymentMailFacts) => Text>>;

/** What is written about money. `link` stands alone on its line, so that a phone makes it one to tap. */
const en: Texts = {
  receipt: ({ name, product, amount, day, link }) => ({
    subject: `Paid: ${product}`,
    text: `Hello ${name},\n\n${amount} for “${product}” were paid on ${day}. Thank you.\n\nYour receipt, and how to give the pass back within 14 days:\n${link}\n`,
  }),
  failed: ({ name, product, amount, link }) => ({
    subject: `Not paid: ${product}`,
    text: `Hello ${name},\n\nthe payment of ${amount} for “${product}” did not work. Nothing was charged.\n\nTry again, with another card if you like:\n${link}\n`,
  }),
  refunded: ({ name, product, amount, link }) => ({
    subject: `${amount} go back to you`,
    text: `Hello ${name},\n\n${amount} for “${product}” are on their way back to the card or account they came from. Banks take up to ten days.\n\n${link}\n`,
  }),
  past_due: ({ name, product, amount, link }) => ({
    subject: `We could not collect ${amount}`,
    text: `Hello ${name},\n\n${amount} for the next period of “${product}” could not be collected. We try again in a few days, and your bookings stay.\n\nLeave another card or account here:\n${link}\n`,
  }),
  ended: ({ name, product, link }) => ({
    subject: `Your subscription has ended: ${product}`,
    text: `Hello ${name},\n\n“${product}” does not renew itself any more. What is paid stays usable.\n\nBuy it again whenever you like:\n${link}\n`,
  }),
  visit: ({ name, product, amount, link }) => ({
    subject: `Please pay ${amount}`,
    text: `Hello ${name},\n\n${amount} for your visit (${product}) could not be charged to a card you left. Please pay here; your bank may ask you to confirm:\n${link}\n`,
  }),
};
const fr: Texts = {
  receipt: ({ name, product, amount, day, link }) => ({
    subject: `Payé : ${product}`,
    text: `Bonjour ${name},\n\n${amount} pour « ${product} » ont été payés le ${day}. Merci.\n\nVotre reçu, et comment rendre le pass sous 14 jours :\n${link}\n`,
  }),
  failed: ({ name, product, amount, link }) => ({
    subject: `Non payé : ${product}`,
    text: `Bonjour ${name},\n\nle paiement de ${amount} pour « ${product} » n’a pas abouti. Rien n’a été débité.\n\nRéessayez, avec une autre carte si vous voulez :\n${link}\n`,
  }),
  refunded: ({ name, product, amount, link }) => ({
    subject: `${amount} vous sont remboursés`,
    text: `Bonjour ${name},\n\n${amount} pour « ${product} » repartent vers la carte ou le compte d’origine. Les banques prennent jusqu’à dix jours.\n\n${link}\n`,
  }),
  past_due: ({ name, product, amount, link }) => ({
    subject: `Nous n’avons pas pu prélever ${amount}`,
    text: `Bonjour ${name},\n\n${amount} pour la prochaine période de « ${product} » n’ont pas pu être prélevés. Nous réessayons dans quelques jours, et vos réservations restent.\n\nLaissez une autre carte ou un autre compte ici :\n${link}\n`,
  }),
  ended: ({ name, product, link }) => ({
    subject: `Votre abonnement est terminé : ${product}`,
    text: `Bonjour ${name},\n\n« ${product} » ne se renouvelle plus. Ce qui est payé reste utilisable.\n\nReprenez-le quand vous voulez :\n${link}\n`,
  }),
  visit: ({ name, product, amount, link }) => ({
    subject: `Merci de payer ${amount}`,
    text: `Bonjour ${name},\n\n${amount} pour votre visite (${product}) n’ont pas pu être débités d’une carte que vous avez laissée. Payez ici ; votre banque peut vous demander de confirmer :\n${link}\n`,
  }),
};
const es: Texts = {
  receipt: ({ name, product, amount, day, link }) => ({
    subject: `Pagado: ${product}`,
    text: `Hola, ${name}:\n\nse pagaron ${amount} por «${product}» el ${day}. Gracias.\n\nTu recibo, y cómo devolver el pase en 14 días:\n${link}\n`,
  }),
  failed: ({ name, product, amount, link }) => ({
    subject: `No pagado: ${product}`,
    text: `Hola, ${name}:\n\nel pago de ${amount} por «${product}» no funcionó. No se ha cobrado nada.\n\nPrueba otra vez, con otra tarjeta si quieres:\n${link}\n`,
  }),
  refunded: ({ name, product, amount, link }) => ({
    subject: `Te devolvemos ${amount}`,
    text: `Hola, ${name}:\n\n${amount} por «${product}» vuelven a la tarjeta o cuenta de la que salieron. Los bancos tardan hasta diez días.\n\n${link}\n`,
  }),
  past_due: ({ name, product, amount, link }) => ({
    subject: `No pudimos cobrar ${amount}`,
    text: `Hola, ${name}:\n\nno se pudieron cobrar ${amount} por el próximo periodo de «${product}». Lo intentamos de nuevo en unos días, y tus reservas siguen.\n\nDeja otra tarjeta o cuenta aquí:\n${link}\n`,
  }),
  ended: ({ name, product, link }) => ({
    subject: `Tu suscripción ha terminado: ${product}`,
    text: `Hola, ${name}:\n\n«${product}» ya no se renueva. Lo pagado se puede seguir usando.\n\nCómpralo otra vez cuando quieras:\n${link}\n`,
  }),
  visit: ({ name, product, amount, link }) => ({
    subject: `Por favor, paga ${amount}`,
    text: `Hola, ${name}:\n\nno se pudieron cobrar ${amount} por tu visita (${product}) en una tarjeta que dejaste. Paga aquí; tu banco puede pedirte que confirmes:\n${link}\n`,
  }),
};
const it: Texts = {
  receipt: ({ name, product, amount, day, link }) => ({
    subject: `Pagato: ${product}`,
    text: `Ciao ${name},\n\n${amount} per «${product}» sono stati pagati il ${day}. Grazie.\n\nLa tua ricevuta, e come restituire il pass entro 14 giorni:\n${link}\n`,
  }),
  failed: ({ name, product, amount, link }) => ({
    subject: `Non pagato: ${product}`,
    text: `Ciao ${name},\n\nil pagamento di ${amount} per «${product}» non è riuscito. Non è stato addebitato nulla.\n\nRiprova, con un’altra carta se vuoi:\n${link}\n`,
  }),
  refunded: ({ name, product, amount, link }) => ({
    subject: `Ti rimborsiamo ${amount}`,
    text: `Ciao ${name},\n\n${amount} per «${product}» tornano alla carta o al conto da cui sono partiti. Le banche impiegano fino a dieci giorni.\n\n${link}\n`,
  }),
  past_due: ({ name, product, amount, link }) => ({
    subject: `Non siamo riusciti a incassare ${amount}`,
    text: `Ciao ${name},\n\nnon è stato possibile incassare ${amount} per il prossimo periodo di «${product}». Riproviamo tra qualche giorno, e le tue prenotazioni restano.\n\nLascia un’altra carta o un altro conto qui:\n${link}\n`,
  }),
  ended: ({ name, product, link }) => ({
    subject: `Il tuo abbonamento è finito: ${product}`,
    text: `Ciao ${name},\n\n«${product}» non si rinnova più. Quello che è pagato resta utilizzabile.\n\nRicompralo quando vuoi:\n${link}\n`,
  }),
  visit: ({ name, product, amount, link }) => ({
    subject: `Paga ${amount}, per favore`,
    text: `Ciao ${name},\n\nnon è stato possibile addebitare ${amount} per la tua visita (${product}) su una carta che hai lasciato. Paga qui; la tua banca può chiederti di confermare:\n${link}\n`,
  }),
};
const ar: Texts = {
  receipt: ({ name, product, amount, day, link }) => ({
    subject: `تم الدفع: ${product}`,
    text: `مرحبًا ${name}،\n\nدُفع ${amount} مقابل «${product}» في ${day}. شكرًا لك.\n\nإيصالك، وكيف تعيد البطاقة خلال 14 يومًا:\n${link}\n`,
  }),
  failed: ({ name, product, amount, link }) => ({
    subject: `لم يتم الدفع: ${product}`,
    text: `مرحبًا ${name}،\n\nلم ينجح دفع ${amount} مقابل «${product}». لم يُخصم شيء.\n\nحاول مرة أخرى، ببطاقة أخرى إن شئت:\n${link}\n`,
  }),
  refunded: ({ name, product, amount, link }) => ({
    subject: `نعيد إليك ${amount}`,
    text: `مرحبًا ${name}،\n\n${amount} مقابل «${product}» في طريق العودة إلى البطاقة أو الحساب الذي جاءت منه. قد تستغرق المصارف عشرة أيام.\n\n${link}\n`,
  }),
  past_due: ({ name, product, amount, link }) => ({
    subject: `لم نتمكن من تحصيل ${amount}`,
    text: `مرحبًا ${name}،\n\nلم يمكن تحصيل ${amount} عن الفترة القادمة من «${product}». سنحاول مجددًا بعد أيام، وتبقى حجوزاتك.\n\nاترك بطاقة أو حسابًا آخر هنا:\n${link}\n`,
  }),
  ended: ({ name, product, link }) => ({
    subject: `انتهى اشتراكك: ${product}`,
    text: `مرحبًا ${name}،\n\nلم يعد «${product}» يتجدد. ما دُفع يبقى صالحًا للاستعمال.\n\nاشترِه مرة أخرى متى شئت:\n${link}\n`,
  }),
  visit: ({ name, product, amount, link }) => ({
    subject: `يرجى دفع ${amount}`,
    text: `مرحبًا ${name}،\n\nلم يمكن خصم ${amount} عن زيارتك (${product}) من بطاقة تركتها. ادفع هنا؛ قد يطلب مصرفك التأكيد:\n${link}\n`,
  }),
};

export const PAYMENT_MAILS: Readonly<Record<Language, Texts>> = { en, fr, es, it, ar };
