import { problems } from '../kernel/problem.js';

export const LaboratoryProblems = problems('laboratory_run', {
  notFound: { status: 404, title: 'There is no such laboratory run' },
  windowNotClosed: { status: 409, title: 'Only windows that are closed can be replayed' },
  rateMissing: { status: 422, title: 'The policy has no rate for some visits' },
});
