// Owns what is said about sealed visit records: bounces, approvals and declines, guests' confirmations, hosts' scores.
// Promises: a record is judged by the same rules at any time, is decided once, and counts as approved when time is up.
// Refuses to know: windows, lines, amounts owed in the end; a dispute after the window has closed.
export { ReviewModule } from './review.module.js';
export { Reviews } from './reviews.service.js';
