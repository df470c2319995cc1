import { problems } from '../../kernel/problem.js';

/** What any route may answer to a request it could read. */
export const RequestProblems = problems('request', {
  invalid: { status: 422, title: 'The request is not valid' },
  idReused: { status: 409, title: 'This id already stands for another request' },
});
