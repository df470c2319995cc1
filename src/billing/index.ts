// Owns numbered documents and payment instructions.
export { BillingModule } from './billing.module.js';
