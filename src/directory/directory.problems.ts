import { problems } from '../kernel/problem.js';

export const NetworkProblems = problems('network', {
  notFound: { status: 404, title: 'There is no such network' },
  shortIdTaken: { status: 409, title: 'Another network uses this short id' },
});

export const SpaceProblems = problems('space', {
  notFound: { status: 404, title: 'There is no such space' },
});

export const PoolProblems = problems('pool', {
  notFound: { status: 404, title: 'There is no such desk pool' },
});

export const PartyProblems = problems('party', {
  notFound: { status: 404, title: 'There is no such party' },
});

export const HourExceptionProblems = problems('hour_exception', {
  dayTaken: { status: 409, title: 'This day has an exception already' },
});

export const HourPeriodProblems = problems('hour_period', {
  overlap: { status: 409, title: 'Another period has hours of its own on these days' },
});

export const HomeProblems = problems('home', {
  dayTaken: { status: 409, title: 'Another home begins on that day' },
  personUnknown: { status: 422, title: 'There is no such person' },
});

export const PlaceProblems = problems('place', {
  notFound: { status: 404, title: 'There is no such place' },
});

export const ImportProblems = problems('import', {
  unreadable: { status: 422, title: 'The file could not be read' },
  mappingUnfit: { status: 422, title: 'The mapping does not fit the file' },
});
