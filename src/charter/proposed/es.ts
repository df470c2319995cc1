import type { ProposedText } from './proposed-text.js';

export const ES: ProposedText = {
  title: 'Carta de valores del coworking',
  preamble:
    'Somos espacios en torno al Mediterráneo que abrimos nuestras puertas a los miembros de los demás, e instituciones que trabajan con nosotros. Los valores que no se ven no ayudan a nadie: de cada uno decimos qué hacemos, para que cualquiera pueda comprobarlo.',
  commitments: {
    COMMUNITY: { value: 'Comunidad', commitment: 'Una persona con nombre recibe a cada visitante.' },
    OPENNESS: {
      value: 'Apertura',
      commitment:
        'Publicamos nuestro horario, nuestros precios y cómo se entra, y damos a cada visitante al menos tres días de reciprocidad.',
    },
    COLLABORATION: {
      value: 'Colaboración',
      commitment: 'Al menos una vez al año participamos en una iniciativa o un encuentro con otros espacios.',
    },
    ACCESSIBILITY: {
      value: 'Accesibilidad',
      commitment:
        'Decimos si nuestro espacio carece de escalones, qué aseo tiene y cuánto cuesta nuestra oferta más barata. No rechazamos a nadie por un motivo discriminatorio.',
    },
    SUSTAINABILITY: {
      value: 'Sostenibilidad',
      commitment: 'Respondemos cada año a la autoevaluación y a la encuesta sobre nuestro impacto.',
    },
    PUBLIC_INTEREST_BRIDGE: {
      value: 'Un puente hacia el interés general',
      commitment:
        'Cada año un espacio ofrece a una institución al menos una plaza de estancia de inmersión, y una institución ofrece otra a un coworker.',
    },
    DATA_COMMONS: {
      value: 'Datos en común',
      commitment: 'Compartimos lo que sabemos de nuestro espacio en el banco de datos, con licencia abierta.',
    },
  },
};
