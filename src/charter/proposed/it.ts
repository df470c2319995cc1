import type { ProposedText } from './proposed-text.js';

export const IT: ProposedText = {
  title: 'Carta dei valori del coworking',
  preamble:
    'Siamo spazi intorno al Mediterraneo che aprono le porte ai membri gli uni degli altri, e istituzioni che lavorano con noi. I valori che non si vedono non aiutano nessuno: per ciascuno diciamo che cosa facciamo, così che chiunque possa verificarlo.',
  commitments: {
    COMMUNITY: {
      value: 'Comunità',
      commitment: 'Una persona di cui si conosce il nome accoglie ogni visitatore.',
    },
    OPENNESS: {
      value: 'Apertura',
      commitment:
        'Pubblichiamo i nostri orari, i prezzi e come si entra, e diamo a ogni visitatore almeno tre giorni di reciprocità.',
    },
    COLLABORATION: {
      value: 'Collaborazione',
      commitment: 'Almeno una volta all’anno partecipiamo a un’iniziativa o a un incontro con altri spazi.',
    },
    ACCESSIBILITY: {
      value: 'Accessibilità',
      commitment:
        'Diciamo se il nostro spazio è senza gradini, quale bagno c’è e quanto costa la nostra offerta più economica. Non respingiamo nessuno per un motivo discriminatorio.',
    },
    SUSTAINABILITY: {
      value: 'Sostenibilità',
      commitment: 'Rispondiamo ogni anno all’autovalutazione e all’indagine sul nostro impatto.',
    },
    PUBLIC_INTEREST_BRIDGE: {
      value: 'Un ponte verso l’interesse pubblico',
      commitment:
        'Ogni anno uno spazio offre a un’istituzione almeno un posto di immersione, e un’istituzione ne offre uno a un coworker.',
    },
    DATA_COMMONS: {
      value: 'Dati in comune',
      commitment: 'Condividiamo ciò che sappiamo del nostro spazio nella banca dati, con licenza aperta.',
    },
  },
};
