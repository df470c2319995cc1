import { problems } from '../kernel/problem.js';

export const WaitProblems = problems('wait', {
  notFound: { status: 404, title: 'You do not wait there' },
  notFull: { status: 409, title: 'There is a seat' },
  already: { status: 409, title: 'You wait already' },
  settled: { status: 409, title: 'No seat is kept for you any more' },
});
