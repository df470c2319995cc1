import { problems } from '../kernel/problem.js';

export const SeatBlockProblems = problems('seat_block', {
  notFound: { status: 404, title: 'There is no such block of seats' },
  notFree: { status: 409, title: 'Not so many seats are free' },
});
