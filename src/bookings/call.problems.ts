import { problems } from '../kernel/problem.js';

export const CalendarProblems = problems('calendar', {
  notFound: { status: 404, title: 'There is no such calendar' },
});

export const MessageProblems = problems('message', {
  closed: { status: 409, title: 'This thread is closed' },
});

export const LetterProblems = problems('letter', {
  notBooked: { status: 409, title: 'There is nothing to confirm yet' },
});
