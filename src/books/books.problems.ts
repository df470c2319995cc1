import { problems } from '../kernel/problem.js';

export const BookProblems = problems('books', {
  entryNotFound: { status: 404, title: 'There is no such entry' },
  periodNotFound: { status: 404, title: 'There is no such period' },
  periodClosed: { status: 409, title: 'This period is closed' },
  periodOutOfOrder: { status: 409, title: 'An earlier period comes first' },
  periodNotOver: { status: 409, title: 'This period is not over yet' },
  notSoftClosed: { status: 409, title: 'This period has to be soft-closed first' },
  unbalanced: { status: 422, title: 'The postings do not balance' },
  accountUnknown: { status: 422, title: 'There is no such account' },
  accountControlled: { status: 422, title: 'This account is kept by facts alone' },
  partyUnknown: { status: 422, title: 'There is no such party' },
  rateMissing: { status: 409, title: 'A currency has no rate' },
});
