import type { SeatName, Words } from './mail-words.js';

const YOURS: Readonly<Record<SeatName, string>> = {
  DESK: 'votre poste',
  ROOM: 'votre salle',
  MACHINE: 'votre machine',
};
const ONE: Readonly<Record<SeatName, string>> = {
  DESK: 'un poste',
  ROOM: 'une salle',
  MACHINE: 'une machine',
};
const KEPT: Readonly<Record<SeatName, string>> = {
  DESK: 'Le poste vous est gardé',
  ROOM: 'La salle vous est gardée',
  MACHINE: 'La machine vous est gardée',
};
const NEAREST: Readonly<Record<SeatName, string>> = {
  DESK: 'le poste libre le plus proche. Il',
  ROOM: 'la salle libre la plus proche. Elle',
  MACHINE: 'la machine libre la plus proche. Elle',
};
const IT: Readonly<Record<SeatName, string>> = { DESK: 'le', ROOM: 'la', MACHINE: 'la' };
/** The ending of what is said of a word that is feminine in French. */
const E: Readonly<Record<SeatName, string>> = { DESK: '', ROOM: 'e', MACHINE: 'e' };

export const FR: Words = {
  hello: (name) => `Bonjour ${name},`,
  subject: {
    reserved: 'Réservé : ',
    requested: 'Demandé : ',
    canceled: 'Annulé : ',
    replaced: 'Déplacé : ',
    rejected: 'Refusé : ',
    expired: 'Sans réponse : ',
    missed: 'Non utilisé : ',
    contested: 'Une contestation : ',
    credited: 'Rendu : ',
    upheld: 'Non rendu : ',
    proposed: 'Une autre place pour vous : ',
    asked: 'Une demande : ',
    message: 'Nouveau message : ',
  },
  says: {
    reserved: ({ space, seat }) => `${YOURS[seat]} à ${space} est réservé${E[seat]}.`,
    requested: ({ space, seat }) =>
      `${space} a reçu votre demande et va y répondre. ${KEPT[seat]} entre-temps.`,
    canceled: ({ space }) => `votre réservation à ${space} est annulée.`,
    replaced: ({ space }) => `votre réservation à ${space} est déplacée, comme vous l’avez souhaité.`,
    rejected: ({ space, seat }) =>
      `${space} ne peut pas vous accueillir à ce moment-là. Rien n’a été décompté. Nous cherchons l’espace le plus proche où ${ONE[seat]} est libre et vous écrirons s’il y en a un.`,
    expired: ({ space, seat }) =>
      `${space} n’a pas répondu à temps à votre demande. Rien n’a été décompté. Nous cherchons l’espace le plus proche où ${ONE[seat]} est libre et vous écrirons s’il y en a un.`,
    missed: ({ space }) => `nous ne vous avons pas vu·e à ${space}.`,
    contested: ({ space }) =>
      `une personne dit avoir été comptée absente à tort à ${space}. Lisez pourquoi, puis rendez ce que cela a coûté ou expliquez votre refus :`,
    credited: ({ space }) =>
      `${space} a répondu : ce que la réservation manquée vous a coûté vous est rendu.`,
    upheld: ({ space }) =>
      `${space} a répondu : la réservation reste décomptée. La raison figure sur la page de votre réservation :`,
    proposed: ({ space, seat }) =>
      `${space} ne peut pas vous accueillir à ce moment-là. Voici ${NEAREST[seat]} ne vous coûte pas plus, à des conditions au moins aussi bonnes. Vous pouvez l’accepter ou ${IT[seat]} refuser.`,
    asked: ({ space, seat }) =>
      `une personne demande ${ONE[seat]} à ${space}. Acceptez ou refusez à temps : ensuite la demande expire.`,
    message: ({ space }) =>
      `il y a un nouveau message au sujet de la réservation à ${space}. Lisez-le et répondez ici :`,
  },
  facts: {
    place: 'Où',
    day: 'Jour',
    time: 'Heures',
    askFor: 'Demandez',
    gettingIn: 'Accès',
    cancelUntil: 'Annulation gratuite jusqu’au',
    answerBy: 'Réponse avant',
    other: 'À la place',
    km: 'km',
  },
  local: 'heure locale',
  back: {
    SPONSOR_VOUCHER: 'Votre bon est de nouveau à vous.',
    VISA_QUOTA: 'Vos jours gratuits vous ont été rendus en entier.',
    PASS_UNITS: 'Ce qui avait été pris sur votre pass vous a été rendu en entier.',
    PAY_AS_YOU_GO: 'Rien ne vous est facturé.',
    USED: 'Il était trop tard pour rendre quoi que ce soit : la réservation a été décomptée.',
    NOTHING: '',
  },
  contest:
    'Ce n’est pas exact ? Contestez sur la page de votre réservation dans les 14 jours : l’espace peut rendre ce que cela a coûté.',
  bye: 'Escale',
};
