import type { Language } from '../kernel/wire.js';

/** What a mail says: where, on which day, and from when until when at the space. */
export type Told = {
  readonly name: string;
  readonly space: string;
  readonly day: string;
  readonly from: string;
  readonly until: string;
};
type Text = { readonly subject: string; readonly text: string };
type Texts = Readonly<Record<'reserved' | 'canceled' | 'rejected' | 'expired', (told: Told) => Text>>;

export const MAIL_TEXTS: Readonly<Record<Language, Texts>> = {
  en: {
    reserved: ({ name, space, day, from, until }) => ({
      subject: `Booked: ${space}, ${day}`,
      text: `Hello ${name},\n\nyour desk at ${space} is booked for ${day}, ${from}–${until} local time.\n`,
    }),
    canceled: ({ name, space, day }) => ({
      subject: `Canceled: ${space}, ${day}`,
      text: `Hello ${name},\n\nyour booking at ${space} on ${day} is canceled.\n`,
    }),
    rejected: ({ name, space, day }) => ({
      subject: `Declined: ${space}, ${day}`,
      text: `Hello ${name},\n\n${space} cannot have you on ${day}. Nothing was used up. Your booking shows the nearest spaces with a free desk.\n`,
    }),
    expired: ({ name, space, day }) => ({
      subject: `No answer: ${space}, ${day}`,
      text: `Hello ${name},\n\n${space} did not answer your request for ${day} in time. Nothing was used up. Your booking shows the nearest spaces with a free desk.\n`,
    }),
  },
  fr: {
    reserved: ({ name, space, day, from, until }) => ({
      subject: `Réservé : ${space}, ${day}`,
      text: `Bonjour ${name},\n\nvotre poste à ${space} est réservé le ${day}, de ${from} à ${until}, heure locale.\n`,
    }),
    canceled: ({ name, space, day }) => ({
      subject: `Annulé : ${space}, ${day}`,
      text: `Bonjour ${name},\n\nvotre réservation à ${space} le ${day} est annulée.\n`,
    }),
    rejected: ({ name, space, day }) => ({
      subject: `Refusé : ${space}, ${day}`,
      text: `Bonjour ${name},\n\n${space} ne peut pas vous accueillir le ${day}. Rien n’a été décompté. Votre réservation indique les espaces les plus proches où un poste est libre.\n`,
    }),
    expired: ({ name, space, day }) => ({
      subject: `Sans réponse : ${space}, ${day}`,
      text: `Bonjour ${name},\n\n${space} n’a pas répondu à temps à votre demande pour le ${day}. Rien n’a été décompté. Votre réservation indique les espaces les plus proches où un poste est libre.\n`,
    }),
  },
  es: {
    reserved: ({ name, space, day, from, until }) => ({
      subject: `Reservado: ${space}, ${day}`,
      text: `Hola, ${name}:\n\ntu puesto en ${space} está reservado para el ${day}, de ${from} a ${until}, hora local.\n`,
    }),
    canceled: ({ name, space, day }) => ({
      subject: `Cancelado: ${space}, ${day}`,
      text: `Hola, ${name}:\n\ntu reserva en ${space} del ${day} está cancelada.\n`,
    }),
    rejected: ({ name, space, day }) => ({
      subject: `Rechazado: ${space}, ${day}`,
      text: `Hola, ${name}:\n\n${space} no puede recibirte el ${day}. No se ha descontado nada. Tu reserva muestra los espacios más cercanos con un puesto libre.\n`,
    }),
    expired: ({ name, space, day }) => ({
      subject: `Sin respuesta: ${space}, ${day}`,
      text: `Hola, ${name}:\n\n${space} no respondió a tiempo a tu solicitud para el ${day}. No se ha descontado nada. Tu reserva muestra los espacios más cercanos con un puesto libre.\n`,
    }),
  },
  it: {
    reserved: ({ name, space, day, from, until }) => ({
      subject: `Prenotato: ${space}, ${day}`,
      text: `Ciao ${name},\n\nla tua postazione a ${space} è prenotata per il ${day}, dalle ${from} alle ${until}, ora locale.\n`,
    }),
    canceled: ({ name, space, day }) => ({
      subject: `Annullato: ${space}, ${day}`,
      text: `Ciao ${name},\n\nla tua prenotazione a ${space} del ${day} è annullata.\n`,
    }),
    rejected: ({ name, space, day }) => ({
      subject: `Rifiutato: ${space}, ${day}`,
      text: `Ciao ${name},\n\n${space} non può ospitarti il ${day}. Non è stato scalato nulla. La tua prenotazione mostra gli spazi più vicini con una postazione libera.\n`,
    }),
    expired: ({ name, space, day }) => ({
      subject: `Nessuna risposta: ${space}, ${day}`,
      text: `Ciao ${name},\n\n${space} non ha risposto in tempo alla tua richiesta per il ${day}. Non è stato scalato nulla. La tua prenotazione mostra gli spazi più vicini con una postazione libera.\n`,
    }),
  },
  ar: {
    reserved: ({ name, space, day, from, until }) => ({
      subject: `تم الحجز: ${space}، ${day}`,
      text: `مرحبًا ${name}،\n\nتم حجز مكتبك في ${space} يوم ${day} من ${from} إلى ${until} بالتوقيت المحلي.\n`,
    }),
    canceled: ({ name, space, day }) => ({
      subject: `تم الإلغاء: ${space}، ${day}`,
      text: `مرحبًا ${name}،\n\nتم إلغاء حجزك في ${space} يوم ${day}.\n`,
    }),
    rejected: ({ name, space, day }) => ({
      subject: `تم الرفض: ${space}، ${day}`,
      text: `مرحبًا ${name}،\n\nلا يمكن لـ ${space} استقبالك يوم ${day}. لم يُخصم شيء. يعرض حجزك أقرب المساحات التي فيها مكتب متاح.\n`,
    }),
    expired: ({ name, space, day }) => ({
      subject: `لا رد: ${space}، ${day}`,
      text: `مرحبًا ${name}،\n\nلم ترد ${space} في الوقت المحدد على طلبك ليوم ${day}. لم يُخصم شيء. يعرض حجزك أقرب المساحات التي فيها مكتب متاح.\n`,
    }),
  },
};
