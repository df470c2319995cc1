// Owns cross services and initiatives, encounters with their attendance, introductions, welcomes, workstreams.
// Promises: nobody is seen without consent, and no longer than they want; an initiative is of two countries or is not.
// Refuses to know: bookings, visits, what is owed for a desk; a meeting is an encounter, never a visit.
export { EncountersModule } from './encounters.module.js';
export { Encounters } from './encounters.service.js';
export { Initiatives } from './initiatives.service.js';
export { CrossServices } from './cross-services.service.js';
export { People } from './people.service.js';
