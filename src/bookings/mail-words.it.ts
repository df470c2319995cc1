import type { SeatName, Words } from './mail-words.js';

const SEAT: Readonly<Record<SeatName, string>> = { DESK: 'postazione', ROOM: 'sala', MACHINE: 'macchina' };

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
    contested: 'Una contestazione: ',
    credited: 'Restituito: ',
    upheld: 'Non restituito: ',
    proposed: 'Un altro posto per te: ',
    asked: 'Una richiesta: ',
    message: 'Nuovo messaggio: ',
  },
  says: {
    reserved: ({ space, seat }) => `la tua ${SEAT[seat]} a ${space} è prenotata.`,
    requested: ({ space, seat }) =>
      `${space} ha ricevuto la tua richiesta e risponderà. Intanto la ${SEAT[seat]} resta tua.`,
    canceled: ({ space }) => `la tua prenotazione a ${space} è annullata.`,
    replaced: ({ space }) => `la tua prenotazione a ${space} è spostata altrove, come volevi.`,
    rejected: ({ space, seat }) =>
      `${space} non può ospitarti in quel momento. Non è stato scalato nulla. Cerchiamo lo spazio più vicino con una ${SEAT[seat]} libera e ti scriviamo se c’è.`,
    expired: ({ space, seat }) =>
      `${space} non ha risposto in tempo alla tua richiesta. Non è stato scalato nulla. Cerchiamo lo spazio più vicino con una ${SEAT[seat]} libera e ti scriviamo se c’è.`,
    missed: ({ space }) => `non ti abbiamo visto a ${space}.`,
    contested: ({ space }) =>
      `qualcuno dice di essere stato contato per errore come assente a ${space}. Leggi perché e restituisci ciò che è costato, oppure spiega perché no:`,
    credited: ({ space }) =>
      `${space} ha risposto: ti viene restituito ciò che ti è costata la prenotazione non usata.`,
    upheld: ({ space }) =>
      `${space} ha risposto: la prenotazione resta consumata. Il motivo è nella pagina della tua prenotazione:`,
    proposed: ({ space, seat }) =>
      `${space} non può ospitarti in quel momento. Questa è la ${SEAT[seat]} libera più vicina. Non ti costa di più e le condizioni non sono peggiori. Puoi accettarla o rifiutarla.`,
    asked: ({ space, seat }) =>
      `qualcuno chiede una ${SEAT[seat]} a ${space}. Accetta o rifiuta in tempo: poi la richiesta scade.`,
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
    SPONSOR_VOUCHER: 'Il tuo voucher è di nuovo tuo.',
    VISA_QUOTA: 'I tuoi giorni gratuiti sono tornati per intero.',
    PASS_UNITS: 'Ciò che era stato preso dal tuo pass è tornato per intero.',
    PAY_AS_YOU_GO: 'Non ti viene addebitato nulla.',
    USED: 'Era troppo tardi perché tornasse qualcosa: la prenotazione è stata consumata.',
    NOTHING: '',
  },
  contest:
    'Non è andata così? Contestalo nella pagina della prenotazione entro 14 giorni: lo spazio può restituire ciò che è costato.',
  bye: 'Escale',
};
