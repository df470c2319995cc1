// Owns who accepts whom, on which terms; visa quotas.
export { ReciprocityModule } from './reciprocity.module.js';
