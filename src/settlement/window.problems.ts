import { problems } from '../kernel/problem.js';

export const WindowProblems = problems('window', {
  notFound: { status: 404, title: 'There is no such window' },
  alreadyOpen: { status: 409, title: 'This network already has windows' },
  badUntil: { status: 422, title: 'A window cannot end on this day' },
  notClosed: { status: 409, title: 'The window is still open' },
  wrongState: { status: 409, title: 'The window is not in the state this needs' },
  paymentsOpen: { status: 409, title: 'Not every payment is executed' },
});

export const StatementProblems = problems('statement', {
  notFound: { status: 404, title: 'There is no such statement' },
});

export const PaymentProblems = problems('payment', {
  notFound: { status: 404, title: 'There is no such payment' },
  notCalled: { status: 409, title: 'The payment is not called yet' },
  notInstructed: { status: 409, title: 'The payment instruction is not issued yet' },
});
