// Owns networks, spaces, hours, pools, places, territories, parties, homes.
export { DirectoryModule } from './directory.module.js';
