import { problems } from '../kernel/problem.js';

export const EntryProblems = problems('data_bank', {
  notFound: { status: 404, title: 'The data bank has no such record' },
});

export const CorrectionProblems = problems('correction', {
  notFound: { status: 404, title: 'There is no such correction' },
  askedBefore: { status: 409, title: 'This was asked before' },
  decided: { status: 409, title: 'The correction is decided already' },
  outcomeUnfit: { status: 422, title: 'This cannot be the answer to that request' },
});

export const ExternalIdentityProblems = problems('external_identity', {
  taken: { status: 409, title: 'Another record bears this identity' },
  fixed: { status: 409, title: 'An identity is never changed' },
});

export const ProfileVersionProblems = problems('profile_version', {
  notLater: { status: 422, title: 'A profile is announced for a later day' },
  dayTaken: { status: 409, title: 'Another profile is announced for that day' },
});

export const InterestProblems = problems('interest', {
  notFound: { status: 404, title: 'There is no such interest' },
  cityUnknown: { status: 422, title: 'The map has no such city' },
});
