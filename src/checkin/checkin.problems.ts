import { problems } from '../kernel/problem.js';

export const VisitProblems = problems('visit', {
  notFound: { status: 404, title: 'There is no such visit' },
  sealed: { status: 409, title: 'The visit is sealed' },
  invalid: { status: 409, title: 'The visit was declared invalid' },
});

export const VisitRecordProblems = problems('visit_record', {
  notFound: { status: 404, title: 'There is no such visit record' },
});
