import { problems } from '../../kernel/problem.js';

/** What any route may answer to a request it could read. */
export const RequestProblems = problems('request', {
  invalid: { status: 422, title: 'The request is not valid' },
  /** The database's own word: a foreign key found nothing. */
  unknownReference: { status: 422, title: 'The request names something that does not exist' },
  /** The database's own word: a rule of a table, or a value its type cannot hold. */
  outOfRange: { status: 422, title: 'A value of the request cannot be kept' },
  idReused: { status: 409, title: 'This id already stands for another request' },
});
