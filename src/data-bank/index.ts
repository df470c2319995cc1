// Owns the published catalogue: its corrections, labels, identities in other systems, announced profiles, demand.
// Promises: every field says where it comes from, a record is in it once, nobody is named, no count under five is shown.
// Refuses to know: bookings, visits, money; how a place or a space came into the directory.
export { DataBankModule } from './data-bank.module.js';
export { Interests } from './interests.service.js';
