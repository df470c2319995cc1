import { problems } from '../kernel/problem.js';

export const DocumentProblems = problems('document', {
  notFound: { status: 404, title: 'There is no such document' },
});
