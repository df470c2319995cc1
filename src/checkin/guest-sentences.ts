import type { Language } from '../kernel/wire.js';
import type { BookedPart } from '../kernel/words.js';
import type { DoorReason } from './checkin.schema.js';

/** English stands in door-reasons.ts, beside what the host reads. */
export type GuestLanguage = Exclude<Language, 'en'>;

/** What a guest reads in their own language when a door says no: what is the matter, and what they can do now. */
export const GUEST_SENTENCES: Readonly<Record<GuestLanguage, Record<DoorReason, string>>> = {
  fr: {
    unknown_token:
      'La porte ne lit pas ceci comme un pass. Ouvrez votre pass dans Escale et montrez-le de nouveau.',
    revoked: 'Ce pass a été retiré. Demandez au réseau qui l’a émis, ou réservez et payez une journée.',
    expired_code: 'Ce code est trop ancien. Montrez le code en direct sur votre téléphone, pas une image.',
    replayed_code: 'Ce code vient d’être utilisé. Attendez le suivant, quelques secondes, et montrez-le.',
    blocked_member:
      'Vous ne pouvez pas entrer ici : cet espace vous a bloqué, ou votre pass est en pause. Dans Escale, « Vous » dit pourquoi et comment faire appel ou le reprendre.',
    pass_expired: 'Ce pass a expiré. Renouvelez-le dans Escale et montrez le nouveau code.',
    no_credit: 'Il ne reste aucune demi-journée sur ce pass. Ajoutez-en, ou réservez et payez cette visite.',
    quota_exhausted:
      'Vos demi-journées gratuites ici sont épuisées pour cette année. Utilisez un pass, ou réservez et payez cette visite.',
    pair_cap_reached:
      'Votre espace a atteint sa limite de visites ici. Réservez et payez cette visite, ou demandez à votre espace.',
    host_cap_reached: 'Cet espace a atteint sa limite de visiteurs. Essayez un espace voisin.',
    not_in_agreement:
      'Votre réseau n’a pas d’accord avec cet espace. Cherchez dans Escale les espaces qui acceptent votre pass.',
    host_suspended:
      'Cet espace ne reçoit pas de visites en ce moment. Cherchez-en un autre à proximité dans Escale.',
    home_suspended: 'Votre espace d’origine est suspendu et ne peut pas envoyer de visiteurs. Demandez-lui.',
    wrong_space:
      'Ce code a été fait pour un autre espace. Choisissez cet espace dans Escale et montrez le nouveau code.',
    closed_today: 'L’espace est fermé aujourd’hui. Choisissez un autre jour ou un espace voisin.',
    outside_hours: 'L’espace n’est pas ouvert à cette heure. Revenez pendant ses horaires.',
    full: 'Aucun poste n’est libre. Cherchez dans Escale un espace voisin, ou un autre jour.',
    no_booking_required_here: 'Vous n’avez pas besoin de réserver ici. Entrez et demandez à l’hôte.',
    booking_not_confirmed:
      'Votre réservation n’est pas encore confirmée. Demandez à l’hôte de l’accepter, puis montrez votre code de nouveau.',
    already_in:
      'Vous êtes déjà enregistré. Terminez votre visite dans Escale, puis montrez votre code de nouveau.',
    already_used_today:
      'Votre journée est déjà utilisée ou réservée. Annulez l’autre réservation, ou revenez demain.',
    too_early: 'Il est trop tôt pour cette visite. Revenez quand elle commence.',
    sponsor_budget_exhausted:
      'Le budget de votre financeur est épuisé. Utilisez un pass, ou réservez et payez cette visite.',
    sponsor_audience:
      'Votre financeur ne paie pas les visites ici. Utilisez un pass, ou réservez et payez cette visite.',
    rules: 'Le règlement intérieur ne permet pas cette visite. Demandez à l’hôte.',
    questions_incomplete:
      'L’hôte demande encore quelque chose. Complétez votre visite dans Escale et montrez votre code de nouveau.',
    ambiguous: 'Plusieurs réservations correspondent. Ouvrez la bonne dans Escale et montrez son code.',
    device_not_allowed: 'Cette porte ne peut pas vérifier les pass pour l’instant. Demandez à l’hôte.',
    offline_not_allowed: 'Ce pass exige une porte en ligne. Demandez à l’hôte.',
    clock_skew:
      'L’horloge de votre téléphone avance. Réglez-la sur automatique et montrez votre code de nouveau.',
    error: 'Quelque chose s’est mal passé à la porte. Réessayez une fois, puis demandez à l’hôte.',
  },
  es: {
    unknown_token: 'La puerta no reconoce esto como un pase. Abre tu pase en Escale y muéstralo otra vez.',
    revoked: 'Este pase fue retirado. Pregunta a la red que lo emitió, o reserva y paga un día.',
    expired_code:
      'Este código es demasiado antiguo. Muestra el código en vivo en tu teléfono, no una imagen.',
    replayed_code: 'Este código se acaba de usar. Espera al siguiente, unos segundos, y muéstralo.',
    blocked_member:
      'No puedes entrar aquí: este espacio te ha bloqueado, o tu pase está en pausa. En Escale, «Tú» dice por qué y cómo recurrir o reanudarlo.',
    pass_expired: 'Este pase ha caducado. Renuévalo en Escale y muestra el código nuevo.',
    no_credit: 'No quedan medias jornadas en este pase. Añade más, o reserva y paga esta visita.',
    quota_exhausted:
      'Tus medias jornadas gratuitas aquí están agotadas este año. Usa un pase, o reserva y paga esta visita.',
    pair_cap_reached:
      'Tu espacio ha llegado a su límite de visitas aquí. Reserva y paga esta visita, o pregunta a tu espacio.',
    host_cap_reached: 'Este espacio ha llegado a su límite de visitantes. Prueba otro espacio cercano.',
    not_in_agreement:
      'Tu red no tiene acuerdo con este espacio. Busca en Escale espacios que acepten tu pase.',
    host_suspended: 'Este espacio no recibe visitas por ahora. Busca otro cercano en Escale.',
    home_suspended: 'Tu espacio de origen está suspendido y no puede enviar visitantes. Pregúntale.',
    wrong_space:
      'Este código se hizo para otro espacio. Elige este espacio en Escale y muestra el código nuevo.',
    closed_today: 'El espacio está cerrado hoy. Elige otro día o un espacio cercano.',
    outside_hours: 'El espacio no está abierto a esta hora. Vuelve dentro de su horario.',
    full: 'No hay ningún puesto libre. Busca en Escale un espacio cercano, u otro día.',
    no_booking_required_here: 'Aquí no necesitas reserva. Entra y pregunta al anfitrión.',
    booking_not_confirmed:
      'Tu reserva aún no está confirmada. Pide al anfitrión que la acepte y muestra tu código otra vez.',
    already_in: 'Ya estás registrado. Termina tu visita en Escale y muestra tu código otra vez.',
    already_used_today: 'Tu día ya está usado o reservado. Cancela la otra reserva, o vuelve mañana.',
    too_early: 'Es demasiado pronto para esta visita. Vuelve cuando empiece.',
    sponsor_budget_exhausted:
      'El presupuesto de tu patrocinador está agotado. Usa un pase, o reserva y paga esta visita.',
    sponsor_audience: 'Tu patrocinador no paga visitas aquí. Usa un pase, o reserva y paga esta visita.',
    rules: 'Las normas de la casa no permiten esta visita. Pregunta al anfitrión.',
    questions_incomplete:
      'El anfitrión pide algo más. Completa tu visita en Escale y muestra tu código otra vez.',
    ambiguous: 'Encajan varias reservas. Abre la correcta en Escale y muestra su código.',
    device_not_allowed: 'Esta puerta no puede comprobar pases ahora. Pregunta al anfitrión.',
    offline_not_allowed: 'Este pase necesita una puerta con conexión. Pregunta al anfitrión.',
    clock_skew: 'El reloj de tu teléfono va adelantado. Ponlo en automático y muestra tu código otra vez.',
    error: 'Algo ha fallado en la puerta. Inténtalo una vez más y luego pregunta al anfitrión.',
  },
  it: {
    unknown_token:
      'La porta non riconosce questo come un pass. Apri il tuo pass in Escale e mostralo di nuovo.',
    revoked:
      'Questo pass è stato ritirato. Chiedi alla rete che lo ha emesso, oppure prenota e paga una giornata.',
    expired_code: 'Questo codice è troppo vecchio. Mostra il codice dal vivo sul telefono, non una foto.',
    replayed_code: 'Questo codice è appena stato usato. Aspetta il prossimo, pochi secondi, e mostra quello.',
    blocked_member:
      'Qui non puoi entrare: questo spazio ti ha bloccato, o il tuo pass è in pausa. In Escale, «Tu» dice perché e come fare ricorso o riattivarlo.',
    pass_expired: 'Questo pass è scaduto. Rinnovalo in Escale e mostra il nuovo codice.',
    no_credit: 'Su questo pass non restano mezze giornate. Aggiungine, oppure prenota e paga questa visita.',
    quota_exhausted:
      'Le tue mezze giornate gratuite qui sono finite per quest’anno. Usa un pass, oppure prenota e paga questa visita.',
    pair_cap_reached:
      'Il tuo spazio ha raggiunto il limite di visite qui. Prenota e paga questa visita, o chiedi al tuo spazio.',
    host_cap_reached: 'Questo spazio ha raggiunto il limite di ospiti. Prova uno spazio vicino.',
    not_in_agreement:
      'La tua rete non ha un accordo con questo spazio. Cerca in Escale gli spazi che accettano il tuo pass.',
    host_suspended: 'Questo spazio al momento non riceve visite. Cercane uno vicino in Escale.',
    home_suspended: 'Il tuo spazio di origine è sospeso e non può mandare ospiti. Chiedi a loro.',
    wrong_space:
      'Questo codice è stato fatto per un altro spazio. Scegli questo spazio in Escale e mostra il nuovo codice.',
    closed_today: 'Lo spazio oggi è chiuso. Scegli un altro giorno o uno spazio vicino.',
    outside_hours: 'A quest’ora lo spazio non è aperto. Torna negli orari di apertura.',
    full: 'Nessuna postazione è libera. Cerca in Escale uno spazio vicino, o un altro giorno.',
    no_booking_required_here: 'Qui non serve prenotare. Entra e chiedi all’host.',
    booking_not_confirmed:
      'La tua prenotazione non è ancora confermata. Chiedi all’host di accettarla, poi mostra di nuovo il codice.',
    already_in: 'Sei già registrato. Termina la visita in Escale, poi mostra di nuovo il codice.',
    already_used_today:
      'La tua giornata è già usata o prenotata. Annulla l’altra prenotazione, o torna domani.',
    too_early: 'È troppo presto per questa visita. Torna quando comincia.',
    sponsor_budget_exhausted:
      'Il budget del tuo finanziatore è esaurito. Usa un pass, oppure prenota e paga questa visita.',
    sponsor_audience:
      'Il tuo finanziatore non paga visite qui. Usa un pass, oppure prenota e paga questa visita.',
    rules: 'Le regole della casa non permettono questa visita. Chiedi all’host.',
    questions_incomplete:
      'L’host chiede ancora qualcosa. Completa la visita in Escale e mostra di nuovo il codice.',
    ambiguous: 'Corrispondono più prenotazioni. Apri quella giusta in Escale e mostra il suo codice.',
    device_not_allowed: 'Questa porta ora non può controllare i pass. Chiedi all’host.',
    offline_not_allowed: 'Questo pass richiede una porta connessa. Chiedi all’host.',
    clock_skew: 'L’orologio del tuo telefono è avanti. Impostalo su automatico e mostra di nuovo il codice.',
    error: 'Qualcosa è andato storto alla porta. Prova ancora una volta, poi chiedi all’host.',
  },
  ar: {
    unknown_token: 'لا يقرأ الباب هذا على أنه بطاقة. افتح بطاقتك في Escale وأظهرها مجددًا.',
    revoked: 'سُحبت هذه البطاقة. اسأل الشبكة التي أصدرتها، أو احجز يومًا وادفع ثمنه.',
    expired_code: 'هذا الرمز قديم جدًا. أظهر الرمز الحي على هاتفك لا صورته.',
    replayed_code: 'استُخدم هذا الرمز قبل لحظة. انتظر الرمز التالي بضع ثوانٍ ثم أظهره.',
    blocked_member:
      'لا يمكنك الدخول هنا الآن: حظرك هذا الفضاء أو بطاقتك موقوفة مؤقتًا. في Escale تجد ضمن «أنت» السبب وكيف تعترض أو تستأنفها.',
    pass_expired: 'انتهت مدة هذه البطاقة. جدّدها في Escale وأظهر الرمز الجديد.',
    no_credit: 'لم يبقَ أي نصف يوم في هذه البطاقة. أضف المزيد، أو احجز هذه الزيارة وادفع ثمنها.',
    quota_exhausted:
      'نفدت أنصاف أيامك المجانية هنا لهذه السنة. استخدم بطاقة، أو احجز هذه الزيارة وادفع ثمنها.',
    pair_cap_reached: 'بلغ فضاؤك حد الزيارات هنا. احجز هذه الزيارة وادفع ثمنها، أو اسأل فضاءك.',
    host_cap_reached: 'بلغ هذا الفضاء حد ضيوفه. جرّب فضاءً قريبًا.',
    not_in_agreement: 'ليس بين شبكتك وهذا الفضاء اتفاقية. ابحث في Escale عن فضاءات تقبل بطاقتك.',
    host_suspended: 'لا يستقبل هذا الفضاء زيارات حاليًا. ابحث في Escale عن فضاء قريب.',
    home_suspended: 'فضاؤك الأصلي موقوف ولا يمكنه إرسال ضيوف. اسأل القائمين عليه.',
    wrong_space: 'صُنع هذا الرمز لفضاء آخر. اختر هذا الفضاء في Escale وأظهر الرمز الجديد.',
    closed_today: 'الفضاء مغلق اليوم. اختر يومًا آخر أو فضاءً قريبًا.',
    outside_hours: 'الفضاء غير مفتوح في هذا الوقت. عُد خلال ساعات عمله.',
    full: 'لا مكتب متاح. ابحث في Escale عن فضاء قريب أو يوم آخر.',
    no_booking_required_here: 'لا تحتاج إلى حجز هنا. ادخل واسأل المضيف.',
    booking_not_confirmed: 'لم يُؤكَّد حجزك بعد. اطلب من المضيف قبوله ثم أظهر رمزك مجددًا.',
    already_in: 'تم تسجيل دخولك بالفعل. أنهِ زيارتك في Escale ثم أظهر رمزك مجددًا.',
    already_used_today: 'يومك مستخدم أو محجوز بالفعل. ألغِ الحجز الآخر أو عُد غدًا.',
    too_early: 'الوقت مبكر جدًا على هذه الزيارة. عُد عند بدئها.',
    sponsor_budget_exhausted: 'نفدت ميزانية راعيك. استخدم بطاقة، أو احجز هذه الزيارة وادفع ثمنها.',
    sponsor_audience: 'لا يدفع راعيك ثمن الزيارات هنا. استخدم بطاقة، أو احجز هذه الزيارة وادفع ثمنها.',
    rules: 'لا تسمح قواعد المكان بهذه الزيارة. اسأل المضيف.',
    questions_incomplete: 'يطلب المضيف شيئًا إضافيًا. أكمل زيارتك في Escale وأظهر رمزك مجددًا.',
    ambiguous: 'يطابق أكثرُ من حجز. افتح الحجز الصحيح في Escale وأظهر رمزه.',
    device_not_allowed: 'لا يستطيع هذا الباب التحقق من البطاقات الآن. اسأل المضيف.',
    offline_not_allowed: 'تحتاج هذه البطاقة إلى باب متصل. اسأل المضيف.',
    clock_skew: 'ساعة هاتفك متقدمة. اضبطها تلقائيًا وأظهر رمزك مجددًا.',
    error: 'حدث خطأ عند الباب. حاول مرة أخرى ثم اسأل المضيف.',
  },
};

type Welcome = {
  readonly space: string;
  readonly name: string;
  readonly part: BookedPart;
  readonly until: string;
};

const PARTS: Readonly<Record<GuestLanguage, Record<BookedPart, string>>> = {
  fr: {
    DAY: 'pour la journée',
    MORNING: 'pour la matinée',
    AFTERNOON: 'pour l’après-midi',
    HOURS: 'dans une salle',
  },
  es: { DAY: 'todo el día', MORNING: 'por la mañana', AFTERNOON: 'por la tarde', HOURS: 'en una sala' },
  it: {
    DAY: 'per la giornata',
    MORNING: 'per la mattina',
    AFTERNOON: 'per il pomeriggio',
    HOURS: 'in una sala',
  },
  ar: { DAY: 'طوال اليوم', MORNING: 'للفترة الصباحية', AFTERNOON: 'لفترة ما بعد الظهر', HOURS: 'في قاعة' },
};

/** What a guest reads when the door says yes. */
export const GUEST_WELCOMES: Readonly<Record<GuestLanguage, (welcome: Welcome) => string>> = {
  fr: ({ space, name, part, until }) =>
    `Bienvenue à ${space}, ${name}. Vous êtes ici ${PARTS.fr[part]}, jusqu’à ${until} au plus tard.`,
  es: ({ space, name, part, until }) =>
    `Te damos la bienvenida a ${space}, ${name}. Estás aquí ${PARTS.es[part]}, hasta las ${until} como muy tarde.`,
  it: ({ space, name, part, until }) =>
    `Ti diamo il benvenuto a ${space}, ${name}. Sei qui ${PARTS.it[part]}, fino alle ${until} al più tardi.`,
  ar: ({ space, name, part, until }) =>
    `أهلًا بك في ${space} يا ${name}. أنت هنا ${PARTS.ar[part]}، حتى الساعة ${until} على الأكثر.`,
};
