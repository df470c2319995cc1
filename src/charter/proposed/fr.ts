import type { ProposedText } from './proposed-text.js';

export const FR: ProposedText = {
  title: 'Charte des valeurs du coworking',
  preamble:
    'Nous sommes des espaces autour de la Méditerranée qui ouvrons nos portes aux membres les uns des autres, et des institutions qui travaillent avec nous. Des valeurs qui ne se voient pas n’aident personne : pour chacune, nous disons ce que nous faisons, afin que chacun puisse le vérifier.',
  commitments: {
    COMMUNITY: { value: 'Communauté', commitment: 'Une personne nommée accueille chaque visiteur.' },
    OPENNESS: {
      value: 'Ouverture',
      commitment:
        'Nous publions nos horaires, nos prix et nos conditions d’accès, et offrons à chaque visiteur au moins trois jours de réciprocité.',
    },
    COLLABORATION: {
      value: 'Collaboration',
      commitment:
        'Au moins une fois par an, nous prenons part à une initiative ou à une rencontre avec d’autres espaces.',
    },
    ACCESSIBILITY: {
      value: 'Accessibilité',
      commitment:
        'Nous disons si notre espace est de plain-pied, quelles toilettes s’y trouvent et ce que coûte notre offre la moins chère. Nous ne refusons personne pour un motif discriminatoire.',
    },
    SUSTAINABILITY: {
      value: 'Durabilité',
      commitment: 'Nous répondons chaque année à l’auto-évaluation et à l’enquête sur notre impact.',
    },
    PUBLIC_INTEREST_BRIDGE: {
      value: 'Un pont vers l’intérêt général',
      commitment:
        'Chaque année, un espace offre à une institution au moins une place d’immersion, et une institution en offre une à un coworker.',
    },
    DATA_COMMONS: {
      value: 'Données en commun',
      commitment:
        'Nous partageons ce que nous savons de notre espace dans la banque de données, sous licence ouverte.',
    },
  },
};
