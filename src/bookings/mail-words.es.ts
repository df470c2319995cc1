import type { SeatName, Words } from './mail-words.js';

const SEAT: Readonly<Record<SeatName, string>> = { DESK: 'puesto', ROOM: 'sala', MACHINE: 'máquina' };
/** A word's gender in Spanish: the ending of what is said of it. */
const O: Readonly<Record<SeatName, string>> = { DESK: 'o', ROOM: 'a', MACHINE: 'a' };
const ONE: Readonly<Record<SeatName, string>> = {
  DESK: 'un puesto',
  ROOM: 'una sala',
  MACHINE: 'una máquina',
};
const THE: Readonly<Record<SeatName, string>> = { DESK: 'el puesto', ROOM: 'la sala', MACHINE: 'la máquina' };
const THIS: Readonly<Record<SeatName, string>> = { DESK: 'Este', ROOM: 'Esta', MACHINE: 'Esta' };
const IT: Readonly<Record<SeatName, string>> = { DESK: 'lo', ROOM: 'la', MACHINE: 'la' };

export const ES: Words = {
  hello: (name) => `Hola, ${name}:`,
  subject: {
    reserved: 'Reservado: ',
    requested: 'Solicitado: ',
    canceled: 'Cancelado: ',
    replaced: 'Trasladado: ',
    rejected: 'Rechazado: ',
    expired: 'Sin respuesta: ',
    missed: 'No utilizado: ',
    contested: 'Una reclamación: ',
    credited: 'Devuelto: ',
    upheld: 'No devuelto: ',
    proposed: 'Otro sitio para ti: ',
    asked: 'Una solicitud: ',
    message: 'Mensaje nuevo: ',
  },
  says: {
    reserved: ({ space, seat }) => `tu ${SEAT[seat]} en ${space} está reservad${O[seat]}.`,
    requested: ({ space, seat }) =>
      `${space} tiene tu solicitud y la responderá. Mientras tanto te guardamos ${THE[seat]}.`,
    canceled: ({ space }) => `tu reserva en ${space} está cancelada.`,
    replaced: ({ space }) => `tu reserva en ${space} se ha trasladado, como querías.`,
    rejected: ({ space, seat }) =>
      `${space} no puede recibirte entonces. No se ha descontado nada. Buscamos el espacio más cercano con ${ONE[seat]} libre y te escribiremos si lo hay.`,
    expired: ({ space, seat }) =>
      `${space} no respondió a tiempo a tu solicitud. No se ha descontado nada. Buscamos el espacio más cercano con ${ONE[seat]} libre y te escribiremos si lo hay.`,
    missed: ({ space }) => `no te vimos en ${space}.`,
    contested: ({ space }) =>
      `alguien dice que se contó por error como ausente en ${space}. Lee por qué y devuelve lo que costó o explica por qué no:`,
    credited: ({ space }) =>
      `${space} ha respondido: se te devuelve lo que te costó la reserva no utilizada.`,
    upheld: ({ space }) =>
      `${space} ha respondido: la reserva queda consumida. El motivo está en la página de tu reserva:`,
    proposed: ({ space, seat }) =>
      `${space} no puede recibirte entonces. ${THIS[seat]} es ${THE[seat]} libre más cercan${O[seat]}. No te cuesta más y las condiciones no son peores. Puedes aceptar${IT[seat]} o rechazar${IT[seat]}.`,
    asked: ({ space, seat }) =>
      `alguien solicita ${ONE[seat]} en ${space}. Acepta o rechaza a tiempo: después la solicitud caduca.`,
    message: ({ space }) => `hay un mensaje nuevo sobre la reserva en ${space}. Léelo y responde aquí:`,
  },
  facts: {
    place: 'Dónde',
    day: 'Día',
    time: 'Horas',
    askFor: 'Pregunta por',
    gettingIn: 'Cómo entrar',
    cancelUntil: 'Cancelación gratuita hasta',
    answerBy: 'Respuesta antes de',
    other: 'En su lugar',
    km: 'km',
  },
  local: 'hora local',
  back: {
    SPONSOR_VOUCHER: 'Tu vale vuelve a ser tuyo.',
    VISA_QUOTA: 'Has recuperado todos tus días gratuitos.',
    PASS_UNITS: 'Tu pase ha recuperado todo lo que se le tomó.',
    PAY_AS_YOU_GO: 'No se te cobra nada.',
    USED: 'Era demasiado tarde para devolver nada: la reserva se ha consumido.',
    NOTHING: '',
  },
  contest:
    '¿No fue así? Reclama en la página de tu reserva en un plazo de 14 días: el espacio puede devolver lo que costó.',
  bye: 'Escale',
};
