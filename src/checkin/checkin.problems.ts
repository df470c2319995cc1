import { problems } from '../kernel/problem.js';

export const DayPackageProblems = problems('day_package', {
  dayOutOfReach: { status: 422, title: 'There is no package for that day' },
});

export const VisitProblems = problems('visit', {
  notFound: { status: 404, title: 'There is no such visit' },
  sealed: { status: 409, title: 'The visit is sealed' },
  invalid: { status: 409, title: 'The visit was declared invalid' },
  undoOver: { status: 409, title: 'The time to undo is over' },
});

export const VisitRecordProblems = problems('visit_record', {
  notFound: { status: 404, title: 'There is no such visit record' },
});

export const GuestProblems = problems('guest', {
  unknown: { status: 404, title: 'Nobody has that address or card' },
});

export const OverrideProblems = problems('override', {
  scanNotFound: { status: 404, title: 'There is no such scan' },
  refused: { status: 409, title: 'This refusal cannot be overridden' },
});

export const PosterProblems = problems('poster', {
  refused: { status: 422, title: 'This is no poster of ours' },
  replaced: { status: 410, title: 'The poster was replaced' },
  notFound: { status: 404, title: 'The space has no poster' },
});

export const IncidentProblems = problems('incident', {
  notFound: { status: 404, title: 'There is no such incident' },
  visitMissing: { status: 422, title: 'Which visit is it about?' },
  notYours: { status: 409, title: 'Somebody else reported it' },
  closed: { status: 409, title: 'The incident is closed' },
});
