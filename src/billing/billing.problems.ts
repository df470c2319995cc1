import { problems } from '../kernel/problem.js';

export const DocumentProblems = problems('document', {
  notFound: { status: 404, title: 'There is no such document' },
  notElectronic: { status: 409, title: 'This document cannot be an e-invoice yet' },
  notSelfBilled: { status: 409, title: 'This document was not issued in your name' },
});

export const LegalEntityProblems = problems('legal_entity', {
  dayTaken: { status: 409, title: 'An entry begins on that day already' },
});
