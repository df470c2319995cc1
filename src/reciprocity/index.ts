// Owns agreements in dated versions, their rates and signatures, and visa quotas.
// Promises: a version is never edited and binds once every side signed it; a quota is never overdrawn nor taken back.
// Refuses to know: passes, bookings, visits, who pays what to whom.
export { ReciprocityModule } from './reciprocity.module.js';
export { Agreements } from './agreements.service.js';
export { Reciprocity, type QuotaHold } from './reciprocity.service.js';
export { AgreementProblems, QuotaProblems } from './reciprocity.problems.js';
export type { LimitedBy } from './caps.queries.js';
export type { Terms } from './terms.rules.js';
