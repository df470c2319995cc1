// Owns capacity per half-hour, search, quotes, bookings and who funds them.
// Promises: no half-hour is overbooked, nobody is in two places at once or holds more than a day of a day, each hold ends once.
// Refuses to know: pass codes, doors, sealed records, windows.
export { BookingsModule } from './bookings.module.js';
export { BookingCorrections } from './booking-corrections.js';
export { LateArrivals } from './late-arrivals.js';
export { Bookings, type WalkIn } from './bookings.service.js';
export { Proposals } from './proposals.service.js';
export { ClosureAnnounced, ClosureWithdrawn, ProposalMade } from './proposal.events.js';
export type { Booking, BookingState, Fee, FrozenTerms } from './booking.js';
export { frozenTerms, thaw } from './frozen-offer.js';
export { stayOf } from './day-parts.js';
export { BookingProblems } from './booking.problems.js';
export {
  BookingCanceled,
  BookingExpired,
  BookingMissed,
  BookingRejected,
  BookingReplaced,
  BookingRequested,
  BookingReserved,
} from './bookings.events.js';
