import { problems } from '../kernel/problem.js';

export const ReviewProblems = problems('review', {
  notFound: { status: 404, title: 'There is no such record to review' },
  decided: { status: 409, title: 'The record is decided already' },
  clockRanOut: { status: 409, title: 'The time to decline is over' },
  onALine: { status: 409, title: 'The record is settled already' },
  notTheGuest: { status: 403, title: 'Only the guest confirms a visit' },
  needsNoWord: { status: 409, title: 'This visit needs no confirmation' },
});
