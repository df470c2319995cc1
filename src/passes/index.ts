// Owns products, passes, credentials, issuer keys, trust and status lists.
// Promises: a pass's scope is frozen at issue, its half-days are in the ledger, a code names nobody.
// Refuses to know: bookings, visits, agreements, what a host is owed.
export { PassesModule } from './passes.module.js';
export { Passes, type KnownCredential, type PassHold, type UsablePass } from './passes.service.js';
export { PassProblems } from './pass.problems.js';
export type { PassScope, PassState } from './pass.rules.js';
export { Credentials } from './credentials.service.js';
export { DoorLists } from './door-lists.js';
export { TypedCodes, type DoorTyped, type ReadOut } from './typed-codes.service.js';
export { Issuing } from './issuing.service.js';
export { Products } from './products.service.js';
export type { ProductView } from './product.schema.js';
export { makeHolder, type Holder } from './holder.js';
