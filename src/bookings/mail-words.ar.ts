import type { SeatName, Words } from './mail-words.js';

const THE: Readonly<Record<SeatName, string>> = {
  DESK: 'المكتب محفوظ',
  ROOM: 'القاعة محفوظة',
  MACHINE: 'الآلة محفوظة',
};
const YOURS: Readonly<Record<SeatName, string>> = { DESK: 'مكتبك', ROOM: 'قاعتك', MACHINE: 'آلتك' };
const FREE: Readonly<Record<SeatName, string>> = {
  DESK: 'مكتب متاح',
  ROOM: 'قاعة متاحة',
  MACHINE: 'آلة متاحة',
};
const ONE: Readonly<Record<SeatName, string>> = { DESK: 'مكتبًا', ROOM: 'قاعة', MACHINE: 'آلة' };

export const AR: Words = {
  hello: (name) => `مرحبًا ${name}،`,
  subject: {
    reserved: 'تم الحجز: ',
    requested: 'تم الطلب: ',
    canceled: 'تم الإلغاء: ',
    replaced: 'تم النقل: ',
    rejected: 'تم الرفض: ',
    expired: 'لا رد: ',
    missed: 'لم يُستخدم: ',
    contested: 'اعتراض: ',
    credited: 'أُعيد إليك: ',
    upheld: 'لم يُعَد: ',
    proposed: 'مكان آخر لك: ',
    asked: 'طلب جديد: ',
    message: 'رسالة جديدة: ',
  },
  says: {
    reserved: ({ space, seat }) => `تم حجز ${YOURS[seat]} في ${space}.`,
    requested: ({ space, seat }) => `وصل طلبك إلى ${space} وستجيب عليه. ${THE[seat]} لك في هذه الأثناء.`,
    canceled: ({ space }) => `تم إلغاء حجزك في ${space}.`,
    replaced: ({ space }) => `نُقل حجزك في ${space} إلى مكان آخر كما أردت.`,
    rejected: ({ space, seat }) =>
      `لا يمكن لـ ${space} استقبالك في ذلك الوقت. لم يُخصم شيء. نبحث عن أقرب مساحة فيها ${FREE[seat]} وسنكتب إليك إن وُجدت.`,
    expired: ({ space, seat }) =>
      `لم ترد ${space} على طلبك في الوقت المحدد. لم يُخصم شيء. نبحث عن أقرب مساحة فيها ${FREE[seat]} وسنكتب إليك إن وُجدت.`,
    missed: ({ space }) => `لم نرك في ${space}.`,
    contested: ({ space }) =>
      `يقول أحدهم إنه احتُسب غائبًا خطأً في ${space}. اقرأ السبب ثم أعد ما كلّفه ذلك أو اشرح سبب الرفض:`,
    credited: ({ space }) => `أجابت ${space}: أُعيد إليك ما كلّفك الحجز الذي لم يُستخدم.`,
    upheld: ({ space }) => `أجابت ${space}: يبقى الحجز محتسبًا. تجد السبب في صفحة حجزك:`,
    proposed: ({ space, seat }) =>
      `لا يمكن لـ ${space} استقبالك في ذلك الوقت. إليك أقرب ${FREE[seat]}. لا تكلفة إضافية عليك والشروط ليست أسوأ. يمكنك القبول أو الرفض.`,
    asked: ({ space, seat }) =>
      `يطلب أحدهم ${ONE[seat]} في ${space}. اقبل أو ارفض في الوقت المحدد، وإلا انتهت صلاحية الطلب.`,
    message: ({ space }) => `هناك رسالة جديدة بشأن الحجز في ${space}. اقرأها وأجب هنا:`,
  },
  facts: {
    place: 'المكان',
    day: 'اليوم',
    time: 'الوقت',
    askFor: 'اسأل عن',
    gettingIn: 'كيفية الدخول',
    cancelUntil: 'الإلغاء مجاني حتى',
    answerBy: 'الرد قبل',
    other: 'بدلًا منه',
    km: 'كم',
  },
  local: 'بالتوقيت المحلي',
  back: {
    SPONSOR_VOUCHER: 'عادت إليك قسيمتك.',
    VISA_QUOTA: 'عادت إليك أيامك المجانية كاملة.',
    PASS_UNITS: 'عاد إلى بطاقتك كل ما أُخذ منها.',
    PAY_AS_YOU_GO: 'لن يُطلب منك أي مبلغ.',
    USED: 'فات الأوان لاسترجاع أي شيء: احتُسب الحجز مستخدمًا.',
    NOTHING: '',
  },
  contest: 'هل كان الأمر غير ذلك؟ اعترض في صفحة حجزك خلال 14 يومًا، ويمكن للمساحة أن تعيد ما كلّفك.',
  bye: 'Escale',
};
