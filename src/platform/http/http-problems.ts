import { problems } from '../../kernel/problem.js';

/** What is refused before any module sees the request. */
export const HttpProblems = problems('http', {
  badRequest: { status: 400, title: 'The request could not be read' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'Not allowed' },
  notFound: { status: 404, title: 'Not found' },
  tooLarge: { status: 413, title: 'The request is too large' },
  unsupportedMediaType: { status: 415, title: 'This content type is not understood' },
  tooManyRequests: { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'Not available right now' },
});
