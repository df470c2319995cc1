import { problems } from '../kernel/problem.js';

export const AgreementProblems = problems('agreement', {
  notFound: { status: 404, title: 'There is no such agreement' },
  versionNotFound: { status: 404, title: 'There is no such version of an agreement' },
  noTerms: { status: 404, title: 'No agreement covers this visit' },
  pairTaken: { status: 409, title: 'These two already have an agreement in this period' },
  noticeTooShort: { status: 409, title: 'Changed terms need 15 days of notice' },
  underFloor: { status: 422, title: "A rate is under the host's price floor" },
  clearingForeign: { status: 422, title: 'The clearing network is on neither side' },
  hostForeign: { status: 422, title: 'A host space belongs to neither side' },
  wrongUnit: { status: 422, title: "A rate is not in the host's currency" },
  notASide: { status: 422, title: 'This network is not a side of the agreement' },
});

export const QuotaProblems = problems('quota', {
  exhausted: { status: 409, title: 'The free half-days at this space are used up' },
  pairCapReached: { status: 409, title: 'The limit of visits between the two spaces is reached' },
  hostCapReached: { status: 409, title: 'The limit of visits at this space is reached for the season' },
});

export const FloorProblems = problems('price_floor', {
  dayTaken: { status: 409, title: 'There is a floor from this day already' },
  wrongUnit: { status: 422, title: "The floor is not in the host's currency" },
});

export const AskedTariffProblems = problems('asked_tariff', {
  wrongUnit: { status: 422, title: "The tariff is not in the host's currency" },
});
