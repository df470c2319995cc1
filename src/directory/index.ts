// Owns networks, spaces, hours, desk pools, places, territories, parties, homes.
// Promises: a day is the space's own day, distances are true, coordinates are never invented.
// Refuses to know: who is allowed what on which terms, what is booked, what is owed.
export { DirectoryModule } from './directory.module.js';
export { Directory, type PlannedHours } from './directory.service.js';
export { Hosting } from './hosting.service.js';
export { Homes } from './homes.service.js';
export { Institutions } from './institutions.service.js';
export { Networks } from './networks.service.js';
export { SpaceParts } from './space-parts.service.js';
export { Spaces } from './spaces.service.js';
export { Profiles } from './profiles.service.js';
export { Imports } from './imports.service.js';
export { registerDirectoryCli } from './directory.cli.js';
export { ImportMapping } from './import.schema.js';
export { NetworkProblems, PartyProblems, PoolProblems, SpaceProblems } from './directory.problems.js';
export { PoolChanged, SpaceHoursChanged } from './directory.events.js';
export { openDayView } from './space.views.js';
export { refuseHours } from './spaces.service.js';
export type { OpenDay } from './opening-hours.rules.js';
export { partyAt, speaksFor } from './party-access.js';
export { EMPTY_PROFILE } from './profile.rules.js';
export { SpaceProfile } from './profile.schema.js';
export type { Home, Party, Pool, SettlementProfile, Space } from './space.js';
