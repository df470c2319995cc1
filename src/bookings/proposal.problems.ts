import { problems } from '../kernel/problem.js';

export const ClosureProblems = problems('closure', {
  notFound: { status: 404, title: 'There is no such closure' },
  past: { status: 409, title: 'A closure begins today or later' },
});

export const ProposalProblems = problems('proposal', {
  notFound: { status: 404, title: 'There is no such proposal' },
  settled: { status: 409, title: 'This proposal was answered, or its time is over' },
  gone: { status: 409, title: 'That seat was just taken' },
});
