// Owns products, passes, credentials, trust and status lists.
export { PassesModule } from './passes.module.js';
