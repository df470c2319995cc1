// Owns capacity, search, quotes, bookings, funding.
export { BookingsModule } from './bookings.module.js';
