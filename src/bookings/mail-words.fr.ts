import type { Words } from './mail-words.js';

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
    proposed: 'Un autre poste pour vous : ',
    asked: 'Une demande : ',
    message: 'Nouveau message : ',
  },
  says: {
    reserved: ({ space }) => `votre poste à ${space} est réservé.`,
    requested: ({ space }) =>
      `${space} a reçu votre demande et va y répondre. Le poste vous est gardé entre-temps.`,
    canceled: ({ space }) => `votre réservation à ${space} est annulée.`,
    replaced: ({ space }) => `votre réservation à ${space} est déplacée, comme vous l’avez souhaité.`,
    rejected: ({ space }) =>
      `${space} ne peut pas vous accueillir à ce moment-là. Rien n’a été décompté. Nous cherchons l’espace le plus proche où un poste est libre et vous écrirons s’il y en a un.`,
    expired: ({ space }) =>
      `${space} n’a pas répondu à temps à votre demande. Rien n’a été décompté. Nous cherchons l’espace le plus proche où un poste est libre et vous écrirons s’il y en a un.`,
    missed: ({ space }) => `nous ne vous avons pas vu·e à ${space}.`,
    proposed: ({ space }) =>
      `${space} ne peut pas vous accueillir à ce moment-là. Voici le poste libre le plus proche. Il ne vous coûte pas plus, à des conditions au moins aussi bonnes. Vous pouvez l’accepter ou le refuser.`,
    asked: ({ space }) =>
      `une personne demande un poste à ${space}. Acceptez ou refusez à temps : ensuite la demande expire.`,
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
    VISA_QUOTA: 'Vos jours gratuits vous ont été rendus en entier.',
    PASS_UNITS: 'Ce qui avait été pris sur votre pass vous a été rendu en entier.',
    PAY_AS_YOU_GO: 'Rien ne vous est facturé.',
    USED: 'Il était trop tard pour rendre quoi que ce soit : la réservation a été décomptée.',
    NOTHING: '',
  },
  contest: 'Vous étiez là ? Dites-le à l’espace dans le fil de votre réservation : il peut corriger.',
  bye: 'Escale',
};
