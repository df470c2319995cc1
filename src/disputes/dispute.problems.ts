import { problems } from '../kernel/problem.js';

export const DisputeProblems = problems('dispute', {
  notFound: { status: 404, title: 'There is no such dispute' },
  noLine: { status: 404, title: 'There is no such line to dispute' },
  notAdvised: { status: 409, title: 'The statements are not out yet' },
  tooLate: { status: 409, title: 'The time to dispute is over' },
  recordTaken: { status: 409, title: 'This record is disputed already' },
  tooMuch: { status: 422, title: 'More is disputed than was charged' },
  evidenceUnknown: { status: 422, title: 'Evidence is not there, or not in your reach' },
  wrongMove: { status: 409, title: 'This is not the move to make now' },
});
