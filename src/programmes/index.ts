// Owns sponsor programmes: their rules and budgets, agents and employers, vouchers, what sponsor and employer are told.
// Promises: voted ≥ committed ≥ delivered ≥ paid, no place above its share, a voucher pays for one day of one agent once,
// a sponsor is never told where an agent was. Refuses to know: how a visit is booked, attested or settled.
export { ProgrammesModule } from './programmes.module.js';
export {
  Sponsorships,
  type SponsoredBooking,
  type SponsoredWish,
  type Sponsorship,
} from './sponsorships.service.js';
export { ReservedPools, type ReservedWish } from './reserved-pools.service.js';
export { isLimit } from './programme.rules.js';
export { sponsorRefusal } from './voucher-refusals.js';
export { InvoiceDrawn } from './programmes.events.js';
