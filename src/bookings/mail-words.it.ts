import type { Words } from './mail-words.js';

export const IT: Words = {
  hello: (name) => `Ciao ${name},`,
  subject: {
    reserved: 'Prenotato: ',
    requested: 'Richiesto: ',
    canceled: 'Annullato: ',
    replaced: 'Spostato: ',
    rejected: 'Rifiutato: ',
    expired: 'Nessuna risposta: ',
    missed: 'Non usato: ',
    proposed: 'Un altro posto per te: ',
    asked: 'Una richiesta: ',
    message: 'Nuovo messaggio: ',
  },
  says: {
    reserved: ({ space }) => `la tua postazione a ${space} è prenotata.`,
    requested: ({ space }) =>
      `${space} ha ricevuto la tua richiesta e risponderà. Intanto la postazione resta tua.`,
    canceled: ({ space }) => `la tua prenotazione a ${space} è annullata.`,
    replaced: ({ space }) => `la tua prenotazione a ${space} è spostata altrove, come volevi.`,
    rejected: ({ space }) =>
      `${space} non può ospitarti in quel momento. Non è stato scalato nulla. Cerchiamo lo spazio più vicino con una postazione libera e ti scriviamo se c’è.`,
    expired: ({ space }) =>
      `${space} non ha risposto in tempo alla tua richiesta. Non è stato scalato nulla. Cerchiamo lo spazio più vicino con una postazione libera e ti scriviamo se c’è.`,
    missed: ({ space }) => `non ti abbiamo visto a ${space}.`,
    proposed: ({ space }) =>
      `${space} non può ospitarti in quel momento. Questa è la postazione libera più vicina. Non ti costa di più e le condizioni non sono peggiori. Puoi accettarla o rifiutarla.`,
    asked: ({ space }) =>
      `qualcuno chiede una postazione a ${space}. Accetta o rifiuta in tempo: poi la richiesta scade.`,
    message: ({ space }) => `c’è un nuovo messaggio sulla prenotazione a ${space}. Leggilo e rispondi qui:`,
  },
  facts: {
    place: 'Dove',
    day: 'Giorno',
    time: 'Orario',
    askFor: 'Chiedi di',
    gettingIn: 'Come entrare',
    cancelUntil: 'Annullamento gratuito fino al',
    answerBy: 'Risposta entro',
    other: 'In alternativa',
    km: 'km',
  },
  local: 'ora locale',
  back: {
    VISA_QUOTA: 'I tuoi giorni gratuiti sono tornati per intero.',
    PASS_UNITS: 'Ciò che era stato preso dal tuo pass è tornato per intero.',
    PAY_AS_YOU_GO: 'Non ti viene addebitato nulla.',
    USED: 'Era troppo tardi perché tornasse qualcosa: la prenotazione è stata consumata.',
    NOTHING: '',
  },
  contest: 'C’eri? Dillo allo spazio nei messaggi della tua prenotazione: può correggere.',
  bye: 'Escale',
};
