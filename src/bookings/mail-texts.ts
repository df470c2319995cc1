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
type Texts = { readonly reserved: (told: Told) => Text; readonly canceled: (told: Told) => Text };

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
  },
};
