// Owns people, organisations, memberships, sessions, keys, door devices; who may do what.
export { IdentityModule } from './identity.module.js';
