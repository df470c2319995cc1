import { problems } from '../kernel/problem.js';

export const WindowProblems = problems('window', {
  notFound: { status: 404, title: 'There is no such window' },
  alreadyOpen: { status: 409, title: 'This network already has windows' },
  badUntil: { status: 422, title: 'A window cannot end on this day' },
  notClosed: { status: 409, title: 'The window is still open' },
  wrongState: { status: 409, title: 'The window is not in the state this needs' },
  paymentsOpen: { status: 409, title: 'Not every payment is executed' },
  notOver: { status: 409, title: 'The period of the window is not over' },
  clockRunning: { status: 409, title: 'Lines may still be disputed' },
  outOfOrder: { status: 409, title: 'An earlier window comes first' },
  documentsOpen: { status: 409, title: 'Not every document is issued yet' },
});

export const StatementProblems = problems('statement', {
  notFound: { status: 404, title: 'There is no such statement' },
});

export const LineProblems = problems('line', {
  notFound: { status: 404, title: 'There is no such line' },
});

export const ChargeProblems = problems('charge', {
  notFound: { status: 404, title: 'There is no such charge' },
});

export const OpeningBalanceProblems = problems('opening_balance', {
  notFound: { status: 404, title: 'There is no such opening balance' },
});

export const RateProblems = problems('exchange_rate', {
  missing: { status: 409, title: 'There is no exchange rate for a currency of this window' },
  stale: { status: 409, title: 'The last exchange rate is too old' },
});

export const CreditProblems = problems('credit', {
  recordNotSettled: { status: 409, title: 'This record stands on no line' },
  tooMuch: { status: 409, title: 'More is credited than was charged' },
  noTrade: { status: 404, title: 'There is no such agreement to balance' },
});

export const PaymentProblems = problems('payment', {
  notFound: { status: 404, title: 'There is no such payment' },
  notCalled: { status: 409, title: 'The payment is not called yet' },
  notInstructed: { status: 409, title: 'The payment instruction is not issued yet' },
});
