import type { ProposedText } from './proposed-text.js';

export const EN: ProposedText = {
  title: 'Charter of the values of coworking',
  preamble:
    'We are spaces around the Mediterranean that open our doors to each other’s people, and institutions that work with us. Values that cannot be seen help nobody: for each of them we say what we do, so that anybody can check it.',
  commitments: {
    COMMUNITY: { value: 'Community', commitment: 'A named person welcomes each visitor.' },
    OPENNESS: {
      value: 'Openness',
      commitment:
        'We publish our hours, our prices and how one gets in, and give each visitor at least three reciprocal days.',
    },
    COLLABORATION: {
      value: 'Collaboration',
      commitment: 'At least once a year we take part in an initiative or an encounter with other spaces.',
    },
    ACCESSIBILITY: {
      value: 'Accessibility',
      commitment:
        'We say whether our space is step-free, what toilet there is and what our cheapest offer costs. We turn nobody away on a discriminatory ground.',
    },
    SUSTAINABILITY: {
      value: 'Sustainability',
      commitment: 'We answer the yearly self-assessment and the survey of our impact.',
    },
    PUBLIC_INTEREST_BRIDGE: {
      value: 'A bridge to the public interest',
      commitment:
        'Each year a space offers an institution at least one place for an immersion stay, and an institution offers a coworker one.',
    },
    DATA_COMMONS: {
      value: 'Data commons',
      commitment: 'We share what we know of our space in the data bank, under an open licence.',
    },
  },
};
