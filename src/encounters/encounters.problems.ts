import { problems } from '../kernel/problem.js';

export const CrossServiceProblems = problems('cross_service', {
  dayTaken: { status: 409, title: 'Another price begins on that day' },
  noPool: { status: 422, title: 'The space has none that can be booked' },
  notOffered: { status: 409, title: 'The service was not offered on that day' },
  notYet: { status: 422, title: 'That day has not come yet' },
  useNotFound: { status: 404, title: 'There is no such use of a service' },
  ownSpace: { status: 422, title: 'A space owes itself nothing' },
});

export const InitiativeProblems = problems('initiative', {
  notFound: { status: 404, title: 'There is no such initiative' },
  tooNarrow: { status: 422, title: 'An initiative is of two spaces and two countries at least' },
  joinedOtherwise: { status: 409, title: 'The space has joined with another sum' },
});

export const EncounterProblems = problems('encounter', {
  notFound: { status: 404, title: 'There is no such encounter' },
  followedAlready: { status: 409, title: 'Another encounter follows that one' },
  codeWrong: { status: 403, title: 'This is not the code of the encounter' },
  notNow: { status: 409, title: 'The encounter is not taking place now' },
  full: { status: 409, title: 'The encounter is full' },
  oneSided: { status: 409, title: 'Nobody of one of the two sides was there' },
  closed: { status: 409, title: 'The encounter is closed already' },
  followUpNotFound: { status: 404, title: 'There is no such follow-up' },
  followUpOver: { status: 409, title: 'The follow-up has its outcome' },
});

export const SharingProblems = problems('sharing', {
  notFound: { status: 404, title: 'You share nothing under this id' },
  overlaps: { status: 409, title: 'You share some of these days there already' },
  notShared: { status: 403, title: 'Only those who share see who comes' },
});

export const IntroductionProblems = problems('introduction', {
  notFound: { status: 404, title: 'There is no such introduction' },
  notShared: { status: 409, title: 'They do not both share these days at this space' },
  madeAlready: { status: 409, title: 'These two were introduced' },
});

export const WelcomeProblems = problems('welcome', {
  notFound: { status: 404, title: 'The space has written no welcome' },
});
