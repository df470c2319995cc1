import type { Words } from './mail-words.js';

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
    proposed: 'Otro puesto para ti: ',
    asked: 'Una solicitud: ',
    message: 'Mensaje nuevo: ',
  },
  says: {
    reserved: ({ space }) => `tu puesto en ${space} está reservado.`,
    requested: ({ space }) =>
      `${space} tiene tu solicitud y la responderá. Mientras tanto te guardamos el puesto.`,
    canceled: ({ space }) => `tu reserva en ${space} está cancelada.`,
    replaced: ({ space }) => `tu reserva en ${space} se ha trasladado, como querías.`,
    rejected: ({ space }) =>
      `${space} no puede recibirte entonces. No se ha descontado nada. Buscamos el espacio más cercano con un puesto libre y te escribiremos si lo hay.`,
    expired: ({ space }) =>
      `${space} no respondió a tiempo a tu solicitud. No se ha descontado nada. Buscamos el espacio más cercano con un puesto libre y te escribiremos si lo hay.`,
    missed: ({ space }) => `no te vimos en ${space}.`,
    proposed: ({ space }) =>
      `${space} no puede recibirte entonces. Este es el puesto libre más cercano. No te cuesta más y las condiciones no son peores. Puedes aceptarlo o rechazarlo.`,
    asked: ({ space }) =>
      `alguien solicita un puesto en ${space}. Acéptalo o recházalo a tiempo: después la solicitud caduca.`,
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
    VISA_QUOTA: 'Has recuperado todos tus días gratuitos.',
    PASS_UNITS: 'Tu pase ha recuperado todo lo que se le tomó.',
    PAY_AS_YOU_GO: 'No se te cobra nada.',
    USED: 'Era demasiado tarde para devolver nada: la reserva se ha consumido.',
    NOTHING: '',
  },
  contest: '¿Sí estuviste? Díselo al espacio en los mensajes de tu reserva: puede corregirlo.',
  bye: 'Escale',
};
