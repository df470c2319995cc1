// Owns people, organisations, memberships, sessions, keys, door devices; who may do what.
// Promises: every route passes the guard, secrets are stored as hashes, an ended role acts at the next request.
// Refuses to know: spaces, passes, bookings; what a permission protects is its module's business.
export { IdentityModule } from './identity.module.js';
export { registerIdentityCli } from './identity.cli.js';
export { Identity } from './identity.service.js';
export { Access, CurrentActor, CurrentVisitor, demand, demandPerson } from './access.js';
export { may, type At } from './access.rules.js';
export type { OrganisationKind, Permission, Role } from './permissions.js';
export type { Actor, Grant } from './actor.js';
export type { NewOrganisation, Organisation } from './organisations.service.js';
export type { Person } from './people.queries.js';
export { AccessProblems } from './identity.problems.js';
export { StepUp } from './step-ups.service.js';
export { PlatformDoor } from './platform-door.js';
