import { problems } from '../kernel/problem.js';

export const AgreementProblems = problems('agreement', {
  notFound: { status: 404, title: 'There is no such agreement' },
  versionNotFound: { status: 404, title: 'There is no such version of an agreement' },
  noTerms: { status: 404, title: 'No agreement covers this visit' },
  pairTaken: { status: 409, title: 'These two networks already have an agreement' },
  clearingForeign: { status: 422, title: 'The clearing network is on neither side' },
  hostForeign: { status: 422, title: 'A host space belongs to neither side' },
  wrongUnit: { status: 422, title: "A rate is not in the host's currency" },
  notASide: { status: 422, title: 'This network is not a side of the agreement' },
});

export const QuotaProblems = problems('quota', {
  exhausted: { status: 409, title: 'The free half-days at this space are used up' },
});
