import { problems } from '../kernel/problem.js';

export const ExportProblems = problems('export', {
  notFound: { status: 404, title: 'There is no such export' },
  notReady: { status: 409, title: 'The file is not made yet' },
  expired: { status: 410, title: 'The file is not kept any more' },
  tooManyRows: { status: 422, title: 'This is too long for a file of that kind' },
});
