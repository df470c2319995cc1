// Owns scans, visits and sealed visit records. Promises: one open visit per person, a code is used once, a record never changes.
// A refused scan is stored like an accepted one, with a closed reason and the hash of its code.
// Refuses to know: who may take which desk and who pays (bookings decides), windows, documents, money that moves.
export { CheckinModule } from './checkin.module.js';
export { RecordSealed } from './checkin.events.js';
export { DayPackageProblems, VisitProblems, VisitRecordProblems } from './checkin.problems.js';
