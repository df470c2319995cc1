import type { Language } from '../kernel/wire.js';

type Text = { readonly subject: string; readonly text: string };
type Words = {
  readonly asked: (of: { operator: string; number: number; count: number; link: string }) => Text;
  readonly restricted: (of: { operator: string; facts: string; provision: string; link: string }) => Text;
  readonly volume: (of: { network: string; isOver: boolean; link: string }) => Text;
};

/** Letters to sellers and issuers: what is asked, what was decided and why, and where to answer. */
export const DUTY_MAILS: Readonly<Record<Language, Words>> = {
  en: {
    asked: ({ operator, number, count, link }) => ({
      subject: number === 1 ? `${operator}: data for the yearly report` : `${operator}: data still missing`,
      text: `Tax law asks every platform who sells on it (DAC7). For ${operator}, ${count} details are missing.\n\nGive them here: ${link}\n\nAfter two reminders and sixty days we have to hold back what is paid to you.\n`,
    }),
    restricted: ({ operator, facts, provision, link }) => ({
      subject: `${operator}: payments to you are held back`,
      text: `Payments to ${operator} are held back from now on.\n\nWhat happened: ${facts}\nOn the ground of: ${provision}\n\nAnswer this mail if you see it otherwise: a person will look at it. What can be put right is here: ${link}\n`,
    }),
    volume: ({ network, isOver, link }) => ({
      subject: isOver
        ? `${network}: above one million euros in twelve months`
        : `${network}: near one million euros in twelve months`,
      text: `The passes that ${network} sold in twelve months ${isOver ? 'are above' : 'have reached 80 % of'} the limit of a limited network (Directive (EU) 2015/2366, art. 37(2)). ${isOver ? 'Notify your authority.' : 'Prepare the notice to your authority.'}\n\n${link}\n`,
    }),
  },
  fr: {
    asked: ({ operator, number, count, link }) => ({
      subject:
        number === 1
          ? `${operator} : données pour la déclaration annuelle`
          : `${operator} : des données manquent encore`,
      text: `La loi fiscale demande à chaque plateforme qui y vend (DAC7). Pour ${operator}, ${count} informations manquent.\n\nDonnez-les ici : ${link}\n\nAprès deux rappels et soixante jours, nous devrons retenir ce qui vous est payé.\n`,
    }),
    restricted: ({ operator, facts, provision, link }) => ({
      subject: `${operator} : vos paiements sont retenus`,
      text: `Les paiements à ${operator} sont retenus à partir de maintenant.\n\nCe qui s’est passé : ${facts}\nSur le fondement de : ${provision}\n\nRépondez à ce message si vous n’êtes pas d’accord : une personne l’examinera. Ce qui peut être corrigé est ici : ${link}\n`,
    }),
    volume: ({ network, isOver, link }) => ({
      subject: isOver
        ? `${network} : plus d’un million d’euros en douze mois`
        : `${network} : près d’un million d’euros en douze mois`,
      text: `Les pass vendus par ${network} en douze mois ${isOver ? 'dépassent' : 'ont atteint 80 % de'} la limite d’un réseau limité (directive (UE) 2015/2366, art. 37, § 2). ${isOver ? 'Faites la notification à votre autorité.' : 'Préparez la notification à votre autorité.'}\n\n${link}\n`,
    }),
  },
  es: {
    asked: ({ operator, number, count, link }) => ({
      subject:
        number === 1 ? `${operator}: datos para la declaración anual` : `${operator}: todavía faltan datos`,
      text: `La ley fiscal pregunta a cada plataforma quién vende en ella (DAC7). De ${operator} faltan ${count} datos.\n\nDalos aquí: ${link}\n\nTras dos recordatorios y sesenta días tendremos que retener lo que se te paga.\n`,
    }),
    restricted: ({ operator, facts, provision, link }) => ({
      subject: `${operator}: tus pagos están retenidos`,
      text: `Los pagos a ${operator} quedan retenidos desde ahora.\n\nQué ha pasado: ${facts}\nCon fundamento en: ${provision}\n\nResponde a este correo si no estás de acuerdo: lo mirará una persona. Lo que se puede corregir está aquí: ${link}\n`,
    }),
    volume: ({ network, isOver, link }) => ({
      subject: isOver
        ? `${network}: más de un millón de euros en doce meses`
        : `${network}: cerca de un millón de euros en doce meses`,
      text: `Los pases que ${network} vendió en doce meses ${isOver ? 'superan' : 'han llegado al 80 % de'} el límite de una red limitada (Directiva (UE) 2015/2366, art. 37.2). ${isOver ? 'Notifícalo a tu autoridad.' : 'Prepara la notificación a tu autoridad.'}\n\n${link}\n`,
    }),
  },
  it: {
    asked: ({ operator, number, count, link }) => ({
      subject:
        number === 1
          ? `${operator}: dati per la comunicazione annuale`
          : `${operator}: mancano ancora dei dati`,
      text: `La legge fiscale chiede a ogni piattaforma chi vi vende (DAC7). Di ${operator} mancano ${count} dati.\n\nDalli qui: ${link}\n\nDopo due solleciti e sessanta giorni dovremo trattenere quanto ti è pagato.\n`,
    }),
    restricted: ({ operator, facts, provision, link }) => ({
      subject: `${operator}: i tuoi pagamenti sono trattenuti`,
      text: `I pagamenti a ${operator} sono trattenuti da ora.\n\nChe cosa è successo: ${facts}\nIn base a: ${provision}\n\nRispondi a questa mail se non sei d’accordo: la guarderà una persona. Quello che si può correggere è qui: ${link}\n`,
    }),
    volume: ({ network, isOver, link }) => ({
      subject: isOver
        ? `${network}: oltre un milione di euro in dodici mesi`
        : `${network}: vicino a un milione di euro in dodici mesi`,
      text: `I pass venduti da ${network} in dodici mesi ${isOver ? 'superano' : 'hanno raggiunto l’80 % del'} limite di una rete limitata (direttiva (UE) 2015/2366, art. 37, par. 2). ${isOver ? 'Fai la notifica alla tua autorità.' : 'Prepara la notifica alla tua autorità.'}\n\n${link}\n`,
    }),
  },
  ar: {
    asked: ({ operator, number, count, link }) => ({
      subject: number === 1 ? `${operator}: بيانات للتقرير السنوي` : `${operator}: ما زالت بيانات ناقصة`,
      text: `يسأل قانون الضرائب كل منصة عمّن يبيع عليها (DAC7). البيانات الناقصة عن ${operator}: ‏${count}.\n\nأدخلها هنا: ${link}\n\nبعد تذكيرين وستين يومًا يجب علينا حجز ما يُدفع لك.\n`,
    }),
    restricted: ({ operator, facts, provision, link }) => ({
      subject: `${operator}: مدفوعاتك محجوزة`,
      text: `المدفوعات إلى ${operator} محجوزة من الآن.\n\nما حدث: ${facts}\nعلى أساس: ${provision}\n\nأجب عن هذه الرسالة إن كان رأيك غير ذلك: سينظر فيها شخص. ما يمكن تصحيحه هنا: ${link}\n`,
    }),
    volume: ({ network, isOver, link }) => ({
      subject: isOver
        ? `${network}: أكثر من مليون يورو في اثني عشر شهرًا`
        : `${network}: قرابة مليون يورو في اثني عشر شهرًا`,
      text: `البطاقات التي باعتها ${network} في اثني عشر شهرًا ${isOver ? 'تجاوزت' : 'بلغت ٪80 من'} حد الشبكة المحدودة (التوجيه (EU) 2015/2366، المادة 37(2)). ${isOver ? 'أخطر السلطة المختصة.' : 'حضّر الإخطار إلى السلطة المختصة.'}\n\n${link}\n`,
    }),
  },
};
