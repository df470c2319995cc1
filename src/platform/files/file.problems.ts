import { problems } from '../../kernel/problem.js';

export const FileProblems = problems('file', {
  notFound: { status: 404, title: 'There is no such file' },
  typeRefused: { status: 415, title: 'A file of this type is not taken' },
});
