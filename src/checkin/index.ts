// Owns scans, visits, sealed visit records.
export { CheckinModule } from './checkin.module.js';
