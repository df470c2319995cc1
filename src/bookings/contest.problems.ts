import { problems } from '../kernel/problem.js';

export const ContestProblems = problems('contest', {
  notMissed: { status: 409, title: 'Nobody is missed on this booking' },
  nothingLost: { status: 409, title: 'This no-show cost nothing' },
  tooLate: { status: 409, title: 'It is too late to contest this' },
  notContested: { status: 409, title: 'There is no contest to answer' },
  answered: { status: 409, title: 'The space has answered' },
});
