import { problems } from '../kernel/problem.js';

export const DemoProblems = problems('demo', {
  notFound: { status: 404, title: 'This is not a demo' },
  clockBackwards: { status: 409, title: 'The clock only goes forward' },
});
