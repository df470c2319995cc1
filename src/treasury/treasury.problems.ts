import { problems } from '../kernel/problem.js';

export const ApprovalProblems = problems('approval', {
  notFound: { status: 404, title: 'There is no such approval' },
  samePerson: { status: 409, title: 'Somebody else has to approve this' },
  missing: { status: 409, title: 'A second person has to approve this first' },
  subjectTaken: { status: 409, title: 'This is proposed already' },
});

export const RulesProblems = problems('treasury_rules', {
  dayTaken: { status: 409, title: 'There are rules from this day already' },
});
