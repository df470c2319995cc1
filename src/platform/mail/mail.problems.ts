import { problems } from '../../kernel/problem.js';

export const MailProblems = problems('mail', {
  notFound: { status: 404, title: 'There is no such mail' },
});
