import { problems } from '../kernel/problem.js';

export const BookingProblems = problems('booking', {
  notFound: { status: 404, title: 'There is no such booking' },
  closed: { status: 409, title: 'The space is closed then' },
  notHosting: { status: 409, title: 'The space takes no new bookings' },
  byTheDay: { status: 409, title: 'Desks are booked by parts of the day' },
  byTime: { status: 409, title: 'A room has no parts of the day' },
  past: { status: 409, title: 'That time is over' },
  tooFarAhead: { status: 409, title: 'That day is too far ahead' },
  full: { status: 409, title: 'No seat is left' },
  overlap: { status: 409, title: 'You have another booking at that time' },
  samePlace: { status: 409, title: 'You have a booking there on that day' },
  dayUsedUp: { status: 409, title: 'A person has one day of each day' },
  noHome: { status: 409, title: 'You belong to no space and have no pass' },
  notInAgreement: { status: 409, title: 'Your network has no agreement with this space' },
  noFunding: { status: 409, title: 'Nothing pays for this booking' },
  noPool: { status: 409, title: 'The space has nothing of that kind' },
  quoteUsed: { status: 409, title: 'This quote was booked already' },
  notHeld: { status: 409, title: 'The hold is over' },
  awaitsHost: { status: 409, title: 'The host has yet to answer' },
  awaitsNoAnswer: { status: 409, title: 'This booking awaits no answer' },
  noNeed: { status: 409, title: 'This booking needs no alternative' },
  blockedMember: { status: 403, title: 'This space does not let you in' },
  unchanged: { status: 409, title: 'Nothing would change' },
  notUndoable: { status: 409, title: 'This cannot be undone' },
  undoTooLate: { status: 409, title: 'It is too late to undo' },
  noRebooking: { status: 409, title: 'There is nothing to rebook' },
  settled: { status: 409, title: 'This booking can no longer be changed' },
});

export const QuoteProblems = problems('quote', {
  notFound: { status: 404, title: 'There is no such quote' },
  expired: { status: 409, title: 'The quote is no longer valid' },
});

export const ItineraryProblems = problems('itinerary', {
  notFound: { status: 404, title: 'There is no such itinerary' },
  refused: { status: 409, title: 'Not all of it can be booked' },
  quoteIncomplete: { status: 409, title: 'The quote cannot be booked as a whole' },
});

export const SearchProblems = problems('search', {
  spaceUnknown: { status: 404, title: 'No space has that name' },
});

export const BlockProblems = problems('block', {
  notFound: { status: 404, title: 'There is no such block' },
  personUnknown: { status: 422, title: 'This guest was never here' },
  appealed: { status: 409, title: 'You have appealed already' },
  notAppealed: { status: 409, title: 'There is no appeal to decide' },
  ownBlock: { status: 403, title: 'Somebody else decides this appeal' },
  decided: { status: 409, title: 'The appeal was decided' },
});
